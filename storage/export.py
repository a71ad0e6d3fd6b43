"""The warehouse as plain files: Parquet by day, CSV, GeoJSON or ninjs, with descriptors that say what each column means.

The descriptors are a Frictionless Data Package (https://datapackage.org, version 1) and, for tables, Croissant.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal

from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from storage.croissant import FILE as CROISSANT
from storage.croissant import write_croissant
from storage.errors import HomeError
from storage.ninjs import FILE as NINJS
from storage.ninjs import write_ninjs
from storage.queries import statement

Form = Literal["parquet", "csv", "geojson", "ninjs"]
DESCRIPTOR: Final = "datapackage.json"
TITLE: Final = "Dateline export"
MEDIA: Final = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "ninjs": "application/x-ndjson",
}
TYPES: Final = {
    "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "number", "INTEGER": "integer", "TIMESTAMP WITH TIME ZONE": "datetime",
    "VARCHAR": "string",
}  # fmt: skip
PARTIAL: Final = ".partial"
POINTS: Final = "places.geojson"
ROWS_AT_ONCE: Final = 10_000


def export(con: DuckDBPyConnection, folder: Path, form: Form, now: datetime) -> int:
    """Write all tables (GeoJSON: the places) into a folder that is new, empty, or an earlier export; gives the number of rows.

    The files are written beside it (in it, where it is a volume of its own) and moved there when they are whole. Raises HomeError.
    """
    folder = folder.resolve()
    partial = folder / PARTIAL if folder.is_mount() else folder.with_name(f".{folder.name}{PARTIAL}")
    if stranger := _stranger(folder):
        raise HomeError(str(stranger), "no export wrote this file; give an empty folder or a new one")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        rows, resources = _write(con, partial, form)
        descriptor = {
            "name": "dateline",
            "title": TITLE,
            "created": now.isoformat(),
            "resources": resources,
        }
        (partial / DESCRIPTOR).write_text(json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if form in {"parquet", "csv"}:
            write_croissant(partial, resources, now)
        _put_in_place(partial, folder)
    except (OSError, DuckDBError) as error:
        raise HomeError(str(folder), "can't be exported to") from error
    return rows


def _stranger(folder: Path) -> Path | None:
    """A file in the folder that an earlier export did not write: the folder is replaced as a whole, and that file must not go."""
    if not folder.exists():
        return None
    try:
        described = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        listed = [(one["path"], *one.get("extrapaths", ())) for one in described["resources"]]
        ours = {DESCRIPTOR, CROISSANT, *chain.from_iterable(listed)} if described["title"] == TITLE else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    files = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    names = ((path, path.relative_to(folder)) for path in files)
    return next((path for path, name in names if name.parts[0] != PARTIAL and name.as_posix() not in ours), None)


def _put_in_place(partial: Path, folder: Path) -> None:
    """In one step, or, in a folder that can't be replaced, file by file, the descriptor last."""
    if partial.parent != folder:
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        return
    for old in folder.iterdir():
        if old.is_dir() and old != partial:
            shutil.rmtree(old)
        elif old != partial:
            old.unlink()
    for new in sorted(partial.iterdir(), key=lambda path: path.name == DESCRIPTOR):
        new.rename(folder / new.name)
    partial.rmdir()


def _write(con: DuckDBPyConnection, folder: Path, form: Form) -> tuple[int, list[dict[str, Any]]]:
    if form == "geojson":
        return _write_points(con, folder)
    if form == "ninjs":
        told = {"name": "articles", "path": NINJS, "format": "jsonl", "mediatype": MEDIA[form], "encoding": "utf-8"}
        return write_ninjs(con, folder), [told]
    return _write_tables(con, folder, form)


def _write_tables(con: DuckDBPyConnection, folder: Path, form: Form) -> tuple[int, list[dict[str, Any]]]:
    days = con.sql(statement("version_days"))
    total, resources = 0, []
    for table, (comment, columns) in _tables(con).items():
        rows = con.table(table)
        count = rows.count("*").fetchall()[0][0]
        by_day = "start_char" in columns or table == "article_versions"
        if form == "csv":
            rows.write_csv(str(folder / f"{table}.csv"), header=True)
        elif by_day and count:
            rows.join(days, "version_id").write_parquet(
                str(folder / table), compression="zstd", partition_by=["day"], overwrite=True
            )
        else:
            rows.write_parquet(str(folder / f"{table}.parquet"), compression="zstd")
        resources.append(_resource(folder, table, comment, columns, form))
        total += count
    return total, resources


def _tables(con: DuckDBPyConnection) -> dict[str, tuple[str, dict[str, tuple[str, str]]]]:
    """Tables with their comment, and their columns with type and comment."""
    found: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {}
    for table, comment, column, kind, told in con.execute(statement("exported_columns")).fetchall():
        found.setdefault(table, (comment, {}))[1][column] = (kind, told)
    return found


def _resource(
    folder: Path, table: str, comment: str, columns: dict[str, tuple[str, str]], form: Form
) -> dict[str, Any]:
    partitions = (folder / table).rglob("*.parquet")
    found = partitions if (folder / table).is_dir() else folder.glob(f"{table}.{form}")
    files = sorted(path.relative_to(folder).as_posix() for path in found)
    fields = [{"name": name, "type": _type(kind, form), "description": told} for name, (kind, told) in columns.items()]
    return {
        "name": table.replace("_", "-"),
        "description": comment,
        "path": files[0],
        **({"extrapaths": files[1:]} if len(files) > 1 else {}),
        "format": form,
        "mediatype": MEDIA[form],
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def _type(kind: str, form: Form) -> str:
    if kind in TYPES:
        return TYPES[kind]
    if form == "csv":
        return "string"
    return "array" if kind.endswith("[]") else "object"


def _write_points(con: DuckDBPyConnection, folder: Path) -> tuple[int, list[dict[str, Any]]]:
    """Places as GeoJSON (RFC 7946), a feature a line."""
    result = con.execute(statement("export_places"))
    names = [str(column[0]) for column in result.description or ()]
    count = 0
    with (folder / POINTS).open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in _rows(result):
            point = dict(zip(names, row, strict=True))
            place = {"type": "Point", "coordinates": [point.pop("lon"), point.pop("lat")]}
            feature = {"type": "Feature", "geometry": place, "properties": point}
            file.write((",\n" if count else "\n") + json.dumps(feature, ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    told = {"name": "places", "path": POINTS, "format": "geojson", "mediatype": MEDIA["geojson"], "encoding": "utf-8"}
    return count, [told]


def _rows(result: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(ROWS_AT_ONCE):
        yield from batch
