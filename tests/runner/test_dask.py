"""Batches extracted on Dask: the same rows as without, whoever dies on the way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from articles import SEEDS, article_of
from dask_processes import (
    DEADLY,
    DEADLY_FOR_WORKERS,
    ROOT,
    SECONDS,
    DaskProcesses,
    deadly_piece,
    marked_piece,
    until,
)
from onnxruntime import get_available_providers
from whole_runs import FACT_TABLES, dateline, extracted_rows, load_into, start_dateline, stored_in

from flows.dask_cluster import connect
from flows.dask_runner import DaskExtraction, dask_runner
from flows.settings import Settings
from storage.errors import ClusterError, SettingError
from storage.home import Home
from storage.records import Article
from storage.warehouse import Warehouse
from tasks.columnar import write_articles
from tasks.extract._all import extract_all
from tasks.extract._run import load_extractors
from tasks.language.contract import Reader
from tasks.pieces import Demands, UnfitError, extract_piece, versions_here
from tasks.train.markup import read_article

# Dask leaves sockets and event loops to the garbage collector.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
GOLD = Path(__file__).parents[1] / "quality/gold/articles"
NO_CUDA = "CUDAExecutionProvider" not in get_available_providers()
ALL_TABLES = (*FACT_TABLES, "entity_aliases", "ledger")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [read_article(path).text for path in sorted(GOLD.glob("*.txt"))[:12]]


@pytest.fixture(scope="module")
def folder(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files to load."""
    folder = tmp_path_factory.mktemp("articles")
    for number, text in enumerate(texts):
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def of_local(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Those files loaded without Dask."""
    home = Home(tmp_path_factory.mktemp("local"))
    load_into(home, folder, batch_size=6)
    return home


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[DaskProcesses]:
    """A scheduler without workers."""
    processes = DaskProcesses(tmp_path)
    yield processes
    processes.close()


@pytest.fixture
def use(dask: DaskProcesses, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting, for this test."""
    monkeypatch.setenv("DATELINE_RUNNER", "dask")
    monkeypatch.setenv("DATELINE_DASK_SCHEDULER", dask.address)


@pytest.fixture
def extraction(dask: DaskProcesses) -> Iterator[Callable[..., DaskExtraction]]:
    """Extractions on that scheduler: `extraction(work)`."""
    opened: list[DaskExtraction] = []

    def open_extraction(*work: Callable[..., bytes]) -> DaskExtraction:
        opened.append(DaskExtraction(lambda: connect(dask.address, 1), *work))
        return opened[-1]

    yield open_extraction
    for one in opened:
        one.close()


def articles_of(texts: Sequence[str]) -> list[Article]:
    return [article_of(text, url=f"file:///news/{number}.txt") for number, text in enumerate(texts)]


@pytest.mark.usefixtures("use")
def test_two_workers_give_the_same_rows_as_this_process_though_one_is_killed_on_the_way(
    dask: DaskProcesses, folder: Path, of_local: Home, tmp_path: Path
) -> None:
    first = dask.start_worker()
    dask.start_worker()
    dask.wait_for(2)
    home = Home(tmp_path / "home")
    process = start_dateline("load", folder, "--home", home.root, "--batch-size", "3")
    until(dask.busy, "no piece began")
    first.send_signal(signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    assert extracted_rows(home, ALL_TABLES) == extracted_rows(of_local, ALL_TABLES)


def test_a_worker_that_joins_is_used(
    dask: DaskProcesses, extraction: Callable[..., DaskExtraction], texts: list[str]
) -> None:
    dask.start_worker()
    remote, batch = extraction(marked_piece), articles_of(texts)
    remote.extract(batch)
    assert len(list(dask.marks.iterdir())) == 1
    dask.start_worker()

    def both_worked() -> bool:
        remote.extract(batch)
        return len(list(dask.marks.iterdir())) == 2

    until(both_worked, "the second worker got nothing")


def test_batches_from_several_threads_each_get_their_own_rows(
    dask: DaskProcesses, extraction: Callable[..., DaskExtraction], texts: list[str], reader: Reader
) -> None:
    dask.start_worker()
    dask.start_worker()
    dask.wait_for(2)
    batches = [articles_of(texts[start : start + 4]) for start in (0, 4, 8)]
    remote = extraction()
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(remote.extract, batches))
    extractors = load_extractors()
    assert found == [extract_all(batch, reader, extractors) for batch in batches]
    assert remote.extract([]) == ()


@pytest.mark.usefixtures("use")
def test_a_scheduler_that_goes_ends_the_run_clearly_and_the_next_run_finishes_the_job(
    dask: DaskProcesses, folder: Path, of_local: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.start_worker()
    dask.wait_for(1)
    home = Home(tmp_path / "home")
    process = start_dateline("load", folder, "--home", home.root, "--batch-size", "3")
    until(dask.busy, "no piece began")
    dask.scheduler.kill()
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1, out + err
    assert "the Dask scheduler is gone, the next run takes what this one has not stored" in err
    assert "Traceback" not in err
    with Warehouse(home).window() as con:
        assert con.execute("SELECT status FROM loads").fetchall() == [("failed",)]
    monkeypatch.setenv("DATELINE_RUNNER", "local")
    load_into(home, folder, batch_size=6)
    assert extracted_rows(home) == extracted_rows(of_local)


def test_an_article_that_kills_workers_is_extracted_here_and_one_that_kills_everything_says_so(
    texts: list[str], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
    cluster = connect("", 1)
    remote = DaskExtraction(lambda: cluster, deadly_piece)
    batch = articles_of([*texts[:2], f"{texts[2]}\n{DEADLY_FOR_WORKERS}.", f"{texts[3]}\n{DEADLY}."])
    try:
        found = remote.extract(batch)
    finally:
        remote.close()
    assert found[:3] == extract_all(batch[:3], reader, load_extractors())
    assert found[3].findings == ()
    assert found[3].article.text == batch[3].text
    assert "killed the workers" in dict(found[3].article.reasons)["extraction"]


def other_code(folder: Path) -> Path:
    """Our code with another version of an extractor."""
    for name in ("tasks", "storage"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "tasks/extract/roles.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('version: str = "1.0"', 'version: str = "0.9"'), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != text
    return folder


def test_a_worker_with_other_code_is_refused_and_the_others_do_the_work(
    dask: DaskProcesses, extraction: Callable[..., DaskExtraction], texts: list[str], tmp_path: Path
) -> None:
    code = other_code(tmp_path / "code")
    dask.start_worker(path=code)
    dask.wait_for(1)
    with pytest.raises(
        ClusterError, match=r"no worker can extract for this run; .*extractor roles 0\.9 instead of 1\.0"
    ):
        extraction().extract(articles_of(texts[:1]))
    good = dask.start_worker()
    dask.wait_for(2)
    remote = extraction(marked_piece)
    assert remote.threads() == 1
    remote.extract(articles_of(texts))
    assert [path.name for path in dask.marks.iterdir()] == [str(good.pid)]


def test_a_worker_with_other_code_that_joins_later_gives_its_pieces_back(
    dask: DaskProcesses, extraction: Callable[..., DaskExtraction], texts: list[str], tmp_path: Path, reader: Reader
) -> None:
    dask.start_worker()
    dask.wait_for(1)
    remote, batch = extraction(), articles_of(texts)
    assert remote.threads() == 1
    dask.start_worker(path=other_code(tmp_path / "code"))
    dask.wait_for(2)
    assert remote.extract(batch) == extract_all(batch, reader, load_extractors())


@pytest.mark.skipif(not NO_CUDA, reason="has a GPU")
def test_a_device_that_workers_have_not_got_ends_the_run_with_one_line(
    dask: DaskProcesses, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_RUNNER", "dask")
    monkeypatch.setenv("DATELINE_DEVICE", "cuda")
    here = dateline("load", folder, "--home", tmp_path / "home")
    dask.start_worker()
    dask.wait_for(1)
    monkeypatch.setenv("DATELINE_DASK_SCHEDULER", dask.address)
    there = dateline("load", folder, "--home", tmp_path / "home")
    for done in (here, there):
        assert done.returncode == 1
        assert "CUDAExecutionProvider" in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
    assert "no worker can extract for this run" in there.stderr
    assert len(here.stderr.splitlines()) == 1


@pytest.mark.skipif(not NO_CUDA, reason="has a GPU")
def test_a_worker_without_the_device_that_joins_later_gives_its_piece_back() -> None:
    (article,) = articles_of(["The levy stays."])
    with pytest.raises(UnfitError, match="onnxruntime-gpu"):
        extract_piece(write_articles([article]), Demands(versions_here(), "cuda"))


def workers_of(run: psutil.Process) -> list[psutil.Process]:
    """The workers of a local cluster, from their first moment on."""
    return [one for one in run.children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]


def at_work(process: psutil.Process) -> bool:
    """Whether it has not ended; one that ended may wait for somebody to ask how."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.soak
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_a_local_cluster_with_the_run_after_the_batches_in_hand_and_at_the_second_time_at_once(
    texts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(120):
        (news / f"{number:03}.txt").write_text(f"{texts[number % len(texts)]}\nReport {number}.", encoding="utf-8")
    monkeypatch.setenv("DATELINE_RUNNER", "dask")
    home = Home(tmp_path / "home")
    process = start_dateline("load", news, "--home", home.root, "--batch-size", "10", new_group=True)
    run = psutil.Process(process.pid)
    until(lambda: len(workers_of(run)) == 2, "the workers did not start")
    processes = run.children(recursive=True)
    for _ in range(times):
        # As a terminal does it: to the run, and to all that it has started.
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.2)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130, err
    assert "Finishing the batch in hand" in err
    assert "finished batches are kept" in err
    assert "Traceback" not in err
    until(lambda: not any(map(at_work, processes)), "a process was left")
    assert (stored_in(home) > 0) == (times == 1)
    assert stored_in(home) < 120
    assert stored_in(home) % 10 == 0
    with Warehouse(home).window() as con:
        assert con.execute("SELECT status FROM loads").fetchall() == [("interrupted",)]


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("flows.dask_cluster.CONNECT_SECONDS", 1)
    monkeypatch.setenv("DATELINE_RUNNER", "dask")
    monkeypatch.setenv("DATELINE_DASK_SCHEDULER", "tcp://127.0.0.1:9")
    with pytest.raises(ClusterError, match=r"can't connect to the Dask scheduler: tcp://127\.0\.0\.1:9"):
        load_into(Home(tmp_path / "home"), folder)


def test_a_scheduler_with_tls_wants_certificates() -> None:
    with pytest.raises(SettingError, match=r"tls://127\.0\.0\.1:9 asks for certificates"):
        connect("tls://127.0.0.1:9", 1)


def test_a_cluster_that_stays_empty_is_an_error(
    dask: DaskProcesses, monkeypatch: pytest.MonkeyPatch, texts: list[str], extraction: Callable[..., DaskExtraction]
) -> None:
    monkeypatch.setattr("flows.dask_runner.EMPTY_SECONDS", 0.1)
    monkeypatch.setattr("flows.dask_runner.LOOK_SECONDS", 0.1)
    with pytest.raises(ClusterError, match="no worker has been there"):
        extraction().extract(articles_of(texts[:1]))


def test_without_dask_one_line_says_what_to_install(tmp_path: Path) -> None:
    script = "import sys; sys.modules['distributed'] = None; from flows.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "load", str(SEEDS / "statement.txt"), "--home", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "DATELINE_RUNNER": "dask"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        (
            "dateline: Dask is not installed, say pip install 'dateline[dask]': DATELINE_RUNNER=dask: "
            "ModuleNotFoundError: import of distributed halted; None in sys.modules"
        )
    ]


@pytest.mark.parametrize(("batch_size", "slots"), [(100, 2), (5, 9), (1000, 2)])
def test_there_are_slots_enough_to_keep_two_threads_at_work(tmp_path: Path, batch_size: int, slots: int) -> None:
    runner = dask_runner(Settings(home=tmp_path, runner="dask", dask_workers=2, batch_size=batch_size))
    assert runner.slots == slots
    runner.close()
