"""The invariant: at every row's offsets stand the row's words, in any script."""

import time
from pathlib import Path

import pytest
from articles import NOW, article_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import EvidenceError
from storage.evidence import spans_by_table, violations
from storage.home import Home
from storage.records import Finding, Version
from storage.warehouse import Warehouse
from tasks.clean.normalise import normalise_line
from tasks.extract.quotes import Quote

# Combining marks, emoji with joiners, right-to-left text, line breaks, byte order marks, NUL, lone surrogates, and
# whatever else there is.
HARD = st.sampled_from(
    ["e\u0301", "👩\u200d🚀", "🇺🇦", "שלום", "\u200fمرحبا", "\r\n", "\ufeff", "\0", "\ud800", "ﬁ", "각"]
)
ANY_TEXT = st.lists(st.one_of(HARD, st.text(max_size=12)), min_size=1, max_size=12).map("".join)

pytestmark = pytest.mark.backends


def quote(start: int, end: int) -> Quote:
    return Quote(start_char=start, end_char=end, kind="direct")


def store(warehouse: Warehouse, text: str, record: Quote, exact: str) -> None:
    """One article with one quote."""
    version = Version(article=article_of(text), version_id="v1", version_no=1)
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([version])
        finding = Finding(record=record, extractor="test", extractor_version="1", exact=exact, sentence_no=0)
        transaction.add_findings([("v1", finding)])


def rows(warehouse: Warehouse, table: str) -> int:
    with warehouse.window() as con:
        (count,) = con.execute(f"SELECT count(*) FROM {table}").fetchone() or (-1,)
        return int(count)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(raw=ANY_TEXT, data=st.data())
def test_any_span_of_any_normalised_text_is_read_back_by_sql(
    tmp_path_factory: pytest.TempPathFactory, raw: str, data: st.DataObject
) -> None:
    text = "x" + normalise_line(raw)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("home")))
    store(warehouse, text, quote(start, end), text[start:end])
    with warehouse.window() as con:
        assert list(violations(con)) == []
        assert con.execute("SELECT exact FROM quotes").fetchone() == (text[start:end],)


def test_a_row_that_says_something_else_than_the_text_aborts_the_whole_batch(warehouse: Warehouse) -> None:
    with pytest.raises(EvidenceError, match=r"quotes says 'later' at 0\.\.5, but there stands 'never'"):
        store(warehouse, "never say never", quote(0, 5), "later")
    assert [rows(warehouse, table) for table in ("quotes", "article_versions", "articles")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 500), (14, 16)],
)
def test_offsets_behind_the_end_of_the_text_abort_the_batch(warehouse: Warehouse, start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        store(warehouse, "never say never", quote(start, end), "never say never and more")


def test_the_offsets_of_cue_and_speaker_are_checked_too(warehouse: Warehouse) -> None:
    record = Quote(start_char=0, end_char=5, kind="direct", cue="said", cue_start_char=6, cue_end_char=9)
    with pytest.raises(EvidenceError, match="'said'"):
        store(warehouse, "never say never", record, "never")


def test_a_cue_without_offsets_is_a_violation(warehouse: Warehouse) -> None:
    with pytest.raises(EvidenceError):
        store(warehouse, "never say never", Quote(start_char=0, end_char=5, kind="direct", cue="say"), "never")


@pytest.mark.backends(daily=True)
def test_damage_done_later_is_found_over_all_loads(warehouse: Warehouse) -> None:
    store(warehouse, "never say never", quote(0, 5), "never")
    with warehouse.window() as con:
        con.execute("UPDATE quotes SET start_char = 1")
    with warehouse.window() as con:
        assert [violation.stands_there for violation in violations(con)] == ["ever"]


def test_every_table_with_offsets_is_checked(warehouse: Warehouse) -> None:
    with warehouse.window() as con:
        spans = list(spans_by_table(con))
        columns = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE column_name LIKE '%start_char' AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).fetchall()
        named = {
            table: set(con.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().column_names)
            for table, _ in spans
        }
    assert {(table, span.start) for table, span in spans} == set(columns)
    assert all(set(span) <= named[table] for table, span in spans)


def test_the_invariant_as_an_analyst_writes_it_holds(warehouse: Warehouse, tmp_path: Path) -> None:
    store(warehouse, "“Never,” 👩\u200d🚀 said.", quote(0, 8), "“Never,”")
    with warehouse.window() as con:
        wrong = con.execute(
            "SELECT count(*) FROM quotes JOIN article_versions USING (version_id) "
            "WHERE substr(text, start_char + 1, end_char - start_char) IS DISTINCT FROM exact"
        ).fetchone()
    assert wrong == (0,)


def test_rows_of_a_very_long_text_are_checked_as_fast_as_those_of_short_ones(tmp_path: Path) -> None:
    taken = []
    for length in (1_000, 4_000_000):
        text = "never " * (length // 6)
        begins = [len(text) - 6 * (1 + number % 100) for number in range(2_000)]
        found = [
            Finding(
                record=quote(start, start + 5), extractor="test", extractor_version="1", exact="never", sentence_no=0
            )
            for start in begins
        ]
        warehouse, started = Warehouse(Home(tmp_path / str(length))), time.process_time()
        with warehouse.transaction("load", NOW) as transaction:
            transaction.add_versions([Version(article=article_of(text), version_id="v1", version_no=1)])
            transaction.add_findings([("v1", one) for one in found])
        taken.append(time.process_time() - started)
    # To count 2,000 times to the end of four million characters takes seconds.
    assert taken[1] < taken[0] + 1
