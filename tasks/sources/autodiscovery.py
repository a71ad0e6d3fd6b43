"""Feeds that a page announces (`<link rel="alternate">`), or links to."""

from typing import Final

from lxml import html
from lxml.etree import ParserError

from storage.records import Source
from tasks.discover.contract import Discovered
from tasks.discover.feed import parse_feed
from tasks.discover.sitemap import parse_sitemap
from tasks.web.urls import web_url

FEED_TYPES: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
LOOKS_LIKE_FEED: Final = ("/feed", "/rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json")
COMMENTS: Final = ("comments", "/comments/")


def announced(url: str, body: bytes) -> tuple[Source, ...]:
    """What a body offers: itself, if it is a feed or a sitemap, else the feeds its page announces, those for comments last."""
    for kind, parse in (("feed", parse_feed), ("sitemap", parse_sitemap)):
        itself = Source(source_id=None, name="", kind=kind, url=url)
        if _reads(parse(itself, url, body)):
            return (itself,)
    try:
        tree = html.document_fromstring(body)
    except (ParserError, ValueError):
        return ()
    stated = next((str(base.get("href")) for base in tree.iter("base") if base.get("href")), "")
    base = web_url(stated, url) or url
    links = [*_alternates(tree, base), *_anchors(tree, base)]
    unique = list({source.url: source for source in reversed(links)}.values())[::-1]
    return tuple(sorted(unique, key=lambda source: any(word in source.url for word in COMMENTS)))


def _reads(found: Discovered) -> bool:
    return bool(found.candidates)


def _alternates(tree: html.HtmlElement, url: str) -> list[Source]:
    found = []
    for link in tree.iter("link"):
        relations = str(link.get("rel", "")).lower().split()
        media_type = str(link.get("type", "")).split(";")[0].strip().lower()
        if (
            "alternate" in relations
            and media_type in FEED_TYPES
            and (target := web_url(str(link.get("href", "")), url))
        ):
            found.append(Source(source_id=None, name=str(link.get("title") or ""), kind="feed", url=target))
    return found


def _anchors(tree: html.HtmlElement, url: str) -> list[Source]:
    """Links that look like feeds, of pages that announce none."""
    found = []
    for anchor in tree.iter("a"):
        target = web_url(str(anchor.get("href", "")), url)
        if target and target.lower().rstrip("/").endswith(LOOKS_LIKE_FEED):
            found.append(Source(source_id=None, name="", kind="feed", url=target))
    return found
