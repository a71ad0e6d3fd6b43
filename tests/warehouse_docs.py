"""docs/sql.md, docs/codebook.md and docs/schema.svg: made from the schema and from what the examples print on the seeds. `make docs`
writes them anew."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from articles import SEEDS
from codebook import codebook
from column_examples import examples, polite
from desk import Desk
from picture import picture
from whole_runs import dateline

from storage.queries import statement
from storage.registry import part_names

DOCS = Path(__file__).parents[1] / "docs"
SQL_PAGE, CODEBOOK, PICTURE = DOCS / "sql.md", DOCS / "codebook.md", DOCS / "schema.svg"
# An example that asks of sites on the web, of which the seeds have none.
OF_THE_WEB = "13_politeness"


def sql_page() -> str:
    """The examples with what they print on the seeds."""
    intro = """\
        # Asking the warehouse

        `dateline sql "..."`, or any DuckDB client on `news.duckdb` in the home folder. Every table and column has a comment
        ([codebook.md](codebook.md)). The answers below are what the examples print on the seeds, the last one on a small site; the examples are
        [storage/sql/examples](../storage/sql/examples), and `make docs` writes this page.

        Views for people: `who_said_what`, `quotes_current`, `current_versions`, `who_speaks_for`, `same_words`, `quote_changes`,
        `map_points`, `daily_coverage`, `source_health`, `not_stored`, `compliance`. Macros: `context(version_id, start_char, end_char)`,
        `said_about(who, what)`, `numbers_about(what)`, `rows_of_version(table, extractor, version)`, `search(words)` (all words wanted,
        the best by BM25 first; `note` says how a text was found, [warehouse.md](warehouse.md)).
    """
    parts = [dedent(intro).strip()]
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for command in (("ingest", "--sources", SEEDS / "sources.toml"), ("load", SEEDS)):
            done = dateline(*command, "--home", home)
            assert done.returncode == 0, done.stderr
        site = Desk(Path(folder) / "site")
        polite(site)
        for name in part_names("storage.sql.examples", ".sql"):
            title, _, query = statement(name, "examples").partition("\n")
            answer = dateline("sql", query, "--home", site.home.root if name == OF_THE_WEB else home)
            assert answer.returncode == 0, answer.stderr
            parts.append(
                f"## {title.removeprefix('-- ')}\n\n```sql\n{query.strip()}\n```\n\n```\n{answer.stdout.rstrip()}\n```"
            )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    for path, made in ((SQL_PAGE, sql_page()), (CODEBOOK, codebook(examples())), (PICTURE, picture())):
        path.write_text(made, encoding="utf-8")
    sys.exit(0)
