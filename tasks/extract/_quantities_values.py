"""Quantities as read, their values and ranges."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tasks.extract._numbers import SHORT_SCALES, number

SHORT: Final = re.compile(r"(?P<digits>.*\d) ?(?P<scale>[A-Za-z]+)$", re.DOTALL)
# Gives the first match of a pattern from a position on.
Search = Callable[[re.Pattern[str], int], re.Match[str] | None]
Kind = Literal["money", "percent", "count", "measure"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as read."""

    start_char: int
    end_char: int
    kind: Kind
    low: float | None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    reason: str | None = None


def quantity_matches(pattern: re.Pattern[str], text: str, start: int, search: Search) -> Iterator[re.Match[str]]:
    """Matches from left to right, from `start` on. «From $5 to $3» and «5% and 3%» are no ranges: each number is read by itself."""
    position = start
    while match := search(pattern, position):
        position = max(match.end(), position + 1)
        if "high" in pattern.groupindex and match["high"] and not _is_range(match, text):
            position = match.end("low")
            match = pattern.search(text, match.start(), match.start("high"))
        if match:
            position = max(position, match.end())
            yield match


def _is_range(match: re.Match[str], text: str) -> bool:
    low, values = match.end("low"), values_of(match)
    between = _has(match, "between") or "age" in match[0].lower()
    joined_by = text[low : match.start("high")]
    return values is not None and (bool(between) or not joined_by.strip(" %").startswith("and"))


def values_of(match: re.Match[str], low: str = "low", high: str = "high") -> tuple[float, float | None] | None:
    """Value or range; «$3-5 million» gives its scale to both ends. None if that makes no sense as a number."""
    first, last = scaled(match[low]), scaled(match[high]) if match[high] else None
    if first is None or (match[high] and last is None):
        return None
    if last is None:
        return first, None
    if last <= first or (last >= 1000 and first < 1000):
        plain = re.fullmatch(r"[\d.,]+", match[low])
        scale = _scale(match[high])
        first = first * scale if plain and scale > 1 else first
    return (first, last) if first < last else None


def scaled(words: str) -> float | None:
    """A number with a short scale («1.2bn»), or any other number."""
    words = words.strip()
    short = SHORT.fullmatch(words)
    if short and short["scale"].lower() in SHORT_SCALES:
        value = number(short["digits"])
        return None if value is None else round(value * SHORT_SCALES[short["scale"].lower()], 6)
    value = number(words)
    return None if value is None else round(value, 6)


def _scale(words: str) -> float:
    unscaled = re.match(r"[\d.,]*\d", words)
    value, below = scaled(words), number(unscaled[0]) if unscaled else None
    return value / below if value and below else 1.0


def start_of(match: re.Match[str]) -> int:
    """Where the quantity starts; «between» without its range is left out."""
    alone = _has(match, "between") and not match["high"]
    return match.end("between") if alone else match.start()


def _has(match: re.Match[str], group: str) -> bool:
    return group in match.re.groupindex and bool(match[group])
