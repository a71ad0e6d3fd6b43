"""Whether a candidate that gave nothing is tried again, and when."""

from datetime import datetime, timedelta
from typing import Final

from storage.web_records import Outcome

MOST_TRIES: Final[dict[Outcome, int]] = {"temporary": 8, "soft": 4, "hard": 2, "gone": 1}
FIRST_PAUSE: Final = timedelta(minutes=15)
LONGEST_PAUSE: Final = timedelta(days=1)


def try_again_at(outcome: Outcome, attempt: int, now: datetime, asked: datetime | None = None) -> datetime | None:
    """The time of the next try after this one, doubling each time and never before the host asked for; None: no more."""
    if attempt >= MOST_TRIES.get(outcome, 1):
        return None
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << (attempt - 1)))
    return max(now + pause, asked) if asked else now + pause
