"""Years, decades and centuries by their number."""

import re
from collections.abc import Iterator
from typing import Final

from tasks.extract._times_context import Context, Rule, Time, absolute
from tasks.extract._times_words import EARLY, YEAR

# Behind these four digits are a year, even before a noun («in 2012 voters»); behind the weak ones only if nothing counted
# follows («and 2000 euros»).
YEAR_CUE: Final = re.compile(
    r"\b(?:in|since|by|from|until|till|through|during|before|after|circa|year|the|early|late|mid|fiscal|his|her|their|its)"
    r"[ -]$",
    re.IGNORECASE,
)
WEAK_YEAR_CUE: Final = re.compile(r"\b(?:of|to|between|and|around|than|for|with) $", re.IGNORECASE)
# Digits behind these are numbers, not years.
NUMBER_CUE: Final = re.compile(
    r"(?:[$€£¥#№+\d/.:,-]|\b(?:No\.?|number|order|flight|some|nearly|almost|over|about) )$", re.IGNORECASE
)
COUNTED: Final = re.compile(
    r" [a-z]{3,20}s\b|-[a-z]| (?:people|men|women|children|percent|per cent|thousand|million|billion|km|m|kg)\b"
)


def _year(match: re.Match[str], context: Context) -> Iterator[Time]:
    value, cue = int(match["year"]), context.text[max(0, match.start() - 12) : match.start()]
    certain = bool(match["early"] or YEAR_CUE.search(cue))
    if not certain:
        counted = COUNTED.match(context.text, match.end()) or NUMBER_CUE.search(cue)
        if counted or (value < 1900 and not WEAK_YEAR_CUE.search(cue)):
            return
    yield absolute(match, "DATE", match["year"])


def _year_range(match: re.Match[str], context: Context) -> Iterator[Time]:
    first, last = match["first"], match["last"]
    full = last if len(last) == 4 else first[: 4 - len(last)] + last
    if int(full) > int(first):
        yield Time(*match.span("first"), "DATE", first)
        yield Time(*match.span("last"), "DATE", full)


def _decade(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "DATE", match["year"] + "X")


def _short_decade(match: re.Match[str], context: Context) -> Iterator[Time]:
    tens = match["tens"]
    yield absolute(match, "DATE", ("20" if tens in "01" else "19") + tens + "X")


def _century(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "DATE", f"{int(match['number']) - 1:02d}XX")


YEAR_RULES: Final = (
    Rule(re.compile(rf"(?<![\w$€£/.,’'-])(?P<early>{EARLY})(?P<year>{YEAR})(?![\w/]|-\w)", re.IGNORECASE), _year),
    Rule(
        re.compile(
            r"(?<![\w$€£/.,-])(?P<first>(?:1[89]|20)\d\d)(?:[-–]| to )(?P<last>(?:1[89]|20)\d\d|\d\d)(?![\w-]|[.,]\d)"
        ),
        _year_range,
    ),
    Rule(
        re.compile(rf"\b{EARLY}(?:the )?(?:early |mid[ -]|late )?(?P<year>1[0-9]\d|20\d)0[’']?s\b", re.IGNORECASE),
        _decade,
    ),
    Rule(re.compile(r"\b(?:the )?(?:early |mid[ -]|late )?(?<!\w)[’'‘](?P<tens>\d)0s\b"), _short_decade),
    Rule(re.compile(r"\b(?:the )?(?:early |mid[ -]|late )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century\b"), _century),
)
