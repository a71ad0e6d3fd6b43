"""Ctrl-C while the warehouse is written: it counts when the window is closed."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What stands in this block is done before a Ctrl-C is heeded; a second one stops it at once.

    DuckDB 1.5 can hang for good when a file is opened again in a process whose CHECKPOINT of it was interrupted. Outside the main
    thread, which gets the signals, nothing is to be done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    came: list[FrameType | None] = []

    def wait(number: int, frame: FrameType | None) -> None:
        if came and callable(before):
            before(number, frame)
        came.append(frame)

    signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came and callable(before):
            before(signal.SIGINT, came[0])
