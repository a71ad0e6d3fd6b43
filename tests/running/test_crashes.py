"""Runs, workers and servers that are killed: slots are freed, and the next run finishes what is missing, nothing twice."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from articles import SEEDS
from service import Service, plan_without, until
from whole_runs import extracted_rows, load_into

from flows.deploying import answers
from storage.home import Home
from storage.warehouse import Warehouse

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("ignore")]

TWO_MINUTES = 120


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """What a run that nobody disturbs makes of the seeds."""
    home = Home(tmp_path_factory.mktemp("whole"))
    load_into(home, SEEDS)
    return home


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "sources.toml").write_text(f'[seeds]\nkind = "files"\nurl = "{SEEDS.as_uri()}/"\n')
    (tmp_path / "prefect.yaml").write_text(plan_without("ingest", "publish", "maintain", "quality"))
    running = Service(tmp_path).up()
    yield running
    if running.process and running.process.poll() is None:
        running.down()


def load(service: Service) -> str:
    """A run that loads the seeds in many small batches, and has stored some of them."""
    run = service.order("ingest", paths=[str(SEEDS)], batch_size=1)
    until(lambda: stored(service.home) > 1, 90, "the first batches")
    return run


def stored(home: Home) -> int:
    if not home.warehouse.exists():
        return 0
    with Warehouse(home, lock_seconds=30).window() as con:
        return len(con.execute("SELECT version_id FROM article_versions").fetchall())


def of_run(service: Service, run: str) -> list[psutil.Process]:
    """The processes of a run, found by what Prefect tells them."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("PREFECT__FLOW_RUN_ID") == run:
                found.append(process)
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def finish(service: Service, whole: Home) -> None:
    """The next run gets its slot within two minutes, and then all is there once."""
    began = time.monotonic()
    while True:
        run = service.ended(service.order("ingest", paths=[str(SEEDS)]), 180)
        if run["state_type"] != "CANCELLED":
            break
        assert time.monotonic() < began + TWO_MINUTES, "the slot is still taken"
        time.sleep(5)
    print(f"the slot was free after {time.monotonic() - began:.0f} s at most")
    assert run["state_type"] == "COMPLETED", run["state"]
    assert extracted_rows(service.home) == extracted_rows(whole)


def test_a_killed_run_frees_its_slot_and_the_next_one_finishes_it(service: Service, whole: Home) -> None:
    run = load(service)
    for process in of_run(service, run):
        process.kill()
    finish(service, whole)
    assert service.look(run)["state_type"] == "CRASHED"


def test_a_killed_worker_is_started_again_and_its_run_frees_its_slot(service: Service, whole: Home) -> None:
    run = load(service)
    (worker,) = (part for part in service.parts() if part.cmdline()[2:5] == ["prefect", "worker", "start"])
    for process in [worker, *of_run(service, run)]:
        process.kill()
    finish(service, whole)
    assert service.look(run)["state_type"] == "CRASHED"


def test_after_a_power_cut_the_slot_is_free_within_two_minutes(service: Service, whole: Home) -> None:
    run = load(service)
    service.kill()
    service.up()
    finish(service, whole)
    until(lambda: service.look(run)["state_type"] == "CRASHED", TWO_MINUTES, "the run counts as crashed")


def test_a_run_goes_on_while_the_server_is_down(service: Service, whole: Home) -> None:
    run = load(service)
    (server,) = (part for part in service.parts() if part.cmdline()[2:5] == ["prefect", "server", "start"])
    server.kill()
    until(lambda: answers(f"{service.url}/api"), 90, "the server is started again")
    assert service.ended(run, 240)["state_type"] in {"COMPLETED", "CRASHED", "FAILED"}
    finish(service, whole)


def test_two_workers_and_two_deployments_at_once_store_everything_once(service: Service, whole: Home) -> None:
    second = service.start("worker")
    try:
        orders = [service.order("ingest", paths=[str(SEEDS)], batch_size=2)]
        orders.append(service.order("backfill", archive=str(whole.archive), batch_size=2))
        assert {service.ended(order, 180)["state_type"] for order in orders} == {"COMPLETED"}
        with Warehouse(service.home).window() as con:
            doubled = con.execute(
                "SELECT article_id, content_sha256 FROM article_versions GROUP BY ALL HAVING count(*) > 1"
            )
            assert doubled.fetchall() == []
    finally:
        second.terminate()
        second.wait(30)


@pytest.mark.parametrize("name", ["ingest", "publish"])
def test_runs_that_have_piled_up_collapse_to_one(tmp_path: Path, name: str) -> None:
    """As after a night without a worker: a schedule's runs are late, one of them works."""
    (tmp_path / "sources.toml").write_text(f'[seeds]\nkind = "files"\nurl = "{SEEDS.as_uri()}/"\n')
    service = Service(tmp_path)
    started = [service.start("server")]
    try:
        assert service.run("deploy").returncode == 0, service.log.read_text()
        deployment = service.deployment(name)
        path = f"/deployments/{deployment['id']}/schedules"
        (schedule,) = deployment["schedules"]
        changed = {"schedule": {"interval": 5, "timezone": "UTC"}, "active": True}
        service.send("PATCH", f"{path}/{schedule['id']}", changed)
        until(lambda: len(late(service, name)) > 4, 120, "late runs")
        service.send("PATCH", f"{path}/{schedule['id']}", {"active": False})
        runs = late(service, name)
        started.append(service.start("worker"))
        states = [service.ended(run, 400)["state_name"] for run in runs]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(60)
    assert len(states) - states.count("Cancelled") - states.count("Overtaken") == 1, states


def late(service: Service, name: str) -> list[str]:
    """A deployment's runs whose time has passed."""
    wanted = {"expected_start_time": {"before_": datetime.now(UTC).isoformat()}}
    found = service.ask("/flow_runs/filter", deployments={"name": {"any_": [name]}}, flow_runs=wanted)
    return [str(run["id"]) for run in found]
