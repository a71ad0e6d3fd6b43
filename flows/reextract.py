"""The flow `reextract`: stored texts through the extractors again, a difference first, then a switch."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

from prefect import flow

from flows.cli._options import settings_for
from flows.form import form_field
from flows.progress import ProgressBar
from flows.reextraction import Wish, run_reextract
from flows.telling import listen, tell_difference
from storage.registry import part_names

if TYPE_CHECKING:
    from flows.reextraction import Outcome

# What the form offers; none of them: all.
EXTRACTORS: Final = ["", *part_names("tasks.extract")]


@flow(name="reextract", flow_run_name="reextract {extractor} {source}")
async def reextract(  # noqa: PLR0913 - Prefect's form shows nested parameters badly
    extractor: Annotated[str, form_field("Extractor", enum=EXTRACTORS)] = "",
    source: Annotated[str, form_field("Source")] = "",
    since: Annotated[date | None, form_field("First day")] = None,
    until: Annotated[date | None, form_field("Last day")] = None,
    outdated: Annotated[bool, form_field("Only outdated rows")] = True,
    apply: Annotated[bool, form_field("Switch to the new rows")] = False,
    home: Annotated[str, form_field("Home folder")] = "",
) -> "Outcome":
    """Run the extractors over stored texts again and show which rows would be added, gone and changed.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        extractor: Only rows of this extractor. Empty: of all.
        source: Only texts of this source, by its key in sources.toml. Empty: of all.
        since: Only texts of this day and later.
        until: Only texts of this day and earlier.
        outdated: Only texts that have rows of another version of the extractors.
        apply: Switch to the new rows and publish. Off: only compare.
        home: Home folder. Empty: as configured.
    """
    listen()
    settings = settings_for(Path(home) if home else None)
    wish = Wish((extractor,) if extractor else (), source or None, since, until, outdated)
    outcome = await asyncio.to_thread(run_reextract, settings, wish, apply=apply, progress=ProgressBar("texts"))
    # Prefect ends the run with this state; callers get the outcome in it.
    return cast("Outcome", await tell_difference(outcome))
