"""What a day of scheduled runs costs Prefect's own database, and that it is cleared away."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from articles import SEEDS
from service import Service, until

from flows.settings import PASSING

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]

MB = 1_000_000
RUNS = 5
# By the schedules of prefect.yaml.
A_DAY = {"ingest": 96, "publish": 96, "maintain": 1, "quality": 1 / 7}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "sources.toml").write_text(f'[seeds]\nkind = "files"\nurl = "{SEEDS.as_uri()}/"\n')
    running = Service(tmp_path, PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED="false").up()
    yield running
    running.down()


def size(service: Service, *, passing: bool) -> int:
    """Bytes of the database, with or without the events that are removed after an hour, once what is late is written."""
    time.sleep(15)
    copy = service.root / "copy.db"
    with closing(sqlite3.connect(service.home.root / "prefect/prefect.db", timeout=60)) as con:
        con.execute("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy, isolation_level=None)) as con:
        if not passing:
            names = ", ".join(f"'{name}'" for name in PASSING)
            con.execute(
                f"DELETE FROM event_resources WHERE event_id IN (SELECT id FROM events WHERE event IN ({names}))"
            )
            con.execute(f"DELETE FROM events WHERE event IN ({names})")
            con.execute("VACUUM")
    found = copy.stat().st_size
    copy.unlink()
    return found


def test_a_day_of_runs_costs_prefects_database_less_than_20_mb(service: Service) -> None:
    cost, passing = {}, {}
    for name in ("ingest", "publish"):
        # The first one finds everything new, as few do on a schedule.
        assert service.ended(service.order(name), 240)["state_type"] == "COMPLETED"
        before = size(service, passing=False), size(service, passing=True)
        for _ in range(RUNS):
            service.ended(service.order(name), 240)
        cost[name] = (size(service, passing=False) - before[0]) / RUNS
        passing[name] = (size(service, passing=True) - before[1]) / RUNS
    day = sum(cost.get(name, cost["ingest"]) * number for name, number in A_DAY.items())
    hour = sum(passing[name] * 4 for name in cost)
    print("a run:", {name: f"{each / 1000:.0f} kB" for name, each in cost.items()})
    print("with passing events:", {name: f"{each / 1000:.0f} kB" for name, each in passing.items()})
    print(f"a day: {day / MB:.1f} MB, and {hour / MB:.1f} MB of passing events of the last hour")
    assert day + hour < 20 * MB


def test_old_runs_go(tmp_path: Path) -> None:
    """With an age of an hour, and runs that are older than that by their own account."""
    service = Service(
        tmp_path,
        PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED="false",
        PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS="10",
    ).up()
    try:
        run = service.order("publish", force=True)
        service.ended(run, 240)
        kept = service.order("publish", force=True)
        service.ended(kept, 240)
        with sqlite3.connect(f"{service.home.root}/prefect/prefect.db", timeout=60) as con:
            con.execute("UPDATE flow_run SET end_time = '2020-01-01 00:00:00' WHERE id = ?", (run,))
        until(lambda: httpx.get(f"{service.url}/api/flow_runs/{run}").status_code == 404, 90, "the old run is gone")
        assert service.artifacts(run) == {}
        assert service.look(kept)["state_type"] == "COMPLETED"
    finally:
        service.down()
