"""Stretches of a text, and which of them a stretch touches: found by halving, so that a long text costs in proportion to its length."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Stretches of a text, in any order, some of which may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def overlap(self, span: tuple[int, int]) -> bool:
        """True if one of them has a character of this one."""
        before = bisect_left(self._spans, (span[1],))
        return before > 0 and self._reach[before - 1] > span[0]
