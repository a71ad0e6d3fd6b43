"""A warehouse moved from a file to a lake and back: the same rows, or nothing."""

from pathlib import Path

import pytest
from articles import NOW, SEEDS
from lakes import LAKES, Template
from whole_runs import dateline, extracted_rows, load_into

from storage import move as moving
from storage.compact import counts
from storage.errors import DatelineError, HomeError
from storage.evidence import check_evidence
from storage.home import Home
from storage.move import move
from storage.publish import publish
from storage.reading import published
from storage.records import Source
from storage.warehouse import Warehouse


@pytest.fixture(params=LAKES)
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A lake in the home that has the file."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    return template.copy(tmp_path / "home")


@pytest.fixture
def file(tmp_path: Path) -> Home:
    """A home whose warehouse is a file with an article."""
    home = Home(tmp_path / "home")
    load_into(home, SEEDS / "statement.txt")
    return home


@pytest.mark.slow
def test_a_warehouse_comes_back_from_a_lake_as_it_was(lake: Home, file: Home, tmp_path: Path) -> None:
    before = file.warehouse.read_bytes()
    there = move(Warehouse(file), Warehouse(lake))
    assert file.warehouse.read_bytes() == before
    assert extracted_rows(lake) == extracted_rows(file)
    with Warehouse(lake).reading() as con:
        check_evidence(con)
    file.warehouse.rename(tmp_path / "old")
    assert move(Warehouse(lake), Warehouse(file)) == there
    assert extracted_rows(file) == extracted_rows(lake)
    # What is loaded next is known.
    assert load_into(lake, SEEDS / "statement.txt").statuses == {"unchanged": 1}
    assert load_into(file, SEEDS / "statement.txt").statuses == {"unchanged": 1}


def test_what_has_rows_is_not_moved_to(lake: Home, file: Home) -> None:
    with Warehouse(lake).transaction("load", NOW) as transaction:
        transaction.add_sources([Source(source_id="s", name="S", kind="feed", url="https://s.example/feed")])
    before = extracted_rows(lake)
    for source, target in ((file, lake), (lake, file)):
        with pytest.raises(DatelineError, match="has rows already"):
            move(Warehouse(source), Warehouse(target))
    assert extracted_rows(lake) == before


def test_a_copy_that_is_not_equal_is_refused_and_nothing_of_it_stays(
    lake: Home, file: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = moving.statement
    lossy = real("copy_rows").replace(";", " USING SAMPLE 90%;")
    monkeypatch.setattr(moving, "statement", lambda name: lossy if name == "copy_rows" else real(name))
    with pytest.raises(DatelineError, match="the copy is not equal"):
        move(Warehouse(file), Warehouse(lake))
    with Warehouse(lake).reading() as con:
        assert {table for table, rows in counts(con, "warehouse").items() if rows} <= {"schema_migrations"}
    monkeypatch.undo()
    assert move(Warehouse(file), Warehouse(lake))


def test_a_changed_value_is_seen_though_the_number_of_rows_is_the_same(
    lake: Home, file: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = moving.statement
    wrong = real("copy_rows").replace("SELECT *", "SELECT * REPLACE ('x' AS load_id)")
    monkeypatch.setattr(
        moving, "_tables", lambda con, database: ["quotes"] if database == "other" else ["quotes", "schema_migrations"]
    )
    monkeypatch.setattr(moving, "_prove", _prove_quotes(moving._prove))
    monkeypatch.setattr(moving, "statement", lambda name: wrong if name == "copy_rows" else real(name))
    with pytest.raises(DatelineError, match="the copy is not equal, and nothing was moved: quotes"):
        move(Warehouse(file), Warehouse(lake))


def _prove_quotes(prove: object) -> object:
    return lambda con, database: [one for one in prove(con, database) if one.table == "quotes"]  # type: ignore[operator]


def test_only_a_file_and_a_lake_can_be_moved_to_each_other(file: Home) -> None:
    with pytest.raises(HomeError, match="from a file to a lake"):
        move(Warehouse(file), Warehouse(file))


@pytest.mark.slow
def test_the_command_moves_and_says_what_it_proved(file: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(Warehouse(file), NOW)
    monkeypatch.setenv("DATELINE_CATALOG", "sqlite")
    done = dateline("migrate-storage", "--from", "file", "--home", file.root)
    assert done.returncode == 0, done.stderr
    assert "article_versions: 1 rows, hash " in done.stdout
    assert "both sides are equal" in done.stdout
    again = dateline("migrate-storage", "--from", "file", "--home", file.root)
    assert (again.returncode, "has rows already" in again.stderr) == (1, True)
    assert dateline("publish", "--home", file.root).returncode == 0
    with published(file) as con:
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (1,)
