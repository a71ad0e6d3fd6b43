"""The way of an article, on one page:

    discover -> fetch -> archive -> clean -> compare -> extract -> append -> publish

Each step takes a batch and gives a batch; what ends on the way goes to the ledger with the rest of its batch.
The steps are plain functions, so a command runs them as they are and a deployment runs them as Prefect tasks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from storage.records import Article, Candidate, Document, Ending, Extraction, Source
from tasks.compare.versions import Plan
from tasks.discover.contract import Discovered

T = TypeVar("T")


class Fetched(NamedTuple):
    """Documents, and candidates that gave none."""

    documents: tuple[Document, ...]
    endings: tuple[Ending, ...]


class Archived(NamedTuple):
    """A document and the key of its bytes in the archive."""

    document: Document
    archive_key: str


class Cleaned(NamedTuple):
    """Articles, and documents that are none."""

    articles: tuple[Article, ...]
    endings: tuple[Ending, ...]


class Steps(NamedTuple):
    """The steps, bound to one home and one run."""

    discover: Callable[[Sequence[Source]], Discovered]
    fetch: Callable[[Sequence[Candidate]], Fetched]
    archive: Callable[[Sequence[Document]], Sequence[Archived]]
    clean: Callable[[Sequence[Archived]], Cleaned]
    compare: Callable[[Sequence[Article]], Plan]
    extract: Callable[[Sequence[Article]], Sequence[Extraction]]
    append: Callable[[Sequence[Extraction], Sequence[Ending]], None]
    publish: Callable[[], Path]


def ingest(
    sources: Sequence[Source],
    steps: Steps,
    *,
    batch_size: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Take all that the sources offer through the steps, batch by batch; `progress` gets candidates done and found."""
    found = steps.discover(sources)
    candidates = once_each(found.candidates)
    steps.append((), found.endings)
    done = 0
    progress(done, len(candidates))
    for batch in batches(candidates, batch_size):
        ingest_batch(batch, steps)
        done += len(batch)
        progress(done, len(candidates))


def ingest_batch(candidates: Sequence[Candidate], steps: Steps) -> None:
    """One batch through the steps. Each candidate reaches the ledger, with its rows, in one transaction."""
    fetched = steps.fetch(candidates)
    cleaned = steps.clean(steps.archive(fetched.documents))
    plan = steps.compare(cleaned.articles)
    extractions = steps.extract([version.article for version in plan.versions])
    steps.append(extractions, (*fetched.endings, *cleaned.endings, *plan.endings))


def once_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates without repeats of a URL; the first, which knows most, stays."""
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.url, candidate)
    return list(first.values())


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of up to `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
