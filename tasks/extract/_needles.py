"""What a text must hold if a pattern is to match in it.

Python's patterns try every place of a text anew. Looking for plain strings is a hundred times as fast: what is read off a pattern here is
a set of strings of which every match holds at least one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Final

# Stands in a haystack that has a digit of any script.
A_DIGIT: Final = "\0"
DIGIT: Final = re.compile(r"\d")
# Letters outside ASCII that patterns without regard to case take for ASCII letters.
LIKE_ASCII: Final = re.compile("[ſİı\u212a]")
MOST: Final = 40
# Python's own parser of patterns: private, but the same since 3.11.
PARSER: Final = import_module("re._parser")

Needles = frozenset[str]
Item = tuple[Any, Any]


def needles(pattern: re.Pattern[str]) -> tuple[Needles, ...]:
    """Sets of strings in lower case: every match holds at least one string of each."""
    found = dict.fromkeys(_parts(PARSER.parse(pattern.pattern, pattern.flags)))
    return tuple(sorted(found, key=len))


class Sieve:
    """Patterns, and which of them may match in a text."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._wanted = [needles(pattern) for pattern in patterns]
        self._all = sorted({needle for sets in self._wanted for needed in sets for needle in needed})

    def may_match(self, text: str) -> Sequence[int]:
        """Numbers of the patterns that may match, ascending: all that do are among them."""
        if LIKE_ASCII.search(text):
            return range(len(self._wanted))
        haystack = text.lower() + (A_DIGIT if DIGIT.search(text) else "")
        missing = {needle for needle in self._all if needle not in haystack}
        return [number for number, sets in enumerate(self._wanted) if not any(needed <= missing for needed in sets)]


def _best(items: Iterable[Item]) -> Needles | None:
    """Of a sequence: what serves best of what its parts need. Long strings tell more than short ones, few are sooner looked for."""
    return max(_parts(items), key=lambda found: (min(map(len, found)), -len(found)), default=None)


def _parts(items: Iterable[Item]) -> Iterator[Needles]:
    """What the parts of a sequence need; letters in a row are one part."""
    run = ""
    for operation, value in items:
        letter = chr(value).lower() if str(operation) == "LITERAL" else ""
        if letter and (letter.isascii() or not letter.isalpha()):
            run += letter
            continue
        if run:
            yield frozenset({run})
        run = ""
        yield from _of_one(str(operation), value)
    if run:
        yield frozenset({run})


def _of_one(operation: str, value: Any) -> Iterator[Needles]:
    match operation:
        case "SUBPATTERN":
            yield from _parts(value[3])
        case "ATOMIC_GROUP":
            yield from _parts(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0]:
            yield from _parts(value[2])
        case "BRANCH":
            yield from _any_of(_best(branch) for branch in value[1])
        case "IN":
            yield from _any_of(_of_character(str(kind), character) for kind, character in value)


def _of_character(kind: str, value: Any) -> Needles | None:
    if kind == "LITERAL" and (chr(value).isascii() or not chr(value).isalpha()):
        return frozenset({chr(value).lower()})
    if kind == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
        return frozenset({A_DIGIT})
    return None


def _any_of(choices: Iterable[Needles | None]) -> Iterator[Needles]:
    """Of alternatives: all that they need, if each needs something."""
    found: set[str] = set()
    for choice in choices:
        if choice is None or len(found) > MOST:
            return
        found |= choice
    yield frozenset(found)
