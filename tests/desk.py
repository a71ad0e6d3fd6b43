"""A home and a clock of a test's own, for ingesting run after run."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from articles import NOW

from flows.runs import Manner, run_ingest
from flows.settings import Settings
from storage.home import Home
from storage.records import Source
from storage.summary import Summary
from storage.warehouse import Warehouse
from tasks.past.days import Days, Past
from tasks.sources.read import path_sources


class Desk:
    """A home and a clock of the test's own; `ingest` runs once at that time."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.now = NOW
        self.sources: list[Source] = []
        self.settings: dict[str, Any] = {}

    def follow(self, url: str, kind: str = "feed") -> None:
        self.sources.append(Source(source_id=f"source-{len(self.sources)}", name="", kind=kind, url=url))

    def ingest(self, after: timedelta = timedelta(), *, force: bool = False) -> Summary:
        self.now += after
        settings = Settings(
            home=self.home.root, host_delay_seconds=0, allow_private="127.0.0.0/8", lock_seconds=30, **self.settings
        )
        return run_ingest("ingest", settings, self.sources, Manner(force=force, clock=lambda: self.now))

    def backfill_days(self, since: date, until: date, limit: int = 1_000) -> Summary:
        """Take what the sources offered on these days."""
        settings = Settings(home=self.home.root, host_delay_seconds=0, allow_private="127.0.0.0/8", lock_seconds=30)
        manner = Manner(
            past=Past({s.source_id or "": (Days(since, until),) for s in self.sources}, limit), clock=lambda: self.now
        )
        return run_ingest("backfill", settings, self.sources, manner)

    def backfill(self) -> Summary:
        """Read the archive of this home again."""
        settings = Settings(home=self.home.root, lock_seconds=30)
        return run_ingest("backfill", settings, path_sources([self.home.archive]), Manner(clock=lambda: self.now))

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with Warehouse(self.home).window() as con:
            return con.execute(query).fetchall()
