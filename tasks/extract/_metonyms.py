"""Names of places and buildings that stand for who governs there: «Washington warned», «the Kremlin said»."""

import re
from typing import Final

from tasks.language.reading import Name, Reading

# What governments do and ground does not (the commonest verbs of statement and decision in wire copy).
GOVERNMENT_VERBS: Final = frozenset(
    "accuse agree announce argue condemn demand deny expel insist pledge protest refuse reject say threaten urge veto vow "
    "warn".split()
)
# Seats of government whose name is used for it far more often than for the building.
SEATS: Final = frozenset(
    {
        "Capitol Hill",
        "Downing Street",
        "Elysee",
        "Elysée",
        "Foggy Bottom",
        "Kremlin",
        "Pentagon",
        "White House",
        "Whitehall",
    }
    | {
        "Zhongnanhai",
        "Blue House",
        "Aso Villa",
        "Planalto",
        "Casa Rosada",
        "Malacañang",
        "Quai d’Orsay",
        "Bundeskanzleramt",
    }
)
PLACE_BEFORE: Final = re.compile(r"\b(?:at|from|in|inside|near|outside|to|towards?|around|behind|into)\s+(?:the\s+)?$")
CONTEXT_CHARS: Final = 24


def metonyms(reading: Reading) -> frozenset[Name]:
    """The names of an article that stand for a government."""
    sources = {(s.source.start_char, s.source.end_char) for s in reading.statements if s.source}
    subjects = {
        t.end_char
        for t in reading.tokens
        if t.dep == "nsubj" and t.pos == "PROPN" and reading.tokens[t.head].lemma in GOVERNMENT_VERBS
    }
    return frozenset(
        name
        for name in reading.names
        if (name.entity_type == "GPE" and (_is_source(reading, name, sources) or name.end_char in subjects))
        or (reading.words(name) in SEATS and not _is_place(reading, name))
    )


def _is_source(reading: Reading, name: Name, sources: set[tuple[int, int]]) -> bool:
    """True if a source is this name and nothing else."""
    article = reading.text[max(0, name.start_char - 4) : name.start_char].lower() == "the "
    return (name.start_char, name.end_char) in sources or (article and (name.start_char - 4, name.end_char) in sources)


def _is_place(reading: Reading, name: Name) -> bool:
    before = reading.text[max(0, name.start_char - CONTEXT_CHARS) : name.start_char]
    return PLACE_BEFORE.search(before) is not None
