"""How a home stands: its publication, its sources, its runs."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from duckdb import DuckDBPyConnection

from storage.home import Home
from storage.queries import statement
from storage.running import living

# As the view source_health calls them: asked once a month, or never again.
DEAD: Final = frozenset({"undead", "retired"})


class Published(NamedTuple):
    """The last publication: when, how many bytes (None: not one file), in how many seconds; and since when something waits for the
    next one (None: nothing does)."""

    done_at: datetime
    bytes: int | None
    seconds: float
    waiting_since: datetime | None


class Sources(NamedTuple):
    """Sources by health, and the dead ones by name: those that said they are gone, or have failed for long."""

    by_health: dict[str, int]
    dead: tuple[str, ...]


def publication(con: DuckDBPyConnection) -> Published | None:
    """The state of what is published; None if nothing ever was."""
    row = con.execute(statement("publication_state")).fetchone()
    return Published(*row) if row else None


def sources(con: DuckDBPyConnection, configured: Collection[str] | None) -> Sources:
    """The health of the sources that are configured now (None: that ever were); what is switched off is not dead."""
    rows = con.execute(statement("health_of_sources")).fetchall()
    health = {str(name): str(health) for name, health in rows if configured is None or name in configured}
    dead = tuple(name for name, state in health.items() if state in DEAD)
    return Sources(dict(sorted(Counter(health.values()).items())), dead)


def vanished(con: DuckDBPyConnection, home: Home) -> tuple[str, ...]:
    """Runs that say they are running and whose process is gone; ask with the warehouse's lock held, so that none ends meanwhile."""
    marked = [str(load_id) for (load_id,) in con.execute(statement("running_loads")).fetchall()]
    alive = frozenset(living(home))
    return tuple(load_id for load_id in marked if load_id not in alive)
