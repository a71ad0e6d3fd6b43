"""The flow `ingest` under Prefect: the same rows as in-process, and runs that an operator can read."""

import asyncio
import gc
import logging
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from articles import SEEDS
from whole_runs import extracted_rows, load_into, stored_in

from storage.home import Home

# Prefect's own server and client leave sockets and deprecated calls behind.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def prefect() -> Iterator[None]:
    """Prefect's own server on a database of its own."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=60):
        yield
    # Sockets that its clients left open are closed here, not in the middle of another module's test.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


@pytest.mark.usefixtures("prefect")
def test_the_flow_writes_the_same_rows_as_the_command(tmp_path: Path) -> None:
    from flows.ingest import ingest

    command, flow = Home(tmp_path / "command"), Home(tmp_path / "flow")
    of_command = load_into(command, SEEDS)
    of_flow = asyncio.run(ingest(paths=[str(SEEDS)], home=str(flow.root)))
    assert extracted_rows(flow) == extracted_rows(command)
    assert of_flow.statuses == of_command.statuses


@pytest.mark.usefixtures("prefect")
def test_the_flow_extracts_on_dask_through_prefects_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.dask_runner
    from flows.ingest import ingest

    opened: list[str] = []
    connect = flows.dask_runner.connect

    def noting(scheduler: str, workers: int) -> "flows.dask_runner.Cluster":
        cluster = connect(scheduler, workers)
        opened.append(type(cluster.client).__name__)
        return cluster

    monkeypatch.setattr("flows.dask_runner.connect", noting)
    monkeypatch.setenv("DATELINE_RUNNER", "dask")
    monkeypatch.setenv("DATELINE_DASK_WORKERS", "1")
    on_dask = Home(tmp_path / "dask")
    asyncio.run(ingest(paths=[str(SEEDS / "statement.txt")], home=str(on_dask.root)))
    monkeypatch.setenv("DATELINE_RUNNER", "local")
    alone = Home(tmp_path / "alone")
    load_into(alone, SEEDS / "statement.txt")
    assert extracted_rows(on_dask) == extracted_rows(alone)
    assert opened == ["PrefectDaskClient"]


@pytest.mark.usefixtures("prefect")
def test_each_step_of_a_batch_is_one_task_run_named_after_it(tmp_path: Path) -> None:
    from prefect import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, FlowRunFilterName
    from prefect.client.schemas.sorting import FlowRunSort

    from flows.ingest import ingest

    async def run_and_look() -> tuple[list[str], set[str]]:
        path = str(SEEDS / "statement.txt")
        await ingest(paths=[path], home=str(tmp_path / "home"))
        async with get_client() as client:
            wanted = FlowRunFilter(name=FlowRunFilterName(like_="ingest paths 1 new, 0 changed of 1"))
            # Other tests have runs of that name too.
            (run,) = await client.read_flow_runs(flow_run_filter=wanted, sort=FlowRunSort.START_TIME_DESC, limit=1)
            task_runs = await client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])))
        states = {run.state_name or "" for run in task_runs}
        return sorted(run.name.rsplit("-", 1)[0] for run in task_runs), states

    names, states = asyncio.run(run_and_look())
    steps = ["append", "append", "archive", "clean", "compare", "discover", "extract", "fetch", "publish"]
    assert names == steps
    assert states == {"Completed"}


@pytest.mark.usefixtures("prefect")
def test_the_configured_sources_are_ingested_when_no_path_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.ingest import ingest

    warned: list[str] = []
    log = logging.getLogger("prefect.flow_runs")
    listener = logging.Handler()
    listener.emit = lambda record: warned.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(listener)
    listed = tmp_path / "sources.toml"
    listed.write_text(f'[pasted]\nkind = "files"\nurl = "{(SEEDS / "statement.txt").as_uri()}"\n[typo]\nulr = "x"\n')
    monkeypatch.setenv("DATELINE_SOURCES", str(listed))
    summary = asyncio.run(ingest(home=str(tmp_path / "home"), source="pasted"))
    log.removeHandler(listener)
    assert summary.statuses == {"stored": 1}
    assert f"{listed}: [typo]: unknown key 'ulr'" in "\n".join(warned)


@pytest.mark.parametrize("name", ["backfill", "ingest", "maintain", "publish", "quality", "reextract"])
def test_every_parameter_has_a_title_a_description_and_a_default_in_the_form(name: str) -> None:
    flow = getattr(import_module(f"flows.{name}"), name)
    assert flow.parameters.properties
    assert not flow.parameters.required
    assert [name for name, schema in flow.parameters.properties.items() if not schema.get("description")] == []
    assert [name for name, schema in flow.parameters.properties.items() if schema["title"] == name] == []


@pytest.mark.usefixtures("prefect")
def test_backfill_stores_what_is_archived_and_missing(tmp_path: Path) -> None:
    from flows.backfill import backfill

    whole, lost = Home(tmp_path / "whole"), Home(tmp_path / "lost")
    load_into(whole, SEEDS / "statement.txt")
    summary = asyncio.run(backfill(archive=str(whole.archive), home=str(lost.root)))
    assert summary.statuses == {"stored": 1}
    assert asyncio.run(backfill(archive=str(whole.archive), home=str(lost.root))).statuses == {"unchanged": 1}


def test_a_run_that_is_killed_under_prefect_is_finished_by_the_next(tmp_path: Path) -> None:
    unbroken, killed = Home(tmp_path / "unbroken"), Home(tmp_path / "killed")
    load_into(unbroken, SEEDS)
    environment = {**os.environ, "DATELINE_HOME": str(killed.root), "PREFECT_HOME": str(tmp_path / "prefect")}
    script = (
        f"import asyncio; from flows.ingest import ingest; asyncio.run(ingest(paths=[{str(SEEDS)!r}], batch_size=3))"
    )
    run = [
        sys.executable,
        "-c",
        f"from flows.settings import use_embedded_prefect as u, Settings as S; u(S().home); {script}",
    ]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(run, cwd=root, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and stored_in(killed) < 2:
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert 0 < stored_in(killed) < stored_in(unbroken)
    subprocess.run(run, cwd=root, env=environment, stderr=subprocess.DEVNULL, check=True, timeout=120)
    assert extracted_rows(killed) == extracted_rows(unbroken)


def test_a_parameter_out_of_range_is_refused() -> None:
    from flows.ingest import ingest

    with pytest.raises(Exception, match="batch_size"):
        ingest.validate_parameters({"batch_size": 0})


@pytest.mark.usefixtures("prefect")
def test_a_run_says_what_came_of_it_by_name_state_and_artifacts(tmp_path: Path) -> None:
    from prefect import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    from flows.ingest import ingest

    broken = tmp_path / "news" / "no|text`.html"
    broken.parent.mkdir()
    broken.write_text("<p>Hi</p>")
    (tmp_path / "news" / "statement.txt").write_text((SEEDS / "statement.txt").read_text())

    async def run_and_look() -> tuple[str, str | None, dict[str, str], set[tuple[int, str]]]:
        state = await ingest(paths=[str(broken.parent)], home=str(tmp_path / "home"), return_state=True)
        async with get_client() as client:
            run = await client.read_flow_run(state.state_details.flow_run_id)
            wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
            artifacts = await client.read_artifacts(artifact_filter=wanted)
            logged = await lines(run.id, "parse_error")
        return run.name, state.message, {str(one.key): str(one.data) for one in artifacts}, logged

    name, message, artifacts, logged = asyncio.run(run_and_look())
    assert name == "ingest paths 1 new, 0 changed of 2"
    assert message is not None
    assert message.startswith("1 new articles")
    assert set(artifacts) == {"summary", "new-quotes", "progress", "published"}
    assert float(artifacts["progress"]) == 100
    assert "| stored: new articles | 1 |" in artifacts["summary"]
    assert "| refused: parse_error | 1 |" in artifacts["summary"]
    assert (logging.INFO, message) in logged
    assert (logging.WARNING, f"{broken.as_uri()}: parse_error (no HTML in it)") in logged
    assert "no%7Ctext%60.html` | parse_error | `no HTML in it` |" in artifacts["summary"]
    assert "statement.txt" in artifacts["new-quotes"]


async def lines(run_id: UUID, wanted: str) -> set[tuple[int, str]]:
    """The log of a run, levels and lines, as soon as the wanted words have arrived."""
    from prefect import get_client
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    found: set[tuple[int, str]] = set()
    deadline = time.monotonic() + 20
    async with get_client() as client:
        while time.monotonic() < deadline and not any(wanted in line for _, line in found):
            logs = await client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id])))
            found = {(one.level, one.message) for one in logs}
            await asyncio.sleep(0.2)
    return found


@pytest.mark.usefixtures("prefect")
def test_a_run_that_fails_says_why_in_its_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.ingest import ingest

    monkeypatch.setenv("DATELINE_HOEM", "/srv/news")
    state = asyncio.run(ingest(home=str(tmp_path / "home"), return_state=True))
    assert state.is_failed()
    assert "no such setting, did you mean DATELINE_HOME?: DATELINE_HOEM" in str(state.message)


@pytest.mark.usefixtures("prefect")
def test_what_steps_log_and_alarms_stand_in_the_log_of_their_run(tmp_path: Path) -> None:
    from prefect import flow, runtime

    from flows.telling import listen

    @flow(name="logs")
    async def logs() -> UUID:
        listen()
        listen()
        await asyncio.to_thread(logging.getLogger("tasks.extract").error, "quotes failed on https://a.example/")
        return UUID(str(runtime.flow_run.get_id()))

    run_id = asyncio.run(logs())
    found = asyncio.run(lines(run_id, "quotes failed"))
    assert (logging.ERROR, "quotes failed on https://a.example/") in found
    logging.getLogger("tasks.extract").error("outside of any run")


@pytest.mark.usefixtures("prefect")
def test_reextract_compares_and_shows_the_difference(tmp_path: Path) -> None:
    from prefect import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    from flows.reextract import reextract

    home = Home(tmp_path / "home")
    load_into(home, SEEDS / "statement.txt")

    async def run_and_look() -> tuple[str, dict[str, str]]:
        state = await reextract(outdated=False, home=str(home.root), return_state=True)
        async with get_client() as client:
            run = await client.read_flow_run(state.state_details.flow_run_id)
            wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
            artifacts = await client.read_artifacts(artifact_filter=wanted)
        return run.name, {str(one.key): str(one.data) for one in artifacts}

    name, artifacts = asyncio.run(run_and_look())
    assert name == "reextract 1 texts compared"
    assert float(artifacts["progress"]) == 100
    assert "| quotes | " in artifacts["reextract"]


@pytest.mark.parametrize("wrong", [{"since": "yesterday"}, {"apply": "perhaps"}])
def test_a_wrong_wish_to_reextract_is_refused(wrong: dict[str, object]) -> None:
    from flows.reextract import reextract

    with pytest.raises(Exception, match=next(iter(wrong))):
        reextract.validate_parameters(wrong)
