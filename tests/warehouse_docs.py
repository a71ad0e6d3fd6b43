"""docs/sql.md, docs/codebook.md and docs/schema.svg: made from the schema and from what the examples print on the seeds. `make docs`
writes them anew."""

import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import NamedTuple

import duckdb
from articles import SEEDS
from whole_runs import dateline

from storage.migrate import migrate, migration_names
from storage.queries import statement
from storage.registry import part_names

DOCS = Path(__file__).parents[1] / "docs"
SQL_PAGE, CODEBOOK, PICTURE = DOCS / "sql.md", DOCS / "codebook.md", DOCS / "schema.svg"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, comment
    FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index
"""
TABLES = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY table_name"
VIEWS = "SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal ORDER BY view_name"


class Column(NamedTuple):
    """A column as the codebook tells of it."""

    table: str
    name: str
    type: str
    nullable: bool
    comment: str
    since: str


def sql_page() -> str:
    """The examples with what they print on the seeds."""
    intro = """\
        # Asking the warehouse

        `dateline sql "..."`, or any DuckDB client on `news.duckdb` in the home folder. Every table and column has a comment
        ([codebook.md](codebook.md)). The answers below are what the examples print on the seeds; the examples are
        [storage/sql/examples](../storage/sql/examples), and `make docs` writes this page.

        Views for people: `who_said_what`, `quotes_current`, `current_versions`, `who_speaks_for`, `same_words`, `quote_changes`,
        `map_points`, `daily_coverage`, `source_health`, `not_stored`, `compliance`. Macros: `context(version_id, start_char, end_char)`,
        `said_about(who, what)`, `numbers_about(what)`, `search(words)` (all words wanted,
        the best by BM25 first; `note` says how a text was found, [warehouse.md](warehouse.md)).
    """
    parts = [dedent(intro).strip()]
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for command in (("ingest", "--sources", SEEDS / "sources.toml"), ("load", SEEDS)):
            done = dateline(*command, "--home", home)
            assert done.returncode == 0, done.stderr
        for name in part_names("storage.sql.examples", ".sql"):
            title, _, query = statement(name, "examples").partition("\n")
            answer = dateline("sql", query, "--home", home)
            assert answer.returncode == 0, answer.stderr
            parts.append(
                f"## {title.removeprefix('-- ')}\n\n```sql\n{query.strip()}\n```\n\n```\n{answer.stdout.rstrip()}\n```"
            )
    return "\n\n".join(parts) + "\n"


def codebook() -> str:
    """Every table and view, every column with type and comment, and the migration that it came with."""
    columns, tables, views = _schema()
    intro = """\
        # Codebook

        Every table, column and view of the warehouse, as the comments in the database tell it (`make docs` writes this page).
        Offsets are Unicode code points into `article_versions.text`, end exclusive. NULL means unknown; what that means for a
        column stands in its comment, and for a row in its `reason`.

        ![The tables and how they hang together](schema.svg)
    """
    parts = [dedent(intro).strip()]
    for table, comment in tables:
        rows = [column for column in columns if column.table == table]
        parts.append(
            f"## {table}\n\n{comment}\n\n| column | type | since | |\n|---|---|---|---|\n" + "\n".join(map(_row, rows))
        )
    parts.append(
        "## Views\n\n| view | |\n|---|---|\n" + "\n".join(f"| `{name}` | {comment} |" for name, comment in views)
    )
    return "\n\n".join(parts) + "\n"


def _row(column: Column) -> str:
    comment = column.comment.replace("|", "\\|")
    null = "" if column.nullable else " not NULL"
    kind = column.type.replace("|", "\\|").replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
    return f"| `{column.name}` | {kind}{null} | {column.since} | {comment} |"


def _schema() -> tuple[list[Column], list[tuple[str, str]], list[tuple[str, str]]]:
    since: dict[tuple[str, str], str] = {}
    names = migration_names()
    for last in range(1, len(names) + 1):
        with duckdb.connect() as con:
            migrate(con, names[:last])
            for table, name, *_ in con.execute(COLUMNS).fetchall():
                since.setdefault((table, name), names[last - 1].split("_")[0])
    with duckdb.connect() as con:
        migrate(con)
        tables = con.execute(TABLES).fetchall()
        views = [(name, comment) for name, comment, _ in con.execute(VIEWS).fetchall()]
        listed = con.execute(COLUMNS).fetchall()
    kept = {table for table, _ in tables}
    columns = [Column(t, n, k, null, c or "", since.get((t, n), "")) for t, n, k, null, c in listed if t in kept]
    return columns, tables, views


# Where each table stands in the picture, column by column; keys that lead from one to another are drawn.
PLACES = (
    ("loads", "ledger", "sources", "polls", "visits", "site_files"),
    ("articles", "article_versions", "archived_bodies", "stories", "story_articles", "topics"),
    ("quotes", "roles", "mentions", "places", "times", "quantities", "credits", "replaced_rows"),
    (
        "entities",
        "entity_aliases",
        "events",
        "event_mentions",
        "quality",
        "upkeep",
        "alarms",
        "tombstones",
        "schema_migrations",
    ),
    ("search_docs", "search_words", "search_postings"),
)
KEYS = {
    "article_id": "articles", "version_id": "article_versions", "source_id": "sources", "entity_id": "entities",
    "speaker_entity_id": "entities", "person_entity_id": "entities", "event_id": "events", "story_id": "stories", "raw_sha256": "archived_bodies",
}  # fmt: skip
WIDTH, GAP, LINE, MOST_SHOWN = 230, 90, 15, 9


def picture() -> str:
    """The tables as boxes with their first columns, and lines for the keys that lead from one to another."""
    columns, _, _ = _schema()
    boxes, drawn = {}, []
    for number, names in enumerate(PLACES):
        x, y = 20 + number * (WIDTH + GAP), 20
        for table in names:
            own = [column.name for column in columns if column.table == table]
            shown = own[:MOST_SHOWN] + ([f"… {len(own) - MOST_SHOWN} more"] if len(own) > MOST_SHOWN else [])
            boxes[table] = (x, y)
            drawn.append(_box(table, shown, x, y))
            y += (len(shown) + 2) * LINE + 20
    lines = [
        _line(boxes[column.table], boxes[KEYS[column.name]])
        for column in columns
        if column.name in KEYS
        and KEYS[column.name] != column.table
        and column.table in boxes
        and column.name != "load_id"
    ]
    height = max(y for _, y in boxes.values()) + (MOST_SHOWN + 4) * LINE
    width = 40 + len(PLACES) * WIDTH + (len(PLACES) - 1) * GAP
    style = "text{font:12px sans-serif;fill:#222}.h{font-weight:bold}rect{fill:#f6f8fa;stroke:#57606a}path{fill:none;stroke:#0969da;opacity:.45}"
    body = "\n".join([*sorted(set(lines)), *drawn])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><style>{style}</style>\n{body}\n</svg>\n'


def _box(table: str, shown: list[str], x: int, y: int) -> str:
    rows = "".join(
        f'<text x="{x + 8}" y="{y + (n + 2) * LINE + 4}">{escape(name)}</text>' for n, name in enumerate(shown)
    )
    box = f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{(len(shown) + 1) * LINE + 12}" rx="4"/>'
    return f'{box}<text class="h" x="{x + 8}" y="{y + LINE}">{table}</text>{rows}'


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A curve from box to box: on the sides that face each other, or bowed out on the right in one column."""
    to_right, to_left = end[0] > start[0], end[0] < start[0]
    x1, x2 = start[0] + (0 if to_left else WIDTH), end[0] + (0 if to_right else WIDTH)
    y1, y2 = start[1] + 10, end[1] + 10
    middle = (x1 + x2) / 2 if to_right or to_left else x1 + GAP / 2
    return f'<path d="M{x1},{y1} C{middle:.0f},{y1} {middle:.0f},{y2} {x2},{y2}"/>'


if __name__ == "__main__":
    for path, made in ((SQL_PAGE, sql_page), (CODEBOOK, codebook), (PICTURE, picture)):
        path.write_text(made(), encoding="utf-8")
    sys.exit(0)
