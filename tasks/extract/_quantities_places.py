"""Where a quantity can begin in a text.

The patterns of quantities begin with many things that are optional, so that Python tries each at every place. All that they match begins
with a number, a sign or a code, with or without «about» or «between» before it: those places are found first, once for all patterns.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from tasks.extract._needles import Sieve
from tasks.extract._numbers import ONES, SCALES, TENS
from tasks.extract._quantities_patterns import ABOUT, CODE, SIGN, VAGUE

# Where a number or a sign stands, and where the words before it begin that may belong to it.
Place = tuple[int, int]

_NUMBER_WORDS: Final = "|".join(sorted({*ONES, *TENS}, key=len, reverse=True))
_SCALES: Final = "|".join(SCALES)
# No pattern begins inside a word.
PLACES: Final = re.compile(
    rf"(?<!\w)(?:(?=[\d½¼¾⅓⅔⅛]|[-−–]\d|(?i:minus |an? (?:half|quarter|{_SCALES})|half|quarter|{_NUMBER_WORDS}))(?P<number>)"
    rf"|(?={SIGN}|{CODE})(?P<sign>))"
)
AGE_PLACES: Final = re.compile(r"\b(?=[Aa](?:ged?|t the age of) |[Aa]ge of |(?:man|woman|boy|girl|child) of )")
BEFORE_PLACES: Final = re.compile(rf"(?:[Bb]etween |(?i:{ABOUT}))\Z")
# What the last word of them ends with.
BEFORE_ENDS: Final = frozenset({"an ", "as ", "ed ", "en ", "er ", "ly ", "nd ", "st ", "to ", "ut "})
# The longest of them, «slightly greater than », has 22 characters.
MOST_BEFORE: Final = 40
VAGUE_SIEVE: Final = Sieve([VAGUE])


class Places:
    """The places of one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end

    def anywhere(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """What `pattern.search` finds from a position of the paragraph to its end."""
        return pattern.search(self._text, position, self._end)

    def if_vague(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """The same for the pattern of vague numbers."""
        return self.anywhere(pattern, position) if self._is_vague else None

    def at_ages(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """The same for the pattern of ages."""
        return self._search(self._ages, pattern, position)

    def at_numbers(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """The same for a pattern that begins with a number."""
        return self._search(self._numbers, pattern, position)

    def at_signs(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """The same for a pattern that begins with the sign or code of a currency."""
        return self._search(self._signs, pattern, position)

    def _search(self, places: Sequence[Place], pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        for number in range(bisect_left(places, (position,)), len(places)):
            place, begin = places[number]
            begin = begin if begin >= position else self._read_back(position, place)
            if match := pattern.match(self._text, begin, self._end):
                return match
        return None

    @cached_property
    def _found(self) -> Sequence[re.Match[str]]:
        return list(PLACES.finditer(self._text, self._start, self._end))

    @cached_property
    def _numbers(self) -> Sequence[Place]:
        return [self._place(match.start()) for match in self._found if match.lastgroup == "number"]

    @cached_property
    def _signs(self) -> Sequence[Place]:
        return [self._place(match.start()) for match in self._found if match.lastgroup == "sign"]

    @cached_property
    def _ages(self) -> Sequence[Place]:
        words = [match.start() for match in AGE_PLACES.finditer(self._text, self._start, self._end)]
        return sorted([*self._numbers, *((word, word) for word in words)]) if words else self._numbers

    @cached_property
    def _is_vague(self) -> bool:
        return bool(VAGUE_SIEVE.may_match(self._text[self._start : self._end]))

    def _place(self, place: int) -> Place:
        return place, self._read_back(max(self._start, place - MOST_BEFORE), place)

    def _read_back(self, first: int, place: int) -> int:
        """The place, or where the words begin that may stand before it."""
        if self._text[place - 3 : place].casefold() not in BEFORE_ENDS:
            return place
        before = BEFORE_PLACES.search(self._text, first, place)
        return before.start() if before else place
