"""One batch: all of it, or nothing."""

from datetime import timedelta

import pytest
from articles import NOW, article_of

from storage.errors import HomeError
from storage.records import Candidate, Ending, Source, Version
from storage.warehouse import Warehouse

pytestmark = pytest.mark.backends(daily=True)


def count(warehouse: Warehouse, table: str) -> int:
    with warehouse.window() as con:
        return int((con.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0])


def version(text: str, number: int = 1) -> Version:
    return Version(article=article_of(text), version_id=f"v-{text}", version_no=number)


def test_what_duckdb_refuses_is_a_clear_error_and_nothing_of_the_batch_is_written(warehouse: Warehouse) -> None:
    wrong = Ending(candidate=Candidate(url="file:///a"), status="lost", stage="append")  # type: ignore[arg-type]

    def batch() -> None:
        with warehouse.transaction("load", NOW) as transaction:
            transaction.add_versions([version("one")])
            transaction.add_endings([wrong])

    with pytest.raises(HomeError, match="the batch could not be written"):
        batch()
    assert [count(warehouse, table) for table in ("article_versions", "articles", "ledger")] == [0, 0, 0]


def test_an_exception_inside_leaves_nothing_behind_and_the_next_batch_is_written(warehouse: Warehouse) -> None:
    def batch() -> None:
        with warehouse.transaction("load", NOW) as transaction:
            transaction.add_versions([version("one")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        batch()
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([version("two")])
    assert count(warehouse, "article_versions") == 1


def test_the_same_batch_twice_is_there_once(warehouse: Warehouse) -> None:
    ending = Ending(candidate=Candidate(url="file:///a"), status="stored", stage="append")
    for _ in range(2):
        with warehouse.transaction("load", NOW) as transaction:
            transaction.add_versions([version("one")])
            transaction.add_endings([ending])
    assert [count(warehouse, table) for table in ("article_versions", "articles", "ledger")] == [1, 1, 1]


def test_a_source_is_kept_again_only_when_its_configuration_changes(warehouse: Warehouse) -> None:
    old = Source(source_id="s", name="S", kind="feed", url="https://s.example/feed")
    new = Source(source_id="s", name="S", kind="feed", url="https://s.example/rss")
    for hour, source in enumerate((old, old, new, new, old)):
        with warehouse.transaction("load", NOW + timedelta(hours=hour)) as transaction:
            transaction.add_sources([source])
    assert count(warehouse, "sources") == 3
