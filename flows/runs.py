"""A run from its row in `loads` to its summary, whatever runs the steps."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from flows.runners import build_runner
from flows.settings import Settings, code_version
from flows.stopping import interrupted
from flows.watching import watched
from flows.wiring import Run, build_steps, clock, new_load
from storage.publish import publish
from storage.records import QualityFigure, Source
from storage.running import running
from storage.summary import Summary
from storage.takeover import TakenOver, take_over
from storage.warehouse import Warehouse
from tasks.clean.site_rules import load_rules
from tasks.garbage import collect_less_often
from tasks.line import Stop, Way, ingest
from tasks.past.days import Past
from tasks.steps import Steps

if TYPE_CHECKING:
    from tasks.quality.measure import Report

EXTRACTOR_OF: Final = {"quotes": "quotes", "entities": "mentions", "coreference": "mentions", "clean": "clean"}


class Manner(NamedTuple):
    """How a run is made: `as_run` may wrap the steps, as Prefect tasks say, `progress` gets candidates done and found, `force` looks
    at sources that are not due, too, `paced` publishes only if it is due, `past` takes what the sources
    offered on past days, `clock` is another one in tests, `stop` says whether somebody has asked to stop."""

    as_run: Callable[[Steps], Steps] = lambda steps: steps
    progress: Callable[[int, int], None] = lambda done, total: None
    force: bool = False
    paced: bool = False
    past: Past | None = None
    clock: Callable[[], datetime] = clock
    stop: Stop | None = None


def run_ingest(flow: str, settings: Settings, sources: Sequence[Source], manner: Manner | None = None) -> Summary:
    """Ingest all that the sources offer, publish it, and sum up.

    A run that fails is marked so in `loads`; what its batches stored stays. Raises DatelineError.
    """
    as_run, progress, force, paced, past, clock, stop = manner or Manner()
    collect_less_often()
    rules = load_rules(settings.site_rules)
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    load = new_load(flow, settings, clock())
    with (
        closing(build_runner(settings)) as runner,
        watched(settings, clock),
        running(warehouse.home, load.load_id),
    ):
        warehouse.start(load, sources)
        pace = settings.pace if paced else None
        steps = build_steps(Run(warehouse, load, settings.web, rules, force, pace, past, clock, runner))
        try:
            steps = as_run(steps)
            ingest(sources, steps, Way(settings.batch_size, runner.slots, progress, stop or Stop()))
        except BaseException as error:
            warehouse.finish(load.load_id, "interrupted" if interrupted(error) else "failed", clock())
            raise
        finally:
            steps.close()
        summary = warehouse.finish(load.load_id, "finished", clock())
        steps.publish()
        return summary


def run_import(settings: Settings, folder: Path) -> TakenOver:
    """Take over an export and publish; a row in `loads` says so. Raises DatelineError, and nothing is taken over then."""
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    load = new_load("import", settings, clock())
    with watched(settings), running(warehouse.home, load.load_id):
        warehouse.start(load)
        try:
            done = take_over(warehouse, folder, load.load_id, clock())
        except BaseException:
            warehouse.finish(load.load_id, "failed", clock())
            raise
        warehouse.finish(load.load_id, "finished", clock())
        publish(warehouse, clock())
    return done


def note_quality(settings: Settings, reports: "Sequence[Report]") -> None:
    """Keep measured figures in the table `quality`."""
    from tasks.extract._run import load_extractors

    versions = {extractor.name: extractor.version for extractor in load_extractors()} | {"clean": code_version()}
    now = clock()
    figures = [
        QualityFigure(
            extractor=EXTRACTOR_OF[report.task],
            extractor_version=versions[EXTRACTOR_OF[report.task]],
            dataset=report.dataset,
            split=report.split,
            metric=f"{report.task}: {metric}",
            value=measured.value,
            n=report.n,
            measured_at=now,
        )
        for report in reports
        for metric, measured in report.metrics.items()
    ]
    with Warehouse(settings.place).transaction("", now) as transaction:
        transaction.add_quality(figures)
