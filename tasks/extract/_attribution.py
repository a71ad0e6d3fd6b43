"""Who a quotation is attributed to, by rules over the masked parse.

Sieves from the surest to the least sure, after Muzny et al. (2017), «A Two-stage Sieve Approach for Quote Attribution»;
the grammatical ones follow Pareti et al. (2013), «Automatically Detecting and Attributing Indirect Quotations».
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tasks.extract._cues import ACCORDING, CUE_NOUNS, CUE_VERBS, ISSUING_VERBS, WEAK_CUES
from tasks.extract._frame import SUBJECTS, Frame
from tasks.extract._speech_tags import speech_tag
from tasks.language.reading import Quotation, Span, Token

COMMA_ENDINGS: Final = (",”", ",’", ',"', "?”", "!”", '?"', '!"', "”,", '",', "’,")
MAX_FRAME_TOKENS: Final = 40
NOT_SPEAKERS: Final = frozenset({"that", "there", "these", "this", "those", "what", "which"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue and the head of the source, each None if there is none, and how they were found."""

    cue: Span | None
    source: Token | None
    how: str


class Attributor:
    """Attributes the quotations of one frame, each on its own."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def attribute(self, quotation: Quotation, token: Token) -> Attribution | None:
        """The attribution of a quotation in its own sentence; `token` stands for it. None if there is no cue."""
        return (
            self._inner(token)
            or self._tagged(token)
            or self._best(self._above(token))
            or self._below(token)
            or self._beside(quotation, token)
        )

    def last_statement(self, tokens: list[Token]) -> Attribution | None:
        """The last cue with a speaker among these tokens, such as a sentence before a quotation."""
        for token in reversed(tokens):
            if token.lemma in CUE_VERBS and token.pos == "VERB" and token.lemma not in WEAK_CUES:
                found = self._by_verb(token)
                if found and found.source and self._frame.speaks(found.source):
                    return found
        return None

    def _tagged(self, token: Token) -> Attribution | None:
        """«“…,” she said» and «“…,” said X», word by word: surer than any parse."""
        found = speech_tag(self._frame, token)
        return Attribution(found.cue, found.source, found.how) if found else None

    def _inner(self, token: Token) -> Attribution | None:
        """A cue of its own for words inside a clause that a speech tag of the whole sentence follows:
        «asked about Lind’s remark that he would “…,” Vos said»."""
        before = self._frame.tokens[token.index - 1 : token.index]
        tag = speech_tag(self._frame, token)
        starts_sentence = not before or before[0].sentence_no != token.sentence_no or before[0].pos == "PUNCT"
        if tag is None or starts_sentence:
            return None
        inside = (found for found in self._above(token) if found.source and found.cue and found.cue != tag.cue)
        found = next(inside, None)
        return found if found and found.cue and found.cue.end_char <= token.start_char else None

    def _best(self, found: Iterator[Attribution]) -> Attribution | None:
        """The nearest cue whose source can speak, else the nearest."""
        first: Attribution | None = None
        for attribution in found:
            if attribution.source and self._frame.speaks(attribution.source):
                return attribution
            first = first or attribution
        return first

    def _above(self, token: Token) -> Iterator[Attribution]:
        """Cues among the heads of the quotation, nearest first; verbs of thinking last."""
        weak: list[Attribution] = []
        for head in self._frame.up(token):
            if found := self._at(head):
                if head.lemma in WEAK_CUES:
                    weak.append(found)
                else:
                    yield found
        yield from weak

    def _at(self, head: Token) -> Attribution | None:
        """The attribution that one word makes, if it is a cue."""
        if head.lemma in CUE_VERBS and head.pos in {"VERB", "AUX"}:
            return self._by_verb(head)
        if head.lemma in CUE_NOUNS and head.pos in {"NOUN", "PROPN"}:
            return self._by_noun(head)
        return self._by_according(head) if head.lemma in ACCORDING else None

    def _below(self, token: Token) -> Attribution | None:
        """A cue that the parser hung under the quotation."""
        for child in self._frame.children(token):
            if child.lemma in CUE_VERBS and child.pos == "VERB" and (found := self._by_verb(child, own=True)):
                return found
            if child.lemma in ACCORDING and (found := self._by_according(child)):
                return found
        return None

    def _beside(self, quotation: Quotation, token: Token) -> Attribution | None:
        """Without help of the parse: the clause behind a quotation that ends with a comma, or the cue right before."""
        words = self._frame.reading.words(quotation)
        comma = words.endswith(COMMA_ENDINGS) or self._text(token.index + 1) == ","
        return (self._clause_behind(token) if comma else None) or self._cue_before(token)

    def _clause_behind(self, token: Token) -> Attribution | None:
        for other in self._window(token, +1):
            if other.quotation is not None:
                return None
            if other.lemma in ACCORDING:
                return self._by_according(other)
            if other.lemma in CUE_VERBS and other.pos == "VERB" and (found := self._by_verb(other, own=True)):
                return found
        return None

    def _cue_before(self, token: Token) -> Attribution | None:
        """«X said: “…”», where the parser made two sentences of it or lost the thread."""
        for other in self._window(token, -1):
            if other.quotation is not None:
                return None
            if other.lemma in CUE_VERBS and other.pos == "VERB":
                return self._by_verb(other)
            if other.lemma in CUE_NOUNS and other.pos == "NOUN" and (found := self._by_noun(other)):
                return found
        return None

    def _window(self, token: Token, step: int) -> list[Token]:
        """Tokens of the same sentence behind (+1) or before (-1) a token, nearest first."""
        tokens = self._frame.tokens
        found: list[Token] = []
        index = token.index + step
        while 0 <= index < len(tokens) and len(found) < MAX_FRAME_TOKENS:
            if tokens[index].sentence_no != token.sentence_no:
                break
            found.append(tokens[index])
            index += step
        return found

    def _by_verb(self, verb: Token, *, own: bool = False) -> Attribution | None:
        """The subject of a cue verb; with `own`, only a subject of its own counts."""
        if own and not any(child.dep in SUBJECTS for child in self._frame.children(verb)):
            return None
        cue = Span(verb.start_char, verb.end_char)
        found = self._frame.subject(verb)
        if found is None:
            return Attribution(cue, None, "the cue has no subject")
        source, how = found
        if source.lemma in CUE_NOUNS and source.pos == "NOUN" and (owner := self._owner(source)):
            return Attribution(cue, owner, "owner of the statement")
        return None if source.lemma in NOT_SPEAKERS else Attribution(cue, source, how)

    def _by_noun(self, noun: Token) -> Attribution | None:
        owner = self._owner(noun)
        return Attribution(Span(noun.start_char, noun.end_char), owner, f"owner of the {noun.lemma}") if owner else None

    def _owner(self, noun: Token) -> Token | None:
        """«Harris’s remark», «the words of Harris», «a statement by Harris», «Harris issued a statement»."""
        for child in self._frame.children(noun):
            if child.dep == "poss":
                return child
            if child.dep == "prep" and child.lemma in {"by", "from", "of"}:
                return next((t for t in self._frame.children(child) if t.dep == "pobj"), None)
        verb = self._frame.head(noun)
        if noun.dep == "dobj" and verb.lemma in ISSUING_VERBS and (subject := self._frame.subject(verb)):
            return subject[0]
        return None

    def _by_according(self, token: Token) -> Attribution | None:
        """«according to X»."""
        tokens = self._frame.tokens
        to = token.index + 1
        if to >= len(tokens) or tokens[to].lemma != "to":
            return None
        under = [t for t in tokens[to + 1 : to + MAX_FRAME_TOKENS] if t.head == to and t.dep == "pobj"]
        return Attribution(Span(token.start_char, tokens[to].end_char), under[0], "according to") if under else None

    def _text(self, index: int) -> str:
        return self._frame.tokens[index].text if index < len(self._frame.tokens) else ""
