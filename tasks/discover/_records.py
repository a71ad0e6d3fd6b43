"""Files that hold many documents: JSON Lines, and WARC or ARC archives (such as CC-NEWS). A candidate is a record's place in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from warcio.exceptions import ArchiveLoadFailed

from storage.arc import SUFFIXES as ARC_SUFFIXES
from storage.arc import list_arc
from storage.records import Candidate, Ending, Source
from storage.warc import list_records
from tasks.discover._entries import sorted_out
from tasks.discover._polled import not_read
from tasks.discover.contract import Discovered

JSONL_SUFFIXES: Final = (".jsonl", ".ndjson")
WARC_SUFFIXES: Final = (".warc", ".warc.gz", *ARC_SUFFIXES)
ARTICLE_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
OK: Final = 200


def list_lines(source: Source, path: Path) -> Discovered:
    """One candidate a line that is not empty, by the offset of its first byte."""
    try:
        with path.open("rb") as file:
            return sorted_out(_lines(source, path, file))
    except OSError as error:
        return Discovered((), (not_read(source, path.as_uri(), f"can't be read: {error}"),))


def _lines(source: Source, path: Path, file: Iterator[bytes]) -> Iterator[Candidate]:
    offset = 0
    for line in file:
        if line.strip():
            yield Candidate(url=f"{path.as_uri()}#offset={offset}", source_id=source.source_id)
        offset += len(line)


def list_warc(source: Source, path: Path) -> Discovered:
    """One candidate a record that may hold an article, by its offset; the others end with the reason."""
    try:
        found = list(_records(source, path))
    except (OSError, ValueError, ArchiveLoadFailed) as error:
        return Discovered((), (not_read(source, path.as_uri(), f"no WARC that can be read: {error}"),))
    return sorted_out(found or [not_read(source, path.as_uri(), "no response or resource record in it")])


def _records(source: Source, path: Path) -> Iterator[Candidate | Ending]:
    listed = list_arc(path) if path.name.lower().endswith(ARC_SUFFIXES) else list_records(path)
    for record in listed:
        candidate = Candidate(
            url=f"{path.as_uri()}#offset={record.offset}", source_id=source.source_id, entry=record.entry
        )
        if record.status not in {None, OK}:
            detail = f"{record.url}: HTTP {record.status}"
            yield Ending(candidate=candidate, status="http_error", stage="discover", detail=detail)
        elif record.media_type not in ARTICLE_TYPES:
            detail = f"{record.url}: {record.media_type or 'no media type'} is not read"
            yield Ending(candidate=candidate, status="wrong_type", stage="discover", detail=detail)
        else:
            yield candidate
