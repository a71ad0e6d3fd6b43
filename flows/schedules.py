"""What scheduled runs do before they begin: wait a moment at random, and give way to a later run that is due."""

import asyncio
import random
from typing import TYPE_CHECKING, Annotated, Any, Final

from prefect import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.context import FlowRunContext
from prefect.states import Completed

from flows.form import form_field
from flows.telling import listen
from flows.wiring import clock

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

MAX_JITTER: Final = 600
# Prefect's schedules have no jitter of their own, and lose parameters of their own when somebody pauses them.
Jitter = Annotated[int, form_field("Jitter in seconds", ge=0, le=MAX_JITTER)]


async def wait_a_moment(jitter_seconds: int) -> None:
    """Wait up to that many seconds, at random, if the run that we are in is a schedule's."""
    if _planned() is None:
        return
    await asyncio.sleep(random.uniform(0, jitter_seconds))  # noqa: S311 - to spread load, not to keep a secret


async def give_way(jitter_seconds: int) -> "State[Any] | None":
    """Begin a run whose work any later one does as well: the state to end with if one is due, else None, after waiting a moment."""
    listen()
    if state := await overtaken():
        return state
    await wait_a_moment(jitter_seconds)
    return None


async def overtaken() -> "State[Any] | None":
    """The state to end with if the run that we are in is a schedule's and a later one is due already; None: go on.

    After an outage only the last of those that have piled up works. Where a new run is cancelled as long as another one
    is there, it is the other way round, and the first one has to go on.
    """
    run = _planned()
    if run is None or not await _later_ones(run):
        return None
    return Completed(name="Overtaken", message="A later run of the schedule is due and does the work.")


def _planned() -> "FlowRun | None":
    """The run that we are in, if a schedule has planned it."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return run if run is not None and run.auto_scheduled else None


async def _later_ones(run: "FlowRun") -> "list[FlowRun]":
    waiting = FlowRunFilterStateType(any_=[StateType.SCHEDULED, StateType.PENDING])
    later = FlowRunFilterExpectedStartTime(after_=run.expected_start_time, before_=clock())
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=waiting), expected_start_time=later),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[run.deployment_id])),
            limit=10,
        )
    return [other for other in runs if other.auto_scheduled and other.id != run.id]
