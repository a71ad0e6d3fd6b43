"""The way of an article, on one page:

    discover -> fetch -> archive -> clean -> compare -> extract -> append -> publish

Each step takes a batch and gives a batch; what ends on the way goes to the ledger with the rest of its batch. Batches are under
way side by side (tasks/line.py): while one is appended, others are extracted and the next ones fetched.
The steps are plain functions, so a command runs them as they are and a deployment runs them as Prefect tasks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

from storage.records import Article, Candidate, Document, Ending, Extraction, Source
from storage.web_records import Poll
from tasks.compare.versions import Plan

if TYPE_CHECKING:
    from storage.publish import NotNow, Publication

T = TypeVar("T")
Addressed = TypeVar("Addressed", Source, Candidate)
# Sources that are looked at side by side; what they offer is stored before the next ones are looked at.
SOURCES_AT_ONCE: Final = 1_000


class Found(NamedTuple):
    """Candidates to fetch, what already ended, and the record of each look at a source."""

    candidates: tuple[Candidate, ...] = ()
    endings: tuple[Ending, ...] = ()
    polls: tuple[Poll, ...] = ()


class Fetched(NamedTuple):
    """Documents, candidates that gave none, and those whose hosts take so long that the others go on: they have been asked for, and
    a second call with them gives their answers."""

    documents: tuple[Document, ...]
    endings: tuple[Ending, ...]
    late: tuple[Candidate, ...] = ()


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

    discover: Callable[[Sequence[Source]], Found]
    fetch: Callable[[Sequence[Candidate]], Fetched]
    archive: Callable[[Sequence[Document]], Sequence[Archived]]
    clean: Callable[[Sequence[Archived]], Cleaned]
    compare: Callable[[Sequence[Article]], Plan]
    extract: Callable[[Sequence[Article]], Sequence[Extraction]]
    append: Callable[[Sequence[Extraction], Sequence[Ending], Sequence[Poll]], None]
    publish: "Callable[[], Publication | NotNow]"
    close: Callable[[], None]


class Prepared(NamedTuple):
    """A batch before extraction: articles that may be new, what ended on the way, and candidates that are late."""

    articles: tuple[Article, ...]
    endings: tuple[Ending, ...]
    late: tuple[Candidate, ...]


def prepare(fetched: Fetched, steps: Steps) -> Prepared:
    """The steps between fetching and extraction."""
    cleaned = steps.clean(steps.archive(fetched.documents))
    plan = steps.compare(cleaned.articles)
    articles = tuple(version.article for version in plan.versions)
    return Prepared(articles, (*fetched.endings, *cleaned.endings, *plan.endings), fetched.late)


def by_turns(items: Sequence[Addressed]) -> list[Addressed]:
    """The first of each web host, then the second of each, and so on, so that no batch waits for one host; local files stay as
    they are, in front."""
    turns: defaultdict[str, int] = defaultdict(int)
    ordered: list[tuple[int, Addressed]] = []
    for item in items:
        host = urlsplit(item.url).netloc
        turns[host] += bool(host)
        ordered.append((turns[host], item))
    return [item for _, item in sorted(ordered, key=lambda turn: turn[0])]


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of up to `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
