"""From the head of a source to a person or organisation with a role."""

from dataclasses import dataclass, replace
from functools import cached_property

from tasks.extract._cues import CUE_NOUNS
from tasks.extract._frame import Frame
from tasks.extract._quotes_owners import Owners
from tasks.extract._quotes_subjects import Subjects
from tasks.extract._statements import Utterance
from tasks.extract.contract import Found
from tasks.extract.mentions import Entity, Mention
from tasks.extract.roles import Role
from tasks.language.reading import Span, Token


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as printed, and who it is as far as that is known; `reason` says why not."""

    span: Span
    entity_id: str | None = None
    name: str | None = None
    role: str | None = None
    reason: str | None = None


class Speakers:
    """Identifies sources by the mentions and roles found in the same article."""

    def __init__(self, frame: Frame, found: Found) -> None:
        self._frame = frame
        self._owners = Owners(self._frame, Subjects(self._frame))
        self._mentions = {mention.end_char: mention for mention in found.of(Mention)}
        self._names = {entity.entity_id: entity.name for entity in found.of(Entity)}
        self._roles = found.of(Role)

    def of(self, utterance: Utterance) -> Speaker | None:
        """Who said it; None if no source is printed."""
        if utterance.source is None:
            return self.identify(utterance.head) if utterance.head else None
        return self._of_span(utterance.source)

    def _of_span(self, span: Span) -> Speaker:
        """Who a source as printed is: by its head, else by the last name in it."""
        inside = self._frame.tokens_in(span)
        heads = {token.index for token in inside}
        outside = [t for t in inside if t.pos != "PUNCT" and (t.head == t.index or t.head not in heads)]
        if outside and outside[0].quotation is None:
            return replace(self.identify(outside[0]), span=span)
        names = [m for m in self._mentions.values() if span.start_char <= m.start_char and m.end_char <= span.end_char]
        if not names or names[-1].entity_id is None:
            return Speaker(span, reason=names[-1].reason if names else "the source is not named")
        return replace(self._speaker(span, names[-1], span.start_char, names[-1].reason), span=span)

    def identify(self, head: Token) -> Speaker:
        """Who the source with this head is."""
        named = self._named(head)
        mention = self._mentions.get(named.end_char) or self._described(head)
        span = self._frame.phrase(named)
        if mention is None or (mention.mention_kind == "nominal" and mention.entity_id is None):
            return self._unnamed(head, span, mention.reason if mention else None)
        span = Span(mention.start_char, mention.end_char)
        if mention.entity_id is None:
            return Speaker(span, reason=mention.reason)
        reason = mention.reason if mention.mention_kind != "name" else None
        return self._speaker(span, mention, head.start_char, reason)

    def _unnamed(self, head: Token, span: Span, reason: str | None) -> Speaker:
        """«The coxswain», where the article prints «the coxswain, Dirk Meerkerk», and «the letter», where it prints
        whom it is from; else nobody we know."""
        described = self._in_apposition.get(head.lemma) if self._is_definite(head) else None
        if described is not None:
            return self._speaker(span, described, head.start_char, "the one person printed with this description")
        writer = self._owners.writer(head) if head.lemma in CUE_NOUNS and head.pos == "NOUN" else None
        mention = self._mentions.get(self._named(writer).end_char) if writer else None
        if mention is None or mention.entity_id is None:
            return Speaker(span, reason=reason or "the source is not named")
        return self._speaker(span, mention, head.start_char, f"the {head.lemma} is printed as theirs")

    def _speaker(self, span: Span, mention: Mention, position: int, reason: str | None) -> Speaker:
        entity_id = mention.entity_id or ""
        name = self._names.get(entity_id)
        return Speaker(span, entity_id, name, self._role(entity_id, position), reason)

    def _is_definite(self, head: Token) -> bool:
        """«the coxswain», with nothing behind it that tells this one from others."""
        children = self._frame.children(head)
        return any(t.lemma == "the" for t in children) and all(t.index < head.index for t in children)

    @cached_property
    def _in_apposition(self) -> dict[str, Mention | None]:
        """Nouns that stand beside a person's name between commas, with that name; None where it is several people's."""
        found: dict[str, Mention | None] = {}
        for token in self._frame.tokens:
            other = self._frame.head(token)
            for noun, named in ((token, other), (other, token)) if token.dep == "appos" else ():
                mention = self._mentions.get(named.end_char)
                if noun.pos == "NOUN" and mention and mention.entity_type == "PERSON" and mention.entity_id:
                    known = found.setdefault(noun.lemma, mention)
                    found[noun.lemma] = mention if known and known.entity_id == mention.entity_id else None
        return found

    def _named(self, head: Token) -> Token:
        """«a spokesman, Piet Vos,»: the name in apposition says more than the noun."""
        if head.end_char in self._mentions and self._mentions[head.end_char].mention_kind == "name":
            return head
        for child in self._frame.children(head):
            mention = self._mentions.get(child.end_char)
            if child.dep == "appos" and mention and mention.entity_type == "PERSON" and mention.mention_kind == "name":
                return child
        return head

    def _described(self, head: Token) -> Mention | None:
        """«a spokesman for the port, Piet Vos,»: the person whose printed role the source is."""
        for role in self._roles:
            if role.start_char <= head.start_char and head.end_char <= role.end_char:
                return self._mentions.get(role.person_end_char)
        return None

    def _role(self, entity_id: str, position: int) -> str | None:
        """The role printed for a person last before a position, else the first behind it."""
        of_person = [role for role in self._roles if role.person_entity_id == entity_id]
        before = [role for role in of_person if role.start_char <= position]
        chosen = before[-1:] or of_person[:1]
        return chosen[0].role if chosen else None
