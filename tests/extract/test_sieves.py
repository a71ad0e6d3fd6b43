"""What is looked for first, so that patterns need not try every place, leaves nothing out that they would find."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract._needles import Sieve, needles
from tasks.extract._quantities_places import PLACES, Places
from tasks.extract.times import RULES, SIEVE
from tasks.train.markup import read_article

WORDS = (
    "more than", "slightly greater than", "between", "between 3 and 5", "well over", "300", "1.2bn", "$4m", "US$ 12", "a dozen", "half a million",
    "-5°C", "minus 3 degrees", "€7,50", "two thirds", "per cent", "%", "minutes", "KES 300", "kılo", "İnch", "ſeven", "May", "Monday", "in 2019",
    "last", "year", "twenty", "to", "5pm", "at", "noon", "every", "the", "hangover 12", "no less than", ",", ".", "\n",
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
def test_the_sieve_keeps_every_rule_that_matches(text: str) -> None:
    kept = set(SIEVE.may_match(text))
    assert not {number for number, rule in enumerate(RULES) if rule.pattern.search(text)} - kept


def test_the_sieve_keeps_few_rules() -> None:
    assert len(SIEVE.may_match("The mayor opened a new bridge over the river.")) < 10
    assert Sieve([re.compile("a")]).may_match("b") == []


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
    for pattern in PLACES:
        spans, at = [], position
        while match := places.search(pattern, at):
            spans.append(match.span())
            at = max(match.end(), at + 1)
        wanted, at = [], position
        while match := pattern.search(text, at):
            wanted.append(match.span())
            at = max(match.end(), at + 1)
        assert spans == wanted, (pattern.pattern[:60], text)
