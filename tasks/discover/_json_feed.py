"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from storage.records import Candidate, Ending, Source
from tasks.discover._entries import MAX_ENTRIES, beyond, candidate_of, entry_of, sorted_out
from tasks.discover._polled import not_read
from tasks.discover.contract import Discovered

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def looks_like_json(body: bytes) -> bool:
    """True for a body that begins like a JSON object."""
    return body.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"{"


def parse_json_feed(source: Source, feed_url: str, body: bytes) -> Discovered:
    """Candidates from a JSON Feed's bytes."""
    try:
        feed = json.loads(body.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        return Discovered((), (not_read(source, feed_url, f"no JSON that can be read: {error}"),))
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        return Discovered((), (not_read(source, feed_url, "JSON, but no JSON Feed"),))
    read = _candidates(source, feed_url, items[:MAX_ENTRIES], feed)
    return sorted_out(chain(read, beyond(source, feed_url, len(items))))


def _candidates(
    source: Source, feed_url: str, items: list[object], feed: Mapping[str, Any]
) -> Iterator[Candidate | Ending]:
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield not_read(source, f"{feed_url}#entry-{number}", "an item that is no object")
            continue
        said = {
            "title": item.get("title"),
            "published": item.get("date_published"),
            "updated": item.get("date_modified"),
            "summary": item.get("summary") or item.get("content_text") or item.get("content_html"),
            "content": item.get("content_html"),
        }
        entry = entry_of(feed_url, said, _authors(item) or _authors(feed))
        identity = str(item.get("id") or "")
        permalink = identity if identity.startswith(("http://", "https://")) else None
        yield candidate_of(source, feed_url, item.get("url") or permalink, number, entry)


def _authors(item: Mapping[str, Any]) -> list[object]:
    """Names by version 1.1 (authors), or 1.0 (author)."""
    authors = item.get("authors")
    listed = authors if isinstance(authors, list) else [item.get("author")]
    return [author.get("name") for author in listed if isinstance(author, dict)]
