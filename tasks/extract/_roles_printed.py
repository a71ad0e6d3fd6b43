"""Where a text prints a role next to a person's name.

Read from the parse's tokens: before the name («Kremlin spokesman Dmitry Peskov»), behind it («Anna Lind, the mayor of
Rotterdam,»), around it («the mayor of Rotterdam, Anna Lind,») and by a copula («Lind is the mayor of Rotterdam»).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tasks.language.reading import Name, Reading, Span
from tasks.language.role_nouns import ROLE_MODIFIERS, ROLE_NOUNS

ORGANISATION_TYPES: Final = frozenset({"FAC", "GPE", "LOC", "ORG"})
NOMINAL_POS: Final = frozenset({"ADJ", "NOUN", "PROPN"})
OF_WORDS: Final = frozenset({"at", "for", "from", "in", "of", "on", "to", "with"})
MAX_ROLE_TOKENS: Final = 9
MAX_FIELD_TOKENS: Final = 5
# Suffixes of nouns for people by what they do; the exceptions are frequent nouns that end so and mean no person.
TRADE: Final = re.compile(
    r"(?!(?:corner|centre|center|chapter|counter|danger|dinner|factor|matter|number|offer|order|paper|power|quarter|rather"
    r"|summer|winter|water|weather|letter|computer|brother|daughter|father|mother|sister|other|another|member|newspaper|tower|river|border|error|floor|harbor|mayor|motor"
    r"|sector|server|shoulder|silver|supper|theater|tractor|transfer|trailer|elevator|generator|reactor|container|list)$)"
    r"[a-z]{2,}(?:er|or|ist|ian|eer|man|woman|smith|wright)"
)
COPULAS: Final = frozenset({"appoint", "be", "become", "elect", "name", "remain"})


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role as printed: the person's name, the role's words, the organisation's name if one is printed with it."""

    person: Name
    role: Span
    organisation: Name | None = None


