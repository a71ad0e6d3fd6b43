"""Publication dates: every one stated, with precision and zone; the first of the most explicit origin wins."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from storage.records import FeedEntry, Precision, Published
from tasks.clean.metadata import PageMetadata, Stated

PUBLISHED_METAS: Final = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "pubdate",
)
MODIFIED_METAS: Final = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
# A clock that is a day off is a zone error; more is a wrong date.
FUTURE_TOLERANCE: Final = timedelta(days=1)

ISO: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?",
)
RFC_822: Final = re.compile(r"\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d(?P<second>:\d\d)?\s*(?P<zone>\S+)?")


def published_candidates(page: PageMetadata, entry: FeedEntry | None, latest: datetime) -> tuple[Published, ...]:
    """All publication dates stated, best first; none later than `latest` plus a day."""
    stated = [*page.stated("datePublished", *PUBLISHED_METAS)]
    if entry and entry.published:
        stated.append(Stated(entry.published, "feed"))
    return tuple(date for date in _parsed(stated) if date.at <= latest + FUTURE_TOLERANCE)


def modified_at(page: PageMetadata, latest: datetime) -> datetime | None:
    """Time of the last change as stated, None where none is."""
    dates = _parsed([*page.stated("dateModified", *MODIFIED_METAS)])
    return next((date.at for date in dates if date.at <= latest + FUTURE_TOLERANCE), None)


def _parsed(stated: list[Stated]) -> Iterator[Published]:
    for value, origin in stated:
        if (date := parse_date(value, origin)) is not None:
            yield date


def parse_date(printed: str, origin: str) -> Published | None:
    """A date in ISO 8601 or RFC 822 form; None for any other, and for dates that do not exist."""
    text = printed.strip()
    try:
        if match := ISO.fullmatch(text):
            return _from_iso(match, origin)
        if match := RFC_822.search(text):
            return _from_rfc_822(text, match, origin)
    except (ValueError, OverflowError):
        return None
    return None


def _from_iso(match: re.Match[str], origin: str) -> Published:
    parts = match.groupdict()
    precision: Precision = "year"
    for name in ("month", "day", "minute", "second"):
        if parts[name]:
            precision = name
    day = f"{parts['year']}-{parts['month'] or '01'}-{parts['day'] or '01'}"
    clock = f"T{parts['minute'] or '00:00'}{(parts['second'] or '').replace(',', '.')}"
    at = datetime.fromisoformat(f"{day}{clock}{parts['zone'] or '+00:00'}")
    return Published(
        at=at.astimezone(UTC), precision=precision, tz_known=bool(parts["zone"]), origin=origin, printed=match.string
    )


def _from_rfc_822(text: str, match: re.Match[str], origin: str) -> Published:
    at = parsedate_to_datetime(text)
    # RFC 5322: a zone of -0000, or none, says nothing about the local time.
    known = at.tzinfo is not None
    aware = at if known else at.replace(tzinfo=UTC)
    precision: Precision = "second" if match["second"] else "minute"
    return Published(at=aware.astimezone(UTC), precision=precision, tz_known=known, origin=origin, printed=text)
