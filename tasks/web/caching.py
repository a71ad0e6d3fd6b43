"""What a server says about time: how long an answer is fresh (RFC 9111), when to come back (RFC 9110, 10.2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(days=1)


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when an answer is fresh: `max-age` less its `Age`, else `Expires`. None: not stated. Never later than a day."""
    directives = dict(_directives(headers.get("cache-control", "")))
    if "no-cache" in directives or "no-store" in directives:
        return None
    if (seconds := _number(directives.get("max-age"))) is not None:
        return now + min(LONGEST, timedelta(seconds=max(0, seconds - (_number(headers.get("age")) or 0))))
    expires = http_date(headers.get("expires"))
    return min(expires, now + LONGEST) if expires else None


def retry_at(value: str | None, now: datetime) -> datetime | None:
    """The time that a Retry-After header asks for, in seconds or as a date; None without one. Never later than a day."""
    seconds = _number(value)
    asked = now + timedelta(seconds=seconds) if seconds is not None else http_date(value)
    return min(asked, now + LONGEST) if asked else None


def http_date(value: str | None) -> datetime | None:
    """A date of an HTTP header, None where there is none that can be read."""
    try:
        parsed = parsedate_to_datetime(value or "")
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _directives(header: str) -> list[tuple[str, str]]:
    pairs = (part.strip().partition("=") for part in header.lower().split(",") if part.strip())
    return [(name.strip(), value.strip('" ')) for name, _, value in pairs]


def _number(value: str | None) -> int | None:
    text = (value or "").strip()
    return min(int(text), 10**9) if text.isascii() and text.isdigit() and len(text) < 20 else None
