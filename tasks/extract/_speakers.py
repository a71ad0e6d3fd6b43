"""From the head of a source to a person or organisation with a role."""

from dataclasses import dataclass

from tasks.extract._frame import Frame
from tasks.extract.contract import Found
from tasks.extract.mentions import Entity, Mention
from tasks.extract.roles import Role
from tasks.language.reading import Reading, Span, Token


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

    def __init__(self, reading: Reading, found: Found) -> None:
        self._frame = Frame(reading)
        self._mentions = {mention.end_char: mention for mention in found.of(Mention)}
        self._names = {entity.entity_id: entity.name for entity in found.of(Entity)}
        self._roles = found.of(Role)

    def identify(self, head: Token) -> Speaker:
        """Who the source with this head is."""
        named = self._named(head)
        mention = self._mentions.get(named.end_char)
        span = self._frame.phrase(named)
        if mention is None:
            return Speaker(span, reason="the source is not named")
        span = Span(mention.start_char, mention.end_char)
        if mention.entity_id is None:
            return Speaker(span, reason=mention.reason)
        pronoun = mention.reason if mention.mention_kind != "name" else None
        return Speaker(
            span,
            entity_id=mention.entity_id,
            name=self._names.get(mention.entity_id),
            role=self._role(mention.entity_id, named.start_char),
            reason=pronoun,
        )

    def _named(self, head: Token) -> Token:
        """«a spokesman, Piet Vos,»: the name in apposition says more than the noun."""
        if head.end_char in self._mentions and self._mentions[head.end_char].mention_kind == "name":
            return head
        for child in self._frame.children(head):
            mention = self._mentions.get(child.end_char)
            if child.dep == "appos" and mention and mention.entity_type == "PERSON" and mention.mention_kind == "name":
                return child
        return head

    def _role(self, entity_id: str, position: int) -> str | None:
        """The role printed for a person last before a position, else the first behind it."""
        of_person = [role for role in self._roles if role.person_entity_id == entity_id]
        before = [role for role in of_person if role.start_char <= position]
        chosen = before[-1:] or of_person[:1]
        return chosen[0].role if chosen else None
