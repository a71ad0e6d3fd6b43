"""Who does what a verb says: by the words right before it where they are plain, else by the parse."""

from collections.abc import Iterator
from typing import Final

from tasks.extract._cues import CUE_NOUNS, INVERTING
from tasks.extract._frame import MAX_CLIMB, SUBJECTS, Frame
from tasks.language.reading import Token

PRONOUNS: Final = frozenset({"he", "i", "it", "she", "they", "we", "you"})
PERSONAL: Final = frozenset({"he", "i", "she", "we", "you"})
RELATIVES: Final = frozenset({"that", "which", "who"})
FINITE: Final = frozenset({"VBD", "VBP", "VBZ"})
CLAUSES_WITHOUT_SUBJECT: Final = frozenset(
    {"acl", "advcl", "ccomp", "conj", "dep", "parataxis", "pcomp", "prep", "xcomp"}
)
# A name here belongs to another word: «a spokesman for Anna Lind said», «Anna Lind’s office said».
NOT_SUBJECTS: Final = frozenset({"compound", "dative", "nmod", "pobj", "poss"})
# Main clauses of these reach over to a clause with a participle behind a comma: «said that …, adding …».
EMBEDDED: Final = frozenset({"acl", "ccomp"})
PASSIVE_ALONE: Final = frozenset({"advcl", "acl"})
MAX_SKIPPED: Final = 12
MAX_APPOSITION: Final = 40


