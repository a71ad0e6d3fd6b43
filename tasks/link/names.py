"""Names of people and organisations compared: which may mean the same, and how much speaks for it."""

import re
from functools import lru_cache
from typing import Final

from tasks.extract._clusters import GENERATIONS

LEGAL_FORMS: Final = frozenset(
    "ag asa bhd co company corp corporation gmbh group holdings inc incorporated limited llc llp ltd nv oy plc pte pty sa se spa".split()
)
SMALL_WORDS: Final = frozenset("a al an and bin da de der di for in la of on the van von".split())
WORD: Final = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
MAX_ACRONYM: Final = 6
# Names kept taken apart: a batch compares the same ones again and again.
KNOWN_NAMES: Final = 50_000


@lru_cache(KNOWN_NAMES)
def person_words(name: str) -> tuple[str, ...]:
    """A person's name word by word, case-folded, initials kept, generations left out."""
    words = (word.casefold() for word in WORD.findall(name))
    return tuple(word for word in words if word not in GENERATIONS)


@lru_cache(KNOWN_NAMES)
def generation(name: str) -> str | None:
    """Jr, III ... of a name."""
    return next((w.casefold() for w in WORD.findall(name) if w.casefold() in GENERATIONS), None)


def same_person(one: str, other: str) -> bool:
    """True for names that can be one person's in full: first words fit (an initial fits its name), last words are
    equal, and no middle name speaks against it."""
    a, b = person_words(one), person_words(other)
    if min(len(a), len(b)) < 2 or a[-1] != b[-1] or generation(one) != generation(other):
        return False
    middle = [set(words[1:-1]) for words in (a, b)]
    agree = all(any(_fits(x, y) for y in middle[1]) for x in middle[0]) or all(
        any(_fits(x, y) for y in middle[0]) for x in middle[1]
    )
    return _fits(a[0], b[0]) and agree


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


@lru_cache(KNOWN_NAMES)
def organisation_words(name: str) -> tuple[str, ...]:
    """An organisation's name without article and legal form, case-folded."""
    words = [word.casefold() for word in WORD.findall(name)]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return tuple(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def is_acronym(name: str) -> bool:
    """True for «WMA» and «W.M.A.»."""
    bare = name.replace(".", "")
    return 1 < len(bare) <= MAX_ACRONYM and bare.isupper() and bare.isalpha()


def same_organisation(one: str, other: str) -> bool:
    """True for equal names but for article and legal form, and for a name and its initials."""
    if is_acronym(one) != is_acronym(other):
        return initials(one) == initials(other)
    return organisation_words(one) == organisation_words(other)


@lru_cache(KNOWN_NAMES)
def initials(name: str) -> str:
    """Initials of an organisation's name; an acronym is its own."""
    if is_acronym(name):
        return name.replace(".", "").casefold()
    return "".join(word[0] for word in organisation_words(name) if word not in SMALL_WORDS)


@lru_cache(KNOWN_NAMES)
def block(entity_type: str, name: str) -> str | None:
    """Key under which names that may mean the same meet; None for names that never do (one word of a person)."""
    if entity_type == "ORG":
        return f"ORG:{initials(name)}" if initials(name) else None
    words = person_words(name)
    return f"PERSON:{words[0][0]}:{words[-1]}" if len(words) > 1 else None
