"""The examples of docs/clients do what they say, on the seeds."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import nbclient
import nbformat
import pytest
from articles import SEEDS
from whole_runs import load_into

from storage.home import Home

# What other projects warn of is theirs.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
CLIENTS = Path(__file__).parents[2] / "docs" / "clients"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    home = Home(tmp_path_factory.mktemp("clients") / "home")
    load_into(home, SEEDS)
    return str(home.published)


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CLIENTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pandas(news: str) -> None:
    quoted = example("pandas_example").quoted_most(news)
    assert "Wanjiru Kiplagat-Odhiambo" in set(quoted.speaker.head(3))
    assert quoted.quotes.is_monotonic_decreasing


def test_polars(news: str) -> None:
    places = example("polars_example").places(news)
    assert {"Mombasa", "Dublin"} <= set(places["name"])
    assert places["texts"].is_sorted(descending=True)


def test_ibis(news: str) -> None:
    numbers = example("ibis_example").numbers(news, "water")
    assert 320_000_000 in set(numbers.value)


def test_notebook(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_NEWS", news)
    book = nbformat.read(CLIENTS / "notebook.ipynb", as_version=4)
    assert all("outputs" not in cell or not cell.outputs for cell in book.cells), "outputs are not kept"
    run = nbclient.NotebookClient(book, kernel_name="python3", timeout=60).execute()
    there = run.cells[5].outputs[0]["data"]["text/plain"]
    assert "»" in there
    assert "«" in there


def test_r(news: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    known = subprocess.run(["Rscript", "-e", "library(duckdb)"], capture_output=True, check=False)
    if known.returncode:
        pytest.skip("R has no package duckdb")
    done = subprocess.run(["Rscript", CLIENTS / "example.R", news], capture_output=True, text=True, check=True)
    assert "Wanjiru Kiplagat-Odhiambo" in done.stdout


def test_the_examples_print_something_as_programs(news: str) -> None:
    for name, *words in (("pandas_example",), ("polars_example",), ("ibis_example", "water")):
        command = [sys.executable, CLIENTS / f"{name}.py", news, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "160"})
        assert len(done.stdout.splitlines()) > 5
