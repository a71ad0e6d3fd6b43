"""Python's garbage collector, set up for a process that handles articles."""

import gc
from typing import Final

# New objects between two looks of the garbage collector (Python: 700): a run holds tens of thousands of small records that
# wait for their turn, and going through them again and again took a sixth of the time of fetching (make bench-fetch).
NEW_OBJECTS: Final = 10_000


def collect_less_often() -> None:
    """Let the garbage collector look less often than it does by itself."""
    gc.set_threshold(NEW_OBJECTS)
