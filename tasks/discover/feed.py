"""Kind `feed`: RSS and Atom, through feedparser."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from storage.records import Candidate, Ending, FeedEntry, Source
from tasks.discover.contract import Discovered
from tasks.fetch.file import path_of, read_body
from tasks.fetch.http import fetch
from tasks.web.client import WebClient

MAX_ENTRIES = 5_000
# A feed itself is not stored: when it was read does not matter.
NEVER = datetime.min.replace(tzinfo=UTC)


def discover(source: Source, web: WebClient) -> Discovered:
    """Candidates of a feed source."""
    return discover_feed(source, source.url, web)


def discover_feed(source: Source, feed_url: str, web: WebClient) -> Discovered:
    """Entries of one feed. A feed that can't be read, or isn't one, is an ending with the reason."""
    itself = Candidate(url=feed_url, source_id=source.source_id)
    if urlsplit(feed_url).scheme == "file":
        body = read_body(itself)
        return Discovered((), (body,)) if isinstance(body, Ending) else parse_feed(source, feed_url, body)
    document = fetch(itself, NEVER, web)
    if isinstance(document, Ending):
        return Discovered((), (replace(document, stage="discover"),))
    return parse_feed(source, document.url, document.body)


def parse_feed(source: Source, feed_url: str, body: bytes) -> Discovered:
    """Candidates from a feed's bytes; relative links are resolved against the feed's URL."""
    import feedparser

    # feedparser loses a slash of file URLs when it resolves links; we do it ourselves.
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        problem = str(parsed.get("bozo_exception") or "no RSS or Atom in it")
        return Discovered((), (_not_a_feed(source, feed_url, problem),))
    entries = list(_candidates(source, feed_url, parsed.entries[:MAX_ENTRIES]))
    return Discovered(
        tuple(entry for entry in entries if isinstance(entry, Candidate)),
        tuple(entry for entry in entries if isinstance(entry, Ending)),
    )


def _not_a_feed(source: Source, feed_url: str, problem: str) -> Ending:
    candidate = Candidate(url=feed_url, source_id=source.source_id)
    return Ending(
        candidate=candidate, status="parse_error", stage="discover", detail=f"no feed that can be read: {problem}"
    )


def _candidates(source: Source, feed_url: str, entries: list[Mapping[str, Any]]) -> Iterator[Candidate | Ending]:
    for number, entry in enumerate(entries, start=1):
        link = str(entry.get("link") or "")
        if not link:
            yield _without_link(source, feed_url, number)
            continue
        url = urljoin(feed_url, link)
        candidate = Candidate(url=url, source_id=source.source_id, entry=_feed_entry(feed_url, entry))
        if leaves_its_place(feed_url, url):
            detail = "a feed may not point to local files outside its own folder"
            yield Ending(candidate=candidate, status="blocked_address", stage="discover", detail=detail)
        else:
            yield candidate


def _without_link(source: Source, feed_url: str, number: int) -> Ending:
    candidate = Candidate(url=f"{feed_url}#entry-{number}", source_id=source.source_id)
    return Ending(candidate=candidate, status="parse_error", stage="discover", detail="a feed entry without a link")


def leaves_its_place(feed_url: str, url: str) -> bool:
    """True for a link that a feed must not make us read: a local file from the web, or from outside its folder."""
    if urlsplit(url).scheme != "file":
        return urlsplit(url).scheme not in {"http", "https"}
    if urlsplit(feed_url).scheme != "file":
        return True
    folder: Path = path_of(feed_url).parent.resolve()
    return not path_of(url).resolve().is_relative_to(folder)


def _feed_entry(feed_url: str, entry: Mapping[str, Any]) -> FeedEntry:
    authors = tuple(str(author["name"]) for author in entry.get("authors", ()) if author.get("name"))
    return FeedEntry(
        feed_url=feed_url,
        title=entry.get("title") or None,
        published=entry.get("published") or None,
        authors=authors,
        summary=entry.get("summary") or None,
    )
