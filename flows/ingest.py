"""The flow `ingest`: take what the sources offer through all steps, as Prefect tasks.

As a program, `python -m flows.ingest`, it runs once on Prefect's embedded server.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

if __name__ == "__main__":
    from flows.configuration import read_settings
    from flows.settings import use_embedded_prefect
    from storage.errors import SettingError

    try:
        use_embedded_prefect(read_settings().home)
    except SettingError as error:
        sys.exit(f"dateline: {error}")

from prefect import flow, get_run_logger

from flows.as_tasks import as_tasks
from flows.cli._options import settings_for
from flows.form import form_field
from flows.progress import ProgressBar
from flows.report import print_summary
from flows.runs import Manner, run_ingest
from flows.schedules import Jitter, wait_a_moment
from flows.telling import listen, tell
from tasks.sources.read import path_sources, read_sources, select_sources

if TYPE_CHECKING:
    from storage.records import Source
    from storage.summary import Summary


@flow(name="ingest", flow_run_name="ingest {paths}{source}")
async def ingest(
    paths: Annotated[list[str], form_field("Files and folders")] = [],  # noqa: B006 - Prefect shows the default in its form
    source: Annotated[str, form_field("Source")] = "",
    home: Annotated[str, form_field("Home folder")] = "",
    batch_size: Annotated[int, form_field("Articles a batch", ge=1, le=1000)] = 100,
    jitter_seconds: Jitter = 0,
) -> "Summary":
    """Discover, fetch, archive, clean, compare, extract, append and publish what the sources offer now.

    Raises DatelineError if the home or the list of sources can't be used; what is wrong with single articles is in
    the ledger. Prefect shows these descriptions in its form:

    Args:
        paths: Files and folders to load. Empty: the configured sources.
        source: Only this source, by its key in sources.toml. Empty: all of them.
        home: Home folder. Empty: as configured.
        batch_size: Articles a batch, 1 to 1000.
        jitter_seconds: A scheduled run waits up to this many seconds, at random, before it begins; 0 to 600.
    """
    listen()
    await wait_a_moment(jitter_seconds)
    settings = settings_for(Path(home) if home else None, batch_size=batch_size)
    chosen: tuple[Source, ...]
    if paths:
        chosen = path_sources(map(Path, paths))
    else:
        configured = read_sources(settings.sources)
        for problem in configured.problems:
            get_run_logger().warning(problem)
        chosen = select_sources(configured.sources, [source] if source else [])
    # Whoever asks for something by hand wants to see it; what the schedule brings is published when that is due.
    manner = Manner(as_tasks, ProgressBar("candidates"), force=bool(source), paced=not paths and not source)
    # In a thread of its own: the steps block, and the event loop has to answer Prefect.
    summary = await asyncio.to_thread(run_ingest, "ingest", settings, chosen, manner)
    what = "paths" if paths else source or f"{len(chosen)} sources"
    # Prefect ends the run with this state; callers get the summary in it.
    return cast("Summary", await tell(f"ingest {what}", summary, settings.place))


def main(paths: list[str]) -> None:
    """Run once; a summary and a first query at the end."""
    from flows.first_query import print_first_query

    summary = asyncio.run(ingest(paths=paths))
    print_summary(summary)
    print_first_query(settings_for(None).home)
    sys.exit(0 if summary.usable else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
