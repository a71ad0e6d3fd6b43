"""Scores of the step `clean` on saved pages with answers, beside plain trafilatura on the same pages.

A set is a folder with `dev.jsonl` or `test.jsonl`; a record has `html` (path of a gzip'd or plain page below the folder), `url`,
perhaps `page_type`, and `gold` with any of body, title, authors or author, date, with, without.
"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from storage.errors import GoldError
from storage.records import Article, Candidate, Document
from tasks.clean.article import clean
from tasks.quality.measure import Counts, Figure, Report, f1, measure, ratio, with_prefix, without_prefix

WORD: Final = re.compile(r"\w+")
SHINGLE: Final = 4
FILES: Final = ("dev.jsonl", "test.jsonl")
ARTICLE: Final = "article"
BASELINE: Final = "baseline_"
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


def score_pages(path: Path, now: datetime) -> Report:
    """The report on one set; `now` is taken as the time when its pages were fetched. Raises GoldError if it can't be read."""
    pages = list(read_pages(path))
    if not pages:
        raise GoldError(str(path), "no pages in it")
    counts = [_counts(page, ours(page, now)) | with_prefix(BASELINE, _counts(page, plain(page))) for page in pages]
    figures = FIGURES | {BASELINE + name: without_prefix(BASELINE, figure) for name, figure in FIGURES.items()}
    return Report("clean", path.resolve().parent.name, path.stem, len(pages), measure(counts, figures))


def page_sets(folder: Path, name: str | None) -> list[Path]:
    """The files of a set, or of all sets below a folder (those named `name`). Raises GoldError if there are none."""
    given = [folder] if folder.is_file() else [folder / file for file in FILES if (folder / file).is_file()]
    below = sorted(
        path for file in FILES for path in folder.glob(f"{name or '*'}/{file}") if (path.parent / "html").is_dir()
    )
    if not (given or below):
        raise GoldError(str(folder), f"no set of pages{f' named {name}' if name else ''} in it")
    return given or below


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a .jsonl file. Raises GoldError."""
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                record = json.loads(line)
                raw = (path.parent / record["html"]).read_bytes()
                body = gzip.decompress(raw) if record["html"].endswith(".gz") else raw
                yield Page(record["url"], body, record["gold"], record.get("page_type"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(str(path), f"no pages with answers that can be read: {error!r}") from error


def ours(page: Page, now: datetime) -> Read:
    """What Dateline's step `clean` makes of a page."""
    document = Document(
        candidate=Candidate(url=page.url), url=page.url, body=page.body, media_type="text/html", fetched_at=now
    )
    found = clean(document, "")
    if not isinstance(found, Article):
        return Read()
    day = found.published.at.date().isoformat() if found.published else None
    return Read(found.text, found.title, found.authors, day, is_article=True)


def plain(page: Page) -> Read:
    """What trafilatura alone makes of a page, with its own metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    if found is None:
        return Read()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Read(found.text or "", found.title, authors, found.date, is_article=bool(found.text))


def normal(text: str) -> str:
    """The one normalisation under which titles and names are compared: NFKC, typographic quotes and dashes as typed ones, white
    space folded, case ignored."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(QUOTES).split()).casefold()


def _counts(page: Page, read: Read) -> dict[str, float]:
    gold = page.gold
    counts: dict[str, float] = {}
    if page.page_type is None or page.page_type == ARTICLE:
        if gold.get("body"):
            counts |= _shingles(gold["body"], read.text) | _words(gold["body"], read.text)
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
    stated = gold.get("authors") or gold.get("author") or []
    authors = {normal(name) for name in ([stated] if isinstance(stated, str) else stated)}
    if authors:
        found = {normal(name) for name in read.authors}
        counts |= {"authors.all": 1, "authors.right": found == authors}
        counts |= {"author.all": len(authors), "author.found": len(authors & found)}
    if gold.get("date"):
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
    "snippet_f1": f1("snippet"),
    "title_exact": ratio("title.right", "title.all"),
    "author_set_exact": ratio("authors.right", "authors.all"),
    "author_recall": ratio("author.found", "author.all"),
    "date_exact": ratio("date.right", "date.all"),
    "page_type_f1": f1("type"),
}
