"""Settings become steps: the one file that names the concrete parts and hands them the clock."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from flows.settings import Settings, code_version
from storage.records import Load
from storage.warehouse import Warehouse
from tasks.steps import Steps
from tasks.web.limits import WebLimits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.runner import Runner
    from storage.pace import Pace
    from storage.publish import NotNow, Publication
    from storage.records import Article, Candidate, Ending, Extraction, Source
    from storage.web_records import Poll
    from tasks.clean.site_rules import SiteRule
    from tasks.compare.versions import Plan
    from tasks.language.tagger.model import Device
    from tasks.past.days import Past
    from tasks.steps import Fetched, Found
    from tasks.workers import Workers

# Processes that parse, and the time one document may take: the longest of our pages takes 3 s.
PARSERS: Final = 2
PARSE_SECONDS: Final = 30.0


def clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def new_load(flow: str, settings: Settings, now: datetime) -> Load:
    """A run that begins now; its id sorts by time."""
    return Load(
        load_id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        flow=flow,
        started_at=now,
        code_version=code_version(),
        config_sha256=settings.digest,
    )


class Run(NamedTuple):
    """What one run works with. `force` looks at sources that are not due, too; with a `pace` it publishes only when that is
    due, with a `past` it takes what the sources offered on past days; `clock` is another one in tests; `runner` extracts (None:
    this process)."""

    warehouse: Warehouse
    load: Load
    limits: WebLimits
    rules: "Mapping[str, SiteRule]"
    force: bool = False
    pace: "Pace | None" = None
    past: "Past | None" = None
    clock: Callable[[], datetime] = clock
    runner: "Runner | None" = None


def build_steps(run: Run) -> Steps:
    """The steps of one run. Nothing heavy is loaded before a step needs it."""
    from storage.archive import Archive
    from storage.web_state import read_archived, read_seen, read_waiting, read_web_state
    from tasks.clean._all import clean_all
    from tasks.compare.versions import archive_keys_taken_down, plan_versions
    from tasks.discover._all import Memory, discover_all
    from tasks.discover.contract import Reach
    from tasks.fetch._all import Late, archive_all, fetch_all
    from tasks.load import Batch, append
    from tasks.past.discover import discover_past
    from tasks.web.client import WebClient

    warehouse, load = run.warehouse, run.load
    state = read_web_state(warehouse, run.clock())
    web = WebClient(run.limits, run.clock, state.site_files, state.paused_hosts)
    archive = Archive(
        warehouse.home.archive, load.load_id, partial(read_archived, warehouse), f"Dateline {load.code_version}"
    )
    memory = Memory(state.polls, partial(read_seen, warehouse), partial(read_waiting, warehouse), state.taken_down)
    reach = Reach(web, workers())
    runner = run.runner or open_runner(1)
    late: Late = {}

    def discover(sources: "Sequence[Source]") -> "Found":
        if run.past:
            return discover_past(reach, memory, sources, run.past, run.clock())
        return discover_all(reach, memory, sources, run.clock(), force=run.force)

    def fetch(candidates: "Sequence[Candidate]") -> "Fetched":
        return fetch_all(web, late, candidates, run.clock())

    def compare(articles: "Sequence[Article]") -> "Plan":
        known = warehouse.known(articles)
        archive.take_back(archive_keys_taken_down(articles, known))
        archive.settle()
        return plan_versions(articles, known)

    def append_batch(extractions: "Sequence[Extraction]", endings: "Sequence[Ending]", polls: "Sequence[Poll]") -> None:
        batch = Batch(extractions, endings, polls, web.take_visits(), web.sites.take_read(), archive.take_new())
        append(warehouse, load.load_id, run.clock(), batch)

    return Steps(
        discover=discover,
        fetch=fetch,
        archive=partial(archive_all, archive),
        clean=partial(clean_all, workers(), run.rules),
        compare=compare,
        extract=runner.extract,
        append=append_batch,
        publish=partial(publish_run, run),
        close=web.close,
    )


def publish_run(run: Run) -> "Publication | NotNow":
    """Publish what a run has stored, if that is due."""
    from storage.publish import publish, publish_if_due

    now = run.clock()
    return publish_if_due(run.warehouse, now, run.pace) if run.pace else publish(run.warehouse, now)


@cache
def workers() -> "Workers":
    """The processes that parse, started when needed."""
    from tasks.workers import Workers

    return Workers(PARSERS, PARSE_SECONDS)


def open_runner(processes: int, device: "Device" = "cpu") -> "Runner":
    """Where batches are extracted: in this many processes of this machine. Raises SettingError where there is no such device."""
    from flows.local_runner import local_runner

    if device != "cpu":
        from tasks.language.tagger.model import check_device

        check_device(device)
    return local_runner(partial(extract_batch, device=device), processes)


def extract_batch(articles: "Sequence[Article]", device: "Device" = "cpu") -> "tuple[Extraction, ...]":
    """Extract with the process's one model; a batch without news does not load it."""
    from tasks.extract._all import extract_all
    from tasks.models import language

    if not articles:
        return ()
    reader, extractors = language(device)
    return extract_all(articles, reader, extractors)
