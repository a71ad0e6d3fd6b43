"""Extraction on Dask: a batch goes out in pieces, as Arrow, and comes back in order. Workers write nothing; the run appends.

A piece that a worker did not live to finish goes to another. One that Dask gives up on, because worker after worker died with it,
is extracted here, article by article, in a process that may die too: the article that kills it is stored without rows, with the
reason. If the scheduler goes, the run ends with an error; its batches in hand were not appended, and the next run takes them.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flows.dask_cluster import Cluster, connect, missing
from flows.runner import Runner
from flows.settings import Settings
from storage.errors import ClusterError
from storage.records import Article, Extraction
from tasks.columnar import read_found, write_articles
from tasks.extract._run import load_extractors
from tasks.language.tagger.model import check_device
from tasks.pieces import (
    PIECE_ARTICLES,
    Demands,
    UnfitError,
    cut,
    extract_piece,
    kinds_of,
    unfit,
    versions_here,
)
from tasks.workers import WorkError, Workers

if TYPE_CHECKING:
    from distributed import Future

    from tasks.language.tagger.model import Device

logger = logging.getLogger(__name__)

Work = Callable[[bytes, Demands], bytes]
# How long to wait for a piece before asking whether its workers are still there.
LOOK_SECONDS: Final = 2.0
# How long a cluster may be without workers, as one is that grows when there is work.
EMPTY_SECONDS: Final = 60.0
# For an article that killed workers: loading the models takes 2 s, the longest articles some seconds.
ALONE_SECONDS: Final = 120.0


def dask_runner(settings: Settings) -> Runner:
    """A runner on the cluster of the settings. A scheduler is connected to now, a local cluster starts with the first batch.

    Raises SettingError without Dask, or without the device on this machine where it is to extract; ClusterError if the scheduler
    can't be reached or no worker may be used.
    """
    try:
        import distributed  # noqa: F401 - to say now that it is missing
    except ImportError as error:
        raise missing() from error
    if not settings.dask_scheduler:
        check_device(settings.device)
    extraction = DaskExtraction(lambda: connect(settings.dask_scheduler, settings.dask_workers), device=settings.device)
    threads = settings.dask_workers
    if settings.dask_scheduler:
        threads = extraction.threads() or threads
    # Two pieces for each thread, and a batch on its way.
    slots = 1 + math.ceil(2 * threads * PIECE_ARTICLES / settings.batch_size)
    return Runner(extraction.extract, slots, extraction.close)


@dataclass
class Sent:
    """A piece on its way. `workers`: the only ones that may do it, None for any."""

    articles: list[Article]
    future: "Future[bytes]"
    workers: list[str] | None


class DaskExtraction:
    """Batches on a Dask cluster, which is connected to when first needed. Thread-safe. `work` is what workers do with a piece,
    `device` what the network runs on there."""

    def __init__(
        self, open_cluster: Callable[[], Cluster], work: Work = extract_piece, device: "Device" = "cpu"
    ) -> None:
        self._open = open_cluster
        self._work = work
        self._demands = Demands(versions_here(), device)
        self._cluster: Cluster | None = None
        self._closed = False
        self._opening = Lock()
        self._refused: set[str] = set()
        self._kinds = kinds_of(load_extractors())
        self._alone = Workers(1, ALONE_SECONDS)

    def threads(self) -> int:
        """Threads of all workers that may be used now."""
        cluster = self._connected()
        with going(cluster):
            return sum(count for worker, count in cluster.client.nthreads().items() if worker not in self._refused)

    def extract(self, articles: Sequence[Article]) -> tuple[Extraction, ...]:
        """Everything found in a batch, in order. Raises ClusterError; nothing of the batch is to be used then."""
        if not articles:
            return ()
        cluster = self._connected()
        with going(cluster):
            sent = [self._send(cluster, piece) for piece in cut(articles)]
            try:
                return tuple(chain.from_iterable(self._result(cluster, one) for one in sent))
            finally:
                for one in sent:
                    one.future.release()

    def close(self) -> None:
        """End the connection and what was started for it."""
        self._alone.close()
        with self._opening:
            if self._cluster:
                self._cluster.close()
            self._cluster, self._closed = None, True

    def _connected(self) -> Cluster:
        with self._opening:
            if self._closed:
                # A batch that was still waiting when the run failed.
                raise ClusterError("dask", "the run is over")
            if self._cluster is None:
                self._cluster = self._open()
                with going(self._cluster):
                    self._check_workers(self._cluster)
            return self._cluster

    def _check_workers(self, cluster: Cluster) -> None:
        """Refuse the workers that would give other rows."""
        found: dict[str, Any] = cluster.client.run(unfit, self._demands, on_error="return")
        for worker, lacking in found.items():
            if said := str(lacking):
                self._refuse(cluster, worker, said)

    def _refuse(self, cluster: Cluster, worker: str, said: str) -> None:
        """Give this worker nothing more. Raises ClusterError if no other is left."""
        if worker not in self._refused:
            logger.error("worker %s is refused, it would give other rows than this run: %s", worker, said)
        self._refused.add(worker)
        if not self._usable(cluster):
            raise ClusterError(cluster.address, f"no worker can extract for this run; {worker}: {said}")

    def _usable(self, cluster: Cluster) -> list[str]:
        return [worker for worker in cluster.client.nthreads() if worker not in self._refused]

    def _send(self, cluster: Cluster, piece: list[Article]) -> Sent:
        # Without a restriction the scheduler keeps what no worker has begun, so that a dying worker takes few pieces with it.
        workers = self._usable(cluster) if self._refused else None
        future = cluster.client.submit(self._work, write_articles(piece), self._demands, workers=workers, pure=False)
        return Sent(piece, future, workers)

    def _result(self, cluster: Cluster, sent: Sent) -> tuple[Extraction, ...]:
        from distributed import KilledWorker

        empty_since = None
        while True:
            try:
                return read_found(sent.future.result(timeout=LOOK_SECONDS), sent.articles, self._kinds)
            except TimeoutError:
                empty_since = self._look(cluster, sent, empty_since)
            except KilledWorker as error:
                logger.warning("%d articles are extracted here: %s", len(sent.articles), error)
                return tuple(map(self._extract_alone, sent.articles))
            except UnfitError as error:
                logger.warning("a worker gave a piece back: %s", error)
                self._check_workers(cluster)
                self._send_again(cluster, sent)

    def _look(self, cluster: Cluster, sent: Sent, empty_since: float | None) -> float | None:
        """Whether a piece that takes long can still be done; gives since when there has been no worker."""
        usable = self._usable(cluster)
        if sent.workers is not None and not set(sent.workers) & set(usable):
            self._send_again(cluster, sent)
        if usable:
            return None
        now = time.monotonic()
        if empty_since and now - empty_since > EMPTY_SECONDS:
            raise ClusterError(cluster.address, f"no worker has been there for {EMPTY_SECONDS:.0f} s")
        return empty_since or now

    def _send_again(self, cluster: Cluster, sent: Sent) -> None:
        sent.future.release()
        again = self._send(cluster, sent.articles)
        sent.future, sent.workers = again.future, again.workers

    def _extract_alone(self, article: Article) -> Extraction:
        """One article in a process of this machine. If that dies of it as well, the article has no rows and the reason."""
        try:
            found = self._alone.call(self._work, write_articles([article]), self._demands._replace(device="cpu"))
        except WorkError as error:
            logger.error("no rows for %s, which killed workers: %s", article.document_url, error)
            reason = ("extraction", f"it killed the workers that extracted it; here, {error}")
            return Extraction(article=replace(article, reasons=(*article.reasons, reason)), failed=True)
        return read_found(found, [article], self._kinds)[0]


@contextmanager
def going(cluster: Cluster) -> Iterator[None]:
    """What a scheduler that is gone looks like, as ClusterError."""
    from distributed.client import ClosedClientError

    try:
        yield
    except (CancelledError, ClosedClientError, OSError) as error:
        what = "the Dask scheduler is gone, the next run takes what this one has not stored"
        raise ClusterError(cluster.address, what) from error
