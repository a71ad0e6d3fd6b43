"""Speech tags right behind a quotation: «“…,” she said», «“…,” said X», «“…” — X»."""

from dataclasses import dataclass
from typing import Final

from tasks.extract._cues import CUE_VERBS
from tasks.extract._frame import SUBJECTS, Frame
from tasks.language.reading import Span, Token

PERSONAL_PRONOUNS: Final = frozenset({"he", "i", "it", "she", "they", "we"})
DASHES: Final = frozenset({"-", "--", "–", "—", "―"})
CLOSING_MARKS: Final = '”“»"’'
# Titles and the like between a quotation and the speaker's name.
MAX_TITLE_TOKENS: Final = 6
TITLE_POS: Final = frozenset({"ADJ", "ADP", "DET", "NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class SpeechTag:
    """A cue (None for a signature) and the head of the source."""

    cue: Span | None
    source: Token
    how: str


def speech_tag(frame: Frame, token: Token) -> SpeechTag | None:
    """The speech tag of the quotation that `token` stands for, None if none follows it directly."""
    first = _next(frame, token.index)
    closed = frame.reading.words(token).rstrip(CLOSING_MARKS).endswith(".")
    if closed and (first is None or first.text not in DASHES):
        # A full stop ends the sentence: what follows speaks of something else.
        return None
    if first is not None and first.text == ",":
        first = _next(frame, first.index)
    if first is None or first.quotation is not None:
        return None
    if first.text in DASHES:
        return _signature(frame, first)
    if _is_cue(first):
        return _inverted(frame, first)
    if first.lemma in PERSONAL_PRONOUNS:
        return _with_cue(_cue_behind(frame, first), first, "pronoun and cue right behind")
    return _named(frame, first)


def _named(frame: Frame, first: Token) -> SpeechTag | None:
    """A name, maybe with its title, and a cue."""
    token: Token | None = first
    for _ in range(MAX_TITLE_TOKENS):
        if token is None or token.pos not in TITLE_POS:
            return None
        name = frame.name_starting_at(token)
        last = frame.last_token(name) if name else None
        if last is not None and (cue := _cue_behind(frame, last)):
            return _with_cue(cue, last, "name and cue right behind")
        token = _next(frame, token.index)
    return None


def _inverted(frame: Frame, cue: Token) -> SpeechTag | None:
    """A cue and its subject behind it, by the parse if it saw it, else the next name or pronoun."""
    subject = next((t for t in frame.children(cue) if t.dep in SUBJECTS and t.index > cue.index), None)
    if subject is not None and subject.quotation is None:
        return _with_cue(cue, subject, "inverted subject")
    token = _next(frame, cue.index)
    for _ in range(MAX_TITLE_TOKENS):
        if token is None or token.pos not in TITLE_POS | {"PRON"}:
            return None
        name = frame.name_starting_at(token)
        last = frame.last_token(name) if name else None
        if token.lemma in PERSONAL_PRONOUNS or last is not None:
            return _with_cue(cue, last or token, "name right behind the cue")
        token = _next(frame, token.index)
    return None


def _signature(frame: Frame, dash: Token) -> SpeechTag | None:
    """«“…” — Anna Lind» at the end of a line."""
    token = _next(frame, dash.index)
    name = frame.name_starting_at(token) if token else None
    last = frame.last_token(name) if name and name.entity_type == "PERSON" else None
    if last is None:
        return None
    following = frame.tokens[last.index + 1 : last.index + 2]
    ends = not following or frame.reading.text[last.end_char : following[0].start_char].count("\n") > 0
    return SpeechTag(None, last, "signature behind a dash") if ends or following[0].text in {",", "."} else None


def _with_cue(cue: Token | None, source: Token, how: str) -> SpeechTag | None:
    return SpeechTag(Span(cue.start_char, cue.end_char), source, how) if cue else None


def _cue_behind(frame: Frame, token: Token) -> Token | None:
    """The cue that follows a token, with an adverb or auxiliary between at most."""
    following = _next(frame, token.index)
    if following is not None and following.pos in {"ADV", "AUX"}:
        following = _next(frame, following.index)
    return following if following is not None and _is_cue(following) else None


def _is_cue(token: Token) -> bool:
    return token.lemma in CUE_VERBS and token.pos == "VERB"


def _next(frame: Frame, index: int) -> Token | None:
    """The next token in the same line, None at its end."""
    if index + 1 >= len(frame.tokens):
        return None
    token, following = frame.tokens[index], frame.tokens[index + 1]
    same_line = "\n" not in frame.reading.text[token.end_char : following.start_char]
    return following if same_line else None
