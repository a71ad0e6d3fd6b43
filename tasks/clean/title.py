"""The headline."""

import html

from storage.records import FeedEntry
from tasks.clean.metadata import PageMetadata, Stated
from tasks.clean.normalise import normalise_line


def read_title(page: PageMetadata, entry: FeedEntry | None) -> tuple[str | None, str]:
    """The headline and where it was stated, or None and why. `<title>` is not used: it carries the site's name."""
    stated = [*page.stated("headline", "og:title", "twitter:title", "dc.title", "parsely-title")]
    if entry and entry.title:
        stated.append(Stated(entry.title, "feed"))
    for value, origin in stated:
        if title := normalise_line(html.unescape(value)):
            return title, f"from {origin}"
    return None, "not stated"
