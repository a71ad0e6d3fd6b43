"""The flow `quality`: how right the installed extractors are, and whether that has changed."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_table_artifact
from prefect.states import Completed

from flows.cli._options import settings_for
from flows.form import form_field
from flows.runs import note_quality
from flows.schedules import Jitter, give_way
from flows.scoring import answers_below, score_extractors
from storage.errors import SettingError
from storage.queries import statement
from storage.warehouse import Warehouse
from tasks.quality.score import answered

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.settings import Settings

# Our own articles with answers; they lie in the project's folder, not in the installed package.
CORPUS: Final = "tests/quality/gold"
# The same model on the same data gives the same figures; only another one, or another numerical library, moves them.
NOTED: Final = 0.005


class Measurement(NamedTuple):
    """One figure and the one before it, if there was one."""

    metric: str
    dataset: str
    value: float
    before: float | None

    @property
    def fell(self) -> bool:
        """True if it is noticeably lower than before."""
        return self.before is not None and self.value < self.before - NOTED


@flow(name="quality", flow_run_name="quality {data}")
async def quality(
    data: Annotated[str, form_field("Data with answers")] = CORPUS,
    home: Annotated[str, form_field("Home folder")] = "",
    jitter_seconds: Jitter = 0,
) -> "State[Any]":
    """Score the extractors on data with answers, and note the figures in the table `quality`.

    Raises DatelineError. Prefect shows these descriptions in its form:

    Args:
        data: Folder or file with answers, as `dateline quality` takes them; relative paths count from the project's folder.
        home: Home folder. Empty: as configured.
        jitter_seconds: A scheduled run waits up to this many seconds, at random, before it begins; 0 to 600.
    """
    if state := await give_way(jitter_seconds):
        return state
    found = await asyncio.to_thread(run_quality, settings_for(Path(home) if home else None), Path(data))
    get_run_logger().info(told(found))
    rows = [one._asdict() | {"value": round(one.value, 4)} for one in found]
    await acreate_table_artifact(rows, key="quality", description=told(found))
    return Completed(name="Lower" if any(f.fell for f in found) else None, message=told(found), data=found)


def run_quality(settings: "Settings", data: Path) -> tuple[Measurement, ...]:
    """Score, compare with the last figures, and keep the new ones. Raises SettingError if there are no answers in `data`."""
    if not data.exists() or not any(answered(path) for path in answers_below(data)):
        raise SettingError(str(data), "no data with answers there (the parameter `data` names a folder or file)")
    with Warehouse(settings.place, lock_seconds=settings.lock_seconds).window() as con:
        rows = con.execute(statement("last_figures")).fetchall()
    before = {(str(metric), str(dataset), str(split)): float(value) for metric, dataset, split, value in rows}
    reports = tuple(score_extractors("all", [data]))
    note_quality(settings, reports)
    return tuple(
        Measurement(metric, f"{one.dataset} {one.split}", measured.value, before.get((metric, one.dataset, one.split)))
        for one in reports
        for metric, measured in ((f"{one.task}: {name}", measured) for name, measured in one.metrics.items())
    )


def told(found: tuple[Measurement, ...]) -> str:
    """What came of it, in one line."""
    fallen = [
        f"{one.metric} on {one.dataset} ({one.before:.3f} before, {one.value:.3f} now)" for one in found if one.fell
    ]
    return f"{len(found)} figures measured; " + (
        f"lower than before: {', '.join(fallen)}." if fallen else "none is lower."
    )
