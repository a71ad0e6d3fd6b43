"""Ctrl-C: the first one lets a run finish what it has in hand, the second one stops at once."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from tasks.line import Stop

FINISHING: Final = "Finishing the batch in hand; Ctrl-C once more stops at once."


def interrupted(error: BaseException) -> bool:
    """Whether this is a Ctrl-C: as it is, or as DuckDB passes one on that came during a query."""
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)


@contextmanager
def stoppable(say: Callable[[str], None]) -> Iterator[Stop]:
    """A wish to stop that Ctrl-C fulfils; outside the main thread, which gets the signals, nobody asks."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.asked or not stop.in_hand:
            raise KeyboardInterrupt
        stop.asked = True
        say(FINISHING)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
