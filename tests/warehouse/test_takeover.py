"""Another Dateline's export is taken over whole, once, and only if it is sound."""

import json
from pathlib import Path

import duckdb
import pytest
from articles import NOW, SEEDS
from whole_runs import dateline, extracted_rows, load_into

from storage.errors import DatelineError, EvidenceError, HomeError
from storage.evidence import check_evidence
from storage.export import export
from storage.forget import Target, forget
from storage.home import Home
from storage.reading import published
from storage.takeover import TakenOver, take_over
from storage.warehouse import Warehouse
from tasks.web.urls import url_key

pytestmark = pytest.mark.slow
# What a home has of its own: its runs, and where its archive keeps raw pages.
OWN = {"loads", "archived_bodies"}

pytestmark = pytest.mark.backends


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("theirs") / "home")
    load_into(home, SEEDS)
    return home


@pytest.fixture
def out(theirs: Home, tmp_path: Path) -> Path:
    with published(theirs) as con:
        export(con, tmp_path / "out", "parquet", NOW)
    return tmp_path / "out"


def rows(home: Home) -> dict[str, list[str]]:
    with Warehouse(home).window() as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            table: sorted(map(repr, con.execute(f"SELECT * FROM {table}").fetchall()))
            for table in tables
            if table not in OWN | {"schema_migrations", "upkeep"}
        }


def take(home: Home, folder: Path) -> TakenOver:
    return take_over(Warehouse(home), folder, "import-1", NOW)


def rewrite(folder: Path, table: str, change: str) -> None:
    """Another version of one file of an export, with this SELECT over its rows."""
    path = next(folder.rglob(f"{table}/**/*.parquet"))
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{path}', hive_partitioning = false)")
        con.execute(f"COPY ({change}) TO '{path}' (FORMAT parquet)")


def test_an_export_taken_over_by_an_empty_home_gives_the_same_rows(home: Home, theirs: Home, out: Path) -> None:
    take(home, out)
    assert rows(home) == rows(theirs)


def test_taking_over_twice_adds_nothing(home: Home, out: Path) -> None:
    take(home, out)
    before = rows(home)
    assert take(home, out).rows == {}
    assert rows(home) == before


def test_what_was_loaded_here_is_not_doubled_and_the_rest_is_added(home: Home, theirs: Home, out: Path) -> None:
    load_into(home, SEEDS / "harbour-post")
    take(home, out)
    assert extracted_rows(home)["quotes"] == extracted_rows(theirs)["quotes"]
    with Warehouse(home).window() as con:
        assert con.execute("SELECT count(*), count(DISTINCT version_id) FROM article_versions").fetchone() == (12, 12)


def test_versions_of_both_sides_are_numbered_in_the_order_they_were_seen(home: Home, out: Path) -> None:
    load_into(home, SEEDS / "harbour-post" / "ferry-inquiry-evening.html")
    take(home, out)
    with Warehouse(home).window() as con:
        numbers = con.execute(
            "SELECT list(version_no ORDER BY version_no), list(version_no ORDER BY seen_at, version_no), count(DISTINCT content_sha256) FROM article_versions GROUP BY article_id"
        ).fetchall()
        check_evidence(con)
    for by_number, by_time, texts in numbers:
        assert by_number == by_time == list(range(1, texts + 1))
    assert max(texts for *_, texts in numbers) == 2


def test_what_was_taken_down_here_does_not_come_back_with_an_export(home: Home, theirs: Home, out: Path) -> None:
    with published(theirs) as con:
        (url,) = con.execute(
            "SELECT document_url FROM article_versions WHERE contains(text, 'Putin') LIMIT 1"
        ).fetchone() or ("",)
    forget(Warehouse(home), Target(url_keys=(url_key(url),)), url_key, NOW)
    assert take(home, out).taken_down == 1
    assert all(
        "Putin" not in row for row in rows(home)["article_versions"] + rows(home)["quotes"] + rows(home)["entities"]
    )


@pytest.mark.parametrize(
    ("table", "change", "says"),
    [
        ("quotes", "SELECT * REPLACE (start_char + 1 AS start_char) FROM t", "but there stands"),
        ("quotes", "SELECT * REPLACE ('nowhere' AS version_id) FROM t", "a row of a text that it does not have"),
        ("quotes", "SELECT *, 1 AS mood FROM t", "columns that this Dateline does not know"),
        ("quotes", "SELECT * REPLACE ('many' AS start_char) FROM t", "can't be read"),
        ("article_versions", "SELECT * REPLACE (text || '!' AS text) FROM t", "not what its hash says"),
    ],
)
def test_an_export_that_is_not_sound_is_refused_as_a_whole(
    home: Home, out: Path, table: str, change: str, says: str
) -> None:
    rewrite(out, table, change)
    with pytest.raises((DatelineError, EvidenceError), match=says):
        take(home, out)
    assert not any(rows(home).values())


@pytest.mark.parametrize(
    ("described", "says"),
    [
        ("no json", "no export"),
        ('{"resources": 3}', "no export"),
        ('{"resources": []}', "only an export in Parquet"),
        (
            '{"resources": [{"name": "quotes", "format": "csv", "path": "datapackage.json"}]}',
            "only an export in Parquet",
        ),
        ('{"resources": [{"name": "quotes", "format": "parquet", "path": "../secret.parquet"}]}', "outside its folder"),
        ('{"resources": [{"name": "quotes", "format": "parquet", "path": "gone.parquet"}]}', "missing"),
        ('{"resources": [{"name": "quotes", "format": "parquet", "path": "datapackage.json"}]}', "no articles"),
    ],
)
def test_a_descriptor_that_is_wrong_or_hostile_is_one_clear_error(
    home: Home, out: Path, described: str, says: str
) -> None:
    out.joinpath("datapackage.json").write_text(described)
    with pytest.raises(HomeError, match=says):
        take(home, out)


def test_a_table_of_a_newer_dateline_is_refused(home: Home, out: Path) -> None:
    path = out / "datapackage.json"
    described = json.loads(path.read_text())
    described["resources"][-1]["name"] = "moods"
    path.write_text(json.dumps(described))
    with pytest.raises(HomeError, match="a table that this Dateline does not know"):
        take(home, out)


def test_the_command_takes_over_and_publishes(home: Home, out: Path) -> None:
    done = dateline("import", out, "--home", home.root)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Published."), done.stderr
    with published(home) as con:
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (12,)
    again = dateline("import", out, "--home", home.root)
    assert (again.returncode, again.stdout) == (0, "Nothing new.\n")
