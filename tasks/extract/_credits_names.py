"""Lists of people and agencies, as credits print them: «Anna Lind in Nairobi, Piet Vos and AFP»."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tasks.extract._credits_agencies import AGENCY_WORDS, agency, known_agency
from tasks.language.gazetteer import is_large_place

SEPARATOR: Final = re.compile(r"\s*[,;|•·/]\s*|\s+(?:and|und|et|y|e|with|&|[-–—])\s+", re.IGNORECASE)
# What follows a name but is no part of it: where, for whom, since when.
TAIL: Final = re.compile(r"\s+(?:in|at|for|from|of|aus|à|en|Published|Updated|Posted|on)\s.*$|[.:]+$", re.DOTALL)
OWNER: Final = re.compile(r"^.{1,40}?(?:s[’']|[’']s)\s+(?=\S+\s+\S)")
STAFF: Final = re.compile(r"\s+(?:staff\s+)?(?:writers?|reporters?|correspondents?|journalists?)\s+")
PARTICLES: Final = frozenset("al bin bint da de del den der di dos du el ibn la le van von zu".split())
# Capitalised words that stand in bylines but name no person.
NOT_IN_NAMES: Final = AGENCY_WORDS | frozenset(
    "analyst bureau chief columnist correspondent critic daily desk editor editorial foundation group guardian "
    "herald institute journal ltd magazine newspaper observer online photographer political post radio reporter sports "
    "staff standard team times tribune tv university writer "
    "january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday morning evening night today yesterday tomorrow "
    "the this that these our your design demand popular default".split()
)
MIN_NAME_WORDS: Final = 2
MAX_NAME_WORDS: Final = 5


class Named(NamedTuple):
    """An agency or a person in a list. Offsets into the text; one of the names is None."""

    start_char: int
    end_char: int
    agency: str | None
    person: str | None


def names_in(text: str, start: int, end: int) -> Iterator[Named | None]:
    """The items of a list in order; None for one that is neither an agency nor a person."""
    staff = STAFF.search(text, start, end)
    if staff and (name := known_agency(text[start : staff.start()])):
        yield Named(start, staff.start(), name, None)
        start = staff.end()
    for item_start, item_end in _items(text, start, end):
        yield _named(text, item_start, item_end)


def is_person(words: str) -> bool:
    """True for two to five words that look like a person's name."""
    parts = words.split()
    if not MIN_NAME_WORDS <= len(parts) <= MAX_NAME_WORDS or len(words) > 60:
        return False
    if not all(_is_name_part(part) for part in parts) or parts[-1] in PARTICLES:
        return False
    return not any(part.casefold().strip(".") in NOT_IN_NAMES for part in parts)


def _is_name_part(part: str) -> bool:
    if part in PARTICLES:
        return True
    letters = all(char.isalpha() or char in ".-’'‘" or 0x300 <= ord(char) < 0x370 for char in part)
    return letters and (part[0].isupper() or part.startswith(("al-", "d’", "d'", "el-")))


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in SEPARATOR.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _named(text: str, start: int, end: int) -> Named | None:
    words = text[start:end]
    if owner := OWNER.match(words):
        start += owner.end()
        words = words[owner.end() :]
    if name := agency(words):
        return Named(start, start + len(words.rstrip(" .")), name, None)
    person = TAIL.sub("", words, count=1).strip()
    if not is_person(person) or is_large_place(person):
        return None
    start += words.index(person)
    return Named(start, start + len(person), None, person)