class Subjects:
    """Finds subjects in one frame."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def of(self, verb: Token) -> tuple[Token, str] | None:
        """Head of the subject and how it was found; None if nothing says who. A clause without a subject borrows that
        of the clause it belongs to."""
        if agent := self._agent(verb):
            return agent, "agent of passive cue"
        if self.is_passive(verb):
            return None
        if own := self.own(verb):
            return self._outer(own, verb) or (own, "subject of cue")
        if verb.tag in FINITE and (found := self._before_apposition(verb)):
            return found, "name before the apposition"
        aside = verb.tag == "VBG" and self._text(verb.index - 1) in {",", "—", "–"}
        if aside and (found := self._of_main_clause(verb)):
            return found, "subject of the clause that the cue belongs to"
        return self._borrowed(verb) or self._nearest(verb)

    def own(self, verb: Token) -> Token | None:
        """The subject of this very verb: the name or pronoun right before it, else the nearest that the parse gives."""
        if beside := self._adjacent(verb) or self._inverted(verb):
            return beside
        subjects = [t for t in self._frame.children(verb) if t.dep in SUBJECTS and t.quotation is None]
        nearest = min(subjects, key=lambda t: (t.index > verb.index, abs(t.index - verb.index)), default=None)
        if nearest and nearest.lemma in RELATIVES:
            return self._antecedent(verb)
        return nearest

    def _antecedent(self, verb: Token) -> Token | None:
        """«the mayor, who came and who said»: the mayor."""
        for _ in range(MAX_CLIMB):
            if verb.dep == "relcl":
                return self._frame.head(verb)
            if verb.dep != "conj":
                return None
            verb = self._frame.head(verb)
        return None

    def _inverted(self, verb: Token) -> Token | None:
        """«Said Lind: “…”» and «It is “…”, said Lind»."""
        if verb.text in {"Said", "Says"}:
            return self._names_behind(verb)
        if verb.lemma not in INVERTING or verb.tag not in FINITE or self._text(verb.index - 1) != ",":
            return None
        for token in self._frame.tokens[verb.index + 1 : verb.index + MAX_SKIPPED]:
            name = self._frame.name_starting_at(token)
            if name is not None or token.pos not in {"ADJ", "DET", "NOUN", "PROPN"}:
                last = self._frame.last_token(name) if name and name.entity_type in {"ORG", "PERSON"} else None
                return last if last and last.head == verb.index and self._text(last.index + 1) in {",", "."} else None
        return None

    def _names_behind(self, verb: Token) -> Token | None:
        last: Token | None = None
        for token in self._frame.tokens[verb.index + 1 : verb.index + MAX_SKIPPED]:
            if token.pos != "PROPN":
                break
            last = token
        return last

    def _nearest(self, verb: Token) -> tuple[Token, str] | None:
        """Where the parse gives nothing: the name right before, whatever the parser made of it, else the subject of no
        other verb nearest before."""
        if verb.tag not in FINITE | {"VBN"}:
            return None
        token = self._skip_back(verb)
        name = self._frame.name_ending_at(token) if token else None
        if token and name and name.entity_type in {"ORG", "PERSON"} and token.dep != "poss":
            return token, "name right before the cue"
        if token and token.pos == "NOUN" and token.index == verb.index - 1 and self._frame.speaks(token):
            return token, "noun right before the cue"
        for token in self._back(verb):
            if token.quotation is not None or verb.index - token.index > MAX_APPOSITION:
                break
            if token.dep in SUBJECTS and token.lemma not in RELATIVES and self._frame.speaks(token):
                return token, "nearest subject before the cue"
        return None

    def is_passive(self, verb: Token) -> bool:
        """«was asked», «asked about …,»: somebody else did it, and nothing says who."""
        if any(t.dep in {"nsubjpass", "auxpass"} for t in self._frame.children(verb)):
            return True
        alone = verb.tag == "VBN" and verb.dep in PASSIVE_ALONE and not self.has_auxiliary(verb)
        return alone and not any(t.dep == "nsubj" for t in self._frame.children(verb))

    def has_auxiliary(self, verb: Token) -> bool:
        """«has said»."""
        return any(t.dep == "aux" for t in self._frame.children(verb))

    def _agent(self, verb: Token) -> Token | None:
        for child in self._frame.children(verb):
            if child.dep == "agent":
                return next((t for t in self._frame.children(child) if t.dep == "pobj"), None)
        return None

    def _adjacent(self, verb: Token) -> Token | None:
        """«Lind said», «Lind (R-Ohio) also said», «footage of Lind saying»."""
        token = self._skip_back(verb)
        if token is None or token.quotation is not None:
            return None
        if token.lemma in PRONOUNS and token.tag == "PRP":
            return token if verb.tag in FINITE | {"VBN"} else None
        if self._frame.name_ending_at(token) is None or not self._frame.speaks(token):
            return None
        if verb.tag == "VBG":
            return token if token.index == verb.index - 1 and token.dep != "poss" else None
        return token if token.dep not in NOT_SUBJECTS or self._starts_clause(token) else None

    def _starts_clause(self, token: Token) -> bool:
        """True for a name with nothing before it that it could belong to."""
        name = self._frame.name_ending_at(token)
        first = next((t for t in self._back(token) if name and t.start_char <= name.start_char), None)
        before = self._frame.tokens[first.index - 1] if first and first.index else None
        return before is None or before.sentence_no != token.sentence_no or before.text in {",", "—", "–", ":", ";"}

    def _skip_back(self, verb: Token) -> Token | None:
        """The word before a verb and its auxiliaries, adverbs and brackets."""
        depth = 0
        for token in self._back(verb):
            if token.text == ")":
                depth += 1
            elif token.text == "(":
                depth -= 1
            elif depth == 0 and (token.pos not in {"ADV", "AUX", "PART"} or self._frame.name_ending_at(token)):
                return token
            if verb.index - token.index > MAX_SKIPPED:
                break
        return None

    def _back(self, token: Token) -> Iterator[Token]:
        """A noun and the words before it in its sentence, nearest first; of a verb only those before it."""
        index = token.index - 1 if token.pos == "VERB" else token.index
        while index >= 0 and self._frame.tokens[index].sentence_no == token.sentence_no:
            yield self._frame.tokens[index]
            index -= 1

    def _before_apposition(self, verb: Token) -> Token | None:
        """«Lind, the mayor of Gent, said», where the parser lost the thread: the first name with a comma behind it."""
        if self._text(verb.index - 1) not in {",", ")", "—", "–"}:
            return None
        found: Token | None = None
        for token in self._back(verb):
            if verb.index - token.index > MAX_APPOSITION:
                break
            name = self._frame.name_ending_at(token)
            is_speaker = name is not None and name.entity_type in {"ORG", "PERSON"} and token.dep not in NOT_SUBJECTS
            if is_speaker and self._text(token.index + 1) in {",", "(", "—", "–"}:
                found = token
        return found

    def _of_main_clause(self, participle: Token) -> Token | None:
        """«Lind said that they left, calling it “…”»: Lind calls it so."""
        found: Token | None = None
        for head in self._frame.up(participle):
            found = self.own(head) or found
            above = self._frame.head(head)
            if found and head.pos != "NOUN" and (head.dep not in EMBEDDED or above.index > head.index):
                break
        return found

    def _borrowed(self, verb: Token) -> tuple[Token, str] | None:
        current = verb
        for _ in range(MAX_CLIMB):
            head = self._frame.head(current)
            if current.dep == "relcl" and head.index < current.index:
                return head, "head of relative clause"
            if current.dep not in CLAUSES_WITHOUT_SUBJECT or head.index == current.index:
                return None
            noun = self._document(head) or head
            if current.dep == "acl" and (noun.lemma in CUE_NOUNS or self._frame.speaks(noun)):
                return noun, "noun that the cue belongs to"
            current = head
            if own := self.own(current):
                return own, "subject of the clause that the cue belongs to"
        return None

    def _document(self, noun: Token) -> Token | None:
        """«sent an email to supporters stating»: the email states."""
        if noun.dep != "pobj" or noun.quotation is not None:
            return None
        above = self._frame.head(self._frame.head(noun))
        if above.lemma in CUE_NOUNS:
            return above
        return next((t for t in self._frame.children(above) if t.dep == "dobj" and t.lemma in CUE_NOUNS), None)

    def _outer(self, own: Token, verb: Token) -> tuple[Token, str] | None:
        """«Lind condemned what she called “…”»: the pronoun means the subject around it, which is printed in full."""
        if own.lemma not in PRONOUNS or self._text(own.index - 1).lower() != "what":
            return None
        for head in self._frame.up(verb):
            subject = self.own(head)
            if subject is None or subject.index >= own.index or subject.lemma in PRONOUNS:
                continue
            name = self._frame.name_ending_at(subject)
            is_person = name.entity_type == "PERSON" if name else None
            if self._frame.speaks(subject) and is_person is not (own.lemma not in PERSONAL):
                return subject, f"subject of the clause around «what {own.lemma} …»"
            return None
        return None

    def _text(self, index: int) -> str:
        return self._frame.tokens[index].text if 0 <= index < len(self._frame.tokens) else ""
