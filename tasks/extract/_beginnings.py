"""Where in a text a pattern can match at all: at words that begin like it.

Python's patterns try every character of a text anew. Those of times and quantities begin with a word or a number: read off a pattern are
the beginnings of all that it matches, so that it is tried at the few words that begin so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from tasks.extract._needles import A_DIGIT, DIGIT, LIKE_ASCII, PARSER, Item

# Characters of a beginning: longer ones tell more, and are more.
SIZE: Final = 6
SHORT: Final = 3
MOST: Final = 1000
ZERO_WIDTH: Final = frozenset({"AT", "ASSERT", "ASSERT_NOT"})

# A beginning in lower case, and whether what follows it is known (False: anything).
Head = tuple[str, bool]
EMPTY: Final[frozenset[Head]] = frozenset({("", True)})
ANYTHING: Final[frozenset[Head]] = frozenset({("", False)})


def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Strings of up to SIZE characters in lower case (A_DIGIT for a digit): every match begins with one of them."""
    return frozenset(head for head, _ in _sequence(PARSER.parse(pattern.pattern, pattern.flags)))


class Entries:
    """Patterns by how they begin."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._heads = [beginnings(pattern) for pattern in patterns]
        anchored = [_at_word(PARSER.parse(pattern.pattern, pattern.flags)) for pattern in patterns]
        self._everywhere = {n for n, heads in enumerate(self._heads) if "" in heads or not anchored[n]}
        marks = {head[0] for heads in self._heads for head in heads if head} - {A_DIGIT}
        marks = {mark for mark in marks if not re.fullmatch(r"\w", mark)}
        self._places = re.compile(rf"\w+|[{re.escape(''.join(sorted(marks)))}]" if marks else r"\w+")
        self._short = _table([frozenset(head[:SHORT] for head in heads) for heads in self._heads])
        self._long = _table(self._heads)

    def matches(self, text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """What `finditer` of each pattern finds between two positions, with the pattern's number."""
        for number in self._everywhere:
            yield from ((number, match) for match in self._patterns[number].finditer(text, start, end))
        # From where on each of the others may match: behind its last match, for those tried everywhere nowhere.
        free = [end if number in self._everywhere else start for number in range(len(self._patterns))]
        short, long = self._short, self._long
        for place in self._places.finditer(text, start, end):
            position = place.start()
            for number in long(text[position : position + SIZE]) if short(text[position : position + SHORT]) else ():
                if free[number] <= position and (match := self._patterns[number].match(text, position, end)):
                    free[number] = match.end()
                    yield number, match


def _table(begin: Sequence[frozenset[str]]) -> Callable[[str], tuple[int, ...]]:
    """Looks up which patterns, given how each begins, may match where a text goes on with these words."""
    heads = frozenset[str]().union(*begin)
    parts = {head: {head[:size] for size in range(len(head) + 1)} for head in heads}
    of_head = {head: tuple(n for n, own in enumerate(begin) if not own.isdisjoint(parts[head])) for head in heads}

    @lru_cache(maxsize=20_000)
    def starting(words: str) -> tuple[int, ...]:
        if not words.isascii() and LIKE_ASCII.search(words):
            return tuple(range(len(begin)))
        key = DIGIT.sub(A_DIGIT, words.lower())
        return next((of_head[key[:size]] for size in range(len(key), 0, -1) if key[:size] in of_head), ())

    return starting


def _sequence(items: Iterable[Item]) -> frozenset[Head]:
    """How the parts of a sequence begin, one after the other."""
    found = EMPTY
    for operation, value in items:
        found = _joined(found, _of_one(str(operation), value))
        if not any(known for _, known in found):
            break
    return found


def _joined(heads: Iterable[Head], tails: Iterable[Head]) -> frozenset[Head]:
    """Beginnings with what follows them; those that are long enough are done."""
    joined: set[Head] = set()
    for head, known in heads:
        if known:
            longer = ((head + tail, goes_on) for tail, goes_on in tails)
            joined.update((words[:SIZE], goes_on and len(words) < SIZE) for words, goes_on in longer)
        else:
            joined.add((head, False))
    return _few(joined)


def _few(heads: set[Head]) -> frozenset[Head]:
    """Beginnings, cut shorter where they are too many."""
    size = SIZE
    while len(heads) > MOST:
        size -= 1
        heads = {(head[:size], known and len(head) < size) for head, known in heads}
    return frozenset(heads)


def _of_one(operation: str, value: Any) -> frozenset[Head]:
    if operation in ZERO_WIDTH:
        return EMPTY
    match operation:
        case "LITERAL":
            return frozenset({_of_letter(value)})
        case "SUBPATTERN":
            return _sequence(value[3])
        case "ATOMIC_GROUP":
            return _sequence(value)
        case "BRANCH":
            return frozenset(head for branch in value[1] for head in _sequence(branch))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*value)
        case "IN":
            return frozenset(head for kind, what in value for head in _of_class(str(kind), what))
    return ANYTHING


def _of_letter(code: int) -> Head:
    letter = chr(code).lower()
    if letter.isdecimal():
        return A_DIGIT, True
    return (letter, True) if letter.isascii() or not letter.isalpha() else ("", False)


def _of_class(kind: str, value: Any) -> frozenset[Head]:
    if kind == "LITERAL":
        return frozenset({_of_letter(value)})
    if kind == "RANGE":
        return frozenset(map(_of_letter, range(value[0], value[1] + 1))) if value[1] < 128 else ANYTHING
    return frozenset({(A_DIGIT, True)}) if str(value) == "CATEGORY_DIGIT" else ANYTHING


def _repeated(least: int, most: int, items: Sequence[Item]) -> frozenset[Head]:
    once, found = _sequence(items), EMPTY
    times = EMPTY if not least else frozenset[Head]()
    for number in range(1, min(int(most), SIZE) + 1):
        found = _joined(found, once)
        if number >= least or number == SIZE:
            times |= found
        if not any(known for _, known in found):
            break
    return times | found


def _at_word(items: Iterable[Item]) -> bool:
    """True for a pattern that never matches from inside a word on."""
    for operation, value in items:
        match str(operation):
            case "AT" if str(value) == "AT_BOUNDARY":
                return True
            case "ASSERT_NOT" if value[0] < 0:
                if any("CATEGORY_WORD" in str(one) for one in value[1]):
                    return True
            case "BRANCH":
                return all(_at_word(branch) for branch in value[1])
            case "SUBPATTERN":
                return _at_word(value[3])
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case _:
                return False
    return False
