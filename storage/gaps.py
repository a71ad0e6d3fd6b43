"""Times in which a source may have listed items that no run saw."""

from datetime import datetime
from typing import NamedTuple

from storage.queries import statement
from storage.warehouse import Warehouse


class Gap(NamedTuple):
    """A source's id, and the two looks between which its list had turned over."""

    source_id: str
    since: datetime
    until: datetime


def gaps(warehouse: Warehouse, since: datetime) -> list[Gap]:
    """The gaps that ended after a time, by source."""
    with warehouse.reading() as con:
        return [Gap(*row) for row in con.execute(statement("missed_intervals"), {"since": since}).fetchall()]
