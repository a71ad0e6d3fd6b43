"""Batches under way side by side: while one is appended, others are extracted, the next is cleaned and those behind are fetched.

Each stage has threads of its own, and a batch waits for the stage before it; no more than a few batches are under way, so that
neither memory nor the web is asked for more than the slowest stage can take. Batches come out in the order in which they went in:
what a batch is linked to does not depend on how fast another one was.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from threading import Condition
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeVar

from storage.records import Article, Candidate, Ending, Extraction, Source
from tasks.steps import SOURCES_AT_ONCE, Fetched, Prepared, Steps, batches, by_turns, prepare

T = TypeVar("T")
# Batches that are fetched side by side.
FETCHES: Final = 2
# Text that is extracted and appended at a time, for each article of a batch: twice the usual length. Rows take a hundred times the
# memory of their text.
ARTICLE_CHARS: Final = 10_000


@dataclass(slots=True)
class Stop:
    """Whether somebody has asked to stop (`asked`), and whether there is a batch in hand, which is finished then."""

    asked: bool = False
    in_hand: bool = False


@dataclass(slots=True)
class Portion:
    """As many articles of a batch as are extracted and appended at a time; mostly all of them. The last one says how the others of
    the batch ended, which candidates are late, and how many are done. `begun`: its extraction has begun."""

    articles: list[Article] = field(default_factory=list)
    endings: tuple[Ending, ...] = ()
    late: tuple[Candidate, ...] = ()
    done: int = 0
    begun: bool = False
    extracted: Future[Sequence[Extraction]] = field(default_factory=Future)


class Line:
    """The stages before `append`. Left with an error, it waits for nothing that has not begun."""

    def __init__(self, steps: Steps, slots: int, stop: Stop) -> None:
        self._steps = steps
        self._stop = stop
        self._slots = slots
        self._fetching = ThreadPoolExecutor(FETCHES, "fetch")
        self._preparing = ThreadPoolExecutor(1, "prepare")
        self._extracting = ThreadPoolExecutor(slots, "extract")
        self._under_way: deque[Future[list[Portion]]] = deque()
        self._numbers = count()
        # Guards how many portions have been appended, and whether the line was left.
        self._moved = Condition()
        self._appended, self._left = 0, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._fetching, self._preparing, self._extracting):
            pool.shutdown(wait=False, cancel_futures=True)
        with self._moved:
            self._left = True
            self._moved.notify_all()

    def run(self, candidates: Iterable[Candidate], batch_size: int) -> Iterator[Portion]:
        """All candidates in batches, extracted, in order; those that were late come again at the end. When somebody has asked to
        stop, nothing is begun any more, and what is being extracted is the last. A portion is appended before the next is asked for."""
        waiting, late = batches(candidates, batch_size), list[Candidate]()
        while self._fill(waiting, batch_size):
            while self._under_way:
                remaining = self._under_way[0].result()
                while remaining:
                    if self._stop.asked and not remaining[0].begun:
                        return
                    remaining[0].extracted.result()
                    # Nothing keeps what was appended.
                    portion = remaining.pop(0)
                    yield portion
                    late += portion.late
                    with self._moved:
                        self._appended += 1
                        self._moved.notify_all()
                self._under_way.popleft()
                self._fill(waiting, batch_size)
            if self._stop.asked:
                return
            waiting, late = batches(late, batch_size), []

    def _fill(self, waiting: Iterator[list[Candidate]], batch_size: int) -> bool:
        """Start batches while there is room; gives whether any are under way."""
        most = self._slots + 1 + FETCHES
        while not self._stop.asked and len(self._under_way) < most and (candidates := next(waiting, None)):
            self._under_way.append(self._started(candidates, ARTICLE_CHARS * batch_size))
        return bool(self._under_way)

    def _started(self, candidates: Sequence[Candidate], most_chars: int) -> Future[list[Portion]]:
        fetched: Future[Fetched] = _submit(self._fetching, lambda: self._steps.fetch(candidates))

        def prepared() -> list[Portion]:
            found = portions(prepare(fetched.result(), self._steps), len(candidates), most_chars)
            for portion in found:
                portion.extracted = _submit(self._extracting, partial(self._extract, portion, next(self._numbers)))
            return found

        return _submit(self._preparing, prepared)

    def _extract(self, portion: Portion, number: int) -> Sequence[Extraction]:
        """Extract once all but a few of the portions before it are appended: what is extracted takes memory until then. The next
        to be appended is waited for, and extracted even if somebody has asked to stop."""
        with self._moved:
            self._moved.wait_for(lambda: self._left or number <= self._appended + self._slots)
        if self._left or (self._stop.asked and number > self._appended):
            raise CancelledError
        portion.begun = True
        return self._steps.extract(portion.articles)


def portions(prepared: Prepared, candidates: int, most_chars: int) -> list[Portion]:
    """A batch of so many candidates in portions of bounded text."""
    found, size = [Portion()], 0
    for article in prepared.articles:
        if size and size + len(article.text) > most_chars:
            found.append(Portion())
            size = 0
        found[-1].articles.append(article)
        size += len(article.text)
    last = found[-1]
    last.endings, last.late, last.done = prepared.endings, prepared.late, candidates - len(prepared.late)
    return found


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
            for portion in line.run(candidates, batch_size):
                steps.append(portion.extracted.result(), portion.endings, ())
                done += portion.done
                progress(done, found)
        stop.in_hand = False
        if stop.asked:
            raise KeyboardInterrupt
        steps.append((), offered.endings, offered.polls)
