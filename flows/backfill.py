"""The flow `backfill`: what sources offered on past days, what was missed, or archived documents again."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

from prefect import flow, get_run_logger
from pydantic import Field

from flows.as_tasks import as_tasks
from flows.backfilling import Wish, run_from_archive, run_past
from flows.cli._options import settings_for
from flows.report import headline
from flows.runs import Manner
from flows.telling import tell
from storage.home import Home

if TYPE_CHECKING:
    from storage.summary import Summary


@flow(name="backfill", flow_run_name="backfill {source}{archive}")
async def backfill(  # noqa: PLR0913 - Prefect's form shows nested parameters badly
    source: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: Annotated[int, Field(ge=1, le=100_000)] = 1_000,
    missed: bool = False,
    from_archive: bool = False,
    archive: str = "",
    home: str = "",
    batch_size: Annotated[int, Field(ge=1, le=1000)] = 100,
) -> "Summary":
    """Take what the sources offered on past days, or read archived documents again. Run again, it goes on where it stopped.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        source: Only this source, by its key in sources.toml. Empty: all of them.
        since: First day.
        until: Last day. Empty: today.
        limit: Articles to take at most, 1 to 100000.
        missed: The times between two looks in which a source's whole list was replaced, since the first day or 30 days.
        from_archive: Read archived documents again instead, without the network.
        archive: Another archive folder, or a WARC file. Empty: the home's own.
        home: Home folder. Empty: as configured.
        batch_size: Articles a batch, 1 to 1000.
    """
    settings = settings_for(Path(home) if home else None, batch_size=batch_size)
    wish = Wish(since, until, (source,) if source else (), limit, missed)
    if from_archive or archive:
        run = asyncio.to_thread(run_from_archive, settings, Path(archive) if archive else None, wish, Manner(as_tasks))
    else:
        run = asyncio.to_thread(run_past, settings, wish, Manner(as_tasks))
    summary = await run
    get_run_logger().info(headline(summary))
    # Prefect ends the run with this state; callers get the summary in it.
    return cast("Summary", await tell(f"backfill {source}".strip(), summary, Home(settings.home)))
