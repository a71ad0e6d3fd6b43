"""Stored texts through the extractors again, into a warehouse where the rows wait."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from storage.records import Article, Extraction, Row, Version
from storage.stored import read_texts
from storage.warehouse import Warehouse
from tasks.link.registry import NAME as LINKER
from tasks.link.registry import VERSION as LINKER_VERSION
from tasks.link.registry import asked_names
from tasks.load import link_batch


class Again(NamedTuple):
    """What is extracted again: from which warehouse to which, the rows of which extractors, by which run."""

    stored: Warehouse
    staged: Warehouse
    chosen: frozenset[str]
    load_id: str


class Extracted(NamedTuple):
    """Stored texts, and what was found in each of them now."""

    versions: Sequence[Version]
    extractions: Sequence[Extraction]


def extracted_again(
    stored: Warehouse,
    batches: Iterable[Sequence[str]],
    extract: Callable[[Sequence[Article]], Sequence[Extraction]],
    slots: int,
) -> Iterator[Extracted]:
    """Texts by their ids, extracted batch by batch; `extract` is called from `slots` threads, and batches come out in order. Left
    early, it waits for nothing that has not begun."""
    threads = ThreadPoolExecutor(slots, "extract")

    def begun(version_ids: Sequence[str]) -> tuple[Sequence[Version], Future[Sequence[Extraction]]]:
        versions = read_texts(stored, version_ids)
        articles = [version.article for version in versions]
        # In a thread that knows what this one knows, such as in which flow run it is.
        return versions, threads.submit(copy_context().run, extract, articles)

    waiting = map(begun, batches)
    try:
        # One more than there are slots: it is there when the first one is done.
        under_way = deque(islice(waiting, slots + 1))
        while under_way:
            versions, found = under_way.popleft()
            yield Extracted(versions, found.result())
            under_way.extend(islice(waiting, 1))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def stage(again: Again, extracted: Extracted, now: datetime) -> int:
    """Stage the rows of a batch in one transaction; gives how many texts failed.

    All extractors ran, for each needs what others find; rows of the chosen ones are kept. A text on which one failed is not staged:
    it keeps the rows that it has.
    """
    done = [(version, found) for version, found in zip(*extracted, strict=True) if not found.failed]
    rows = {version.version_id: found.findings for version, found in done}
    with again.stored.transaction(again.load_id, now) as transaction:
        known = transaction.known_aliases(asked_names(chain.from_iterable(rows.values())))
    linked = dict(link_batch(rows, known))
    with again.staged.transaction(again.load_id, now) as transaction:
        transaction.add_versions([version for version, _ in done])
        transaction.add_findings(
            [
                (version_id, finding)
                for version_id, article in linked.items()
                for finding in article.findings
                if finding.extractor in again.chosen or not isinstance(finding.record, Row)
            ]
        )
        aliases = [(version_id, alias) for version_id, article in linked.items() for alias in article.aliases]
        transaction.add_aliases(aliases, (LINKER, LINKER_VERSION))
    return len(extracted.versions) - len(done)
