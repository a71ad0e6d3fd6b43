"""The main job on the seeds, end to end, in this process."""

import duckdb
import pytest
from articles import SEEDS, USER_SEED
from gold import Gold, all_gold
from whole_runs import extracted_rows, load_into

from storage.home import Home
from storage.reading import published
from storage.summary import Summary
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Summary]:
    """A home with all seeds, loaded once for this module."""
    home = Home(tmp_path_factory.mktemp("seeds"))
    return home, load_into(home, SEEDS)


def rows(home: Home, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with published(home) as con:
        return con.execute(query, parameters).fetchall()


def version_of(home: Home, gold: Gold) -> str:
    [(version_id,)] = rows(home, "SELECT DISTINCT version_id FROM ledger WHERE url = ?", gold.document.as_uri())
    return str(version_id)


@pytest.mark.parametrize("gold", all_gold(SEEDS), ids=lambda gold: gold.name)
def test_every_document_ends_as_its_gold_answer_says(loaded: tuple[Home, Summary], gold: Gold) -> None:
    home, summary = loaded
    query = "SELECT status FROM ledger WHERE url = ? AND load_id = ?"
    assert rows(home, query, gold.document.as_uri(), summary.load_id) == [(gold.one("status"),)]


@pytest.mark.parametrize(
    "gold", [gold for gold in all_gold(SEEDS) if gold.one("status") == "stored"], ids=lambda gold: gold.name
)
def test_title_authors_date_language_and_headings_are_as_stated(loaded: tuple[Home, Summary], gold: Gold) -> None:
    home, _ = loaded
    query = (
        "SELECT title, authors, published_at, language, "
        "list_transform(headings, h -> substr(text, h.start_char + 1, h.end_char - h.start_char)) "
        "FROM article_versions WHERE version_id = ?"
    )
    [(title, authors, published_at, language, headings)] = rows(home, query, version_of(home, gold))
    assert title == gold.one("title")
    assert authors == (gold.all("authors") or [[]])[0]
    assert language == gold.one("language")
    assert headings == [fields[0] for fields in gold.all("heading")]
    assert (published_at is None) == (gold.one("published") is None)


def test_the_users_document_states_no_title_date_or_address_and_says_so(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    query = (
        "SELECT v.title, v.published_at, a.canonical_url, v.reasons['title'], v.reasons['published_at'], "
        "v.reasons['canonical_url'] FROM article_versions v JOIN articles a USING (article_id) WHERE document_url = ?"
    )
    assert rows(home, query, USER_SEED.as_uri()) == [(None, None, None, "not stated", "not stated", "not stated")]


FIVE_QUOTES = {
    "“like a real man.”": "Vladimir Putin",
    "“worthy of attention.”": "Vladimir Putin",
    "“The ball is in Washington’s court,”": "Vladimir Putin",
    "“eat Trump for lunch,”": "Kamala Harris",
    "“Putin does not eat people.”": "Dmitry Peskov",
}


def test_the_users_document_has_its_five_quotes_with_the_right_speakers(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    query = (
        "SELECT q.exact, q.speaker_name FROM quotes q JOIN article_versions v USING (version_id) "
        "WHERE v.document_url = ? ORDER BY q.start_char"
    )
    found = rows(home, query, USER_SEED.as_uri())
    speakers = {words: [name for exact, name in found if words in exact] for words in FIVE_QUOTES}
    assert speakers == {words: [name] for words, name in FIVE_QUOTES.items()}


def test_the_users_document_has_four_people_each_one_entity_with_roles_where_printed(
    loaded: tuple[Home, Summary],
) -> None:
    home, _ = loaded
    query = (
        "SELECT DISTINCT e.name, r.role FROM mentions m JOIN entities e USING (entity_id) "
        "JOIN article_versions v USING (version_id) "
        "LEFT JOIN roles r ON r.person_entity_id = e.entity_id AND r.version_id = m.version_id "
        "WHERE v.document_url = ? AND e.entity_type = 'PERSON' ORDER BY e.name"
    )
    assert rows(home, query, USER_SEED.as_uri()) == [
        ("Dmitry Peskov", "spokesman"),
        ("Donald Trump", None),
        ("Kamala Harris", "vice president"),
        ("Vladimir Putin", "russian president"),
    ]


def test_the_users_document_has_its_places_durations_and_wire_credit(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    url = USER_SEED.as_uri()
    places = rows(
        home,
        "SELECT DISTINCT p.exact FROM places p JOIN article_versions USING (version_id) WHERE document_url = ?",
        url,
    )
    wanted = "Ukraine Russia Crimea Donbas Zaporizhzhia Kherson Sochi U.S. China Moscow Washington"
    assert set(wanted.split()) <= {name for (name,) in places}
    times = "SELECT t.exact, timex_type, timex_value FROM times t JOIN article_versions USING (version_id) WHERE document_url = ?"
    assert {("24 hours", "DURATION", "PT24H"), ("over two years", "DURATION", "P2Y")} <= set(rows(home, times, url))
    query = "SELECT c.kind, agency FROM credits c JOIN article_versions USING (version_id) WHERE document_url = ?"
    assert rows(home, query, url) == [("wire", "Reuters")]


def test_one_article_in_two_versions_has_both_and_views_show_the_newer_one(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    query = (
        "SELECT article_id, list(version_no ORDER BY version_no) FROM article_versions GROUP BY ALL HAVING count(*) > 1"
    )
    [(article_id, numbers)] = rows(home, query)
    assert numbers == [1, 2]
    newest = "SELECT version_no, contains(document_url, 'evening') FROM current_versions WHERE article_id = ?"
    assert rows(home, newest, article_id) == [(2, True)]


def test_articles_in_a_language_without_a_model_are_stored_with_a_reason(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    query = (
        "SELECT language, reasons['extraction'], (SELECT count(*) FROM mentions m WHERE m.version_id = v.version_id) "
        "FROM article_versions v WHERE language <> 'en'"
    )
    assert rows(home, query) == [("de", "no model here reads de", 0)]


def test_loading_the_same_again_adds_no_row_and_says_so(loaded: tuple[Home, Summary]) -> None:
    from flows.report import headline

    home, first = loaded
    before = extracted_rows(home)
    again = load_into(home, SEEDS)
    assert extracted_rows(home) == before
    assert again.statuses.get("stored", 0) == 0
    assert again.statuses["unchanged"] == first.statuses["stored"]
    assert headline(again).startswith("Nothing new")


def test_every_candidate_of_every_load_has_exactly_one_final_status(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    query = "SELECT load_id, url FROM ledger GROUP BY ALL HAVING count(*) <> 1"
    assert rows(home, query) == []


def test_every_row_says_what_stands_at_its_offsets(loaded: tuple[Home, Summary]) -> None:
    from storage.evidence import violations

    home, _ = loaded
    with Warehouse(home).window() as con:
        assert list(violations(con)) == []


def test_batches_of_one_give_the_same_rows_as_one_batch(loaded: tuple[Home, Summary], tmp_path: object) -> None:
    home, _ = loaded
    small = Home(home.root.parent / "batches-of-one")
    load_into(small, SEEDS, batch_size=1)
    assert extracted_rows(small) == extracted_rows(home)


def test_a_stranger_can_open_the_published_file_with_duckdb_alone(loaded: tuple[Home, Summary]) -> None:
    home, _ = loaded
    with duckdb.connect(str(home.published), read_only=True) as con:
        found = con.execute(
            "SELECT context(version_id, start_char, end_char, 20) FROM who_said_what "
            "WHERE words = '“Putin does not eat people.”'"
        ).fetchall()
    assert found == [("with humor, saying, »“Putin does not eat people.”«\nAs both nations nav",)]
