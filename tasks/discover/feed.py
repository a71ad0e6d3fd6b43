"""Kind `feed`: RSS 0.9x to 2.0, RDF and Atom through feedparser, and JSON Feed."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll
from tasks.discover._entries import MAX_ENTRIES, beyond, candidate_of, entry_of, sorted_out
from tasks.discover._json_feed import looks_like_json, parse_json_feed
from tasks.discover._polled import look_at, not_read
from tasks.discover.contract import Discovered, Reach


async def discover(source: Source, last: Poll | None, reach: Reach) -> Discovered:
    """Candidates of a feed. One that can't be read, or isn't one, is an ending with the reason."""
    return await look_at(source, last, reach, parse_feed)


def parse_feed(source: Source, feed_url: str, body: bytes) -> Discovered:
    """Candidates from a feed's bytes."""
    import feedparser

    if looks_like_json(body):
        return parse_json_feed(source, feed_url, body)
    # Links of entries are resolved by us, as feedparser loses a slash of file URLs; those in their words only by an xml:base.
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=b"xml:base" in body)
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        problem = str(parsed.get("bozo_exception") or "no RSS or Atom in it")
        return Discovered((), (not_read(source, feed_url, f"no feed that can be read: {problem}"),))
    is_rss = str(parsed.get("version")).startswith("rss")
    read = _candidates(source, feed_url, parsed.entries[:MAX_ENTRIES], is_rss=is_rss)
    return sorted_out(chain(read, beyond(source, feed_url, len(parsed.entries))))


def _candidates(
    source: Source, feed_url: str, entries: list[dict[str, Any]], *, is_rss: bool
) -> Iterator[Candidate | Ending]:
    for number, entry in enumerate(entries, start=1):
        # Past feedparser's own `get`, which would give the date of publication for a missing date of change. The only date of an
        # item of RSS, dc:date, is that of its publication (RSS 1.0 modules, Dublin Core); feedparser takes it for one of change.
        said = {name: dict.get(entry, name) for name in ("title", "updated")} | {
            "published": dict.get(entry, "published") or (dict.get(entry, "updated") if is_rss else None),
            "summary": entry.get("summary"),
            "content": _content(entry),
        }
        authors = [author.get("name") for author in entry.get("authors", ())]
        yield candidate_of(source, feed_url, _link(entry), number, entry_of(feed_url, said, authors))


def _content(entry: Mapping[str, Any]) -> str | None:
    """The whole article as HTML (content:encoded, Atom's content), the longest one."""
    values = [str(part.get("value") or "") for part in entry.get("content") or () if "html" in str(part.get("type"))]
    return max(values, key=len, default="") or None


def _link(entry: Mapping[str, Any]) -> str | None:
    """The article's own address: FeedBurner's original link, the entry's link, or an id that is a web address. Enclosures are
    media, not articles."""
    stated = entry.get("feedburner_origlink") or entry.get("link")
    if stated:
        return str(stated)
    identity = str(entry.get("id") or "")
    return identity if identity.startswith(("http://", "https://")) else None
