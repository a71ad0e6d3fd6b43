"""Extraction on this machine: in this process, and in worker processes where there is enough to do."""

import logging
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Final

from flows.runner import Runner
from storage.records import Article, Extraction
from tasks.workers import WorkError, Workers

logger = logging.getLogger(__name__)
# A batch of a thousand long articles takes five minutes.
BATCH_SECONDS: Final = 1800.0
# From so much text on, about three seconds of work, a batch is shared with other processes: a new one needs that long to load.
SHARED_CHARACTERS: Final = 200_000

Extract = Callable[[Sequence[Article]], Sequence[Extraction]]


class ClosedError(Exception):
    """The runner was closed while it was extracting."""


class LocalRunner:
    """This process and `processes - 1` others, which are started when there is more to do than loading the models takes."""

    def __init__(self, extract: Extract, processes: int) -> None:
        self._extract = extract
        self._closed = False
        self._others = Workers(processes - 1, BATCH_SECONDS) if processes > 1 else None
        self._sharing = ThreadPoolExecutor(processes, "share")
        # Last in, first out: this process lies on top.
        self._places: queue.LifoQueue[Extract] = queue.LifoQueue()
        if self._others:
            for _ in range(processes - 1):
                self._places.put(partial(self._elsewhere, self._others))
        self._places.put(self._here)

    def extract(self, articles: Sequence[Article]) -> Sequence[Extraction]:
        """Extract in a free place; much of it in pieces, in all places that are free. Raises ClosedError."""
        if not articles:
            return ()
        if not self._others or sum(len(article.text) for article in articles) < SHARED_CHARACTERS:
            return self._somewhere(articles)
        from tasks.pieces import cut

        try:
            pieces = [self._sharing.submit(self._somewhere, piece) for piece in cut(articles)]
            return tuple(chain.from_iterable(piece.result() for piece in pieces))
        except (CancelledError, RuntimeError) as error:
            if self._closed:
                raise ClosedError from error
            raise

    def _somewhere(self, articles: Sequence[Article]) -> Sequence[Extraction]:
        place = self._places.get()
        try:
            return place(articles)
        finally:
            self._places.put(place)

    def _here(self, articles: Sequence[Article]) -> Sequence[Extraction]:
        return tuple(chain.from_iterable(self._one_by_one(articles)))

    def _one_by_one(self, articles: Sequence[Article]) -> Iterator[Sequence[Extraction]]:
        for article in articles:
            if self._closed:
                raise ClosedError
            yield self._extract([article])

    def _elsewhere(self, others: Workers, articles: Sequence[Article]) -> Sequence[Extraction]:
        try:
            return others.call(self._extract, articles)
        except WorkError as error:
            if self._closed:
                raise ClosedError from error
            logger.warning("a batch is extracted again, one article after the other: %s", error)
        return [self._alone(others, article) for article in articles]

    def _alone(self, others: Workers, article: Article) -> Extraction:
        """One article; if that kills its process, too, it has no rows, and says why."""
        try:
            (extraction,) = others.call(self._extract, [article])
        except WorkError as error:
            if self._closed:
                raise ClosedError from error
            reasons = (*article.reasons, ("extraction", f"no rows: {error}"))
            return Extraction(article=replace(article, reasons=reasons), failed=True)
        return extraction

    def close(self) -> None:
        """End the other processes, whatever they do, and what this one does after the article in hand."""
        self._closed = True
        self._sharing.shutdown(wait=False, cancel_futures=True)
        if self._others:
            self._others.kill()


def local_runner(extract: Extract, processes: int) -> Runner:
    """A runner of so many processes, this one counted; `extract` is a function of a module."""
    runner = LocalRunner(extract, processes)
    return Runner(runner.extract, processes, runner.close)
