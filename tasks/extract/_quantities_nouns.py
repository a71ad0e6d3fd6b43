"""What is counted: the noun behind a number, in the singular."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.language.reading import Reading, Token

IRREGULAR: Final = {
    "calories": "calorie",
    "children": "child",
    "cookies": "cookie",
    "crises": "crisis",
    "feet": "foot",
    "geese": "goose",
    "knives": "knife",
    "leaves": "leaf",
    "lives": "life",
    "men": "man",
    "mice": "mouse",
    "movies": "movie",
    "oxen": "ox",
    "people": "person",
    "shelves": "shelf",
    "teeth": "tooth",
    "thieves": "thief",
    "wives": "wife",
    "wolves": "wolf",
    "women": "woman",
}
# Plurals without an ending.
UNMARKED: Final = frozenset({"aircraft", "cattle", "deer", "fish", "police", "sheep", "spacecraft", "staff", "troops"})
NOT_PLURAL: Final = frozenset(
    "across always as besides does has his is its less news perhaps sometimes this thus towards us was whereas yes "
    "afterwards besides politics series species".split()
)
STOP: Final = frozenset(
    "a about after again against all although am an and any are around as at away back be because been before being below "
    "between both but by can could did do does down during each either for from further had has have he her here him his "
    "how i if in into is it its just last later least like many may me might more most must my near no nor not now of off "
    "on once one only or other our out over own per said same she should since so some such than that the their them then "
    "there these they this those through to today too under until up upon very was we were what when where which while who "
    "whom why will with within without would yet you your".split()
)
# «policemen», «sportswomen», but not «specimen».
COMPOUND_MEN: Final = re.compile(r"^(?!(?:ab|acu|speci|regi|o|ra|sta|hy|albu|cycla|se|lu)).*(?:men)$")
# «two more ships», «the other three boats»: these may stand between.
LETTERS: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
MAX_WORDS_BETWEEN: Final = 3
BETWEEN: Final = frozenset({"more", "other", "such", "further", "own"})


def singular(word: str) -> str:
    """Singular of an English plural, by rule; the word itself if it is none."""
    lower = word.lower()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    if COMPOUND_MEN.search(lower):
        return lower[:-3] + "man"
    if lower in UNMARKED or lower in NOT_PLURAL or not lower.endswith("s") or lower.endswith("ss"):
        return lower
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return lower[:-2]
    return lower[:-1]


def is_plural(word: str) -> bool:
    """True for what looks like a plural noun."""
    lower = word.lower()
    if lower in IRREGULAR or lower in UNMARKED or COMPOUND_MEN.search(lower):
        return True
    return (
        len(lower) > 3
        and lower.endswith("s")
        and not lower.endswith(("ss", "us", "is"))
        and lower not in NOT_PLURAL | STOP
    )


class Nouns:
    """Finds the noun a number counts: by the parse where there is one, else by form."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._tokens: Sequence[Token] = reading.tokens
        self._by_end = {token.end_char: token for token in reading.tokens if token.quotation is None}

    def behind(self, number_end: int, limit: int) -> tuple[int, str] | None:
        """End of the noun and its singular, for a number that ends at a position."""
        token = self._by_end.get(number_end)
        if token is not None and token.dep in {"nummod", "compound", "quantmod", "amod", "det"}:
            head = self._tokens[token.head]
            if head.index > token.index and head.pos in {"NOUN", "PROPN"} and head.end_char <= limit:
                between = self._text[number_end : head.start_char]
                if head.index - token.index <= MAX_WORDS_BETWEEN + 1 and not re.search(r"[.;:()]", between):
                    return head.end_char, singular(head.text) if head.tag.endswith("S") else head.lemma.lower()
        return self._by_form(number_end, limit)

    def _by_form(self, start: int, limit: int) -> tuple[int, str] | None:
        position, best = start, None
        for _ in range(MAX_WORDS_BETWEEN + 1):
            if self._text[position : position + 1] not in {" ", "\u00a0"}:
                break
            match = LETTERS.match(self._text, position + 1, limit)
            if match is None or (match[0].lower() in STOP and match[0].lower() not in BETWEEN):
                break
            position = match.end()
            if is_plural(match[0]):
                best = position, singular(match[0])
                if match[0] == "times":
                    break
            elif best:
                break
        return best
