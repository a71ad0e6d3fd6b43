"""What one cue says of its speaker: a verb its subject, a noun its owner, «according to» its object."""

from dataclasses import dataclass
from typing import Final

from tasks.extract._cues import ACCORDING, CUE_NOUNS, ISSUED_NOUNS, TAG_CUES, is_cue_verb
from tasks.extract._frame import Frame
from tasks.extract._quotes_owners import Owners
from tasks.extract._quotes_subjects import Subjects
from tasks.language.reading import Span, Token

OPENING_MARKS: Final = '“„«"‘'
MAX_ACCORDING_TOKENS: Final = 40
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


class CueReader:
    """Reads single cues of one frame."""

    def __init__(self, frame: Frame, subjects: Subjects, owners: Owners) -> None:
        self._frame = frame
        self._subjects = subjects
        self._owners = owners

    def at(self, head: Token, token: Token) -> Attribution | None:
        """The attribution that one word makes, if it is a cue."""
        if is_cue_verb(head) and head.lemma not in TAG_CUES:
            return self.by_verb(head)
        if head.lemma in CUE_NOUNS and head.pos in {"NOUN", "PROPN"}:
            return self.by_noun(head, token)
        return self.by_according(head) if head.lemma in ACCORDING else None

    def by_verb(self, verb: Token, *, own: bool = False) -> Attribution | None:
        """The subject of a cue verb; with `own`, only a subject of its own counts. None for a verb that is denied."""
        children = self._frame.children(verb)
        if any(child.dep == "neg" for child in children) or (own and not self._subjects.own(verb)):
            return None
        cue = Span(verb.start_char, verb.end_char)
        found = self._subjects.of(verb)
        if found is None:
            passive = self._subjects.is_passive(verb)
            return Attribution(cue, None, "passive cue: nothing says by whom" if passive else "the cue has no subject")
        source, how = found
        if source.lemma in CUE_NOUNS and source.pos == "NOUN" and (owner := self._owners.owner(source)):
            return Attribution(cue, owner, "owner of the statement")
        return None if source.lemma in NOT_SPEAKERS else Attribution(cue, source, how)

    def by_noun(self, noun: Token, quotation: Token) -> Attribution | None:
        """«Lind’s remark that “…”»; not for a noun that is the quotation's own subject or stands behind another word."""
        words = self._frame.reading.words(quotation).strip(OPENING_MARKS).split()
        begins = words[0].lower() if words else ""
        if noun.lemma in ISSUED_NOUNS or (begins in FINITE_STARTS and noun.index == quotation.index - 1):
            return None
        owner = self._owners.owner(noun)
        if owner is None or owner.lemma == "its" or (owner.dep == "poss" and owner.index > quotation.index):
            return None
        return Attribution(Span(noun.start_char, noun.end_char), owner, f"owner of the {noun.lemma}")

    def by_according(self, token: Token) -> Attribution | None:
        """«according to X»."""
        tokens = self._frame.tokens
        to = token.index + 1
        if to >= len(tokens) or tokens[to].lemma != "to":
            return None
        under = [t for t in tokens[to + 1 : to + MAX_ACCORDING_TOKENS] if t.head == to and t.dep == "pobj"]
        return Attribution(Span(token.start_char, tokens[to].end_char), under[0], "according to") if under else None
