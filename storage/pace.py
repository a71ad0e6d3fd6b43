"""How often something that costs time may be done, and how long things are kept."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Pace(NamedTuple):
    """At most this share of the time is spent on it, and twice are this many seconds apart at least."""

    share: float = 0.1
    seconds: float = 0.0

    def due_at(self, done_at: datetime, took: float) -> datetime:
        """When it may be done again, given when it was done last, and the seconds that took."""
        return done_at + timedelta(seconds=max(took / self.share, self.seconds))


class Keep(NamedTuple):
    """Days to keep things; 0: for ever. `versions` are texts that a newer one has followed; an article's newest text stays."""

    requests: int = 0
    ledger: int = 0
    archive: int = 0
    versions: int = 0
