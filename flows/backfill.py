"""The flow `backfill`: what sources offered on past days, what was missed, or archived documents again."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

from prefect import flow

from flows.as_tasks import as_tasks
from flows.backfilling import Wish, run_from_archive, run_past
from flows.cli._options import settings_for
from flows.form import form_field
from flows.progress import ProgressBar
from flows.runs import Manner
from flows.telling import listen, tell

if TYPE_CHECKING:
    from storage.summary import Summary

What = Literal["past days", "missed times", "archive"]


@flow(name="backfill", flow_run_name="backfill {source}{archive}")
async def backfill(  # noqa: PLR0913 - Prefect's form shows nested parameters badly
    source: Annotated[str, form_field("Source")] = "",
    since: Annotated[date | None, form_field("First day")] = None,
    until: Annotated[date | None, form_field("Last day")] = None,
    what: Annotated[What, form_field("What to take")] = "past days",
    limit: Annotated[int, form_field("Articles at most", ge=1, le=100_000)] = 1_000,
    archive: Annotated[str, form_field("Another archive")] = "",
    home: Annotated[str, form_field("Home folder")] = "",
    batch_size: Annotated[int, form_field("Articles a batch", ge=1, le=1000)] = 100,
) -> "Summary":
    """Take what the sources offered on past days, or read archived documents again. Run again, it goes on where it stopped.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        source: Only this source, by its key in sources.toml. Empty: all of them.
        since: First day of the past that is asked for. Empty: for missed times the last 30 days, for the archive all of it.
        until: Last day. Empty: today.
        what: What the sources offered on these days; what they offered and dropped unseen between two looks; or archived
            documents again, without the network.
        limit: Articles to take at most, 1 to 100000; run again for the next ones.
        archive: Another archive folder, or a WARC file, to be read instead of the home's own.
        home: Home folder. Empty: as configured.
        batch_size: Articles a batch, 1 to 1000.
    """
    listen()
    settings = settings_for(Path(home) if home else None, batch_size=batch_size)
    wish = Wish(since, until, (source,) if source else (), limit, missed=what == "missed times")
    manner = Manner(as_tasks, ProgressBar("candidates"))
    if what == "archive" or archive:
        run = asyncio.to_thread(run_from_archive, settings, Path(archive) if archive else None, wish, manner)
    else:
        run = asyncio.to_thread(run_past, settings, wish, manner)
    summary = await run
    # Prefect ends the run with this state; callers get the summary in it.
    return cast("Summary", await tell(f"backfill {source}".strip(), summary, settings.place))
