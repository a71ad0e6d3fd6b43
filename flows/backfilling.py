"""What a backfill reads, from what it was asked for: the archive, days of the past, or what was missed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from flows.runs import Manner, run_ingest
from flows.settings import Settings
from storage.errors import SettingError
from storage.gaps import gaps
from storage.records import Source
from storage.summary import Summary
from storage.warehouse import Warehouse
from tasks.past.days import Days, Past
from tasks.sources.read import path_sources, read_sources, select_sources

# How far back missed times are looked for, where the wish does not say.
MISSED: Final = timedelta(days=30)


class Wish(NamedTuple):
    """Days (inclusive), sources by key (none: all), at most `limit` articles; or `missed`: what lists had dropped between two looks."""

    since: date | None = None
    until: date | None = None
    sources: Sequence[str] = ()
    limit: int = 1_000
    missed: bool = False


def run_from_archive(settings: Settings, archive: Path | None, wish: Wish, manner: Manner) -> Summary:
    """Archived documents through all steps again; with days in the wish only the archive's folders of these. Raises DatelineError."""
    folder = archive or settings.place.archive
    paths = _day_folders(folder, wish) if wish.since or wish.until else [folder]
    return run_ingest("backfill", settings, path_sources(paths), manner)


def run_past(settings: Settings, wish: Wish, manner: Manner) -> Summary:
    """What the sources offered on the days of the wish. What a run has taken, the next one does not take again: it goes on where this
    one ended. Raises DatelineError, SettingError where the wish says too little."""
    sources = select_sources(read_sources(settings.sources).sources, wish.sources)
    days = _missed(settings, wish, manner.clock()) if wish.missed else _asked(wish, sources, manner.clock())
    return run_ingest("backfill", settings, sources, manner._replace(past=Past(days, wish.limit)))


def _asked(wish: Wish, sources: Sequence[Source], now: datetime) -> dict[str, tuple[Days, ...]]:
    if wish.since is None:
        raise SettingError("from", "a backfill of days needs the first one")
    days = Days(wish.since, wish.until or now.date())
    if days.until < days.since:
        raise SettingError("to", "the last day is before the first one")
    return {source.source_id: (days,) for source in sources if source.source_id and source.enabled}


def _missed(settings: Settings, wish: Wish, now: datetime) -> dict[str, tuple[Days, ...]]:
    """The days of the times in which the sources' lists turned over unseen."""
    first = wish.since or (now - MISSED).date()
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    days: defaultdict[str, tuple[Days, ...]] = defaultdict(tuple)
    for gap in gaps(warehouse, datetime.combine(first, time(), now.tzinfo)):
        days[gap.source_id] += (Days(gap.since.date(), gap.until.date()),)
    return dict(days)


def _day_folders(archive: Path, wish: Wish) -> list[Path]:
    """The archive's folders (year/month/day, UTC) of the days."""
    first, last = wish.since or date.min, wish.until or date.max
    folders = []
    for folder in sorted(archive.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]")):
        day = date(*map(int, folder.relative_to(archive).parts))
        if first <= day <= last:
            folders.append(folder)
    return folders
