"""Mentions and entities: who and what is named, and which mentions mean the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from storage.records import Record, Row, identifier
from tasks.extract._anaphora import Anaphor, Resolver
from tasks.extract._clusters import Cluster, Clustering, cluster_names
from tasks.extract._first_person import first_person
from tasks.extract._metonyms import metonyms
from tasks.extract._roles_printed import printed_roles
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import EntityType, Name, Reading

CONTEXT_CHARS: Final = 32

MentionKind = Literal["name", "nominal", "pronoun"]
Sense = Literal["metonymic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """Who or what mentions stand for. Outside ids are None until something links them."""

    table: ClassVar[str] = "entities"
    entity_id: str
    name: str
    entity_type: EntityType
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_iso3: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Row):
    """A name, nominal or pronoun. `prefix` and `suffix` are up to 32 characters around it (W3C TextQuoteSelector).

    `sense` is «metonymic» for a place that stands for who governs there; its entity is that government.
    """

    table: ClassVar[str] = "mentions"
    prefix: str
    suffix: str
    entity_type: EntityType
    mention_kind: MentionKind
    entity_id: str | None = None
    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class Mentions:
    """The extractor `mentions`: entities of an article and where they are mentioned."""

    name: str = "mentions"
    version: str = "2.0"
    records: tuple[type[Record], ...] = (Entity, Mention)
    needs: tuple[str, ...] = ()
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Entity | Mention]:
        """Entities in order of their first name, then mentions in order of the text."""
        clustering = cluster_names(reading.text, reading.names)
        ids = {id(cluster): entity_id(cluster, reading) for cluster in clustering.clusters}
        for cluster in clustering.clusters:
            yield Entity(
                entity_id=ids[id(cluster)],
                name=cluster.name,
                entity_type=cluster.entity_type,
                reason="single name: kept apart per article" if cluster.alone else None,
            )
        standing = metonyms(reading)
        governments = {name: _government(reading.words(name)) for name in reading.names if name in standing}
        yield from dict.fromkeys(governments.values())
        anaphors = list(Resolver(reading, clustering, printed_roles(reading)).learn().anaphors())
        anaphors += first_person(reading, clustering, anaphors)
        mentions = [*_names(reading, clustering, ids, governments), *_anaphors(reading, anaphors, ids)]
        yield from sorted(mentions, key=lambda mention: (mention.start_char, mention.end_char))


def entity_id(cluster: Cluster, reading: Reading) -> str:
    """Stable across articles for full names; a person known by one word only is somebody of this article alone."""
    words = " ".join(cluster.name.casefold().split())
    scope = (reading.article.article_id,) if cluster.alone else ()
    return identifier("entity", cluster.entity_type, words, *scope)


def _government(words: str) -> Entity:
    """Who governs from a place, as an entity of its own."""
    name = f"{words} (government)"
    entity = identifier("entity", "ORG", name.casefold())
    return Entity(entity_id=entity, name=name, entity_type="ORG", reason="metonym: the place stands for its government")


def _names(
    reading: Reading, clustering: Clustering, ids: dict[int, str], governments: dict[Name, Entity]
) -> Iterator[Mention]:
    for name in reading.names:
        cluster, government = clustering.by_name.get(name), governments.get(name)
        yield Mention(
            start_char=name.start_char,
            end_char=name.end_char,
            confidence=name.confidence,
            entity_type=cluster.entity_type if cluster and not government else name.entity_type,
            mention_kind="name",
            entity_id=government.entity_id if government else ids[id(cluster)] if cluster else None,
            sense="metonymic" if government else None,
            reason=government.reason if government else clustering.reasons.get(name),
            prefix=_before(reading.text, name.start_char),
            suffix=_behind(reading.text, name.end_char),
        )


def _anaphors(reading: Reading, anaphors: Iterable[Anaphor], ids: dict[int, str]) -> Iterator[Mention]:
    for anaphor in anaphors:
        yield Mention(
            start_char=anaphor.span.start_char,
            end_char=anaphor.span.end_char,
            entity_type="PERSON",
            mention_kind="pronoun" if anaphor.is_pronoun else "nominal",
            entity_id=ids[id(anaphor.cluster)] if anaphor.cluster else None,
            reason=anaphor.reason,
            prefix=_before(reading.text, anaphor.span.start_char),
            suffix=_behind(reading.text, anaphor.span.end_char),
        )


def _before(text: str, start: int) -> str:
    return text[max(0, start - CONTEXT_CHARS) : start]


def _behind(text: str, end: int) -> str:
    return text[end : end + CONTEXT_CHARS]


def build() -> Extractor:
    """The extractor."""
    return Mentions()
