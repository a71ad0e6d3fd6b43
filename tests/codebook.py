"""docs/codebook.md: made from the comments in the schema, with an example of each column."""

import re
from collections.abc import Mapping
from functools import cache
from textwrap import dedent
from typing import NamedTuple

import duckdb

from storage.migrate import migrate, migration_names
from tasks.extract._run import load_extractors

COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, coalesce(comment, '')
    FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index
"""
TABLES = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY table_name"
VIEWS = "SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
MACROS = """
    SELECT function_name, parameters, coalesce(comment, '')
    FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro' ORDER BY function_name
"""
# By what a comment says: the unit of a number. The first that fits counts.
UNITS = (
    (r"code points|Start in|End in", "code point"), ("milliseconds", "ms"), ("seconds|Seconds", "s"), ("minutes", "min"), ("bytes|Bytes", "byte"),
    ("degrees", "degree"), ("0 to 1", "0 to 1"), ("HTTP status", "HTTP status code"), ("GeoNames id", "GeoNames id"),
    ("unit of the column", "see `unit`"), (r"[Nn]umber|Entries|entries|Requests|failures|How often|Words|Rows|Candidates|stem:|text:|first text|figures", "number"),
)  # fmt: skip
NUMBERS = ("INTEGER", "BIGINT", "HUGEINT", "DOUBLE")
SAID_OF_NULL = re.compile(r"(?<=\.) NULL:? ")


class Column(NamedTuple):
    """A column as the codebook tells of it."""

    table: str
    name: str
    type: str
    nullable: bool
    comment: str
    since: str

    @property
    def unit(self) -> str:
        """The unit of a number, or of a moment; empty for all else."""
        if self.type.startswith("TIMESTAMP"):
            return "UTC"
        if self.type not in NUMBERS:
            return ""
        return next((unit for words, unit in UNITS if re.search(words, self.comment)), "?")

    @property
    def meaning(self) -> str:
        """What the column holds, without what NULL means."""
        return SAID_OF_NULL.split(self.comment)[0]

    @property
    def null(self) -> str:
        """What NULL means; never: there is always a value."""
        if not self.nullable:
            return "never"
        return " ".join(SAID_OF_NULL.split(self.comment)[1:])


class Schema(NamedTuple):
    """Columns of tables and views, tables and views with their comments, macros with parameters and comment."""

    columns: tuple[Column, ...]
    tables: tuple[tuple[str, str], ...]
    views: tuple[tuple[str, str, str], ...]
    macros: tuple[tuple[str, list[str], str], ...]

    def of(self, table: str) -> list[Column]:
        """The columns of a table or view."""
        return [column for column in self.columns if column.table == table]


@cache
def schema() -> Schema:
    """The schema as the migrations make it."""
    since: dict[tuple[str, str], str] = {}
    names = migration_names()
    for last in range(1, len(names) + 1):
        with duckdb.connect() as con:
            migrate(con, names[:last])
            for table, name, *_ in con.execute(COLUMNS).fetchall():
                since.setdefault((table, name), names[last - 1].split("_")[0])
    with duckdb.connect() as con:
        migrate(con)
        tables, views, macros = (tuple(con.execute(sql).fetchall()) for sql in (TABLES, VIEWS, MACROS))
        listed = [Column(*row, since.get(row[:2], "")) for row in con.execute(COLUMNS).fetchall()]
    made = {view: sql for view, _, sql in views}
    kept = {name for name, *_ in tables} | set(made)
    told = [
        column._replace(comment=column.comment or inherited(column, listed, made))
        for column in listed
        if column.table in kept
    ]
    return Schema(tuple(told), tables, views, macros)


def inherited(column: Column, listed: list[Column], views: dict[str, str]) -> str:
    """The comment of a view's column: that of the first table with such a column that the view reads."""
    for table in re.findall(r"\b(?:FROM|JOIN) \(*(?:SELECT \* FROM )?(\w+)", views.get(column.table, "")):
        if table == column.table:
            continue
        for one in listed:
            if (one.table, one.name) == (table, column.name):
                return one.comment or inherited(one, listed, views)
    return ""


def codebook(examples: Mapping[tuple[str, str], str]) -> str:
    """Every table and view, every column with type, unit, meaning, what NULL means, an example, and the migration that it came with."""
    intro = """\
        # Codebook

        Every table, column, view and macro of the warehouse, as the comments in the database tell it (`make docs` writes this page).
        Offsets are Unicode code points into `article_versions.text`, end exclusive. *NULL* says what a missing value means; a row's `reason`
        says why it is missing there. Examples are from the seeds, or, where nothing in them fills a column, what may stand there; hashes are shortened.
        *Since* is the number of the migration.

        ![The tables and how they hang together](schema.svg)
    """
    parts = [dedent(intro).strip()]
    extractors: dict[str, list[str]] = {}
    for extractor in load_extractors():
        for kind in extractor.records:
            extractors.setdefault(kind.table, []).append(extractor.name)
    for table, comment in schema().tables:
        parts.append(f"## {table}\n\n{comment} {written_by(table, extractors)}\n\n{rows(table, examples)}")
    for view, comment, _ in schema().views:
        parts.append(f"## View {view}\n\n{comment}\n\n{view_rows(view)}")
    parts.append(
        "## Macros\n\n| macro | |\n|---|---|\n"
        + "\n".join(f"| `{name}({', '.join(names)})` | {comment} |" for name, names, comment in schema().macros)
    )
    return "\n\n".join(parts) + "\n"


def written_by(table: str, extractors: dict[str, list[str]]) -> str:
    """Which extractor fills a table."""
    if table in extractors:
        return f"Written by the extractor {' and '.join(f'`{name}`' for name in extractors[table])}."
    if any(column.name == "extractor" for column in schema().of(table)):
        return "Each row names the `extractor` that wrote it."
    return "Written by Dateline itself, by no extractor."


def rows(table: str, examples: Mapping[tuple[str, str], str]) -> str:
    """The columns of a table or view as a table of Markdown."""
    head = "| column | type | unit | | NULL | example | since |\n|---|---|---|---|---|---|---|\n"
    lines = [
        f"| `{column.name}` | {short(column.type)} | {column.unit} | {cell(column.meaning)} | {cell(column.null)} "
        f"| {examples.get((table, column.name), '')} | {column.since} |"
        for column in schema().of(table)
    ]
    return head + "\n".join(lines)


def view_rows(view: str) -> str:
    """The columns of a view as a table of Markdown."""
    lines = [
        f"| `{column.name}` | {short(column.type)} | {column.unit} | {cell(column.meaning)} | {cell(column.null)} |"
        for column in schema().of(view)
    ]
    return "| column | type | unit | | NULL |\n|---|---|---|---|---|\n" + "\n".join(lines)


def short(kind: str) -> str:
    """A type as DuckDB's own SQL writes it."""
    return cell(kind).replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")


def cell(words: str) -> str:
    """Words in a cell of Markdown."""
    return words.replace("|", "\\|")
