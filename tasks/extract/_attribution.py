"""Who a quotation is attributed to, by rules over the masked parse.

Sieves from the surest to the least sure, after Muzny et al. (2017), «A Two-stage Sieve Approach for Quote Attribution»;
the grammatical ones follow Pareti et al. (2013), «Automatically Detecting and Attributing Indirect Quotations».
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tasks.extract._cues import ACCORDING, CUE_NOUNS, ISSUED_NOUNS, ISSUING_VERBS, TAG_CUES, WEAK_CUES, is_cue_verb
from tasks.extract._frame import SUBJECTS, Frame
from tasks.extract._quotes_subjects import FINITE, Subjects
from tasks.extract._speech_tags import speech_tag
from tasks.language.reading import Span, Token

COMMA_ENDINGS: Final = (",”", ",’", ',"', "?”", "!”", '?"', '!"', "”,", '",', "’,")
OPENING_MARKS: Final = '“„«"‘'
MAX_FRAME_TOKENS: Final = 40
SUBORDINATE: Final = frozenset({"acl", "advcl", "pcomp", "relcl"})
WEAK: Final = "subject of a verb of thinking"
# A quotation that begins so goes on from the noun before it: «Lind’s words “are not facts”».
FINITE_STARTS: Final = frozenset(
    "are can cannot could did do does had has have is may might must shall should was were will would".split()
)
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
        self._subjects = Subjects(frame)

    def attribute(self, token: Token) -> Attribution | None:
        """The attribution of a quotation in its own sentence; `token` stands for it. None if there is no cue."""
        first: Attribution | None = None
        for sieve in (self._inner, self._tagged, self._heads, self._below, self._parenthesis, self._beside):
            found = sieve(token)
            if found and found.source:
                return found
            first = first or found
        return first

    def before_colon(self, tokens: list[Token]) -> Attribution | None:
        """«Lind gave them this advice: “…”»: whoever acts in the clause before a colon."""
        if not tokens or tokens[-1].text != ":":
            return None
        for token in reversed(tokens):
            if token.quotation is not None:
                return None
            own = self._subjects.own(token) if token.tag in FINITE else None
            if own and self._frame.speaks(own):
                return Attribution(Span(token.start_char, token.end_char), own, "subject of the clause before the colon")
        return None

    def last_statement(self, tokens: list[Token]) -> Attribution | None:
        """The last cue with a speaker among these tokens, such as a sentence before a quotation."""
        for token in reversed(tokens):
            if is_cue_verb(token) and token.lemma not in WEAK_CUES:
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
        for head in self._frame.up(token):
            found = self._at(head, token)
            if found and found.cue and found.source and found.cue != tag.cue:
                subordinate = head.pos != "VERB" or head.dep in SUBORDINATE
                return found if subordinate and found.cue.end_char <= token.start_char else None
        return None

    def _heads(self, token: Token) -> Attribution | None:
        found = self._best(self._above(token))
        if found and found.how == WEAK:
            return self._parenthesis(token) or found
        return found

    def _parenthesis(self, token: Token) -> Attribution | None:
        """«Most people, Lind said at a rally, believe “…”»."""
        comma = False
        for other in self._window(token, -1):
            if other.quotation is not None:
                return None
            if comma and other.tag in FINITE and is_cue_verb(other) and other.lemma not in WEAK_CUES | TAG_CUES:
                found = self._by_verb(other, own=True)
                return found if found and found.source and self._after_comma(found.source) else None
            comma = comma or other.text == ","
        return None

    def _after_comma(self, source: Token) -> bool:
        start = self._frame.phrase(source).start_char
        before = [t for t in self._window(source, -1) if t.end_char <= start]
        before = [t for t in before if t.pos not in {"PROPN", "ADJ", "DET", "NOUN"}]
        return bool(before) and before[0].text == ","

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
            if found := self._at(head, token):
                if head.lemma in WEAK_CUES:
                    weak.append(replace(found, how=WEAK))
                else:
                    yield found
        yield from weak

    def _at(self, head: Token, token: Token) -> Attribution | None:
        """The attribution that one word makes, if it is a cue."""
        if is_cue_verb(head) and head.lemma not in TAG_CUES:
            return self._by_verb(head)
        if head.lemma in CUE_NOUNS and head.pos in {"NOUN", "PROPN"}:
            return self._by_noun(head, token)
        return self._by_according(head) if head.lemma in ACCORDING else None

    def _below(self, token: Token) -> Attribution | None:
        """A cue that the parser hung under the quotation."""
        for child in self._frame.children(token):
            if is_cue_verb(child) and (found := self._by_verb(child, own=True)):
                return found
            if child.lemma in ACCORDING and (found := self._by_according(child)):
                return found
        return None

    def _beside(self, token: Token) -> Attribution | None:
        """Without help of the parse: the clause behind a quotation that ends with a comma, or the cue right before."""
        words = self._frame.reading.words(token)
        comma = words.endswith(COMMA_ENDINGS) or self._text(token.index + 1) == ","
        return (self._clause_behind(token) if comma else None) or self._cue_before(token)

    def _clause_behind(self, token: Token) -> Attribution | None:
        for other in self._window(token, +1):
            if other.quotation is not None:
                return None
            if other.lemma in ACCORDING:
                return self._by_according(other)
            if is_cue_verb(other) and (found := self._by_verb(other, own=True)):
                return found
        return None

    def _cue_before(self, token: Token) -> Attribution | None:
        """«X said: “…”», where the parser made two sentences of it or lost the thread."""
        before = self._window(token, -1)
        if colon := self.before_colon(before[::-1]):
            return colon
        for other in before:
            if other.quotation is not None:
                return None
            if is_cue_verb(other) and other.lemma not in TAG_CUES and (found := self._by_verb(other)):
                return found
        nouns = before[:2] if before and before[0].text in {"that", ",", ":", "as"} else before[:1]
        return next((self._by_noun(t, token) for t in nouns if t.lemma in CUE_NOUNS and t.pos == "NOUN"), None)

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
        """The subject of a cue verb; with `own`, only a subject of its own counts. None for a verb that is denied."""
        children = self._frame.children(verb)
        if any(child.dep == "neg" for child in children) or (own and not self._subjects.own(verb)):
            return None
        cue = Span(verb.start_char, verb.end_char)
        found = self._subjects.of(verb)
        if found is None:
            return Attribution(cue, None, "the cue has no subject")
        source, how = found
        if source.lemma in CUE_NOUNS and source.pos == "NOUN" and (owner := self._owner(source)):
            return Attribution(cue, owner, "owner of the statement")
        return None if source.lemma in NOT_SPEAKERS else Attribution(cue, source, how)

    def _by_noun(self, noun: Token, quotation: Token) -> Attribution | None:
        """«Lind’s remark that “…”»; not for a noun that is the quotation's own subject or stands behind another word."""
        words = self._frame.reading.words(quotation).strip(OPENING_MARKS).split()
        begins = words[0].lower() if words else ""
        if noun.lemma in ISSUED_NOUNS or (begins in FINITE_STARTS and noun.index == quotation.index - 1):
            return None
        owner = self._owner(noun)
        if owner is None or owner.lemma == "its" or (owner.dep == "poss" and owner.index > quotation.index):
            return None
        return Attribution(Span(noun.start_char, noun.end_char), owner, f"owner of the {noun.lemma}")

    def _owner(self, noun: Token) -> Token | None:
        """«Harris’s remark», «the words of Harris», «a statement by Harris», «Harris issued a statement»."""
        for child in self._frame.children(noun):
            if child.dep == "poss":
                return child
            if child.dep == "prep" and child.lemma in {"by", "from", "of"}:
                return next((t for t in self._frame.children(child) if t.dep == "pobj"), None)
        verb = self._frame.head(noun)
        if noun.dep == "dobj" and verb.lemma in ISSUING_VERBS and (subject := self._subjects.of(verb)):
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
