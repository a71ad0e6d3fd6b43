"""The grammatical frame around quotations: clauses, subjects, noun phrases."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.extract._cues import SPEAKING_NOUNS
from tasks.language.reading import Name, Reading, Span, Token
from tasks.language.role_nouns import ROLE_NOUNS

SUBJECTS: Final = frozenset({"csubj", "expl", "nsubj", "nsubjpass"})
LEFT_MODIFIERS: Final = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss", "quantmod", "predet", "case"})
MAX_CLIMB: Final = 8
# A stop behind a word in lower case, or the end of a line.
SENTENCE_STOP: Final = re.compile(r"(?<=[^\W\d_A-Z]{3})[.!?]\s|\n")
SPEAKING_TYPES: Final = frozenset({"FAC", "GPE", "LOC", "NORP", "ORG", "PERSON", "WORK"})


class Frame:
    """The parse of one reading, with the look-ups that attribution needs."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self._children: defaultdict[int, list[Token]] = defaultdict(list)
        for token in reading.tokens:
            if token.head != token.index:
                self._children[token.head].append(token)
        self.of_quotation = {t.quotation: t for t in reading.tokens if t.quotation is not None}
        self._name_ends = {name.end_char: name for name in reading.names}
        self._name_starts = {name.start_char: name for name in reading.names}
        self._starts = [token.start_char for token in reading.tokens]
        self._ends = [token.end_char for token in reading.tokens]
        self._token_ends = {token.end_char: token for token in reading.tokens}

    def names_touching(self, start_char: int, end_char: int) -> Sequence[Name]:
        """The names with a character between two positions; they stand in the order of the text and do not overlap."""
        names = self.reading.names
        first = bisect_right(names, start_char, key=lambda name: name.end_char)
        return names[first : bisect_left(names, end_char, key=lambda name: name.start_char)]

    def tokens_in(self, span: Span) -> Sequence[Token]:
        """The tokens that lie in a span."""
        return self.tokens[bisect_left(self._starts, span.start_char) : bisect_right(self._ends, span.end_char)]

    def in_one_sentence(self, span: Span) -> Span:
        """A span up to the end of the sentence it begins in."""
        if stop := SENTENCE_STOP.search(self.reading.text, span.start_char, span.end_char):
            return Span(span.start_char, stop.start())
        inside = self.tokens_in(span)
        own = [token for token in inside if token.sentence_no == inside[0].sentence_no]
        return Span(span.start_char, own[-1].end_char) if len(own) < len(inside) else span

    def children(self, token: Token) -> Sequence[Token]:
        """Dependents of a token, in order."""
        return self._children[token.index]

    def head(self, token: Token) -> Token:
        """The head of a token, itself for a root."""
        return self.tokens[token.head]

    def up(self, token: Token) -> Iterator[Token]:
        """Heads of a token, nearest first."""
        for _ in range(MAX_CLIMB):
            if token.head == token.index:
                return
            token = self.tokens[token.head]
            yield token

    def speaks(self, token: Token) -> bool:
        """True for heads of phrases that mean somebody who can say something."""
        name = self.name_ending_at(token)
        if name is not None:
            return name.entity_type in SPEAKING_TYPES
        return token.pos in {"PRON", "PROPN"} or token.lemma in ROLE_NOUNS or token.lemma in SPEAKING_NOUNS

    def name_starting_at(self, token: Token) -> Name | None:
        """The name whose first word a token is."""
        return self._name_starts.get(token.start_char)

    def last_token(self, name: Name) -> Token | None:
        """The last word of a name; None if it stands inside a quotation."""
        return self._token_ends.get(name.end_char)

    def name_ending_at(self, token: Token) -> Name | None:
        """The name whose last word a token is."""
        return self._name_ends.get(token.end_char)

    def name_ending(self, end_char: int) -> Name | None:
        """The name that ends at a position."""
        return self._name_ends.get(end_char)

    def phrase(self, head: Token) -> Span:
        """The noun phrase of a head as printed: its name if it is one, else its words from the determiner on, with
        «of …» and «for …» behind it."""
        if name := self.name_ending_at(head):
            return Span(name.start_char, name.end_char)
        left = [t for t in self.children(head) if t.dep in LEFT_MODIFIERS and t.index < head.index]
        start = min((self._leftmost(t).start_char for t in left), default=head.start_char)
        end = head.end_char
        for child in self.children(head):
            if (
                child.dep == "prep"
                and child.lemma in {"at", "for", "from", "in", "of", "with"}
                and child.index > head.index
            ):
                end = max(end, self._rightmost(child).end_char)
        return Span(start, end)

    def _leftmost(self, token: Token) -> Token:
        while children := [t for t in self.children(token) if t.index < token.index and t.quotation is None]:
            token = children[0]
        return token

    def _rightmost(self, token: Token) -> Token:
        """Last word of a prepositional phrase, relative clauses and appositions left out."""
        while children := [
            t
            for t in self.children(token)
            if t.index > token.index and t.dep in {"conj", "pobj", "prep", "cc"} and t.quotation is None
        ]:
            token = children[-1]
        return token
