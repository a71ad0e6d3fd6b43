"""A saved query as a feed: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1. The rows are the items, the newest first as the query orders them."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final, Literal, NamedTuple
from xml.etree import ElementTree as ET

from duckdb import DuckDBPyConnection

from storage.errors import SettingError
from storage.records import identifier

FeedForm = Literal["rss", "atom", "jsonfeed"]
# What a query must give, and what it may give besides: names of columns.
NEEDED: Final = frozenset({"url", "title"})
KNOWN: Final = NEEDED | {"id", "published_at", "summary", "author"}
MOST_ITEMS: Final = 1_000
NO_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATOM: Final = "http://www.w3.org/2005/Atom"
Item = Mapping[str, Any]


def items_of(con: DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query, the first thousand. Raises SettingError if it lacks the columns `url` and `title`, or `published_at` is no
    time; duckdb.Error if it can't be run."""
    result = con.execute(query)
    names = [str(column[0]) for column in result.description or ()]
    if missing := sorted(NEEDED - set(names)):
        raise SettingError(", ".join(missing), "a feed needs these columns of its query")
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchmany(MOST_ITEMS)]
    for row in rows:
        if not isinstance(row.get("published_at"), datetime | None):
            raise SettingError("published_at", "of a feed's query must be a TIMESTAMP or TIMESTAMPTZ")
    return [{name: value for name, value in row.items() if name in KNOWN and value is not None} for row in rows]


class Channel(NamedTuple):
    """What a feed says of itself: its title, the address of its page, and when it was made."""

    title: str
    link: str
    now: datetime


def feed(form: FeedForm, channel: Channel, items: Sequence[Item]) -> str:
    """The feed as text."""
    write = {"rss": _rss, "atom": _atom, "jsonfeed": _json}[form]
    return write(channel, items)


def _identity(item: Item) -> str:
    """The item's own id, else one of its address, title and summary: the same item has the same one in every feed."""
    return (
        str(item["id"])
        if "id" in item
        else identifier("item", *(_words(item, name) for name in ("url", "title", "summary")))
    )


def _words(item: Item, name: str) -> str:
    """A value as text that XML can hold (XML 1.0, 2.2)."""
    return NO_XML.sub("", str(item.get(name, "")))


def _at(item: Item) -> datetime | None:
    at: datetime | None = item.get("published_at")
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


def _rss(channel: Channel, items: Sequence[Item]) -> str:
    root = ET.Element("rss", version="2.0")
    inside = ET.SubElement(root, "channel")
    told = {"title": channel.title, "link": channel.link, "description": channel.title}
    for name, words in {**told, "lastBuildDate": format_datetime(channel.now)}.items():
        ET.SubElement(inside, name).text = words
    for item in items:
        entry = ET.SubElement(inside, "item")
        for name, key in (("title", "title"), ("link", "url"), ("description", "summary"), ("author", "author")):
            if words := _words(item, key):
                ET.SubElement(entry, name).text = words
        ET.SubElement(entry, "guid", isPermaLink="false").text = _identity(item)
        if at := _at(item):
            ET.SubElement(entry, "pubDate").text = format_datetime(at)
    return _xml(root)


def _atom(channel: Channel, items: Sequence[Item]) -> str:
    root = ET.Element("feed", xmlns=ATOM)
    identity = f"urn:dateline:feed:{identifier('feed', channel.link, channel.title)}"
    told = {"title": channel.title, "id": identity, "updated": channel.now.isoformat()}
    for name, words in told.items():
        ET.SubElement(root, name).text = words
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Dateline"
    for item in items:
        entry = ET.SubElement(root, "entry")
        ET.SubElement(entry, "title").text = _words(item, "title")
        ET.SubElement(entry, "link", href=_words(item, "url"))
        ET.SubElement(entry, "id").text = f"urn:dateline:item:{_identity(item)}"
        ET.SubElement(entry, "updated").text = (_at(item) or channel.now).isoformat()
        if at := _at(item):
            ET.SubElement(entry, "published").text = at.isoformat()
        if words := _words(item, "summary"):
            ET.SubElement(entry, "summary").text = words
        if words := _words(item, "author"):
            ET.SubElement(ET.SubElement(entry, "author"), "name").text = words
    return _xml(root)


def _xml(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _json(channel: Channel, items: Sequence[Item]) -> str:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.link,
        "items": [_json_item(item) for item in items],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _json_item(item: Item) -> dict[str, Any]:
    at, summary, author = _at(item), _words(item, "summary"), _words(item, "author")
    return {
        "id": _identity(item),
        "url": _words(item, "url"),
        "title": _words(item, "title"),
        "content_text": summary or _words(item, "title"),
        **({"date_published": at.isoformat()} if at else {}),
        **({"authors": [{"name": author}]} if author else {}),
    }
