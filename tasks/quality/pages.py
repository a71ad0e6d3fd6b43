"""Scores of the step `clean` on saved pages with answers, beside plain trafilatura on the same pages.

A set is a folder with `dev.jsonl` or `test.jsonl`; a record has `html` (path of a gzip'd or plain page below the folder), `url`,
perhaps `page_type`, and `gold` with any of body, title, authors or author, date, with, without.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from storage.errors import GoldError
from storage.records import Article, Candidate, Document
from tasks.clean.article import examine
from tasks.clean.body import lines_with_kinds
from tasks.quality.measure import Report, measure, with_prefix, without_prefix
from tasks.quality.page_counts import FIGURES, Page, Read, page_counts

FILES: Final = ("dev.jsonl", "test.jsonl")
BASELINE: Final = "baseline_"


def score_pages(path: Path, now: datetime) -> Report:
    """The report on one set; `now` is taken as the time when its pages were fetched. Raises GoldError if it can't be read."""
    pages = list(read_pages(path))
    if not pages:
        raise GoldError(str(path), "no pages in it")
    counts = [
        page_counts(page, ours(page, now)) | with_prefix(BASELINE, page_counts(page, plain(page))) for page in pages
    ]
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
                yield Page(record.get("url") or "", body, record["gold"], record.get("page_type"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(str(path), f"no pages with answers that can be read: {error!r}") from error


def ours(page: Page, now: datetime) -> Read:
    """What Dateline's step `clean` makes of a page."""
    document = Document(
        candidate=Candidate(url=page.url), url=page.url, body=page.body, media_type="text/html", fetched_at=now
    )
    if (examined := examine(document, "")) is None:
        return Read()
    found, decision = examined
    day = found.published.day.isoformat() if found.published and found.published.day else None
    return Read(_running_text(found), found.title, found.authors, day, is_article=decision.status is None)


def _running_text(article: Article) -> str:
    """The text without captions: no set has them in its answers."""
    return "\n".join(line for kind, line in lines_with_kinds(article.text, article.blocks) if kind != "caption")


def plain(page: Page) -> Read:
    """What trafilatura alone makes of a page, with its own metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    if found is None:
        return Read()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Read(found.text or "", found.title, authors, found.date, is_article=bool(found.text))
