"""`search`: an index in the published file that any client reads, and that says how it found what it found."""

import contextlib
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from articles import NOW, article_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import search_index
from storage.home import Home
from storage.publish import publish
from storage.reading import published
from storage.records import Version
from storage.warehouse import Warehouse

pytestmark = pytest.mark.backends


def store(warehouse: Warehouse, *texts: str, number: int = 1, language: str | None = "en", title: str = "") -> None:
    """Articles, or with a higher number later versions of the same ones."""
    versions = [
        Version(
            article=article_of(text, url=f"file:///{place}", language=language, title=title or None),
            version_id=text,
            version_no=number,
        )
        for place, text in enumerate(texts)
    ]
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions(versions)


def found(home: Home, words: str) -> list[tuple[str, str]]:
    with published(home) as con:
        return con.execute("SELECT version_id, note FROM search(?)", [words]).fetchall()


def texts(home: Home, words: str) -> list[str]:
    return [text for text, _ in found(home, words)]


def test_the_best_comes_first_and_all_words_are_wanted(warehouse: Warehouse, home: Home) -> None:
    store(
        warehouse,
        "The crane fell. " * 3,
        "The crane fell into the wide and very old harbour of a town.",
        "The town sleeps.",
    )
    publish(warehouse, NOW)
    assert texts(home, "crane") == [
        "The crane fell. " * 3,
        "The crane fell into the wide and very old harbour of a town.",
    ]
    assert texts(home, "town CRANE") == ["The crane fell into the wide and very old harbour of a town."]
    assert texts(home, "crane sleeps") == []


def test_stems_accents_and_numbers(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "Strikes closed 3,500 cafés.", "A strike was called.")
    publish(warehouse, NOW)
    assert texts(home, "strike cafes 500") == ["Strikes closed 3,500 cafés."]
    assert sorted(texts(home, "strikes")) == ["A strike was called.", "Strikes closed 3,500 cafés."]


def test_each_language_has_its_own_stemmer(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "Die Häuser stehen leer, ein Haus brennt.", language="de")
    publish(warehouse, NOW)
    assert len(texts(home, "Häuser")) == 1
    assert len(texts(home, "haus")) == 1


def test_a_headline_weighs_more(warehouse: Warehouse, home: Home) -> None:
    with warehouse.transaction("load", NOW) as transaction:
        plain = article_of("The harbour was closed on Monday.", url="file:///a", title="A day")
        headed = article_of("It was closed on Monday, at noon.", url="file:///b", title="Harbour")
        transaction.add_versions(
            [Version(article=article, version_id=article.document_url, version_no=1) for article in (plain, headed)]
        )
    publish(warehouse, NOW)
    assert texts(home, "harbour") == ["file:///b", "file:///a"]


def test_scripts_without_spaces_are_scanned_and_say_so(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "港のクレーンが倒れた。", language="ja")
    publish(warehouse, NOW)
    assert found(home, "クレーン") == [("港のクレーンが倒れた。", "scan: not in the index")]


def test_a_superseded_text_is_not_found_and_its_successor_is(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "The crane fell.", "The bridge fell.")
    publish(warehouse, NOW)
    store(warehouse, "The tower fell.", number=2)
    publish(warehouse, NOW)
    assert texts(home, "crane") == []
    assert sorted(texts(home, "fell")) == ["The bridge fell.", "The tower fell."]


def test_only_new_texts_are_read_again(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, *(f"Crane {number} fell." for number in range(9)))
    assert publish(warehouse, NOW).indexed == 9
    assert publish(warehouse, NOW).indexed == 0
    store(warehouse, *(f"Crane {number} fell." for number in range(10)))
    assert publish(warehouse, NOW).indexed == 1
    assert len(texts(home, "crane")) == 10


def test_an_index_with_many_superseded_texts_is_made_anew(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "One fell.", "Two fell.", "Three fell.")
    publish(warehouse, NOW)
    store(warehouse, "Four fell.", number=2)
    assert publish(warehouse, NOW).indexed == 3
    with published(home) as con:
        assert con.execute("SELECT count(*) FROM search_docs").fetchone() == (3,)


def test_without_the_extension_words_are_found_as_they_stand_and_it_is_said(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(warehouse, "Strikes closed cafes.")
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "EXTENSION", "no_such_package")
        publish(warehouse, NOW)
        assert found(home, "strikes") == [("Strikes closed cafes.", "bm25 of words as they stand: no stemmer")]
    store(warehouse, "Strikes closed cafes.", "A strike.")
    assert publish(warehouse, NOW).indexed == 2
    assert len(texts(home, "strikes")) == 2


def test_a_file_of_before_there_was_an_index_is_no_obstacle(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "The crane fell.")
    older = publish(warehouse, NOW).file
    older.chmod(0o644)
    with contextlib.closing(duckdb.connect(str(older))) as con:
        con.execute("DROP TABLE search_docs")
    assert publish(warehouse, NOW).indexed == 1
    assert texts(home, "crane") == ["The crane fell."]


def test_the_writers_own_file_is_scanned(warehouse: Warehouse) -> None:
    store(warehouse, "The crane fell.")
    with warehouse.window() as con:
        row = con.execute("SELECT version_id, note FROM search('crane')").fetchone()
    assert row == ("The crane fell.", "scan: not in the index")


@pytest.mark.parametrize(
    "words", ["", "  ", "%", "_", "'; DROP TABLE articles; --", '"crane', "crane\\", "\0", "🚁", "a" * 1_000_000]
)
def test_any_words_are_only_words(warehouse: Warehouse, home: Home, words: str) -> None:
    store(warehouse, "The harbour was closed.")
    publish(warehouse, NOW)
    assert texts(home, words) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.text(alphabet="abcé ÀßЖ1.,’-", min_size=1, max_size=30), min_size=1, max_size=4, unique=True))
def test_every_word_of_a_text_finds_it(tmp_path_factory: pytest.TempPathFactory, contents: list[str]) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    warehouse = Warehouse(home)
    store(warehouse, *contents)
    publish(warehouse, NOW)
    with duckdb.connect() as con:
        words = "SELECT unnest(regexp_extract_all(?, '[\\p{L}\\p{N}]+'))"
        for text in contents:
            for (word,) in con.execute(words, [text]).fetchall():
                assert text in texts(home, word)


@pytest.mark.slow
def test_duckdbs_own_command_line_searches_without_any_extension(warehouse: Warehouse, home: Home) -> None:
    program = Path(sys.executable).with_name("duckdb")
    if not program.exists():
        pytest.skip("DuckDB's command line is not installed")
    store(warehouse, "Strikes closed cafes.")
    publish(warehouse, NOW)
    query = "SELECT version_id, note FROM search('strike cafe')"
    done = subprocess.run(
        [program, "-readonly", "-csv", "-noheader", home.published, "-c", query],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Strikes closed cafes.,bm25\n"
