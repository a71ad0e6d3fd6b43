"""The flow `publish`: what runs have stored since the last publication, for everybody to read."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_link_artifact
from prefect.states import Completed

from flows.cli._options import settings_for
from flows.form import form_field
from flows.schedules import Jitter, give_way
from flows.upkeep import mib, run_publish
from storage.publish import NotNow

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from storage.publish import Publication


@flow(name="publish", flow_run_name="publish")
async def publish(
    force: Annotated[bool, form_field("At once")] = False,
    home: Annotated[str, form_field("Home folder")] = "",
    jitter_seconds: Jitter = 0,
) -> "State[Any]":
    """Publish the warehouse if runs have written since the last time and its cost has been earned.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        force: Publish now, even if nothing is new or the last publication was a short while ago.
        home: Home folder. Empty: as configured.
        jitter_seconds: A scheduled run waits up to this many seconds, at random, before it begins; 0 to 600.
    """
    if state := await give_way(jitter_seconds):
        return state
    done = await asyncio.to_thread(run_publish, settings_for(Path(home) if home else None), force=force)
    get_run_logger().info(told(done))
    if isinstance(done, NotNow):
        return Completed(name="Nothing to do", message=told(done), data=done)
    link = done.file.resolve().as_uri()
    await acreate_link_artifact(link, key="published", link_text=done.file.name, description=told(done))
    return Completed(message=told(done), data=done)


def told(done: "Publication | NotNow") -> str:
    """What came of it, in one line."""
    if not isinstance(done, NotNow):
        return f"Published {done.file.name}: {mib(done.bytes)} in {done.seconds:.2f} s."
    return f"Not before {done.due_at:%Y-%m-%d %H:%M:%S %Z}." if done.due_at else "Nothing new to publish."
