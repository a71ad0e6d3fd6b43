"""Where batches of articles are extracted."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from storage.records import Article, Extraction


class Runner(NamedTuple):
    """A place that extracts. `extract` blocks until its batch is done and may be called from `slots` threads at one time; a batch
    gives the same rows wherever it is extracted. `close` ends what was started for it."""

    extract: Callable[[Sequence[Article]], Sequence[Extraction]]
    slots: int
    close: Callable[[], None]
