"""The older pages of a feed: archived feeds (RFC 5005), JSON Feed's next_url, and WordPress, which numbers its pages."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tasks.discover._json_feed import looks_like_json

# RFC 5005: an archive document names the one before it, a paged feed the next page.
OLDER = ("prev-archive", "next")
WORDPRESS = "wordpress"
PAGE = "paged"


def older_page(url: str, body: bytes) -> str | None:
    """Address of the page of a feed that holds the items before those of this body; None if it says nothing of one."""
    import feedparser

    if looks_like_json(body):
        return _next_url(url, body)
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    links = {link.get("rel"): link.get("href") for link in parsed.feed.get("links", ())}
    stated = next((links[rel] for rel in OLDER if links.get(rel)), None)
    if stated:
        return urljoin(url, str(stated))
    is_wordpress = WORDPRESS in str(parsed.feed.get("generator") or "").lower()
    return _next_number(url) if is_wordpress and parsed.entries else None


def _next_url(url: str, body: bytes) -> str | None:
    try:
        feed: Any = json.loads(body)
    except ValueError:
        return None
    stated = feed.get("next_url") if isinstance(feed, dict) else None
    return urljoin(url, stated) if isinstance(stated, str) and stated else None


def _next_number(url: str) -> str:
    """WordPress (Codex, «WordPress Feeds»): ?paged=2 is the second page."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    number = int(asked[PAGE]) if asked.get(PAGE, "").isdecimal() else 1
    return parts._replace(query=urlencode({**asked, PAGE: number + 1})).geturl()
