"""A disk that soon has no room for the next publication."""

from collections.abc import Iterator
from typing import Final

from storage.watch import Alarm, Facts

GIB: Final = 2**30
# Room for a publication and a compaction at one time, each a copy of the warehouse, and for what a day brings.
COPIES: Final = 2
DAY_BYTES: Final = GIB


def watch(facts: Facts) -> Iterator[Alarm]:
    """An alarm if the disk of the home folder has less room than the next days need."""
    if facts.room is None:
        return
    folder, free, warehouse = facts.room
    needed = COPIES * warehouse + DAY_BYTES
    if free >= needed:
        return
    detail = f"{free / GIB:.1f} GiB are free for {folder}, {needed / GIB:.1f} GiB should be: room for two copies of the warehouse"
    yield Alarm("disk_low", folder, detail, {"free": float(free), "needed": float(needed)}, facts.now)
