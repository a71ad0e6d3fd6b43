"""All alarms of a home, and which of them are news to its operator."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final

from storage.registry import part_names
from storage.watch import Alarm, Facts, Told
from tasks.watch.contract import Watch

# What comes and goes is told twice a day at most.
CALM: Final = timedelta(hours=12)


def watch_all(facts: Facts) -> tuple[Alarm, ...]:
    """What every watch of this folder finds, by name and subject."""
    watches: Iterable[Watch] = (import_module(f"tasks.watch.{name}").watch for name in part_names("tasks.watch"))
    alarms = (alarm for watch in watches for alarm in watch(facts))
    return tuple(sorted(alarms, key=lambda alarm: alarm[:2]))


def news(alarms: Sequence[Alarm], told: Sequence[Told], now: datetime) -> tuple[Told, ...]:
    """What an operator has to be told now: alarms not told yet, and told ones that are over."""
    last = {(one.alarm.name, one.alarm.subject): one for one in told}
    holding = {(alarm.name, alarm.subject) for alarm in alarms}
    raised = [Told("raised", alarm, now) for alarm in alarms if _is_new(last.get((alarm.name, alarm.subject)), now)]
    over = [Told("over", one.alarm, now) for key, one in last.items() if one.state == "raised" and key not in holding]
    return (*raised, *over)


def _is_new(last: Told | None, now: datetime) -> bool:
    return last is None or (last.state == "over" and now - last.told_at >= CALM)
