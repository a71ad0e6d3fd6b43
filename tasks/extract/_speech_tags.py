"""Speech tags right behind a quotation: «“…,” she said», «“…,” said X», «“…,” X, the mayor, said», «“…” — X»."""

import re
from dataclasses import dataclass
from typing import Final

from tasks.extract._cues import INVERTING, is_cue_verb
from tasks.extract._frame import SUBJECTS, Frame
from tasks.extract._quotes_subjects import FINITE, NOT_SUBJECTS, PRONOUNS
from tasks.language.reading import Span, Token

SIGNATURE: Final = re.compile(
    r"\s{0,4}[-–—―]{1,2}\s{0,3}([A-ZÀ-ÖØ-Þ][\w.’'-]{0,30}(?:[ \u00a0][A-ZÀ-ÖØ-Þ][\w.’'-]{0,30}){0,5})"
    r"[ \u00a0]?(?:\([^)\n]{1,60}\)|,[^\n]{0,120})?\.?[^\S\n]{0,20}(?:\n|\Z)"
)
CLOSING_MARKS: Final = '”“»"’'
SPEECH_ENDS: Final = (",", "?", "!", "…", "—", "–", "-")
# Titles and the like between a quotation and the speaker's name.
MAX_TITLE_TOKENS: Final = 6
TITLE_POS: Final = frozenset({"ADJ", "ADP", "DET", "NOUN", "PROPN"})
# «“…,” Anna Lind, the mayor of Gent, said»
MAX_APPOSITION_TOKENS: Final = 30
# Verbs of any kind after this many words and a comma are ways of speaking: «“…,” Lind barked».
MIN_OPEN_TAG_WORDS: Final = 4
MAX_SIGNATURE_TOKENS: Final = 12


@dataclass(frozen=True, slots=True)
class SpeechTag:
    """A cue (None for a signature) and the head of the source."""

    cue: Span | None
    source: Token
    how: str


def speech_tag(frame: Frame, token: Token) -> SpeechTag | None:
    """The speech tag of the quotation that `token` stands for, None if none follows it directly."""
    if signed := _signature(frame, token):
        return signed
    first = _next(frame, token.index)
    words = frame.reading.words(token).rstrip(CLOSING_MARKS).rstrip()
    if words.endswith("."):
        # A full stop ends the sentence: what follows speaks of something else.
        return None
    comma = first is not None and first.text == ","
    if first is not None and comma:
        first = _next(frame, first.index)
    if first is None or first.quotation is not None:
        return None
    ends = comma or words.endswith(SPEECH_ENDS)
    if is_cue_verb(first) and first.tag != "VBG":
        return _inverted(frame, first) if ends else None
    if ends and first.pos == "VERB" and first.tag in FINITE and first.text.islower():
        return _inverted(frame, first)
    is_open = words.endswith(",") and len(words.split()) >= MIN_OPEN_TAG_WORDS and _starts_sentence(frame, token)
    return _direct(frame, first, is_open=is_open)


def _direct(frame: Frame, first: Token, *, is_open: bool) -> SpeechTag | None:
    """Subject and cue: «she said», «Lind said», «the mayor of Gent said»."""
    if first.lemma in PRONOUNS:
        return _with_cue(_cue_behind(frame, first, is_open=is_open), first, "pronoun and cue right behind")
    token: Token | None = first
    for _ in range(MAX_TITLE_TOKENS):
        if token is None or token.pos not in TITLE_POS | {"AUX"}:
            return None
        name = frame.name_starting_at(token)
        last = frame.last_token(name) if name else None
        if last is not None:
            cue = _cue_behind(frame, last, is_open=is_open) or _cue_behind_apposition(frame, last)
            if cue:
                return _with_cue(cue, last, "name and cue right behind")
        elif token.pos in {"NOUN", "PROPN"} and (cue := _cue_behind(frame, token, is_open=is_open)):
            return _with_cue(cue, _noun(frame, first, token, cue), "noun and cue right behind")
        token = _next(frame, token.index)
    return None


def _noun(frame: Frame, first: Token, last: Token, cue: Token) -> Token:
    """Of «a guest in the room said», the guest."""
    between = [t for t in frame.tokens[first.index : last.index + 1] if t.pos in {"NOUN", "PROPN"}]
    subject = next((t for t in between if t.dep in SUBJECTS and t.head == cue.index), None)
    return subject or next((t for t in between if t.dep not in NOT_SUBJECTS), last)


