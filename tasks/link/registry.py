"""Who is who across articles: entities of a batch linked to the registry that the warehouse keeps.

An entity's id is made from its full name, so equal full names meet without the registry. It brings together other forms of a
name («Anna Maria Lind», «A. Lind», «WMA»), and only if their articles share something else: an organisation, a place, a role.
Surnames alone are never linked; what could be several stays apart, with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import count
from operator import itemgetter
from typing import Any, Final

from storage.records import AskedName, Finding, KnownAlias, Record
from tasks.extract.mentions import Entity, Mention
from tasks.extract.roles import Role
from tasks.language.role_nouns import ROLE_NOUNS
from tasks.link.names import block, is_acronym, organisation_words, same_organisation, same_person

NAME: Final = "linker"
VERSION: Final = "1.0"
LINKED_TYPES: Final = frozenset({"PERSON", "ORG"})
CONTEXT_TYPES: Final = frozenset({"GPE", "LOC", "ORG", "NORP"})
MAX_CONTEXT: Final = 12
# Stands for the words of an organisation that is known by its initials; no name has it.
ACRONYM: Final = ("",)


@dataclass(frozen=True, slots=True)
class Linked:
    """The findings of an article with ids of the registry, and the names that are new to it."""

    findings: tuple[Finding, ...]
    aliases: tuple[KnownAlias, ...]


def asked_names(findings: Iterable[Finding]) -> set[AskedName]:
    """All names of a batch that the registry may know, with their keys."""
    names = {(e.entity_id, e.name, e.entity_type) for e in _entities(findings)}
    return {AskedName(of, name, key) for of, name, kind in names if (key := block(kind, name))}


class Registry:
    """Names that are known, found by key. Of a name of one entity the first is kept, as in the warehouse."""

    def __init__(self, known: Iterable[KnownAlias] = ()) -> None:
        self._by_key: defaultdict[tuple[str, str], dict[tuple[str, str], KnownAlias]] = defaultdict(dict)
        # The same organisations by what makes them alike, with numbers that tell their order.
        self._alike: defaultdict[tuple[str, tuple[str, ...]], list[tuple[int, KnownAlias]]] = defaultdict(list)
        self._numbers = count()
        self.learn(known)

    def learn(self, aliases: Iterable[KnownAlias]) -> None:
        """Add names."""
        for alias in aliases:
            names = self._by_key[alias.block, alias.entity_type]
            if (alias.entity_id, alias.alias) in names:
                continue
            names[alias.entity_id, alias.alias] = alias
            if alias.entity_type == "ORG":
                self._alike[alias.block, _likeness(alias.alias)].append((next(self._numbers), alias))

    def has(self, entity: Entity, key: str) -> bool:
        """Whether this is a name of this entity."""
        return (entity.entity_id, entity.name) in self._by_key[key, entity.entity_type]

    def near(self, entity: Entity, key: str) -> Iterable[KnownAlias]:
        """Names under a key that may mean this entity, oldest first: of organisations, of which a key may have thousands, those with the
        same words and the initials; those of initials may be any."""
        if entity.entity_type != "ORG" or is_acronym(entity.name):
            return self._by_key[key, entity.entity_type].values()
        alike = self._alike.get((key, _likeness(entity.name)), []) + self._alike.get((key, ACRONYM), [])
        return [alias for _, alias in sorted(alike, key=itemgetter(0))]


def _likeness(name: str) -> tuple[str, ...]:
    return ACRONYM if is_acronym(name) else organisation_words(name)


def link(findings: Sequence[Finding], known: Registry) -> Linked:
    """One article linked. `known`: what the registry has under its keys, with the articles linked before it."""
    entities = list(_entities(findings))
    shared = _contexts(findings)
    new_ids: dict[str, str] = {}
    reasons: dict[str, str] = {}
    aliases: list[KnownAlias] = []
    for entity in entities:
        key = block(entity.entity_type, entity.name)
        if key is None:
            continue
        context = shared[entity.entity_id]
        found, reason = _find(entity, key, context, known)
        if found:
            new_ids[entity.entity_id] = found
        if reason:
            reasons[entity.entity_id] = reason
        aliases.append(
            KnownAlias(
                entity_id=found or entity.entity_id,
                entity_type=entity.entity_type,
                alias=entity.name,
                block=key,
                context=context,
                reason=reason,
            )
        )
    return Linked(tuple(_renamed(findings, new_ids, reasons)), tuple(aliases))


def _find(entity: Entity, key: str, context: Sequence[str], known: Registry) -> tuple[str | None, str | None]:
    """The id of the registry and why; None and a reason where somebody of a like name is kept apart."""
    if known.has(entity, key):
        return None, None
    same = same_person if entity.entity_type == "PERSON" else same_organisation
    near = [k for k in known.near(entity, key) if same(entity.name, k.alias)]
    if not near or any(k.entity_id == entity.entity_id for k in near):
        return None, None
    fitting = {k.entity_id: k for k in near if set(context) & set(k.context)}
    if len(fitting) == 1:
        (found,) = fitting.values()
        return found.entity_id, f"registry: {found.alias!r} in like company"
    if fitting:
        return None, f"kept apart: {len(fitting)} in the registry fit the name"
    return None, f"kept apart from {near[0].alias!r}: nothing but the name in common"


def _entities(findings: Iterable[Finding]) -> Iterator[Entity]:
    for finding in findings:
        if isinstance(finding.record, Entity) and finding.record.entity_type in LINKED_TYPES:
            yield finding.record


def _contexts(findings: Sequence[Finding]) -> dict[str, tuple[str, ...]]:
    """What stands around each entity: the article's organisations and places, and the role nouns printed with it."""
    mentioned = Counter(
        f.record.entity_id
        for f in findings
        if isinstance(f.record, Mention) and f.record.entity_type in CONTEXT_TYPES and f.record.entity_id
    )
    around = [entity_id for entity_id, _ in mentioned.most_common(MAX_CONTEXT)]
    nouns: defaultdict[str | None, set[str]] = defaultdict(set)
    for finding in findings:
        if isinstance(finding.record, Role):
            nouns[finding.record.person_entity_id] |= ROLE_NOUNS & set(finding.record.role.split())
    return {
        entity.entity_id: (*(a for a in around if a != entity.entity_id), *sorted(nouns[entity.entity_id]))
        for entity in _entities(findings)
    }


def _renamed(findings: Sequence[Finding], new_ids: dict[str, str], reasons: dict[str, str]) -> Iterator[Finding]:
    for finding in findings:
        record = finding.record
        if isinstance(record, Entity):
            if record.entity_id in new_ids:
                continue
            if record.entity_id in reasons:
                record = replace(record, reason=reasons[record.entity_id])
        elif new_ids:
            record = _with_ids(record, new_ids)
        yield finding if record is finding.record else replace(finding, record=record)


def _with_ids(record: Record, new_ids: dict[str, str]) -> Record:
    # mypy takes the __hash__ of a dataclass for that of its class.
    names = _id_fields(type(record))  # type: ignore[arg-type]
    changed = {name: new_ids[getattr(record, name)] for name in names if getattr(record, name) in new_ids}
    return replace(record, **changed) if changed else record


@cache
def _id_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record that hold ids of entities."""
    return tuple(field.name for field in fields(kind) if field.name.endswith("entity_id"))
