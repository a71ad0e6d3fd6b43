"""Times: what kind of time expression it is, and which time it means."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Article, Candidate, Published
from tasks.extract.contract import Found
from tasks.extract.times import Timex, build
from tasks.language.paragraphs import find_paragraphs, split_sentences
from tasks.language.reading import Reading, Token

SEED = Path(__file__).parents[2] / "seeds" / "000_f3864c178bfaef39.txt"
WEDNESDAY = datetime(2026, 10, 14, 11, 5, tzinfo=UTC)


def read(text: str, published: Published | None) -> Reading:
    article = Article(
        candidate=Candidate(url="file:///a.txt"),
        document_url="file:///a.txt",
        text=text,
        raw_sha256="",
        archive_key="",
        cleaner="",
        cleaner_version="",
        seen_at=WEDNESDAY,
        published=published,
        language="en",
    )
    paragraphs = find_paragraphs(article)
    sentences = tuple(s for p in paragraphs for s in split_sentences(text, p))
    return Reading(article=article, paragraphs=paragraphs, sentences=sentences)


def stated(precision: str = "second", at: datetime = WEDNESDAY) -> Published:
    return Published(at=at, precision=precision, tz_known=True, origin="meta", printed="")  # type: ignore[arg-type]


def rows_of(text: str, published: Published | None = None) -> list[Timex]:
    return [row for row in build().extract(read(text, published), Found(())) if isinstance(row, Timex)]


def times_of(text: str, published: Published | None = None) -> list[tuple[str, str, str | None]]:
    rows = rows_of(text, published)
    return [(text[row.start_char : row.end_char], row.timex_type, row.timex_value) for row in rows]


# Published on Wednesday, 14 October 2026.
CASES = [
    ("The minister said on Tuesday that it will end on Thursday.", "Tuesday DATE 2026-10-13; Thursday DATE 2026-10-15"),
    ("The port shut on Wednesday morning.", "Wednesday morning TIME 2026-10-14TMO"),
    (
        "The port shut last Tuesday and opens next Tuesday.",
        "last Tuesday DATE 2026-10-13; next Tuesday DATE 2026-10-20",
    ),
    ("Donors are to meet in Geneva on Nov. 3.", "Nov. 3 DATE 2026-11-03"),
    ("She was born on Friday, June 5, 2015.", "Friday, June 5, 2015 DATE 2015-06-05"),
    ("The fair runs 12-15 October.", "12 DATE 2026-10-12; 15 October DATE 2026-10-15"),
    ("It opened on 15/10/2025.", "15/10/2025 DATE 2025-10-15"),
    ("The port was quiet in August.", "August DATE 2026-08"),
    ("Parliament will vote in March.", "March DATE 2027-03"),
    ("Forecasters expect rain until November.", "November DATE 2026-11"),
    ("It began two weeks ago.", "two weeks ago DATE 2026-W40"),
    ("It fell last month and last year.", "last month DATE 2026-09; last year DATE 2025"),
    ("It will rise next year.", "next year DATE 2027"),
    ("It closed yesterday and reopened overnight.", "yesterday DATE 2026-10-13; overnight TIME 2026-10-14TNI"),
    ("In 2024 and the 1990s it grew.", "2024 DATE 2024; the 1990s DATE 199X"),
    ("It grew from 2019 to 2023.", "2019 DATE 2019; 2023 DATE 2023"),
    ("It grew in early 2025.", "early 2025 DATE 2025"),
    ("It must close by the end of 2027.", "the end of 2027 DATE 2027"),
    ("Output fell in the third quarter.", "the third quarter DATE 2026-Q3"),
    ("The lake shrank in the summer of 2007.", "the summer of 2007 DATE 2007-SU"),
    ("The lake shrank last summer.", "last summer DATE 2026-SU"),
    ("In September output rose 4% from a year earlier.", "September DATE 2026-09; a year earlier DATE 2025-09"),
    ("The shops will shut at Christmas.", "Christmas DATE 2026-12-25"),
    ("It has raged for over two years.", "over two years DURATION P2Y"),
    ("It must end within 24 hours.", "24 hours DURATION PT24H"),
    ("It took a decade, then an hour and a half.", "a decade DURATION P10Y; an hour and a half DURATION PT1H30M"),
    ("Prices rose in the past three months.", "the past three months DURATION P3M"),
    ("Rain fell over the past two years.", "the past two years DURATION P2Y"),
    ("The two-week strike lasted for years.", "two-week DURATION P2W; years DURATION PXY"),
    ("Boats leave every Friday.", "every Friday SET XXXX-WXX-5"),
    ("Boats leave twice a day.", "twice a day SET P1D"),
    ("Boats will leave from the first week of November.", "the first week of November DATE 2026-11"),
    ("It burned at four in the morning on Monday.", "four in the morning on Monday TIME 2026-10-12T04:00"),
    ("It burned at 3.20am on August 9, 2024.", "3.20am on August 9, 2024 TIME 2024-08-09T03:20"),
    ("Boats leave daily.", "daily SET P1D"),
    ("It costs $3 a year.", "a year SET P1Y"),
    ("They meet next Tuesday at 9 a.m.", "next Tuesday at 9 a.m. TIME 2026-10-20T09:00"),
    ("They met at 7.30pm on Monday.", "7.30pm on Monday TIME 2026-10-12T19:30"),
    ("They met on Monday at noon.", "Monday at noon TIME 2026-10-12T12:00"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_time_has_its_type_and_value(text: str, expected: str) -> None:
    assert "; ".join(" ".join(map(str, time)) for time in times_of(text, stated())) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lind, a 34-year-old teacher, is 34 years old.",
        "They may march on Washington.",
        "Order 1,998 cost $2026 and 2000 euros.",
        "It came after the fall of the Soviet Union.",
        "Three-quarters of the crew left, more than a quarter of them ill.",
        "He scored 3-2.",
    ],
)
def test_what_only_looks_like_a_time_gives_none(text: str) -> None:
    assert times_of(text, stated()) == []


@pytest.mark.parametrize("published", [None, stated("month"), stated("year")])
def test_without_a_day_of_publication_relative_times_have_no_value(published: Published | None) -> None:
    rows = rows_of("It rained on Oct. 12, on Monday and last month, for six weeks, as in 2012.", published)
    assert [row.timex_value for row in rows] == [None, None, None, "P6W", "2012"]
    assert {row.reason for row in rows if row.timex_value is None} == {"no publication date"}
    assert all(row.anchor_date is None for row in rows)


def test_the_anchor_stands_beside_values_that_needed_it() -> None:
    last_month, year = rows_of("It rained last month as in 2012.", stated())
    assert (last_month.anchor_date, year.anchor_date) == (date(2026, 10, 14), None)


def test_a_numeric_date_in_either_order_has_no_value() -> None:
    (row,) = rows_of("It opened on 10/11/2025.", stated())
    assert (row.timex_value, row.reason) == (None, "day and month order unknown")


def test_a_clock_time_without_a_day_has_only_the_hour() -> None:
    (row,) = rows_of("The bell rings at 9 a.m.", stated())
    assert (row.timex_value, row.reason) == ("T09:00", "no day named for this clock time")


def test_a_verb_in_the_present_announces() -> None:
    text = "Parliament votes on Thursday."
    votes = Token(0, 11, 16, "votes", "vote", "VERB", "VBZ", "ROOT", 0, 0)
    rows = list(build().extract(replace(read(text, stated()), tokens=(votes,)), Found(())))
    assert [row.timex_value for row in rows if isinstance(row, Timex)] == ["2026-10-15"]


def test_some_sunday_is_no_date() -> None:
    (row,) = rows_of("It happened on a Sunday.", stated())
    assert (row.timex_value, row.reason) == (None, "no particular day")


def test_the_seed_has_two_durations() -> None:
    assert times_of(SEED.read_text()) == [("24 hours", "DURATION", "PT24H"), ("over two years", "DURATION", "P2Y")]


PIECES = st.sampled_from(
    "two |weeks |ago|last |Friday|Oct. |31|, 2026|0000|99/99/99|the |year |earlier|½|9999| a.m.|\n|. |from |to |quarter".split(
        "|"
    )
)
ANCHORS = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
)


@given(st.text() | st.lists(PIECES | st.text(max_size=3)).map("".join), st.none() | ANCHORS)
def test_any_text_gives_valid_offsets(text: str, at: datetime | None) -> None:
    for row in rows_of(text, stated(at=at) if at else None):
        assert 0 <= row.start_char < row.end_char <= len(text)
        assert row.timex_value is not None or row.reason


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "two ", "Oct ", "the ", "a ", "1,111", "last ", "Monday ", "1/", "half a "]
)
def test_hostile_text_costs_linear_time(unit: str) -> None:
    rows_of(unit * (50_000 // len(unit)), stated())