class RoleFinder:
    """Finds printed roles in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tokens = reading.tokens
        self._first_token = {token.start_char: token.index for token in reading.tokens}
        self._last_token = {token.end_char: token.index for token in reading.tokens}
        self._name_at: dict[int, Name] = {}
        for name in reading.names:
            first, last = self._first_token.get(name.start_char), self._last_token.get(name.end_char)
            if first is not None and last is not None:
                self._name_at.update(dict.fromkeys(range(first, last + 1), name))

    def roles(self) -> Iterator[PrintedRole]:
        """All printed roles, in the order of the names."""
        for name in self._reading.names:
            first, last = self._first_token.get(name.start_char), self._last_token.get(name.end_char)
            if name.entity_type != "PERSON" or first is None or last is None:
                continue
            yield from self._before(name, first)
            yield from self._behind(name, last)
            yield from self._copula(name, last)

    def _before(self, person: Name, first: int) -> Iterator[PrintedRole]:
        """«Kremlin spokesman X», and «the mayor of Rotterdam, X,»."""
        index = first - 1
        while index >= 0 and self._same_sentence(index, first) and self._is_nominal(index):
            index -= 1
        if role := self._noun_phrase(index + 1, first):
            yield PrintedRole(person, role, self._organisation(index + 1, role))
        elif index > 0 and self._tokens[index].text == "," and self._same_sentence(index, first):
            yield from self._inverted(person, index)

    def _inverted(self, person: Name, comma: int) -> Iterator[PrintedRole]:
        start = comma - 1
        while start >= 0 and comma - start <= MAX_ROLE_TOKENS and self._same_sentence(start, comma):
            if self._tokens[start].text in {",", ".", ";", ":"} or self._tokens[start].pos in {"VERB", "AUX"}:
                return
            # «a spokesman for the association,»: the description begins further left.
            inner = start > 1 and self._tokens[start - 1].lemma in OF_WORDS and self._is_role_noun(start - 2)
            if self._tokens[start].tag in {"DT", "POS", "PRP$"} and not inner:
                for printed in self._described(person, start + 1, comma):
                    yield replace(printed, organisation=printed.organisation or self._owner(start))
                return
            start -= 1

    def _owner(self, index: int) -> Name | None:
        """«Ireland’s finance minister»: the country or organisation before a possessive mark."""
        name = self._name_at.get(index - 1) if self._tokens[index].tag == "POS" else None
        return name if name is not None and name.entity_type in ORGANISATION_TYPES else None

    def _behind(self, person: Name, last: int) -> Iterator[PrintedRole]:
        """«X, the mayor of Rotterdam,», «X, 54, a nurse,», «X, who is a nurse,»."""
        index = last + 1
        if self._text(index) not in {",", "(", "–", "—"}:
            return
        index += 1
        if self._tokens_at(index) and self._tokens[index].text.isdigit() and self._text(index + 1) == ",":
            index += 2
        if self._text(index).lower() == "who" and self._lemma(index + 1) in COPULAS:
            index += 2
        if self._tokens_at(index) and self._tokens[index].tag in {"DT", "PRP$"}:
            index += 1
        end = index
        while end - index < 2 * MAX_ROLE_TOKENS and self._tokens_at(end) and self._same_sentence(end, last):
            if self._text(end) in {",", ".", ";", ")", ":", "–", "—"} or self._tokens[end].quotation is not None:
                break
            end += 1
        yield from self._described(person, index, end)

    def _copula(self, person: Name, last: int) -> Iterator[PrintedRole]:
        """«X is the mayor of Rotterdam», «X was appointed director of …»."""
        head = self._tokens[self._tokens[last].head]
        if self._tokens[last].dep not in {"nsubj", "nsubjpass"} or head.lemma not in COPULAS:
            return
        start = head.index + 1
        while self._tokens_at(start) and (self._tokens[start].tag == "DT" or self._tokens[start].pos == "ADV"):
            start += 1
        attributes = [t for t in self._tokens[start : start + MAX_ROLE_TOKENS] if t.head == head.index]
        if any(t.dep in {"attr", "oprd"} and t.lemma in ROLE_NOUNS for t in attributes):
            yield from self._described(person, start, self._clause_end(start, last))

    def _described(self, person: Name, start: int, end: int) -> Iterator[PrintedRole]:
        """A role at the start of tokens start..end: its noun phrase up to a preposition, then the organisation."""
        stop = start
        while stop < end and (self._is_nominal(stop) or self._text(stop) in {"-", "and", "’s", "'s"}):
            stop += 1
        # A verb soon after: this is the next clause, not a description.
        role = self._noun_phrase(start, stop)
        if role is None or self._holds_person(start, stop):
            return
        organisation = self._organisation(start, role)
        if self._text(stop).lower() in OF_WORDS:
            organisation = organisation or self._first_organisation(stop + 1, end)
            role = self._with_field(role, stop, end)
        yield PrintedRole(person, role, organisation)

    def _with_field(self, role: Span, preposition: int, end: int) -> Span:
        """«professor of logistics», «minister of culture»: a field in lower case belongs to the role, a name does not."""
        last = preposition
        for index in range(preposition + 1, min(end, preposition + MAX_FIELD_TOKENS)):
            token = self._tokens[index]
            if index in self._name_at or token.pos not in {"ADJ", "NOUN"} or not token.text.islower():
                break
            last = index
        follows_name = last + 1 in self._name_at
        if last == preposition or follows_name or self._tokens[preposition].lemma not in {"for", "of"}:
            return role
        return Span(role.start_char, self._tokens[last].end_char)

    def _noun_phrase(self, start: int, end: int) -> Span | None:
        """The role's words at the end of tokens start..end: behind the last name that is no part of the role."""
        while end > start and not self._is_role_noun(end - 1):
            end -= 1
        if end <= start:
            return None
        first = end - 1
        while first > start and self._belongs_to_role(first - 1):
            first -= 1
        return Span(self._tokens[first].start_char, self._tokens[end - 1].end_char)

    def _belongs_to_role(self, index: int) -> bool:
        name = self._name_at.get(index)
        if name is not None and name.entity_type != "NORP" and self._lemma(index) not in ROLE_NOUNS | ROLE_MODIFIERS:
            return False
        return self._tokens[index].pos in NOMINAL_POS or self._text(index) in {"-", "and"}

    def _is_role_noun(self, index: int) -> bool:
        """A noun of the list, alone or as the last part («co-founder»), or one made from a trade («a packer»)."""
        lemma = self._lemma(index)
        if lemma.rsplit("-", 1)[-1] in ROLE_NOUNS:
            return True
        return self._tokens[index].pos == "NOUN" and bool(TRADE.fullmatch(lemma)) and index not in self._name_at

    def _organisation(self, start: int, role: Span) -> Name | None:
        """The organisation or country named right before a role, from token `start` on."""
        found = None
        for index in range(start, self._first_token[role.start_char]):
            name = self._name_at.get(index)
            if name is not None and name.entity_type in ORGANISATION_TYPES:
                found = name
        return found

    def _first_organisation(self, start: int, end: int) -> Name | None:
        names = (self._name_at.get(index) for index in range(start, end))
        return next((name for name in names if name is not None and name.entity_type in ORGANISATION_TYPES), None)

    def _is_nominal(self, index: int) -> bool:
        """True for words that a title before a name is made of: no other person, no possessive of one."""
        token = self._tokens[index]
        name = self._name_at.get(index)
        if token.quotation is not None or (name is not None and name.entity_type == "PERSON"):
            return False
        return token.pos in NOMINAL_POS or token.lemma in ROLE_MODIFIERS or token.tag in {"HYPH", "POS"}

    def _holds_person(self, start: int, end: int) -> bool:
        names = (self._name_at.get(index) for index in range(start, end))
        return any(name is not None and name.entity_type == "PERSON" for name in names)

    def _clause_end(self, start: int, anchor: int) -> int:
        end = start
        while self._tokens_at(end) and self._same_sentence(end, anchor) and self._text(end) not in {",", ".", ";"}:
            end += 1
        return end

    def _same_sentence(self, index: int, other: int) -> bool:
        return self._tokens[index].sentence_no == self._tokens[other].sentence_no

    def _tokens_at(self, index: int) -> bool:
        return 0 <= index < len(self._tokens)

    def _text(self, index: int) -> str:
        return self._tokens[index].text if self._tokens_at(index) else ""

    def _lemma(self, index: int) -> str:
        return self._tokens[index].lemma if self._tokens_at(index) else ""


def printed_roles(reading: Reading) -> Sequence[PrintedRole]:
    """All roles printed next to names of persons, without repeats."""
    return tuple(dict.fromkeys(RoleFinder(reading).roles()))
