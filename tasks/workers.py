"""Parsing under a hard time limit: in worker processes that can be killed, so that one page costs its limit and not the run.

The processes are started by hand: `concurrent.futures` can't kill one that hangs, and `multiprocessing` would import the main
program (Prefect and all) again in each.
"""

import atexit
import queue
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

T = TypeVar("T")
A = TypeVar("A")
STOP_SECONDS: Final = 2.0


class WorkError(Exception):
    """Work that gave no result: it took too long, the process died of it, or it raised something."""


class WorkTimeoutError(WorkError):
    """The time limit was reached, and the process killed."""


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """A terminal sends Ctrl-C to all processes. Those that are started in here leave it to this one, from their first moment on: they,
    and threads that start others, take over that the signal is blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Workers:
    """A few processes that do one piece of work at a time; started when needed, and again after a kill. Thread-safe."""

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._count = count
        # Last in, first out: little work keeps to one process.
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all = [_Worker() for _ in range(count)]
        for worker in self._all:
            self._idle.put(worker)
        atexit.register(self.close)

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """The result of a module-level function. Raises WorkTimeoutError, or WorkError with what it raised."""
        worker = self._idle.get()
        try:
            result: T = worker.call((function, args), self._seconds)
            return result
        finally:
            self._idle.put(worker)

    def map(self, function: Callable[[A], T], items: Iterable[A]) -> Iterator[T | WorkError]:
        """The results of many items, in order; what failed is given as its error."""
        with ThreadPoolExecutor(self._count) as threads:
            yield from threads.map(partial(self._try, function), items)

    def _try(self, function: Callable[[A], T], item: A) -> T | WorkError:
        try:
            return self.call(function, item)
        except WorkError as error:
            return error

    def kill(self) -> None:
        """End all processes at once, in the middle of their work; what waits for it gets a WorkError."""
        for worker in self._all:
            worker.kill()
        self.close()

    def close(self) -> None:
        """End all processes when they are done; they are started again if there is more work."""
        workers = [self._idle.get() for _ in range(self._count)]
        for worker in workers:
            worker.stop()
            self._idle.put(worker)
        atexit.unregister(self.close)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def call(self, work: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float) -> Any:
        pipe = self._pipe or self._start()
        try:
            pipe.send(work)
            if not pipe.poll(seconds):
                self.stop(kill=True)
                raise WorkTimeoutError(f"not done after {seconds:g} s")
            done, result = pipe.recv()
        except (EOFError, OSError) as error:
            code = self._process.wait() if self._process else None
            self.stop(kill=True)
            raise WorkError(f"the process died of it (exit code {code})") from error
        if not done:
            raise WorkError(result)
        return result

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        command = [sys.executable, "-m", "tasks.worker", str(theirs.fileno())]
        with deaf_to_ctrl_c():
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()])  # noqa: S603 - our own module
        theirs.close()
        self._pipe = ours
        return ours

    def kill(self) -> None:
        """Kill the process; whoever waits for its answer sees the pipe close."""
        if process := self._process:
            process.kill()

    def stop(self, *, kill: bool = False) -> None:
        """End the process: it ends by itself when its pipe is closed."""
        if self._pipe:
            self._pipe.close()
        if self._process:
            if kill:
                self._process.kill()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._pipe = None
