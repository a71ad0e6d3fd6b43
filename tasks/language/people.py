"""Names of persons that a tagger cut short, passed over or took for something else, completed by grammar."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tasks.language.names import CALENDAR, TITLE
from tasks.language.reading import Name, Token
from tasks.language.role_nouns import ROLE_MODIFIERS, ROLE_NOUNS

# What a tagger takes the name behind «the minister of culture,» for; an organisation may well stand there.
# A tagger this unsure of another kind may have a first name before it.
MAX_UNSURE: Final = 0.75
NEVER_IN_OFFICE: Final = frozenset({"EVENT", "FAC", "GPE", "LOC", "PRODUCT", "WORK"})


def find_people(text: str, names: Iterable[Name], tokens: Sequence[Token]) -> list[Name]:
    """The names, with those of persons completed and added."""
    return extend(text, describe(names, tokens), tokens)


def describe(names: Iterable[Name], tokens: Sequence[Token]) -> list[Name]:
    """Names with those that a role stands in apposition to: «Joost Verhoeven, the chief executive», «the minister of
    culture, Hannatu Bello,»."""
    by_span = {(name.start_char, name.end_char): name for name in names}
    covered = {position for start, end in by_span for position in range(start, end)}
    for token in tokens:
        head = tokens[token.head]
        if token.dep != "appos" or token.quotation is not None or head.quotation is not None:
            continue
        if token.lemma in ROLE_NOUNS and head.pos == "PROPN":
            span = _proper_nouns(tokens, head)
        elif head.lemma in ROLE_NOUNS and token.pos == "PROPN":
            span = _proper_nouns(tokens, token)
            known = by_span.get(span) if span else None
            if known and known.entity_type in NEVER_IN_OFFICE:
                by_span[known.start_char, known.end_char] = replace(known, entity_type="PERSON")
        else:
            continue
        if span and covered.isdisjoint(range(*span)):
            by_span[span] = Name(*span, "PERSON")
    return list(by_span.values())


def _proper_nouns(tokens: Sequence[Token], last: Token) -> tuple[int, int] | None:
    """The run of two or more capitalised proper nouns that ends with a token; None if it is no run."""
    first = last
    while (
        first.index > 0
        and _is_part(tokens[first.index - 1])
        and tokens[first.index - 1].end_char + 1 == first.start_char
    ):
        first = tokens[first.index - 1]
    return (first.start_char, last.end_char) if first is not last and _is_part(last) else None


def _is_part(token: Token) -> bool:
    is_title = TITLE.match(f"{token.text} x") or token.lemma in ROLE_NOUNS | ROLE_MODIFIERS
    return token.pos == "PROPN" and token.quotation is None and token.text[0].isupper() and not is_title


def extend(text: str, names: Iterable[Name], tokens: Sequence[Token]) -> list[Name]:
    """Names of persons completed by the proper nouns before them («Joost» in front of «Verhoeven») and by a name right
    behind them («Maria de Souza» and the place «Lima»), as far as no punctuation stands between."""
    names = sorted(names, key=lambda name: name.start_char)
    token_ends = {token.end_char: token for token in tokens}
    covered = {position for name in names for position in (name.start_char, name.end_char - 1)}
    extended: list[Name] = []
    for name in names:
        previous = extended[-1] if extended else None
        if previous and previous.entity_type == "PERSON" and _goes_on(text, previous, name):
            extended[-1] = replace(previous, end_char=name.end_char)
            continue
        if previous and _begins(text, previous, name):
            extended[-1] = replace(name, start_char=previous.start_char)
            continue
        before = token_ends.get(name.start_char - 1)
        whole = name.entity_type == "PERSON" and before is not None and _is_first_name(before, covered)
        extended.append(replace(name, start_char=before.start_char) if whole and before else name)
    return extended


def _goes_on(text: str, name: Name, following: Name) -> bool:
    return following.start_char == name.end_char + 1 and text[name.end_char] == " " and following.entity_type != "NORP"


def _begins(text: str, name: Name, following: Name) -> bool:
    """True for a single word that the tagger was not sure to be something else, right before a person's surname."""
    single = " " not in text[name.start_char : following.end_char].replace(" ", "", 1)
    unsure = (
        name.confidence is not None and name.confidence < MAX_UNSURE and name.entity_type in NEVER_IN_OFFICE | {"ORG"}
    )
    return following.entity_type == "PERSON" and single and unsure and following.start_char == name.end_char + 1


def _is_first_name(token: Token, covered: set[int]) -> bool:
    known = token.start_char in covered or token.end_char - 1 in covered
    if known or token.quotation is not None or token.pos != "PROPN" or token.text.isupper():
        return False
    is_title = TITLE.match(f"{token.text} x") or token.lemma in ROLE_NOUNS | ROLE_MODIFIERS
    return token.text[0].isupper() and token.text.isalpha() and not is_title and token.text not in CALENDAR
