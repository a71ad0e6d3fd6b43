"""What is written about the project is true."""

import re
from pathlib import Path

import codebook
import column_examples
import duckdb
import picture
import pytest
import settings_docs
import warehouse_docs
from readme import BLOCK, README, outputs, with_outputs

from flows.cli.main import modules
from storage.migrate import migrate

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_codebook_and_its_picture_tell_of_the_schema_as_it_is() -> None:
    assert warehouse_docs.CODEBOOK.read_text(encoding="utf-8") == codebook.codebook(column_examples.examples()), (
        "run: make docs"
    )
    assert warehouse_docs.PICTURE.read_text(encoding="utf-8") == picture.picture(), "run: make docs"


@pytest.mark.slow
def test_every_column_of_a_table_has_an_example() -> None:
    assert [where for where, value in column_examples.examples().items() if not value] == []


def test_every_column_has_a_comment_and_a_number_its_unit_and_null_a_meaning() -> None:
    tables = {name for name, _ in codebook.schema().tables}
    columns = codebook.schema().columns
    assert [(c.table, c.name) for c in columns if not c.comment] == []
    assert [(c.table, c.name) for c in columns if c.unit == "?"] == []
    assert [(c.table, c.name) for c in columns if c.table in tables and not c.null] == []


def test_every_macro_has_a_comment() -> None:
    assert [name for name, _, comment in codebook.schema().macros if not comment] == []
    assert len(codebook.schema().macros) == 5


def test_the_page_of_the_settings_tells_of_the_class_as_it_is() -> None:
    assert settings_docs.PAGE.read_text(encoding="utf-8") == settings_docs.page(), "run: make docs"


def test_every_table_column_and_view_has_a_comment() -> None:
    with duckdb.connect() as con:
        migrate(con)
        named = con.execute(
            """
            SELECT table_name, column_name FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (table_name)
            WHERE schema_name = 'main' AND coalesce(comment, '') = ''
            UNION ALL SELECT table_name, '' FROM duckdb_tables() WHERE coalesce(comment, '') = ''
            UNION ALL SELECT view_name, '' FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''
            """
        )
        assert named.fetchall() == []


def test_every_table_stands_in_the_picture() -> None:
    drawn = {name for names in picture.PLACES.values() for name in names}
    assert {name for name, _ in codebook.schema().tables} == drawn


@pytest.mark.slow
def test_the_examples_of_the_sql_page_print_what_it_says_and_none_prints_nothing() -> None:
    page = warehouse_docs.sql_page()
    assert warehouse_docs.SQL_PAGE.read_text(encoding="utf-8") == page, "run: make docs"
    assert "\n0 rows" not in page


@pytest.mark.slow
def test_the_outputs_in_the_readme_are_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert BLOCK.search(text)
    assert text == with_outputs(text, outputs()), "run: make docs"


def test_the_readme_names_every_command() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in modules() if f"dateline {name}" not in text]
    assert missing == []


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "seeds/README.md",
        "docs/cleaning.md",
        "docs/codebook.md",
        "docs/configuration.md",
        "docs/fetching.md",
        "docs/operations.md",
        "docs/running.md",
        "docs/sql.md",
        "docs/tagger.md",
        "tests/quality/gold/README.md",
    ],
)
def test_files_that_are_named_in_the_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http|#)([^)]+)\)", text)
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name}: make {target}"
