"""The flow `backfill`: archived documents through all steps again, without the network."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

from prefect import flow, get_run_logger
from pydantic import Field

from flows.as_tasks import as_tasks
from flows.cli._options import settings_for
from flows.report import headline
from flows.runs import Manner, run_ingest
from flows.telling import tell
from storage.home import Home
from tasks.sources.read import path_sources

if TYPE_CHECKING:
    from storage.summary import Summary


@flow(name="backfill", flow_run_name="backfill {archive}")
async def backfill(
    archive: str = "",
    home: str = "",
    batch_size: Annotated[int, Field(ge=1, le=1000)] = 100,
) -> "Summary":
    """Read archived documents again: what is missing is stored, what cleans to another text is a new version.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        archive: Another archive folder, a part of one such as archive/2026/10, or a WARC file. Empty: the home's own.
        home: Home folder. Empty: as configured.
        batch_size: Articles a batch, 1 to 1000.
    """
    settings = settings_for(Path(home) if home else None, batch_size=batch_size)
    folder = Home(settings.home)
    sources = path_sources([Path(archive) if archive else folder.archive])
    summary = await asyncio.to_thread(run_ingest, "backfill", settings, sources, Manner(as_tasks))
    get_run_logger().info(headline(summary))
    # Prefect ends the run with this state; callers get the summary in it.
    return cast("Summary", await tell("backfill", summary, folder))
