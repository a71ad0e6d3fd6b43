"""Where a quantity can begin in a text.

The patterns of quantities begin with many things that are optional, so that Python tries each at every place. All that they match begins
with a number, a sign or a code, with or without «about» or «between» before it: those places are found first, once for all patterns.
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.extract._numbers import ONES, SCALES, TENS
from tasks.extract._quantities_patterns import (
    ABOUT,
    CODE,
    COUNT,
    FRACTION,
    MEASURE,
    MONEY_NAMED,
    MONEY_SIGN,
    PERCENT,
    SIGN,
)

_NUMBER_WORDS: Final = "|".join(sorted({*ONES, *TENS}, key=len, reverse=True))
_SCALES: Final = "|".join(SCALES)
# No pattern begins inside a word.
NUMBER_PLACES: Final = re.compile(
    rf"(?<!\w)(?=[\d½¼¾⅓⅔⅛]|[-−–]\d|(?i:minus |an? (?:half|quarter|{_SCALES})|half|quarter|{_NUMBER_WORDS}))"
)
SIGN_PLACES: Final = re.compile(rf"(?<!\w)(?={SIGN}|{CODE})")
BEFORE_PLACES: Final = re.compile(rf"(?:[Bb]etween |(?i:{ABOUT}))\Z")
# The longest of them, «slightly greater than », has 22 characters.
MOST_BEFORE: Final = 40
PLACES: Final = {
    COUNT: NUMBER_PLACES,
    FRACTION: NUMBER_PLACES,
    MEASURE: NUMBER_PLACES,
    MONEY_NAMED: NUMBER_PLACES,
    MONEY_SIGN: SIGN_PLACES,
    PERCENT: NUMBER_PLACES,
}


class Places:
    """The places of one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._known: dict[re.Pattern[str], Sequence[int]] = {}
        self._before: dict[int, int] = {}

    def search(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """What `pattern.search` finds from a position of the paragraph to its end."""
        places = PLACES.get(pattern)
        if places is None:
            return pattern.search(self._text, position, self._end)
        for place in self._of(places):
            if place >= position:
                begin = self._begin(place)
                begin = begin if begin >= position else self._read_back(position, place)
                if match := pattern.match(self._text, begin, self._end):
                    return match
        return None

    def _of(self, places: re.Pattern[str]) -> Sequence[int]:
        if places not in self._known:
            found = places.finditer(self._text, self._start, self._end)
            self._known[places] = [match.start() for match in found]
        return self._known[places]

    def _begin(self, place: int) -> int:
        """The place, or where the words begin that may stand before it."""
        if place not in self._before:
            self._before[place] = self._read_back(max(self._start, place - MOST_BEFORE), place)
        return self._before[place]

    def _read_back(self, first: int, place: int) -> int:
        before = BEFORE_PLACES.search(self._text, first, place)
        return before.start() if before else place
