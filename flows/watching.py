"""What an operator is told at the end of a run: alarms that are new or over, as log lines, events of Prefect and rows of `alarms`."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import duckdb

from flows.metrics import told_figures, write_metrics
from flows.wiring import clock
from storage.errors import DatelineError
from storage.figures import read_figures
from storage.warehouse import Warehouse
from storage.watch import Alarm, Facts, Told, note_told, read_facts, read_told
from tasks.watch._all import news, watch_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flows.settings import Settings

logger = logging.getLogger(__name__)

# A run that has ended waits no longer than this for another's writing.
WAIT_SECONDS: Final = 10.0
EVENT: Final = "dateline.alarm"
MOST_WORDS: Final = 400
# Details quote what servers say: no markup, links or mentions where they are shown (Slack, Discord, Teams, mail).
PLAIN: Final = str.maketrans({"<": "‹", ">": "›", "@": "＠", "`": "'", "[": "(", "]": ")"})


@contextmanager
def watched(settings: "Settings", clock: "Callable[[], datetime]" = clock) -> Iterator[None]:
    """Look after a home when the work on it has ended, however it ended. That never makes a run fail."""
    try:
        yield
    except BaseException as error:
        look_after(settings, clock(), str(error))
        raise
    look_after(settings, clock())


def look_after(settings: "Settings", now: "datetime", said: str = "") -> None:
    """Tell what is new, and write the file for Prometheus. Nothing is raised; what fails is logged, unless the run failed of the same
    and has `said` so."""
    try:
        warehouse = Warehouse(settings.place, lock_seconds=min(settings.lock_seconds, WAIT_SECONDS))
        with warehouse.window() as con:
            facts = read_facts(con, warehouse.home, settings.pace, now)
            alarms = watch_over(con, facts)
            figures = tuple(read_figures(con, warehouse.home)) if settings.metrics else ()
        if settings.metrics:
            write_metrics(settings.metrics, (*told_figures(facts, alarms), *figures))
    except (DatelineError, duckdb.Error, OSError) as error:
        if str(error) != said:
            logger.warning("The home could not be looked after: %s", " ".join(str(error).split()))


def watch_over(con: duckdb.DuckDBPyConnection, facts: Facts) -> tuple[Alarm, ...]:
    """All alarms that hold; operators are told what is new: once when one is raised, once when it is over.

    They are told before it is noted: killed in between, a run tells them twice rather than never.
    """
    alarms = watch_all(facts)
    told = news(alarms, read_told(con), facts.now)
    for one in told:
        tell(one)
    note_told(con, told)
    return alarms


def tell(one: Told) -> None:
    """One alarm or its end to whoever listens: the log, and Prefect's events if Prefect runs us."""
    level = logging.WARNING if one.state == "raised" else logging.INFO
    logger.log(level, "%s", in_words(one))
    if under_prefect():
        from prefect.events import emit_event

        emit_event(f"{EVENT}.{one.state}", resource_of(one), occurred=one.told_at, payload=payload_of(one))


def under_prefect() -> bool:
    """True inside a flow run. Commands do not import prefect, which takes seconds."""
    if "prefect" not in sys.modules:
        return False
    from prefect.runtime import flow_run

    return flow_run.get_id() is not None


def in_words(one: Told) -> str:
    """What operators read, in one line."""
    what = "Alarm" if one.state == "raised" else "Alarm is over"
    return f"{what}: {one.alarm.name.replace('_', ' ')}: {plain(one.alarm.detail)}"


def plain(words: str) -> str:
    """Words that quote the outside, as one line without markup."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:MOST_WORDS].translate(PLAIN)


def resource_of(one: Told) -> dict[str, str]:
    """Whom the event is about: the alarm's name and its subject, so that automations can match either."""
    name = f"{one.alarm.name}: {plain(one.alarm.subject)}"
    return {
        "prefect.resource.id": f"{EVENT}.{one.alarm.name}.{plain(one.alarm.subject)}",
        "prefect.resource.name": name,
    }


def payload_of(one: Told) -> dict[str, Any]:
    """All of an alarm, for templates of automations."""
    return {
        "state": one.state,
        "name": one.alarm.name,
        "subject": plain(one.alarm.subject),
        "text": in_words(one),
        "detail": plain(one.alarm.detail),
        "figures": one.alarm.figures,
        "since": one.alarm.since.isoformat(),
    }
