"""Settings become steps: the one file that names the concrete parts and hands them the clock."""

import secrets
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from flows.settings import Settings, code_version
from storage.archive import Archive
from storage.records import Load
from storage.warehouse import Warehouse
from tasks.steps import Steps
from tasks.web.limits import WebLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.records import Article, Candidate, Ending, Extraction
    from tasks.compare.versions import Plan
    from tasks.extract.contract import Extractor
    from tasks.language.contract import Reader
    from tasks.steps import Fetched


def clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def new_load(flow: str, settings: Settings) -> Load:
    """A run that begins now; its id sorts by time."""
    now = clock()
    return Load(
        load_id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        flow=flow,
        started_at=now,
        code_version=code_version(),
        config_sha256=settings.digest,
    )


def build_steps(warehouse: Warehouse, load: Load, limits: WebLimits) -> Steps:
    """The steps of one run. Nothing heavy is loaded before a step needs it."""
    from storage.publish import publish
    from tasks.clean._all import clean_all
    from tasks.compare.versions import plan_versions
    from tasks.discover._all import discover_all
    from tasks.fetch._all import archive_all, fetch_all
    from tasks.load import append
    from tasks.web.client import WebClient

    web = WebClient(limits)

    def fetch(candidates: "Sequence[Candidate]") -> "Fetched":
        return fetch_all(web, candidates, clock())

    def compare(articles: "Sequence[Article]") -> "Plan":
        return plan_versions(articles, warehouse.known(articles))

    def append_batch(extractions: "Sequence[Extraction]", endings: "Sequence[Ending]") -> None:
        append(warehouse, load.load_id, clock(), extractions, endings)

    return Steps(
        discover=partial(discover_all, web),
        fetch=fetch,
        archive=partial(archive_all, Archive(warehouse.home.archive)),
        clean=clean_all,
        compare=compare,
        extract=extract_batch,
        append=append_batch,
        publish=partial(publish, warehouse),
    )


def extract_batch(articles: "Sequence[Article]") -> "tuple[Extraction, ...]":
    """Extract with the process's one model; a batch without news does not load it."""
    from tasks.extract._all import extract_all

    if not articles:
        return ()
    reader, extractors = language()
    return extract_all(articles, reader, extractors)


@cache
def language() -> "tuple[Reader, tuple[Extractor, ...]]":
    """The reader and the extractors, loaded once a process."""
    from tasks.extract._run import load_extractors
    from tasks.language.read import load_reader

    return load_reader(), load_extractors()
