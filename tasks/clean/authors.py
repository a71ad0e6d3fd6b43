"""Authors as stated: JSON-LD, then meta tags, then the feed."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from storage.records import FeedEntry
from tasks.clean.metadata import PageMetadata, Stated, text_of
from tasks.clean.normalise import normalise_line

META_NAMES: Final = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
BY: Final = re.compile(r"^(?:by|von|par|por|di)\s+", re.IGNORECASE)
SEPARATORS: Final = re.compile(r"\s*(?:;|\||\band\b|,\s+(?=[^,]+(?:,|$)))\s*")


def read_authors(page: PageMetadata, entry: FeedEntry | None) -> tuple[tuple[str, ...], str]:
    """Authors in order, and where they were stated (or why there are none)."""
    stated = page.article.get("author")
    json_ld = [text for node in (stated if isinstance(stated, list) else [stated]) if (text := text_of(node))]
    metas = [Stated(page.metas[name], name) for name in META_NAMES if name in page.metas]
    candidates: list[tuple[Iterable[str], str]] = [(json_ld, "json-ld")]
    candidates += [(SEPARATORS.split(meta.value), meta.origin) for meta in metas]
    candidates.append((entry.authors if entry else (), "feed"))
    for names, origin in candidates:
        if authors := tuple(dict.fromkeys(_clean(names))):
            return authors, f"from {origin}"
    return (), "not stated"


def _clean(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        plain = BY.sub("", normalise_line(html.unescape(name)))
        # article:author often holds the address of a profile.
        if plain and "://" not in plain:
            yield plain
