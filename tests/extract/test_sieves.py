"""What is looked for first, so that patterns need not try every place, leaves nothing out that they would find."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract._beginnings import Entries, beginnings
from tasks.extract._needles import Sieve, needles
from tasks.extract._quantities_patterns import AGE, COUNT, FRACTION, MEASURE, MONEY_NAMED, MONEY_SIGN, PERCENT, VAGUE
from tasks.extract._quantities_places import Places
from tasks.extract.times import ENTRIES, RULES
from tasks.train.markup import read_article

WORDS = (
    "more than", "slightly greater than", "between", "between 3 and 5", "well over", "300", "1.2bn", "$4m", "US$ 12", "a dozen", "half a million",
    "-5°C", "minus 3 degrees", "€7,50", "two thirds", "per cent", "%", "minutes", "KES 300", "kılo", "İnch", "ſeven", "May", "Monday", "in 2019",
    "last", "year", "twenty", "to", "5pm", "at", "noon", "every", "the", "hangover 12", "no less than", ",", ".", "\n", "at moſt", "aged", "-year-old",
    "the age of", "man of", "village of", "Germany of", "thousands of", "MILLIONS", "the ’90s", "\N{KELVIN SIGN}enya", "the secoND", "week",
)  # fmt: skip
ARTICLES = Path(__file__).parents[1] / "quality/gold/articles"
texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=25).map(" ".join)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\b(?:Jan|Feb)(?:uary)?\b", [{"jan", "feb"}]),
        (r"(?:the )?weekend", [{"weekend"}]),
        (r"(?P<a>x|\d)y?", [{"x", "\0"}]),
        (r"[^a]|b*", []),
        (r"(?=never)ago", [{"ago"}]),
    ],
)
def test_needles_are_what_every_match_holds(pattern: str, wanted: list[set[str]]) -> None:
    assert [set(found) for found in needles(re.compile(pattern))] == wanted


@given(texts)
def test_the_sieve_keeps_every_pattern_that_matches(text: str) -> None:
    assert Sieve([VAGUE]).may_match(text) or not VAGUE.search(text)


def test_the_sieve_keeps_few_patterns() -> None:
    assert Sieve([re.compile("a")]).may_match("b") == []
    assert not Sieve([VAGUE]).may_match("Kenya opened a new bridge over the river for 4 million euros.")


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\b(?:Mon|Tues)day", {"monday", "tuesda"}),
        (r"\b(?:the )?May\b", {"the ma", "may"}),
        (r"\b\d{1,2}(?:st|nd)?", {"\0", "\0\0", "\0st", "\0nd", "\0\0st", "\0\0nd"}),
        (r"\b20\d\d\b(?! votes)", {"\0\0\0\0"}),
        (r"(?<!\w)a[bc]?.", {"a", "ab", "ac"}),
        (r"\b\w+ ago", {""}),
    ],
)
def test_beginnings_are_what_every_match_begins_with(pattern: str, wanted: set[str]) -> None:
    assert beginnings(re.compile(pattern)) == wanted


@given(texts, st.integers(0, 20))
def test_entries_find_what_each_pattern_finds(text: str, position: int) -> None:
    check_entries(text, min(position, len(text)))


@pytest.mark.slow
def test_entries_find_what_each_pattern_finds_in_the_gold_corpus() -> None:
    for path in sorted(ARTICLES.glob("*.txt"))[::3]:
        check_entries(read_article(path).text, 0)


@pytest.mark.parametrize("pattern", [r"x+\d", r"(?:the )?[^a]", r"\b(?:a|\w)b", r"day|\bweek"])
def test_patterns_that_may_begin_anywhere_are_tried_everywhere(pattern: str) -> None:
    text = "Sunday axxb5, the week of ab and Kab"
    found = [match.span() for _, match in Entries([re.compile(pattern)]).matches(text, 0, len(text))]
    assert found == [match.span() for match in re.finditer(pattern, text)]


def check_entries(text: str, position: int) -> None:
    """All matches of all rules for times."""
    found = ENTRIES.matches(text, position, len(text))
    spans = sorted((number, *match.span()) for number, match in found)
    assert spans == [
        (number, *match.span())
        for number, rule in enumerate(RULES)
        for match in rule.pattern.finditer(text, position, len(text))
    ]


@given(texts, st.integers(0, 20))
def test_places_find_what_a_search_finds(text: str, position: int) -> None:
    check_places(text, min(position, len(text)))


@pytest.mark.slow
def test_places_find_what_a_search_finds_in_the_gold_corpus() -> None:
    for path in sorted(ARTICLES.glob("*.txt"))[::3]:
        check_places(read_article(path).text, 0)


def check_places(text: str, position: int) -> None:
    """All matches of all patterns, one after the other."""
    places = Places(text, 0, len(text))
    numbers = [(pattern, places.at_numbers) for pattern in (COUNT, FRACTION, MEASURE, MONEY_NAMED, PERCENT)]
    for pattern, search in (*numbers, (MONEY_SIGN, places.at_signs), (AGE, places.at_ages), (VAGUE, places.if_vague)):
        spans, at = [], position
        while match := search(pattern, at):
            spans.append(match.span())
            at = max(match.end(), at + 1)
        wanted, at = [], position
        while match := pattern.search(text, at):
            wanted.append(match.span())
            at = max(match.end(), at + 1)
        assert spans == wanted, (pattern.pattern[:60], text)
