"""Quantities: how much of what."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Article, Candidate
from tasks.extract.contract import Found
from tasks.extract.quantities import Quantity, build
from tasks.extract.times import build as build_times
from tasks.language.paragraphs import find_paragraphs, split_sentences
from tasks.language.reading import Name, Reading


def read(text: str, *people: str) -> Reading:
    article = Article(
        candidate=Candidate(url="file:///a.txt"),
        document_url="file:///a.txt",
        text=text,
        raw_sha256="",
        archive_key="",
        cleaner="",
        cleaner_version="",
        seen_at=datetime(2026, 10, 15, tzinfo=UTC),
        language="en",
    )
    paragraphs = find_paragraphs(article)
    sentences = tuple(s for p in paragraphs for s in split_sentences(text, p))
    names = tuple(Name(text.index(name), text.index(name) + len(name), "PERSON") for name in people)
    return Reading(article=article, paragraphs=paragraphs, sentences=sentences, names=names)


def rows_of(text: str, *people: str) -> list[Quantity]:
    reading = read(text, *people)
    times = list(build_times().extract(reading, Found(())))
    return [row for row in build().extract(reading, Found(times)) if isinstance(row, Quantity)]


def printed(row: Quantity, text: str) -> str:
    """Words | value | currency or unit."""
    value = "-" if row.value is None else f"{row.value:.15g}"
    value += "" if row.value_high is None else f"..{row.value_high:.15g}"
    return f"{text[row.start_char : row.end_char]} | {value} | {row.currency or row.unit or '-'}"


def quantities_of(text: str, *people: str) -> list[str]:
    return [printed(row, text) for row in rows_of(text, *people)]


CASES = [
    ("It raised $1.2bn.", ["$1.2bn | 1200000000 | USD"]),
    ("It raised €300 million.", ["€300 million | 300000000 | EUR"]),
    ("It raised £4m and US$5 billion.", ["£4m | 4000000 | GBP", "US$5 billion | 5000000000 | USD"]),
    ("It lent R50bn.", ["R50bn | 50000000000 | ZAR"]),
    ("It cost C$2,500.", ["C$2,500 | 2500 | CAD"]),
    ("It cost 2.4 billion Kenyan shillings.", ["2.4 billion Kenyan shillings | 2400000000 | KES"]),
    ("It cost 40 Swiss francs.", ["40 Swiss francs | 40 | CHF"]),
    ("The fine is $3 million to $5 million.", ["$3 million to $5 million | 3000000..5000000 | USD"]),
    ("The fine is between $3 and $5 million.", ["between $3 and $5 million | 3000000..5000000 | USD"]),
    ("It fell from $5 to $3.", ["$5 | 5 | USD", "$3 | 3 | USD"]),
    ("It spent €2bn, or 75 cents each.", ["€2bn | 2000000000 | EUR", "75 cents | 0.75 | EUR"]),
    ("Prices rose 12% and wages 4.5 percent.", ["12% | 12 | %", "4.5 percent | 4.5 | %"]),
    ("About 65 per cent voted.", ["About 65 per cent | 65 | %"]),
    ("It aims for 2% to 2.5%.", ["2% to 2.5% | 2..2.5 | %"]),
    ("It fell 2.5 percentage points.", ["2.5 percentage points | 2.5 | percentage point"]),
    ("Some 1,200 dockers left three ships.", ["1,200 dockers | 1200 | docker", "three ships | 3 | ship"]),
    ("It needs between 60 and 80 flat boats.", ["between 60 and 80 flat boats | 60..80 | boat"]),
    ("It hired 40-60 workers.", ["40-60 workers | 40..60 | worker"]),
    ("Two hundred thousand people fled.", ["Two hundred thousand people | 200000 | person"]),
    ("A dozen boats sank.", ["A dozen boats | 12 | boat"]),
    ("Half a million voters stayed away.", ["Half a million voters | 500000 | voter"]),
    ("It sent 1.2 million doses of vaccine.", ["1.2 million doses | 1200000 | dose"]),
    ("More than 300 policemen came.", ["More than 300 policemen | 300 | policeman"]),
    ("It covers 1,500 square kilometres.", ["1,500 square kilometres | 1500 | square kilometre"]),
    ("It flies in 18 tonnes of rice.", ["18 tonnes | 18 | tonne"]),
    ("Winds blew at 74 mph in -5°C.", ["74 mph | 74 | mile per hour", "-5°C | -5 | degree Celsius"]),
    ("It pumps 2 million barrels a day.", ["2 million barrels a day | 2000000 | barrel per day"]),
    ("A 34-year-old man met one aged 91.", ["34-year-old | 34 | year", "aged 91 | 91 | year"]),
    ("More than two fifths stayed away.", ["More than two fifths | 40 | %"]),
    ("Dozens of people died.", ["Dozens of people | - | person"]),
    ("It lost millions of dollars.", ["millions of dollars | - | USD"]),
    ("Homes rose to 41,500 from 33,200.", ["41,500 | 41500 | -", "33,200 | 33200 | -"]),
    ("41,500 homes stand, up from 33,200.", ["41,500 homes | 41500 | home", "33,200 | 33200 | home"]),
    ("The budget needs 88 of 174 seats.", ["88 | 88 | seat", "174 seats | 174 | seat"]),
    ("A man of 60 can’t climb it.", ["man of 60 | 60 | year"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_quantity_has_value_and_unit(text: str, expected: list[str]) -> None:
    assert quantities_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It lasted two weeks, until Oct. 12, 2026, at 9.30 a.m.",
        "They won 3-2 in the 45th minute.",
        "Call +254 700 123 456.",
        "She took Route 66 to Room 101.",
        "The S&P 500 and the Nikkei 225 fell.",
        "He is one of the best.",
        "In the new Galaxy 24 phones are cheap.",
        "The R8 is a car.",
        "It opened in 1998.",
    ],
)
def test_dates_scores_names_and_phone_numbers_are_no_quantities(text: str) -> None:
    assert quantities_of(text) == []


def test_a_number_between_commas_behind_a_person_is_an_age() -> None:
    text = "The roof leaks, said Musa Galadima, 44, a headmaster."
    assert quantities_of(text, "Musa Galadima") == ["44 | 44 | year"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hundreds of homes burned.", "vague number"),
        ("It cost 2,000 francs.", "several currencies share this name"),
        ("It cost 75 cents.", "several currencies share this name"),
        ("It rose to 33,200.", "no unit printed with it"),
    ],
)
def test_what_is_missing_has_a_reason(text: str, reason: str) -> None:
    assert [row.reason for row in rows_of(text)] == [reason]


def test_a_shared_currency_name_is_settled_by_the_one_country_in_the_article() -> None:
    assert quantities_of("Mombasa lies in Kenya. The fare is 50 shillings.") == ["50 shillings | 50 | KES"]


PIECES = st.sampled_from(
    "$|1,200|.5|bn| million| to |-|%| percent|two |hundred |dozens of |½|1/0| people| km|°C| cents| pesos|aged |\n|between | and ".split(
        "|"
    )
)


@given(st.text() | st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_any_text_gives_valid_offsets(text: str) -> None:
    for row in rows_of(text):
        assert 0 <= row.start_char < row.end_char <= len(text)
        assert row.value is not None or row.reason


@pytest.mark.parametrize("unit", ["1", "1 ", "two ", "$", "1,111", "1-", "half a ", "1 a ", "dozens of ", "aged 1 "])
def test_hostile_text_costs_linear_time(unit: str) -> None:
    rows_of(unit * (50_000 // len(unit)))
