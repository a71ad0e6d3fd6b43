"""A page's metadata: from every place that states a value, the best one wins, and the others are kept."""

import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element

from storage.records import Document, Published
from tasks.clean.access import is_free
from tasks.clean.authors import Credit, author_candidates
from tasks.clean.canonical import canonical_candidates, identity
from tasks.clean.dates import found_in_text, modified_at, published_candidates
from tasks.clean.fields import images, keywords, licences, others, sections, site_names
from tasks.clean.metadata import PageMetadata, Stated
from tasks.clean.rule_use import rule_authors, rule_dates, rule_titles
from tasks.clean.site_rules import NO_RULE, SiteRule
from tasks.clean.title import title_candidates
from tasks.clean.visible import Visible
from tasks.web.urls import web_url

MAX_KEPT: Final = 12
MAX_KEPT_CHARS: Final = 500
NOTHING_VISIBLE: Final = Visible("", (), (), (), ())


class Page(NamedTuple):
    """What is known of a page: as it states and shows it, its site's rule, and the candidates for headline, authors and date."""

    metadata: PageMetadata
    visible: Visible
    rule: SiteRule = NO_RULE
    titles: tuple[Stated, ...] = ()
    credits: tuple[Credit, ...] = ()
    dates: tuple[Published, ...] = ()

    @property
    def title(self) -> str | None:
        """The headline."""
        return self.titles[0].value if self.titles else None

    @property
    def authors(self) -> tuple[str, ...]:
        """People and organisations credited, in order."""
        return self.credits[0].names.names if self.credits else ()


def read_page(
    metadata: PageMetadata, visible: Visible, tree: _Element | None, document: Document, rule: SiteRule
) -> Page:
    """The candidates for headline, authors and date of a page; without a tree those of the feed."""
    entry, host = document.candidate.entry, urlsplit(document.url).hostname or ""
    titles = title_candidates(metadata, visible, entry, host)
    credited = author_candidates(metadata, visible, entry, host)
    dates = published_candidates(metadata, visible, entry, document.url, document.fetched_at)
    if tree is not None:
        titles, credited = rule_titles(rule, tree) + titles, rule_authors(rule, tree) + credited
        dates = rule_dates(rule, tree) + dates or found_in_text(tree, document.url, document.fetched_at)
    return Page(metadata, visible, rule, tuple(titles), tuple(credited), dates)


def page_columns(page: Page, document: Document) -> tuple[dict[str, Any], dict[str, str]]:
    """Fields of the Article by name, and the reasons beside them."""
    metadata, url = page.metadata, document.url
    own, why_own = canonical_candidates(metadata, url)
    words, why_words = keywords(metadata)
    listed = {
        "title": list(page.titles),
        "section": sections(metadata),
        "site_name": site_names(metadata),
        "image_url": images(metadata, url),
        "license_url": licences(metadata, url),
    }
    credited = page.credits[0] if page.credits else None
    best = {name: stated[0].value if stated else None for name, stated in listed.items()}
    columns = best | {
        "identity": identity(own[0].value if own else None, url),
        "canonical_url": own[0].value if own else None,
        "authors": page.authors,
        "author_organisations": credited.names.organisations if credited else (),
        "published": page.dates[0] if page.dates else None,
        "published_candidates": page.dates[:MAX_KEPT],
        "modified_at": modified_at(metadata, page.visible, document.fetched_at),
        "keywords": words,
        "is_accessible_for_free": is_free(metadata),
        "next_url": _next_url(metadata, url),
        "stated": _as_json(listed | {"canonical_url": own, "authors": _credit_lines(page.credits)} | others(metadata)),
    }
    reasons = {name: f"from {stated[0].origin}" if stated else "not stated" for name, stated in listed.items()}
    reasons |= {
        "authors": f"from {credited.origin}" if credited else "not stated",
        "canonical_url": why_own,
        "keywords": why_words,
        "published_at": _date_reason(page.dates),
    }
    return columns, reasons


def _next_url(metadata: PageMetadata, url: str) -> str | None:
    stated = metadata.links.get("next")
    return web_url(stated, url if urlsplit(url).scheme != "file" else None) if stated else None


def _credit_lines(credited: Sequence[Credit]) -> list[Stated]:
    return [Stated("; ".join(credit.names.names), credit.origin) for credit in credited]


def _as_json(listed: dict[str, list[Stated]]) -> str:
    kept = {
        name: [{"value": value[:MAX_KEPT_CHARS], "origin": origin} for value, origin in stated[:MAX_KEPT]]
        for name, stated in listed.items()
        if stated
    }
    return json.dumps(kept, ensure_ascii=False)


def _date_reason(dates: tuple[Published, ...]) -> str:
    if not dates:
        return "not stated"
    zone = "" if dates[0].tz_known else "; no zone stated, taken as UTC"
    return f"from {dates[0].origin}{zone}"
