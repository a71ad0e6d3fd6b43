"""The same steps as Prefect tasks: one task a step and batch, seen in the UI."""

from collections.abc import Callable
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from tasks.steps import Steps


def as_tasks(steps: Steps) -> Steps:
    """Each step as a task named after it."""
    tasks = {name: _as_task(name, step) for name, step in steps._asdict().items() if name != "close"}
    return Steps(**tasks, close=steps.close)


def _as_task(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    # No cache: a step's effect is outside Prefect. `quote` keeps Prefect from walking through whole batches in search
    # of futures.
    wrapped = task(name=name, cache_policy=NO_CACHE, persist_result=False)(_named(step))
    return lambda *args: wrapped(*(quote(arg) for arg in args))


def _named(step: Callable[..., Any]) -> Callable[..., Any]:
    """Prefect asks a task's function for a signature and a name, which partials lack."""

    def run(*args: Any) -> Any:
        return step(*args)

    return run