def _inverted(frame: Frame, cue: Token) -> SpeechTag | None:
    """A cue and its subject behind it, by the parse if it saw it, else the next name, pronoun or noun."""
    subject = next((t for t in frame.children(cue) if t.dep in SUBJECTS and t.index > cue.index), None)
    if subject is not None and subject.quotation is None:
        return _with_cue(cue, subject, "inverted subject")
    token = _next(frame, cue.index)
    for _ in range(MAX_TITLE_TOKENS):
        if token is None or token.pos not in TITLE_POS | {"PRON"}:
            return None
        name = frame.name_starting_at(token)
        last = frame.last_token(name) if name else None
        if last is not None:
            return _with_cue(cue, last, "name right behind the cue")
        if cue.lemma not in INVERTING:
            return None
        if token.lemma in PRONOUNS:
            return _with_cue(cue, token, "pronoun right behind the cue")
        following = _next(frame, token.index)
        is_last = following is None or following.pos != "NOUN"
        if token.pos == "NOUN" and is_last and token.dep not in {"npadvmod", "pobj"}:
            return _with_cue(cue, token, "noun right behind the cue")
        token = following
    return None


def _signature(frame: Frame, token: Token) -> SpeechTag | None:
    """«“…” — Anna Lind» at the end of a line, or a dash and a name in the line below."""
    signed = SIGNATURE.match(frame.reading.text, token.end_char)
    if signed is None:
        return None
    start, end = signed.span(1)
    behind = frame.tokens[token.index + 1 : token.index + 1 + MAX_SIGNATURE_TOKENS]
    signers = [t for t in behind if start <= t.start_char < end and t.pos != "PUNCT"]
    return SpeechTag(None, signers[-1], "signature behind a dash") if signers else None


def _with_cue(cue: Token | None, source: Token, how: str) -> SpeechTag | None:
    return SpeechTag(Span(cue.start_char, cue.end_char), source, how) if cue else None


def _cue_behind(frame: Frame, token: Token, *, is_open: bool = False) -> Token | None:
    """The cue that follows a token, with an adverb, auxiliary or bracket between at most."""
    following = _next(frame, token.index)
    if following is not None and following.text == "(":
        following = _behind_bracket(frame, following)
    if following is not None and following.pos in {"ADV", "AUX"} and not is_cue_verb(following):
        following = _next(frame, following.index)
    if following is None:
        return None
    fits = _is_tag_cue(following) or (is_open and following.pos == "VERB" and following.tag in FINITE)
    return following if fits else None


def _is_tag_cue(token: Token) -> bool:
    """A cue that can follow its subject; «the letter read» is a noun to some taggers."""
    return (is_cue_verb(token) and token.tag != "VBG" and token.lemma != "find") or token.text == "read"


def _behind_bracket(frame: Frame, token: Token) -> Token | None:
    following: Token | None = token
    for _ in range(MAX_APPOSITION_TOKENS):
        if following is None or following.text == ")":
            break
        following = _next(frame, following.index)
    return _next(frame, following.index) if following else None


def _cue_behind_apposition(frame: Frame, name: Token) -> Token | None:
    """«Lind, the mayor of Gent, said»."""
    token = _next(frame, name.index)
    if token is None or token.text != ",":
        return None
    for _ in range(MAX_APPOSITION_TOKENS):
        token = _next(frame, token.index)
        if token is None or token.quotation is not None or token.sentence_no != name.sentence_no:
            return None
        if token.text == "," and (cue := _cue_behind(frame, token)):
            return cue if cue.tag in FINITE else None
    return None


def _starts_sentence(frame: Frame, token: Token) -> bool:
    before = frame.tokens[token.index - 1] if token.index else None
    return before is None or before.sentence_no != token.sentence_no or "\n" in _gap(frame, before, token)


def _gap(frame: Frame, token: Token, following: Token) -> str:
    return frame.reading.text[token.end_char : following.start_char]


def _next(frame: Frame, index: int) -> Token | None:
    """The next token in the same line, None at its end."""
    if index + 1 >= len(frame.tokens):
        return None
    token, following = frame.tokens[index], frame.tokens[index + 1]
    return following if "\n" not in _gap(frame, token, following) else None
