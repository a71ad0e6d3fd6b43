"""A re-extraction from its row in `loads` to the difference that it makes, whatever runs it."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from flows.runners import build_runner
from flows.settings import Settings
from flows.stopping import interrupted
from flows.watching import watched
from flows.wiring import clock, new_load
from storage.errors import SettingError
from storage.publish import publish
from storage.running import running
from storage.staging import Difference, Plan, compare, discard, staging, switch, waiting
from storage.warehouse import Warehouse
from tasks.extract._run import load_extractors
from tasks.garbage import collect_less_often
from tasks.reextract import Again, extracted_again, stage
from tasks.steps import batches

if TYPE_CHECKING:
    from flows.runner import Runner
    from tasks.extract.contract import Extractor


class Wish(NamedTuple):
    """Which texts to extract again, with which extractors (none named: all); days inclusive."""

    extractors: Sequence[str] = ()
    source: str | None = None
    since: date | None = None
    until: date | None = None
    outdated: bool = False


class Outcome(NamedTuple):
    """What a re-extraction did: the difference it makes, texts extracted now, texts on which an extractor failed."""

    load_id: str
    differences: tuple[Difference, ...]
    texts: int
    failed: int
    applied: bool

    @property
    def headline(self) -> str:
        """The outcome in one line."""
        rows = [
            f"{sum(d.counts[change] for d in self.differences)} {change}" for change in ("added", "gone", "changed")
        ]
        what = "switched to" if self.applied else "not switched to yet (--apply)"
        failed = f", {self.failed} texts failed and keep their rows" if self.failed else ""
        return f"{self.texts} texts extracted again, rows {', '.join(rows)}, {what}{failed}. (load {self.load_id})"


def run_reextract(
    settings: Settings,
    wish: Wish,
    *,
    apply: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Extract stored texts again and compare; with `apply` switch to the new rows and publish.

    Texts that an earlier, killed or not applied run of the same wish has staged are not read again. Raises DatelineError.
    """
    plan = plan_of(wish, load_extractors())
    collect_less_often()
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    load = new_load("reextract", settings, clock())
    with (
        closing(build_runner(settings)) as runner,
        watched(settings),
        running(warehouse.home, load.load_id),
        staging(warehouse.home, plan) as staged,
    ):
        warehouse.start(load)
        try:
            again = Again(warehouse, staged, frozenset(plan.names), load.load_id)
            texts, failed = _extract(again, plan, runner, settings.batch_size, progress)
            differences = compare(warehouse, staged, plan)
            if apply:
                switch(warehouse, staged, plan, load.load_id)
        except BaseException as error:
            warehouse.finish(load.load_id, "interrupted" if interrupted(error) else "failed", clock())
            raise
        warehouse.finish(load.load_id, "finished", clock())
        if apply:
            publish(warehouse, clock())
            discard(warehouse.home)
    return Outcome(load.load_id, differences, texts, failed, apply)


def plan_of(wish: Wish, extractors: "Sequence[Extractor]") -> Plan:
    """The plan of a wish. Raises SettingError for an extractor that there is not."""
    versions = {extractor.name: extractor.version for extractor in extractors}
    for name in wish.extractors:
        if name not in versions:
            raise SettingError(name, f"no such extractor; there are {', '.join(sorted(versions))}")
    chosen = tuple(sorted((name, versions[name]) for name in wish.extractors or versions))
    return Plan(chosen, wish.source, wish.since, wish.until, wish.outdated)


def _extract(
    again: Again, plan: Plan, runner: "Runner", batch_size: int, progress: Callable[[int, int], None]
) -> tuple[int, int]:
    version_ids = waiting(again.stored, again.staged, plan)
    done = failed = 0
    for extracted in extracted_again(again.stored, batches(version_ids, batch_size), runner.extract, runner.slots):
        failed += stage(again, extracted, clock())
        done += len(extracted.versions)
        progress(done, len(version_ids))
    return done, failed
