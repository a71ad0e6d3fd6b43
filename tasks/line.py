"""Batches under way side by side: while one is appended, others are extracted, the next is cleaned and those behind are fetched.

Each stage has threads of its own, and a batch waits for the stage before it; no more than a few batches are under way, so that
neither memory nor the web is asked for more than the slowest stage can take. Batches come out in the order in which they went in:
what a batch is linked to does not depend on how fast another one was.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeVar

from storage.records import Candidate, Ending, Extraction, Source
from tasks.steps import SOURCES_AT_ONCE, Fetched, Prepared, Steps, batches, by_turns, prepare

T = TypeVar("T")
# Batches that are fetched side by side.
FETCHES: Final = 2


@dataclass(slots=True)
class Stop:
    """Whether somebody has asked to stop (`asked`), and whether there is a batch in hand, which is finished then."""

    asked: bool = False
    in_hand: bool = False


@dataclass(slots=True)
class Batch:
    """A batch under way. `begun`: its extraction has begun; the results are there when `extracted` is done."""

    candidates: Sequence[Candidate]
    begun: bool = False
    late: tuple[Candidate, ...] = ()
    endings: tuple[Ending, ...] = ()
    extracted: Future[Sequence[Extraction]] = field(default_factory=Future)


class Line:
    """The stages before `append`. Left with an error, it waits for nothing that has not begun."""

    def __init__(self, steps: Steps, slots: int, stop: Stop) -> None:
        self._steps = steps
        self._stop = stop
        self._most = slots + 1 + FETCHES
        self._fetching = ThreadPoolExecutor(FETCHES, "fetch")
        self._preparing = ThreadPoolExecutor(1, "prepare")
        self._extracting = ThreadPoolExecutor(slots, "extract")
        self._under_way: deque[Batch] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._fetching, self._preparing, self._extracting):
            pool.shutdown(wait=False, cancel_futures=True)

    def run(self, candidates: Iterable[Candidate], batch_size: int) -> Iterator[Batch]:
        """All candidates in batches, extracted, in order; those that were late come again at the end. When somebody has asked to
        stop, no batch is begun any more, and those that are being extracted are the last."""
        waiting, late = batches(candidates, batch_size), list[Candidate]()
        while self._fill(waiting):
            while self._under_way and not (self._stop.asked and not self._under_way[0].begun):
                batch = self._under_way[0]
                batch.extracted.result()
                yield self._under_way.popleft()
                late += batch.late
                self._fill(waiting)
            if self._stop.asked:
                return
            waiting, late = batches(late, batch_size), []

    def _fill(self, waiting: Iterator[list[Candidate]]) -> bool:
        """Start batches while there is room; gives whether any are under way."""
        while not self._stop.asked and len(self._under_way) < self._most and (candidates := next(waiting, None)):
            self._under_way.append(self._started(candidates))
        return bool(self._under_way)

    def _started(self, candidates: Sequence[Candidate]) -> Batch:
        batch, steps = Batch(candidates), self._steps
        fetched: Future[Fetched] = _submit(self._fetching, lambda: steps.fetch(candidates))
        prepared: Future[Prepared] = _submit(self._preparing, lambda: prepare(fetched.result(), steps))

        def extract() -> Sequence[Extraction]:
            articles, batch.endings, batch.late = prepared.result()
            batch.begun = True
            return steps.extract(articles)

        batch.extracted = _submit(self._extracting, extract)
        return batch


def _submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Work in a thread that knows what this one knows, such as in which flow run it is."""
    return pool.submit(copy_context().run, work)


class Way(NamedTuple):
    """How much at a time: articles a batch, batches that are extracted side by side; and who is told: `progress` of candidates done
    and found, `stop` says whether somebody has asked to stop."""

    batch_size: int
    slots: int
    progress: Callable[[int, int], None]
    stop: Stop


def ingest(sources: Sequence[Source], steps: Steps, way: Way) -> None:
    """Take all that the sources offer through the steps. Each candidate reaches the ledger, with its rows, in one transaction.

    The looks at a group of sources are noted after all that they gave is stored: a run that is killed before looks again. Raises
    KeyboardInterrupt when it was asked to stop, and has finished what was in hand.
    """
    batch_size, slots, progress, stop = way
    done = found = 0
    for group in batches(by_turns(sources), SOURCES_AT_ONCE):
        offered = steps.discover(group)
        candidates = by_turns(offered.candidates)
        found += len(candidates)
        progress(done, found)
        stop.in_hand = True
        with Line(steps, slots, stop) as line:
            for batch in line.run(candidates, batch_size):
                steps.append(batch.extracted.result(), batch.endings, ())
                done += len(batch.candidates) - len(batch.late)
                progress(done, found)
        stop.in_hand = False
        if stop.asked:
            raise KeyboardInterrupt
        steps.append((), offered.endings, offered.polls)
