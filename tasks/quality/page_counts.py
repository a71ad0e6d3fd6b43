"""What is counted on one page: how much of the answer's text was found, and whether title, authors, date and type are right."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tasks.quality.measure import Counts, Figure, f1, ratio
from tasks.quality.rouge import rouge_lsum

WORD: Final = re.compile(r"\w+")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
TITLE: Final = re.compile(r"^(?:(?:dr|prof|professor)\.?\s+)+")
DEGREE: Final = re.compile(
    r",?\s+(?:ph\.?d\.?|m\.?d\.?|rd|mba|cepf®?|msc?|esq\.?|foma|dabom|fand)(?=,|$)", re.IGNORECASE
)
SPLIT: Final = re.compile(r"\s*;\s*|,?\s+(?:and|und|&)\s+|\s*/\s*|,\s+(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z])")
SHINGLE: Final = 4
ARTICLE: Final = "article"
QUOTES: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page with its answers."""

    url: str
    body: bytes
    gold: Mapping[str, Any]
    page_type: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a cleaner made of a page; `is_article` False where it took it for none."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    day: str | None = None
    is_article: bool = False


def normal(text: str) -> str:
    """The one normalisation under which titles and names are compared: NFKC, no soft hyphens, typographic quotes and dashes as typed
    ones, white space folded, case ignored."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return " ".join(plain.translate(QUOTES).split()).casefold()


def name_key(name: str) -> str:
    """A name without academic titles and degrees."""
    return DEGREE.sub("", TITLE.sub("", normal(name))).strip(" ,.")


def gold_authors(stated: str | list[str]) -> set[str]:
    """The keys of the names in an answer: a list, or one line with names between commas, semicolons, slashes, «and», «und», «&»."""
    listed = SPLIT.split(DEGREE.sub("", stated)) if isinstance(stated, str) else stated
    return {key for name in listed if (key := name_key(name))}


def page_counts(page: Page, read: Read) -> dict[str, float]:
    """What one page adds to the figures."""
    gold = page.gold
    counts: dict[str, float] = {}
    if page.page_type is None or page.page_type == ARTICLE:
        if gold.get("body"):
            counts |= _shingles(gold["body"], read.text) | _words(gold["body"], read.text)
            counts |= {"rouge.f1": rouge_lsum(gold["body"], read.text)}
        if gold.get("with") or gold.get("without"):
            counts |= _snippets(gold, read.text)
        counts |= _metadata(gold, read)
    if page.page_type is not None:
        is_article = page.page_type == ARTICLE
        counts |= {"type.both": is_article and read.is_article, "type.gold": is_article, "type.found": read.is_article}
    return counts


def _metadata(gold: Mapping[str, Any], read: Read) -> dict[str, float]:
    counts: dict[str, float] = {}
    if gold.get("title"):
        counts |= {
            "title.all": 1,
            "title.right": read.title is not None and normal(read.title) == normal(gold["title"]),
        }
    authors = gold_authors(gold.get("authors") or gold.get("author") or [])
    if authors:
        found = set(map(name_key, read.authors))
        counts |= {"authors.all": 1, "authors.right": found == authors}
        counts |= {"author.all": len(authors), "author.found": len(authors & found)}
    if DAY.match(str(gold.get("date"))):
        counts |= {"date.all": 1, "date.right": read.day == str(gold["date"])[:10]}
    return counts


def _shingles(gold: str, found: str) -> dict[str, float]:
    """Precision and recall of 4-grams of one page, as in Scrapinghub's article extraction benchmark."""
    return _overlap("shingle", _grams(gold, SHINGLE), _grams(found, SHINGLE))


def _words(gold: str, found: str) -> dict[str, float]:
    """Precision and recall of words of one page."""
    return _overlap("word", _grams(gold, 1), _grams(found, 1))


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return Counter(zip(*(words[n:] for n in range(min(size, len(words) or 1))), strict=False))


def _overlap(name: str, gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> dict[str, float]:
    both = (gold & found).total()
    precision = both / found.total() if found else 0.0
    recall = both / gold.total() if gold else 0.0
    own = 2 * precision * recall / (precision + recall) if both else 0.0
    return {f"{name}.pages": 1, f"{name}.precision": precision, f"{name}.recall": recall, f"{name}.f1": own}


def _snippets(gold: Mapping[str, Any], text: str) -> dict[str, float]:
    """Snippets that must and must not be in the text, as in trafilatura's evaluation."""
    folded = " ".join(text.split())
    wanted = [" ".join(snippet.split()) in folded for snippet in gold.get("with", ())]
    unwanted = [" ".join(snippet.split()) in folded for snippet in gold.get("without", ())]
    return {
        "snippet.both": sum(wanted),
        "snippet.gold": len(wanted),
        "snippet.found": sum(wanted) + sum(unwanted),
    }


def _f1_of_means(name: str) -> Figure:
    """F1 of the mean precision and the mean recall over pages."""

    def figure(counts: Counts) -> float | None:
        total = counts.get(f"{name}.precision", 0.0) + counts.get(f"{name}.recall", 0.0)
        if not counts.get(f"{name}.pages"):
            return None
        product = counts[f"{name}.precision"] * counts[f"{name}.recall"]
        return 2 * product / total / counts[f"{name}.pages"] if total else 0.0

    return figure


FIGURES: Final[dict[str, Figure]] = {
    "body_f1_shingle": _f1_of_means("shingle"),
    "body_f1_word": ratio("word.f1", "word.pages"),
    "body_rouge_lsum": ratio("rouge.f1", "word.pages"),
    "snippet_f1": f1("snippet"),
    "title_exact": ratio("title.right", "title.all"),
    "author_set_exact": ratio("authors.right", "authors.all"),
    "author_recall": ratio("author.found", "author.all"),
    "date_exact": ratio("date.right", "date.all"),
    "page_type_f1": f1("type"),
}
