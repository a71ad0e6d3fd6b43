"""Which day a candidate is of, as far as its list or its address say."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from storage.records import Candidate
from tasks.clean.dates import IN_URL
from tasks.clean.printed_dates import parse_date


class Days(NamedTuple):
    """A stretch of days, both inclusive."""

    since: date
    until: date

    def has(self, day: date | None) -> bool:
        """Whether a day is one of them."""
        return day is not None and self.since <= day <= self.until


class Past(NamedTuple):
    """Sources with the days to go back to, and how many articles a run takes at most."""

    days: Mapping[str, tuple[Days, ...]]
    limit: int = 1_000


def day_of(candidate: Candidate) -> date | None:
    """The day that the address names, else the one that the list says it was published on, else that of its last change."""
    entry = candidate.entry
    said = (entry.published, entry.updated) if entry else ()
    return day_in(candidate.url) or next((day for words in said if words and (day := _day(words))), None)


def day_in(url: str) -> date | None:
    """The day in an address, the last one if there are several."""
    days = []
    for match in IN_URL.finditer(url):
        try:
            days.append(date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])))
        except ValueError:
            continue
    return days[-1] if days else None


def changed_on(candidate: Candidate) -> date | None:
    """The day of the last change that a list states."""
    return _day(candidate.entry.updated) if candidate.entry and candidate.entry.updated else None


def _day(words: str) -> date | None:
    stated = parse_date(words, "list")
    return stated.at.date() if stated else None
