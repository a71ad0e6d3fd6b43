"""What is exported can be read back by others, whole, and says what it means."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import frictionless
import mlcroissant
import pytest
from articles import NOW, SEEDS
from duckdb import DuckDBPyConnection
from jsonschema import Draft202012Validator, FormatChecker
from whole_runs import load_into

from storage.errors import HomeError
from storage.export import Form, export
from storage.home import Home
from storage.reading import published

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    home = Home(tmp_path_factory.mktemp("exported") / "home")
    load_into(home, SEEDS)
    with published(home) as con:
        yield con


def descriptor(folder: Path) -> dict[str, dict[str, object]]:
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"].replace("-", "_"): resource for resource in told["resources"]}


def test_parquet_has_every_row_of_every_table_and_a_word_on_every_column(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    export(con, tmp_path / "out", "parquet", NOW)
    for table, resource in descriptor(tmp_path / "out").items():
        files = [str(tmp_path / "out" / name) for name in (resource["path"], *resource.get("extrapaths", ()))]  # type: ignore[misc]
        fields = {field["name"]: field["description"] for field in resource["schema"]["fields"]}  # type: ignore[index]
        columns = ", ".join(f'"{name}"' for name in fields)
        back = con.sql(f"SELECT {columns} FROM read_parquet({files!r}, hive_partitioning = true)")
        here = con.sql(f"SELECT {columns} FROM {table}")
        assert sorted(map(repr, back.fetchall())) == sorted(map(repr, here.fetchall())), table
        assert all(fields.values())


def test_a_day_of_rows_is_a_folder_of_its_own(con: DuckDBPyConnection, tmp_path: Path) -> None:
    export(con, tmp_path / "out", "parquet", NOW)
    assert (tmp_path / "out" / "quotes" / "day=2026-10-14").is_dir()


def test_csv_and_geojson_are_read_by_plain_programs(con: DuckDBPyConnection, tmp_path: Path) -> None:
    export(con, tmp_path / "csv", "csv", NOW)
    csv.field_size_limit(sys.maxsize)
    with (tmp_path / "csv" / "quotes.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == con.table("quotes").count("*").fetchall()[0][0]
    count = export(con, tmp_path / "map", "geojson", NOW)
    points = json.loads((tmp_path / "map" / "places.geojson").read_text(encoding="utf-8"))["features"]
    assert len(points) == count > 0
    assert {point["properties"]["name"] for point in points} >= {"Mombasa", "Dublin"}
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in (p["geometry"]["coordinates"] for p in points))


# rdflib, which mlcroissant works with, warns of itself.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_validators_of_the_descriptors_accept_them(con: DuckDBPyConnection, tmp_path: Path, form: Form) -> None:
    export(con, tmp_path / "out", form, NOW)
    assert len(frictionless.Package(str(tmp_path / "out" / "datapackage.json")).resources) > 10
    issues = mlcroissant.Dataset(str(tmp_path / "out" / "croissant.json")).metadata.issues
    assert list(issues.errors) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_records_come_out_of_croissant_as_they_are_in_the_warehouse(con: DuckDBPyConnection, tmp_path: Path) -> None:
    export(con, tmp_path / "out", "parquet", NOW)
    dataset = mlcroissant.Dataset(str(tmp_path / "out" / "croissant.json"))
    names = [records.uuid for records in dataset.metadata.record_sets if records.uuid.split("-")[0] == "quotes"]
    words = [
        record["quotes/exact" if name == "quotes" else f"{name}/exact"]
        for name in names
        for record in dataset.records(name)
    ]
    here = [exact.encode() for (exact,) in con.execute("SELECT exact FROM quotes").fetchall()]
    assert sorted(words) == sorted(here)


def test_articles_are_ninjs_by_its_schema(con: DuckDBPyConnection, tmp_path: Path) -> None:
    count = export(con, tmp_path / "out", "ninjs", NOW)
    lines = (tmp_path / "out" / "articles.ninjs.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    schema = json.loads(Path(__file__).with_name("ninjs_3_1.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    articles = [json.loads(line) for line in lines]
    assert [error.message for article in articles for error in validator.iter_errors(article)] == []
    assert len(articles) == count == con.execute("SELECT count(*) FROM articles").fetchall()[0][0]
    leopard = next(a for a in articles if a.get("headlines", [{}])[0].get("value", "").startswith("After 129 years"))
    assert {"name": "Ngozi Eze-Okafor", "rel": "speaker"} in leopard["people"]
    assert leopard["bodies"][0]["charCount"] == len(leopard["bodies"][0]["value"])


def test_an_export_replaces_an_earlier_one_and_nothing_else(con: DuckDBPyConnection, tmp_path: Path) -> None:
    export(con, tmp_path / "out", "csv", NOW)
    export(con, tmp_path / "out", "geojson", NOW)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["datapackage.json", "places.geojson"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(HomeError, match="no export wrote this file"):
        export(con, tmp_path / "mine", "csv", NOW)
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_an_earlier_export_is_replaced_but_never_a_file_that_no_export_wrote(
    con: DuckDBPyConnection, tmp_path: Path
) -> None:
    export(con, tmp_path / "out", "csv", NOW)
    export(con, tmp_path / "out", "parquet", NOW)
    assert not list((tmp_path / "out").glob("*.csv"))
    note = tmp_path / "out" / "quotes" / "my notes.txt"
    note.write_text("keep me", encoding="utf-8")
    with pytest.raises(HomeError, match="my notes"):
        export(con, tmp_path / "out", "csv", NOW)
    assert note.read_text(encoding="utf-8") == "keep me"


def test_a_data_package_of_somebody_else_is_not_overwritten(con: DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "theirs", "title": "Theirs", "resources": []}', "utf-8")
    with pytest.raises(HomeError, match="no export wrote this file"):
        export(con, tmp_path, "csv", NOW)


def test_a_folder_that_is_where_one_stands_is_written(
    con: DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export(con, Path(), "geojson", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "places.geojson"]


def test_a_volume_of_its_own_stays_and_gets_the_files(
    con: DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A volume can't be removed or renamed, as one that is mounted in a container."""
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / ".partial").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == volume)
    inode = volume.stat().st_ino
    forms: tuple[tuple[Form, str], ...] = (("csv", "quotes.csv"), ("geojson", "places.geojson"))
    for form, file in forms:
        export(con, volume, form, NOW)
        assert (volume / file).is_file()
    assert sorted(path.name for path in volume.iterdir()) == ["datapackage.json", "places.geojson"]
    assert volume.stat().st_ino == inode
