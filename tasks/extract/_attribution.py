"""Who a quotation is attributed to, by rules over the masked parse.

Sieves from the surest to the least sure, after Muzny et al. (2017), «A Two-stage Sieve Approach for Quote Attribution»;
the grammatical ones follow Pareti et al. (2013), «Automatically Detecting and Attributing Indirect Quotations».
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tasks.extract._cues import (
    ACCORDING,
    CUE_NOUNS,
    IN_WORDS_OF,
    LINKING_VERBS,
    TAG_CUES,
    WEAK_CUES,
    is_cue_verb,
)
from tasks.extract._frame import Frame
from tasks.extract._quotes_by_cue import Attribution, CueReader
from tasks.extract._quotes_owners import Owners
from tasks.extract._quotes_subjects import FINITE, PERSONAL, Subjects
from tasks.extract._speech_tags import speech_tag
from tasks.language.reading import Span, Token

COMMA_ENDINGS: Final = (",”", ",’", ',"', "?”", "!”", '?"', '!"', "”,", '",', "’,")
CLOSING_MARKS: Final = '”“»"’'
MAX_FRAME_TOKENS: Final = 40
SUBORDINATE: Final = frozenset({"acl", "advcl", "pcomp", "relcl"})
# Who reads something out says somebody else's words.
READING: Final = frozenset({"read"})
WEAK: Final = "subject of a verb of thinking"
# Words between «said» and the quotation in «said was “…”», «said would be a “…”».
MAX_INSERTED: Final = 5


class Attributor:
    """Attributes the quotations of one frame, each on its own."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._subjects = Subjects(frame)
        self._owners = Owners(frame, self._subjects)
        self._cues = CueReader(frame, self._subjects, self._owners)

    def attribute(self, token: Token) -> Attribution | None:
        """The attribution of a quotation in its own sentence; `token` stands for it. None if there is no cue."""
        first: Attribution | None = None
        for sieve in (
            self._inner,
            self._tagged,
            self._inserted,
            self._heads,
            self._below,
            self._parenthesis,
            self._aside,
            self._beside,
        ):
            found = sieve(token)
            if found and found.source:
                return found
            first = first or found
        return first

    def before_colon(self, tokens: list[Token]) -> Attribution | None:
        """«Lind gave them this advice: “…”»: who says or does something in the sentence before a colon."""
        if not tokens or tokens[-1].text != ":" or any(t.quotation is not None for t in tokens):
            return None
        if found := self.last_statement(tokens):
            return found
        for token in (t for t in tokens if t.dep == "ROOT" and t.tag in FINITE | {"VBG", "VBN"}):
            own = self._subjects.own(token)
            acts = token.lemma not in LINKING_VERBS or (own and own.lemma in PERSONAL)
            if own and acts and token.lemma not in READING and self._frame.speaks(own):
                return Attribution(
                    Span(token.start_char, token.end_char), own, "subject of the clause before the colon"
                )
        return None

    def last_statement(self, tokens: list[Token]) -> Attribution | None:
        """The last cue with a speaker among these tokens, such as a sentence before a quotation."""
        for token in reversed(tokens):
            participle = token.tag == "VBN" and not self._subjects.has_auxiliary(token)
            if is_cue_verb(token) and token.lemma not in WEAK_CUES | READING and not participle:
                found = self._cues.by_verb(token)
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
            found = self._cues.at(head, token)
            if found and found.cue and found.source and found.cue != tag.cue:
                subordinate = head.pos != "VERB" or head.dep in SUBORDINATE
                return found if subordinate and found.cue.end_char <= token.start_char else None
        return None

    def _inserted(self, token: Token) -> Attribution | None:
        """«which a report said was “…”»: the cue and its subject stand inside the clause of the words."""
        before = self._window(token, -1)[:MAX_INSERTED]
        for verb, following in pairwise(before[::-1]):
            fits = is_cue_verb(verb) and verb.tag in FINITE and following.pos in {"AUX", "VERB"}
            if fits and following.tag in FINITE | {"MD"} and (found := self._cues.by_verb(verb, own=True)):
                return found
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
                found = self._cues.by_verb(other, own=True)
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
        ended = self._ends_sentence(token)
        for head in self._frame.up(token):
            if head.index > token.index and (ended or head.tag == "VBG"):
                continue
            if found := self._cues.at(head, token):
                if head.lemma in WEAK_CUES:
                    weak.append(replace(found, how=WEAK))
                else:
                    yield found
        yield from weak

    def _ends_sentence(self, token: Token) -> bool:
        """True for words that end with a full stop, and a new sentence behind them that the parser did not see."""
        following = self._text(token.index + 1)
        return self._frame.reading.words(token).rstrip(CLOSING_MARKS).endswith(".") and following[:1].isupper()

    def _tells(self, verb: Token) -> bool:
        """A cue that can stand behind its quotation without being a speech tag."""
        return is_cue_verb(verb) and verb.tag != "VBG" and verb.lemma not in TAG_CUES

    def _below(self, token: Token) -> Attribution | None:
        """A cue that the parser hung under the quotation."""
        for child in self._frame.children(token):
            if self._tells(child) and (found := self._cues.by_verb(child, own=True)):
                return found
            if child.lemma in ACCORDING and (found := self._cues.by_according(child)):
                return found
        return None

    def _aside(self, token: Token) -> Attribution | None:
        """«According to X, it is “…”», «In the words of X, “…”»: a phrase of the same sentence."""
        for other in self._window(token, -1) + self._window(token, 1):
            if other.lemma in ACCORDING and (found := self._cues.by_according(other)):
                return found
            in_words = other.lemma in IN_WORDS_OF and self._frame.head(other).lemma == "in"
            if in_words and other.index < token.index and (owner := self._owners.owner(other)):
                return Attribution(Span(other.start_char, other.end_char), owner, f"owner of the {other.lemma}")
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
                return self._cues.by_according(other)
            if self._tells(other) and (found := self._cues.by_verb(other, own=True)):
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
            if is_cue_verb(other) and other.lemma not in TAG_CUES and (found := self._cues.by_verb(other)):
                return found
        nouns = before[:2] if before and before[0].text in {"that", ",", ":", "as"} else before[:1]
        return next((self._cues.by_noun(t, token) for t in nouns if t.lemma in CUE_NOUNS and t.pos == "NOUN"), None)

    def _window(self, token: Token, step: int) -> list[Token]:
        """Tokens of the same sentence behind (+1) or before (-1) a token, nearest first."""
        tokens = self._frame.tokens
        found: list[Token] = []
        index = token.index + step
        while 0 <= index < len(tokens) and len(found) < MAX_FRAME_TOKENS:
            if tokens[index].sentence_no != token.sentence_no and not self._runs_on(index, step):
                break
            found.append(tokens[index])
            index += step
        return found

    def _runs_on(self, index: int, step: int) -> bool:
        """True where the parser began a sentence that no punctuation and no new line begins: «said Lind “is lost”»."""
        before, behind = self._frame.tokens[index], self._frame.tokens[index + 1 : index + 2]
        if step > 0 or not behind or before.pos == "PUNCT" or before.quotation is not None:
            return False
        return "\n" not in self._frame.reading.text[before.end_char : behind[0].start_char]

    def _text(self, index: int) -> str:
        return self._frame.tokens[index].text if index < len(self._frame.tokens) else ""
