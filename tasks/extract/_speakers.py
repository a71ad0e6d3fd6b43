"""From the head of a source to a person or organisation with a role."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

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
        self._order = {end: number for number, end in enumerate(self._mentions)}
        self._ends = sorted(self._mentions)
        self._names = {entity.entity_id: entity.name for entity in found.of(Entity)}
        self._roles = found.of(Role)
        self._known_starts: dict[str, tuple[list[int], list[int]]] = {}

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
        named = self._last_mention(span)
        if named is None or named.entity_id is None:
            return Speaker(span, reason=named.reason if named else "the source is not named")
        return replace(self._speaker(span, named, span.start_char, named.reason), span=span)

    def _last_mention(self, span: Span) -> Mention | None:
        """Of the mentions in a span the one that begins last."""
        first, last = (bisect_right(self._ends, end) for end in (span.start_char, span.end_char))
        inside = [m for m in map(self._mentions.__getitem__, self._ends[first:last]) if m.start_char >= span.start_char]
        return max(inside, key=lambda mention: self._order[mention.end_char], default=None)

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
        role = self._role_of_token.get(head.index)
        return self._mentions.get(role.person_end_char) if role else None

    @cached_property
    def _role_of_token(self) -> dict[int, Role]:
        """The printed role that each word is part of."""
        found: dict[int, Role] = {}
        for role in self._roles:
            for token in self._frame.tokens_in(Span(role.start_char, role.end_char)):
                found.setdefault(token.index, role)
        return found

    def _role(self, entity_id: str, position: int) -> str | None:
        """The role printed for a person last before a position, else the first behind it."""
        of_person = self._roles_of[entity_id]
        if not of_person:
            return None
        starts, latest = self._role_starts(entity_id)
        before = bisect_right(starts, position)
        return of_person[latest[before - 1] if before else 0].role

    @cached_property
    def _roles_of(self) -> defaultdict[str | None, list[Role]]:
        """The printed roles of each person."""
        found: defaultdict[str | None, list[Role]] = defaultdict(list)
        for role in self._roles:
            found[role.person_entity_id].append(role)
        return found

    def _role_starts(self, entity_id: str) -> tuple[list[int], list[int]]:
        """Where a person's roles begin, ascending, and which of those up to there is the last in their own order."""
        if entity_id not in self._known_starts:
            ordered = sorted((role.start_char, number) for number, role in enumerate(self._roles_of[entity_id]))
            latest = list(accumulate((number for _, number in ordered), max))
            self._known_starts[entity_id] = ([start for start, _ in ordered], latest)
        return self._known_starts[entity_id]
