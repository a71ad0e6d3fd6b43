"""When to look at a source again: sooner where there is news, later where there is none, seldom where it fails, never never."""

import random
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from storage.records import Source, Status
from storage.web_records import Outcome, Poll

FIRST_INTERVAL: Final = 60.0  # minutes
SHORTEST, LONGEST = 10.0, 24 * 60.0
# A source is asked without conditions now and then: some servers keep an ETag while the content changes.
FULL_EVERY: Final = 20
# With no news the interval grows, with some it shrinks, with a third or more of all entries new it halves.
NO_NEWS, SOME_NEWS, MUCH_NEWS = 1.5, 0.8, 0.5
MUCH_NEWS_SHARE: Final = 1 / 3
# Weights of failures, and undead sources, as in Media Cloud's rss-fetcher.
WEIGHTS: Final[dict[Outcome, float]] = {"hard": 1.0, "soft": 0.5, "temporary": 0.25, "gone": 1.0}
UNDEAD_FAILURES: Final = 10.0
UNDEAD_INTERVAL: Final = timedelta(days=30)
JITTER: Final = 0.1


class Look(NamedTuple):
    """What one look at a source gave; `moved_to` is where it has gone for good, `not_before` what the server asks for."""

    outcome: Outcome
    status: Status | None = None
    http_status: int | None = None
    detail: str | None = None
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    full: bool = True
    entries: int | None = None
    new_entries: int | None = None
    not_before: datetime | None = None
    bytes: int | None = None
    milliseconds: int | None = None


def is_due(source: Source, last: Poll | None, now: datetime) -> bool:
    """True if a source is to be looked at now; one whose address the operator has changed always is."""
    return last is None or last.configured_url != source.url or now >= last.next_poll_at


def wants_full(last: Poll | None) -> bool:
    """True if the next look is to be one without conditions."""
    return last is None or last.polls_since_full >= FULL_EVERY or last.body_sha256 is None


def after(source: Source, last: Poll | None, look: Look, now: datetime, random_: random.Random) -> Poll:
    """The record of a look, with the time of the next one."""
    last = last if last and last.configured_url == source.url else None
    good = look.outcome in {"read", "not_modified"}
    before = last.failures if last else 0.0
    failures = 0.0 if good else before + WEIGHTS[look.outcome]
    interval = _interval(last.interval_minutes if last else FIRST_INTERVAL, look)
    kept = last if last and look.outcome != "read" else None
    return Poll(
        source_id=source.source_id or "",
        configured_url=source.url,
        url=_address(source, last, look),
        polled_at=now,
        outcome=look.outcome,
        status=look.status,
        http_status=look.http_status,
        detail=look.detail,
        etag=kept.etag if kept else look.etag,
        last_modified=kept.last_modified if kept else look.last_modified,
        body_sha256=kept.body_sha256 if kept else look.body_sha256,
        polls_since_full=0 if look.full and good else (last.polls_since_full + 1 if last else 0),
        entries=look.entries,
        new_entries=look.new_entries,
        failures=failures,
        interval_minutes=interval,
        next_poll_at=_next(look, now, interval, failures, random_),
        retired=look.outcome == "gone" or bool(last and last.retired and not good),
        bytes=look.bytes,
        milliseconds=look.milliseconds,
    )


def _address(source: Source, last: Poll | None, look: Look) -> str:
    """Where to ask next: where it moved to for good if it could be read there; as configured if what it moved to is lost."""
    if look.outcome in {"read", "not_modified"}:
        return look.moved_to or (last.url if last else source.url)
    return source.url if last is None or look.outcome in {"hard", "gone"} else last.url


def _interval(minutes: float, look: Look) -> float:
    if look.outcome not in {"read", "not_modified"}:
        return minutes
    if not look.new_entries:
        factor = NO_NEWS
    else:
        factor = MUCH_NEWS if look.new_entries >= MUCH_NEWS_SHARE * (look.entries or 1) else SOME_NEWS
    return min(LONGEST, max(SHORTEST, minutes * factor))


def _next(look: Look, now: datetime, interval: float, failures: float, random_: random.Random) -> datetime:
    if look.outcome == "gone" or failures >= UNDEAD_FAILURES:
        return now + UNDEAD_INTERVAL
    minutes = min(LONGEST, interval * (1 + failures)) * (1 + JITTER * (2 * random_.random() - 1))
    planned = now + timedelta(minutes=max(SHORTEST * (1 - JITTER), minutes))
    return max(planned, look.not_before) if look.not_before else planned
