"""Articles and what was found in them survive the way to another machine and back, whatever they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from articles import article_of
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Article, Extraction, Finding, Published
from tasks.columnar import codec_of, read_articles, read_found, write_articles, write_found
from tasks.extract._run import load_extractors
from tasks.pieces import PIECE_ARTICLES, PIECE_CHARACTERS, cut, kinds_of

KINDS = kinds_of(load_extractors())
INTEGERS = st.integers(-(2**63), 2**63 - 1)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES)
for hint, values in ((int, INTEGERS), (datetime, MOMENTS), (float, st.floats(allow_nan=False))):
    st.register_type_strategy(hint, values)

ARTICLES = st.from_type(Article)
FINDINGS = st.one_of([st.builds(Finding, record=st.from_type(kind)) for kind in KINDS.values()])


@given(st.lists(ARTICLES, max_size=3))
def test_articles_come_back_as_they_were(articles: list[Article]) -> None:
    assert read_articles(write_articles(articles)) == tuple(articles)


@given(st.lists(st.lists(FINDINGS, max_size=4), max_size=3), st.lists(st.tuples(st.text(), st.text()), max_size=2))
def test_what_was_found_comes_back_in_order_with_its_article(found: list[list[Finding]], reasons: Any) -> None:
    articles = [article_of(f"Article {number}.") for number in range(len(found))]
    extractions = tuple(
        Extraction(
            article=replace(article, reasons=tuple(reasons)), findings=tuple(findings), failed=len(findings) % 2 > 0
        )
        for article, findings in zip(articles, found, strict=True)
    )
    assert read_found(write_found(extractions, KINDS), articles, KINDS) == extractions


@given(MOMENTS)
def test_a_moment_keeps_the_day_that_was_printed(moment: datetime) -> None:
    published = Published(at=moment, precision="day", tz_known=True, origin="meta", printed="")
    (article,) = read_articles(write_articles([article_of("Rain.", published=published)]))
    assert article.published is not None
    assert article.published.at.date() == moment.date()
    assert article.published.at.utcoffset() == moment.utcoffset()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        write_articles([article_of("Rain.", seen_at=datetime(2026, 11, 1))])


def test_a_type_that_records_do_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="no Arrow type"):
        codec_of(complex)


def test_rows_of_another_number_of_articles_are_refused() -> None:
    stream = write_found([Extraction(article=article_of("Rain."))], KINDS)
    with pytest.raises(ValueError, match="shorter"):
        read_found(stream, [], KINDS)


@given(st.lists(st.integers(1, 60_000), max_size=40))
def test_a_batch_is_cut_in_order_into_pieces_that_are_small(lengths: list[int]) -> None:
    batch = [article_of("x" * length, seen_at=datetime(2026, 1, 1, tzinfo=UTC)) for length in lengths]
    pieces = list(cut(batch))
    assert [article for piece in pieces for article in piece] == batch
    assert all(0 < len(piece) <= PIECE_ARTICLES for piece in pieces)
    long = [piece for piece in pieces if sum(len(article.text) for article in piece) > PIECE_CHARACTERS]
    assert all(len(piece) == 1 for piece in long)
