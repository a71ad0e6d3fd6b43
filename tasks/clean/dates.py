"""When an article was published and changed: every date stated, with precision and zone; the best first."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from lxml.etree import _Element

from storage.records import FeedEntry, Published
from tasks.clean.fields import MODIFIED_METAS
from tasks.clean.metadata import PageMetadata, Stated
from tasks.clean.printed_dates import days_in, read_date
from tasks.clean.visible import Visible

PUBLISHED_METAS: Final = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "publish-date", "publish_date",
    "pub_date", "published_date", "article.published", "article_date_original", "pubdate",
)  # fmt: skip
# These may mean any date: believed after the dates that readers see.
VAGUE_METAS: Final = ("date", "dc.date", "dcterms.date")
# Printed with one of these, a date is that of a change.
CHANGED: Final = re.compile(
    r"updated?|aktualisiert|ge[äa]ndert|editiert|bearbeitet|modifi|mis(?:e)? à jour|actualiz|atualiz|aggiorna|bijgewerkt|oppdatert|uppdaterad|"
    r"reviewed|last edit|zuletzt|opdateret|zaktualizowano|güncelle", re.IGNORECASE
)  # fmt: skip
IN_URL: Final = re.compile(r"/((?:19|20)\d\d)(?:([/-])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?=[/_.-]|$)")
# A clock that is a day off is a zone error; more is a wrong date.
FUTURE_TOLERANCE: Final = timedelta(days=1)
MAX_SEARCHED_CHARS: Final = 20_000
UTC_ZONES: Final = ("Z", "+00:00", "+0000", "GMT", "UTC")
# A stated instant and a printed day this near are the same event, told in two time zones.
SAME_EVENT: Final = timedelta(days=1)


def published_candidates(
    page: PageMetadata, visible: Visible, entry: FeedEntry | None, url: str, latest: datetime
) -> tuple[Published, ...]:
    """All publication dates stated, best first; none later than `latest` plus a day.

    The rule: article:published_time, JSON-LD, other meta tags, microdata, the feed, then dates printed near the headline, then the URL,
    then meta tags that may mean any date. The day of the winner is the one that readers saw, where the page prints one a day apart: an
    instant in UTC does not tell the publisher's day.
    """

    def possible(lines: Iterable[Stated], language: str = "") -> list[Published]:
        return [date for date in _read(lines, language) if _is_possible(date, latest)]

    stated = possible(_stated(page, entry))
    vague = possible(Stated(page.metas.get(name, ""), name) for name in VAGUE_METAS)
    printed = possible((line for line in visible.dates if not CHANGED.search(line.value)), page.language)
    in_url = possible(_in_url(url))
    if not (stated or printed):
        above = (Stated(line, "printed line") for line in visible.above if not CHANGED.search(line))
        printed = possible(above, page.language)
    found = [*stated, *printed, *in_url, *vague]
    if stated:
        local = [date for date in stated if date.tz_known and not date.printed.endswith(UTC_ZONES)]
        found[0] = _with_local_day(stated[0], [*local, *in_url, *(date for date in printed if date.precision == "day")])
    return tuple(found)


def found_in_text(tree: _Element, url: str, latest: datetime) -> tuple[Published, ...]:
    """The date that htmldate finds on a page that states none, else the first one in its text; empty if there is none."""
    from htmldate import find_date

    # htmldate takes elements out of the tree.
    found = find_date(deepcopy(tree), original_date=True, extensive_search=False, url=url, max_date=latest)
    date = read_date(found, "htmldate") if found else _first_in_text(tree)
    return (date,) if date and _is_possible(date, latest) else ()


def _first_in_text(tree: _Element) -> Published | None:
    body = tree.find("body")
    text = " ".join(" ".join(body.itertext()).split())[:MAX_SEARCHED_CHARS] if body is not None else ""
    day = next(days_in(text, str(tree.get("lang") or "")), None)
    return read_date(day.isoformat(), "text") if day else None


def modified_at(page: PageMetadata, visible: Visible, latest: datetime) -> datetime | None:
    """Time of the last change as stated, None where none is."""
    dates = _read(page.stated("dateModified", *MODIFIED_METAS))
    printed = _read((line for line in visible.dates if CHANGED.search(line.value)), page.language)
    return next((date.at for date in (*dates, *printed) if _is_possible(date, latest)), None)


def _stated(page: PageMetadata, entry: FeedEntry | None) -> Iterator[Stated]:
    if page.metas.get("article:published_time"):
        yield Stated(page.metas["article:published_time"], "article:published_time")
    yield from page.stated("datePublished", *PUBLISHED_METAS[1:])
    if entry and entry.published:
        yield Stated(entry.published, "feed")
    yield from page.stated("dateCreated")


def _read(lines: Iterable[Stated], language: str = "") -> Iterator[Published]:
    for line in lines:
        if date := read_date(line.value, line.origin, language):
            yield date


def _in_url(url: str) -> Iterator[Stated]:
    for match in IN_URL.finditer(url):
        yield Stated(f"{match[1]}-{match[3] or match[5]:0>2}-{match[4] or match[6]:0>2}", "url")


def _with_local_day(stated: Published, printed: Iterable[Published]) -> Published:
    if not stated.printed.endswith(UTC_ZONES):
        return stated
    near = [date.day for date in printed if date.day and stated.day and abs(date.day - stated.day) <= SAME_EVENT]
    return replace(stated, day=near[0]) if near else stated


def _is_possible(date: Published, latest: datetime) -> bool:
    return date.at <= latest + FUTURE_TOLERANCE
