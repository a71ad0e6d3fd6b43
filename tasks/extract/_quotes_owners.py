"""Whose statement it is: «Harris’s remark», «a letter from Henk Smit»."""

from collections import defaultdict
from functools import cached_property

from tasks.extract._cues import CUE_NOUNS, ISSUING_VERBS
from tasks.extract._frame import Frame
from tasks.extract._quotes_subjects import Subjects
from tasks.language.reading import Token


class Owners:
    """Finds whose the statements and documents of one frame are."""

    def __init__(self, frame: Frame, subjects: Subjects) -> None:
        self._frame = frame
        self._subjects = subjects

    def owner(self, noun: Token) -> Token | None:
        """«Harris’s remark», «the words of Harris», «a statement by Harris», «Harris issued a statement»."""
        for child in self._frame.children(noun):
            if child.dep == "poss" and child.quotation is None:
                return child
            if child.dep == "prep" and child.lemma in {"by", "from", "of"}:
                return next((t for t in self._frame.children(child) if t.dep == "pobj"), None)
        verb = self._frame.head(noun)
        if noun.dep == "dobj" and verb.lemma in ISSUING_VERBS and (subject := self._subjects.of(verb)):
            return subject[0]
        return None

    def writer(self, noun: Token) -> Token | None:
        """«The letter says»: whoever the one letter before is from."""
        owners = [owner for index, owner in self._owned[noun.lemma][:2] if index < noun.index]
        return owners[0] if len(owners) == 1 else None

    @cached_property
    def _owned(self) -> defaultdict[str, list[tuple[int, Token]]]:
        """Where each noun for a document or statement stands with an owner."""
        found: defaultdict[str, list[tuple[int, Token]]] = defaultdict(list)
        for token in self._frame.tokens:
            if token.lemma in CUE_NOUNS and token.pos == "NOUN" and (owner := self.owner(token)):
                found[token.lemma].append((token.index, owner))
        return found
