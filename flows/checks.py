"""What `dateline doctor` looks at: each check is a function that gives its finding, or fails."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from flows.settings import Settings
    from storage.warehouse import Warehouse
    from tasks.sources.read import Configured

GIB: Final = 2**30
# Alarms whose limits for monitors are settings: doctor_dead_sources, doctor_free_gib.
JUDGED_ELSEWHERE: Final = frozenset({"source_dead", "disk_low"})


class Look(NamedTuple):
    """What checks work with; `quick` looks at samples, and leaves out what takes long however small the home is."""

    settings: "Settings"
    now: datetime
    quick: bool = False

    @property
    def warehouse(self) -> "Warehouse":
        """The writer's warehouse. Raises HomeError if the home can't be written."""
        from storage.warehouse import Warehouse

        return Warehouse(self.settings.place, lock_seconds=self.settings.lock_seconds)


class Finding(NamedTuple):
    """What a check found, in one line and in figures (seconds, bytes, numbers of things), and whether that is as it should be."""

    detail: str
    figures: Mapping[str, float] = {}
    ok: bool = True


def settings(look: Look) -> Finding:
    """They could be read, or there were no look."""
    from flows.settings import config_file

    file = config_file()
    return Finding(f"read from {file.absolute()} and the environment" if file else "read from the environment")


def home(look: Look) -> Finding:
    """The home folder can be written."""
    return Finding(f"{look.warehouse.home.root.absolute()} can be written")


def disk(look: Look) -> Finding:
    """The disk has as much room as the settings want."""
    usage = shutil.disk_usage(look.warehouse.home.root)
    wanted = look.settings.doctor_free_gib
    detail = f"{usage.free / GIB:.1f} GiB free, {wanted:g} wanted"
    return Finding(detail, {"free_bytes": usage.free, "total_bytes": usage.total}, usage.free >= wanted * GIB)


def schema(look: Look) -> Finding:
    """The warehouse opens, and has every migration."""
    from storage.migrate import migration_names

    with look.warehouse.reading():
        number = len(migration_names())
    return Finding(f"up to date, {number} migrations", {"migrations": number})


def published(look: Look) -> Finding:
    """The published file opens, and is as young as the settings want."""
    from storage.reading import published as opened
    from storage.state import publication

    with look.warehouse.reading() as con:
        state = publication(con)
    limit = look.settings.doctor_age_hours
    if state is None or not look.warehouse.home.published.exists():
        return Finding("nothing yet", ok=not limit)
    with opened(look.warehouse.home):
        age = (look.now - state.done_at).total_seconds()
    waits = (look.now - state.waiting_since).total_seconds() if state.waiting_since else 0.0
    figures = {"age_seconds": age, "bytes": state.bytes or 0, "waiting_seconds": waits}
    told = f"{look.warehouse.home.published.resolve().name}, {age / 3600:.1f} hours old"
    return Finding(f"{told}, {limit:g} allowed" if limit else told, figures, not limit or age <= limit * 3600)


def runs(look: Look) -> Finding:
    """No run is marked as running whose process is gone."""
    from storage.state import vanished

    with look.warehouse.reading() as con:
        gone = vanished(con, look.warehouse.home)
    told = f"killed and marked as running: {', '.join(gone)}; the next run clears that up"
    return Finding(told if gone else "none was killed since the last one", {"vanished": len(gone)}, not gone)


def sources(look: Look) -> Finding:
    """No more sources are dead than the settings put up with, and every entry of their list can be used."""
    from storage.state import sources as by_health

    listed = configured(look.settings)
    keys = None if listed is None else frozenset(source.source_id or "" for source in listed.sources)
    with look.warehouse.reading() as con:
        state = by_health(con, keys)
    told = ", ".join(f"{number} {health}" for health, number in state.by_health.items()) or "none polled yet"
    if state.dead:
        told += f" (dead: {', '.join(state.dead)})"
    figures = {health.replace(" ", "_"): number for health, number in state.by_health.items()} | {
        "dead": len(state.dead)
    }
    unusable = listed.problems if listed else ()
    told = "; ".join((told, *unusable))
    figures["unusable"] = len(unusable)
    return Finding(told, figures, not unusable and len(state.dead) <= look.settings.doctor_dead_sources)


def alarms(look: Look) -> Finding:
    """Nothing is unusual; what the settings of another check decide about is told, and left to it."""
    from storage.watch import read_facts
    from tasks.watch._all import watch_all

    with look.warehouse.window() as con:
        facts = read_facts(con, look.warehouse.home, look.settings.pace, look.now)
    held = watch_all(facts)
    told = "; ".join(f"{alarm.name}: {alarm.detail}" for alarm in held)
    figures = Counter(alarm.name for alarm in held)
    return Finding(told or "none", dict(figures), all(alarm.name in JUDGED_ELSEWHERE for alarm in held))


def configured(settings: "Settings") -> "Configured | None":
    """The list of sources; None if there is none. Raises SettingError if it can't be read."""
    from tasks.sources.read import read_sources

    return read_sources(settings.sources) if settings.sources.exists() else None


def archive(look: Look) -> Finding:
    """The newest raw documents can be read back."""
    from storage.archive import Archive
    from storage.queries import statement

    documents = Archive(look.warehouse.home.archive)
    with look.warehouse.reading() as con:
        keys = [str(row[0]) for row in con.execute(statement("archive_keys")).fetchall()]
    for key in keys:
        documents.get(key)
    return Finding(f"{len(keys)} newest raw documents can be read back", {"documents": len(keys)})


def model(look: Look) -> Finding:
    """The language model and the extractors can be loaded."""
    from tasks.models import language

    if look.quick:
        return Finding("not loaded, for speed")
    extractors = language()[1]
    return Finding("loaded; extractors: " + ", ".join(f"{part.name} {part.version}" for part in extractors))


def evidence(look: Look) -> Finding:
    """Every row says what stands at its offsets; quickly: those of some published texts, with no lock and other ones each time."""
    from storage.evidence import check_evidence, check_some_evidence
    from storage.queries import statement
    from storage.reading import published as opened

    if look.quick:
        if not look.warehouse.home.published.exists():
            return Finding("nothing published to look at")
        with opened(look.warehouse.home) as con:
            number = check_some_evidence(con)
        return Finding(
            f"every row of {number} published texts, taken at random, says what stands at its offsets",
            {"texts": number},
        )
    with look.warehouse.reading() as con:
        check_evidence(con)
        (number,) = con.execute(statement("count_versions")).fetchone() or (0,)
    return Finding(f"every row of {number} texts says what stands at its offsets", {"texts": number})


# What takes longest is last: where the time is used up, the others have answered.
CHECKS: Final[Mapping[str, Callable[[Look], Finding]]] = {
    "settings": settings,
    "home": home,
    "disk": disk,
    "schema": schema,
    "published": published,
    "runs": runs,
    "sources": sources,
    "alarms": alarms,
    "archive": archive,
    "language model": model,
    "evidence": evidence,
}
