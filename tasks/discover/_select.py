"""Which of the candidates are fetched now: new ones, changed ones, and those whose next try is due."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from storage.records import Candidate
from storage.web_records import Seen


def select(candidates: Iterable[Candidate], seen: Mapping[str, Seen], now: datetime) -> list[Candidate]:
    """The candidates to fetch, each article once; what has no key (local files) is always fetched."""
    chosen: dict[str, Candidate] = {}
    for candidate in candidates:
        before = seen.get(candidate.url_key or "")
        if before is None:
            chosen.setdefault(candidate.url_key or candidate.url, candidate)
        elif before.retry_at is not None:
            if before.retry_at <= now:
                chosen.setdefault(before.url_key, replace(candidate, attempt=before.attempt + 1))
        elif _has_changed(candidate, before):
            chosen.setdefault(before.url_key, candidate)
    return list(chosen.values())


def bounded(candidates: Iterable[Candidate], most: int) -> tuple[list[Candidate], set[str | None]]:
    """At most so many candidates of each web host, in their order, and the ids of the sources that have more."""
    taken: list[Candidate] = []
    asked: Counter[str] = Counter()
    more: set[str | None] = set()
    for candidate in candidates:
        host = urlsplit(candidate.url).netloc
        asked[host] += bool(host)
        if asked[host] > most:
            more.add(candidate.source_id)
        else:
            taken.append(candidate)
    return taken, more


def _has_changed(candidate: Candidate, before: Seen) -> bool:
    """True if the source says something else than the last time. The words of another source on it are no change."""
    said = before.said.get(candidate.source_id or "")
    return said is not None and candidate.entry is not None and said != candidate.entry.sha256
