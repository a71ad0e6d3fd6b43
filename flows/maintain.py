"""The flow `maintain`: the nightly work on the warehouse."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_link_artifact, acreate_markdown_artifact
from prefect.states import Completed

from flows.cli._options import settings_for
from flows.form import form_field
from flows.schedules import Jitter, give_way
from flows.upkeep import mib, run_maintain

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.upkeep import Maintained


@flow(name="maintain", flow_run_name="maintain")
async def maintain(
    home: Annotated[str, form_field("Home folder")] = "",
    jitter_seconds: Jitter = 0,
) -> "State[Any]":
    """Remove what is older than the settings keep, compact the warehouse when that is due, sweep old published files, publish.

    Raises DatelineError; killed at any point, the next run goes on. Prefect shows these descriptions in its form:

    Args:
        home: Home folder. Empty: as configured.
        jitter_seconds: A scheduled run waits up to this many seconds, at random, before it begins; 0 to 600.
    """
    if state := await give_way(jitter_seconds):
        return state
    done = await asyncio.to_thread(run_maintain, settings_for(Path(home) if home else None))
    get_run_logger().info(done.headline)
    await acreate_markdown_artifact(_report(done), key="maintain", description=done.headline)
    file = done.publication.file
    await acreate_link_artifact(file.resolve().as_uri(), key="published", link_text=file.name, description="for SQL")
    return Completed(message=done.headline, data=done)


def _report(done: "Maintained") -> str:
    lines = [done.headline, "", "| what | how much |", "|---|--:|"]
    lines += [f"| removed from {removal.target} | {removal.rows or 0:,} |" for removal in done.removed]
    if done.compacted:
        lines.append(f"| compacted | {mib(done.compacted.before)} to {mib(done.compacted.after)} |")
    lines += [f"| warehouse | {mib(done.bytes)} |", f"| archive | {mib(done.archive_bytes)} |"]
    return "\n".join([*lines, f"| articles | {done.articles:,} |", f"| texts | {done.versions:,} |"])
