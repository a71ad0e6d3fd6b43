"""A printed date to an instant: ISO 8601 in its web spellings, RFC 5322, and dates in words and digits in many languages."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final

from storage.records import Precision, Published

# Month names come from CLDR through Babel.
LOCALES: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "tr", "el", "ru", "uk",
    "bg", "id", "ms", "vi", "ca", "eu", "et", "lv", "lt", "sw", "af",
)  # fmt: skip
EARLIEST_YEAR: Final = 1800
# Where day and month could be either, these write the month first.
MONTH_FIRST: Final = frozenset({"en-us", "en-ph"})

ISO: Final = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:(?:T|\s+)(?P<minute>\d\d:?\d\d)(?P<second>:?\d\d(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?(?:\s+[A-Z]{3,4})?)?)?)?",
)
RFC_5322: Final = re.compile(r"\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d(?P<second>:\d\d)?\s*(?P<zone>\S+)?")
AMERICAN: Final = re.compile(r"^\w{3},?\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{4}\s+\d\d:\d\d(?::\d\d)?\s+\w{3,4})$")
YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
IN_DIGITS: Final = (
    re.compile(rf"(?<!\d){YEAR}\s*(?:[-/.]|年)\s*(?P<month>\d{{1,2}})\s*(?:[-/.]|月)\s*(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?P<mark>[./-])\s?(?P<month>\d{{1,2}})(?P=mark)\s?{YEAR}(?!\d)"),
)
IN_WORDS: Final = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?[.,]?\s*(?:de\s+|of\s+|d['’])?(?P<name>[^\W\d_]{{3,12}})\.?,?\s*(?:de[l]?\s+)?{YEAR}"
    ),
    re.compile(rf"(?P<name>[^\W\d_]{{3,12}})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*{YEAR}"),
)


def parse_date(printed: str, origin: str) -> Published | None:
    """A date in ISO 8601 or RFC 5322 form; None for any other, and for dates that do not exist."""
    text = printed.strip()
    try:
        if match := ISO.fullmatch(text):
            return _from_iso(match, origin)
        if match := AMERICAN.match(text):
            text = f"{match[2]} {match[1]} {match[3]}"
        if match := RFC_5322.search(text):
            return _from_rfc_5322(text, match, origin, printed)
    except (ValueError, OverflowError):
        return None
    return None


def read_date(printed: str, origin: str, language: str = "") -> Published | None:
    """A date in any form that is read; of dates in words or digits the first in the text, with the precision of a day."""
    if stated := parse_date(printed, origin):
        return stated
    return next((_of_day(day, origin, printed) for day in days_in(printed, language)), None)


def days_in(text: str, language: str = "") -> Iterator[date]:
    """The days that a text names in full, in its order. Digits of any script; `language` (of the page) decides 3/4/2020."""
    plain = "".join(str(unicodedata.digit(char, char)) if char.isdigit() else char for char in text)
    found = [match for pattern in (*IN_DIGITS, *IN_WORDS) for match in pattern.finditer(plain)]
    for match in sorted(found, key=lambda match: match.start()):
        if day := _day(match.groupdict(), language.lower()):
            yield day


def _day(parts: dict[str, str], language: str) -> date | None:
    month = _months().get(_plain(parts["name"])) if "name" in parts else int(parts["month"])
    day = int(parts["day"])
    if month is None:
        return None
    month_first = parts.get("mark") == "/" and language in MONTH_FIRST
    if month_first or (parts.get("mark") and month > 12 >= day):
        day, month = month, day
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names and abbreviations of months to their numbers; names that mean different months in two languages are left out."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    if len(_plain(name)) >= 3 and not any(map(str.isdigit, name)):
                        found.setdefault(_plain(name), set()).add(number)
    found |= {
        "sept": {9},
        "märz": {3},
        "maerz": {3},
        "jän": {1},
        "jänner": {1},
        "feber": {2},
        "luty": {2},
        "listopad": {11},
    }
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().rstrip(".")


def _from_iso(match: re.Match[str], origin: str) -> Published | None:
    parts = match.groupdict()
    if int(parts["year"]) < EARLIEST_YEAR:
        return None
    precision: Precision = "year"
    for name in ("month", "day", "minute", "second"):
        if parts[name]:
            precision = name
    digits = re.sub(r"[^\d.]", "", (parts["minute"] or "0000") + (parts["second"] or "00").replace(",", "."))
    clock = f"{digits[:2]}:{digits[2:4]}:{digits[4:6]}"
    day = f"{parts['year']}-{parts['month'] or '01'}-{parts['day'] or '01'}"
    zone = {None: "+00:00", "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get(parts["zone"], parts["zone"])
    at = datetime.fromisoformat(f"{day}T{clock}{digits[6:13]}{zone}")
    return Published(
        at=at.astimezone(UTC),
        precision=precision,
        tz_known=bool(parts["zone"]),
        origin=origin,
        printed=match.string,
        day=at.date(),
    )


def _from_rfc_5322(text: str, match: re.Match[str], origin: str, printed: str) -> Published:
    at = parsedate_to_datetime(text)
    # A zone of -0000, or none, says nothing about the local time.
    known = at.tzinfo is not None
    aware = at if known else at.replace(tzinfo=UTC)
    precision: Precision = "second" if match["second"] else "minute"
    return Published(
        at=aware.astimezone(UTC),
        precision=precision,
        tz_known=known,
        origin=origin,
        printed=printed.strip(),
        day=aware.date(),
    )


def _of_day(day: date, origin: str, printed: str) -> Published:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Published(at=at, precision="day", tz_known=False, origin=origin, printed=printed.strip()[:200], day=day)
