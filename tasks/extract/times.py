"""Times: TIMEX3 expressions with their normalised value."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from storage.records import Row

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Row):
    """A TIMEX3 (ISO-TimeML). `timex_value` None: could not be known (`reason` says why).
    `anchor_date` is the date it was resolved against, None where no anchor was needed or known."""

    table: ClassVar[str] = "times"
    timex_type: TimexType
    timex_value: str | None = None
    anchor_date: date | None = None
