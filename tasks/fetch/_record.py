"""One document out of a file that holds many: a line of JSON Lines, a record of a WARC or ARC file."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from storage.arc import SUFFIXES as ARC_SUFFIXES
from storage.arc import read_arc_at
from storage.records import Candidate, Document, Ending, FeedEntry, storable
from storage.warc import read_at
from tasks.fetch._endings import MAX_BODY_BYTES, ending
from tasks.web.limits import MIB
from tasks.web.urls import web_url

# Names of the fields that crawlers and newsrooms write; the first one that is there counts.
URL_FIELDS: Final = ("url", "link", "canonical_url", "uri")
TITLE_FIELDS: Final = ("title", "headline", "title_page")
HTML_FIELDS: Final = ("html", "raw_html", "body_html")
TEXT_FIELDS: Final = ("text", "body", "content", "maintext", "raw_text", "article")
DATE_FIELDS: Final = ("published_at", "published", "date_publish", "publish_date", "pub_date", "date")
AUTHOR_FIELDS: Final = ("authors", "author", "byline")


def read_line(candidate: Candidate, path: Path, offset: int, now: datetime) -> Document | Ending:
    """The document in the line of a JSON Lines file that begins at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        line = file.readline(MAX_BODY_BYTES + 1)
    if len(line) > MAX_BODY_BYTES:
        return ending(candidate, "too_large", f"a line of over {MAX_BODY_BYTES // MIB} MiB")
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ending(candidate, "parse_error", f"no JSON that can be read: {error}")
    if not isinstance(fields, dict):
        return ending(candidate, "parse_error", "the line is no JSON object")
    return _document(candidate, path, fields, now)


def _document(candidate: Candidate, path: Path, fields: Mapping[str, Any], now: datetime) -> Document | Ending:
    html, text = _first(fields, HTML_FIELDS), _first(fields, TEXT_FIELDS)
    if not html and not text:
        return ending(candidate, "too_short", f"none of the fields {', '.join((*HTML_FIELDS, *TEXT_FIELDS))} has text")
    authors: Any = next((fields[name] for name in AUTHOR_FIELDS if fields.get(name)), [])
    entry = FeedEntry(
        feed_url=path.as_uri(),
        title=_first(fields, TITLE_FIELDS),
        published=_first(fields, DATE_FIELDS),
        authors=tuple(storable(str(author)) for author in (authors if isinstance(authors, list) else [authors])),
    )
    return Document(
        candidate=replace(candidate, entry=entry),
        url=web_url(_first(fields, URL_FIELDS) or "") or candidate.url,
        body=(html or text or "").encode(),
        media_type="text/html" if html else "text/plain",
        charset="utf-8",
        fetched_at=now,
    )


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    stated = (fields[name] for name in names if isinstance(fields.get(name), str) and fields[name].strip())
    return next(map(storable, stated), None)


def read_record(candidate: Candidate, path: Path, offset: int, now: datetime) -> Document | Ending:
    """The document in the record of a WARC file that begins at an offset."""
    read = read_arc_at if path.name.lower().endswith(ARC_SUFFIXES) else read_at
    stored = read(path, offset, MAX_BODY_BYTES + 1)
    if stored is None:
        return ending(candidate, "http_error", f"no record at offset {offset}")
    if len(stored.body) > MAX_BODY_BYTES:
        return ending(candidate, "too_large", f"a record of over {MAX_BODY_BYTES // MIB} MiB")
    return Document(
        candidate=candidate,
        url=web_url(stored.url) or stored.url or candidate.url,
        body=stored.body,
        media_type=stored.media_type,
        charset=stored.charset,
        fetched_at=stored.date or now,
    )
