"""Views and macros say of our seeds what stands in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from articles import SEEDS
from duckdb import DuckDBPyConnection
from whole_runs import load_into

from flows.runs import run_ingest
from flows.settings import Settings
from storage.home import Home
from storage.reading import published
from tasks.sources.read import read_sources

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    home = Home(tmp_path_factory.mktemp("views") / "home")
    run_ingest("ingest", Settings(home=home.root), read_sources(SEEDS / "sources.toml").sources)
    load_into(home, SEEDS)
    with published(home) as con:
        yield con


def ask(con: DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


def test_every_view_and_macro_has_rows_or_is_of_the_web(con: DuckDBPyConnection) -> None:
    views = {name for (name,) in ask(con, "SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    empty = {view for view in views if not ask(con, f"SELECT 1 FROM {view} LIMIT 1")}
    assert len(views) >= 10
    assert empty == {"compliance"}


def test_the_newest_text_of_each_article_is_current_and_so_are_its_quotes(con: DuckDBPyConnection) -> None:
    assert ask(con, "SELECT count(*) = count(DISTINCT article_id), max(version_no) FROM current_versions") == [
        (True, 2)
    ]
    older = ask(con, "SELECT count(*) FROM quotes ANTI JOIN current_versions USING (version_id)")
    assert older > [(0,)]
    assert ask(con, f"SELECT count(*) - {older[0][0]} FROM quotes") == ask(con, "SELECT count(*) FROM quotes_current")


def test_who_said_what_names_speaker_role_and_article(con: DuckDBPyConnection) -> None:
    said = ask(con, "SELECT DISTINCT role, title FROM who_said_what WHERE speaker = 'Ngozi Eze-Okafor'")
    assert said == [("director", "After 129 years, a bronze leopard goes home")]


def test_what_one_said_about_another_is_found_by_parts_of_names(con: DuckDBPyConnection) -> None:
    found = ask(con, "SELECT DISTINCT speaker FROM said_about('PESKOV', 'putin')")
    assert found == [("Dmitry Peskov",)]
    assert ask(con, "SELECT * FROM said_about('peskov', 'leopard')") == []


def test_who_speaks_for_whom_says_since_when_and_in_how_many_articles(con: DuckDBPyConnection) -> None:
    query = "SELECT role, first_printed_at::DATE::VARCHAR, articles FROM who_speaks_for WHERE person = 'Girma Bekele' AND organisation = '{}'"
    assert ask(con, query.format("Southern Development Bank")) == [("spokesman", "2026-10-15", 2)]


def test_words_that_two_articles_print_are_found_with_their_speakers(con: DuckDBPyConnection) -> None:
    rows = ask(
        con,
        "SELECT speakers, articles, sources, len(urls) FROM same_words WHERE example = '“First you close the hole.”'",
    )
    assert rows == [(["Wanjiru Kiplagat-Odhiambo"], 2, 2, 2)]


def test_places_stand_where_they_are(con: DuckDBPyConnection) -> None:
    rows = ask(con, "SELECT DISTINCT country_iso3, round(lat), round(lon) FROM map_points WHERE name = 'Mombasa'")
    assert rows == [("KEN", -4.0, 40.0)]
    moved = "SELECT count(*) FROM map_points JOIN article_versions USING (version_id) WHERE substr(text, start_char + 1, end_char - start_char) <> exact"
    assert ask(con, moved) == [(0,)]


def test_coverage_adds_up_to_all_articles_by_source_and_country(con: DuckDBPyConnection) -> None:
    assert ask(con, "SELECT sum(articles) FROM daily_coverage") == ask(con, "SELECT count(*) FROM articles")
    countries = ask(
        con, "SELECT DISTINCT source_id, country_iso3 FROM daily_coverage WHERE source_id LIKE '%-%' ORDER BY ALL"
    )
    assert countries == [("harbour-post", "NLD"), ("northern-courier", "GBR")]


def test_numbers_stand_near_the_words_asked_for(con: DuckDBPyConnection) -> None:
    rows = ask(con, "SELECT value, currency, there FROM numbers_about('museum') WHERE currency = 'EUR'")
    assert [(value, currency) for value, currency, _ in rows] == [(40_000.0, "EUR")]
    assert "»about €40,000«" in rows[0][2]


def test_the_health_of_each_source_and_why_a_page_is_not_in(con: DuckDBPyConnection) -> None:
    health = ask(con, "SELECT source_id, stored, refused FROM source_health WHERE kind = 'feed'")
    assert health == [("harbour-post", 4, 1), ("northern-courier", 4, 1)]
    why = ask(con, "SELECT regexp_extract(url, '[^/]+$'), status FROM not_stored ORDER BY 1")
    assert why == [("archive-paywall.html", "paywalled"), ("city-desk.html", "not_article")]


def test_changed_quotes_stand_in_the_version_that_has_them(con: DuckDBPyConnection) -> None:
    rows = ask(
        con,
        "SELECT change, version_no, left(exact, 12) FROM quote_changes WHERE speaker_name = 'Gerrit Vlaming' ORDER BY change",
    )
    assert rows == [("gone", 2, "“I was wrong"), ("new", 2, "“I was tired")]


def test_the_context_of_a_span_shows_it_between_marks(con: DuckDBPyConnection) -> None:
    (shown,) = ask(
        con, "SELECT context(version_id, start_char, end_char, 5) FROM who_said_what WHERE words LIKE '%hole.%' LIMIT 1"
    )[0]
    assert shown.count("»") == 1
    assert "close the hole" in shown.partition("»")[2].partition("«")[0]
    assert len(shown.partition("»")[0]) <= 5
