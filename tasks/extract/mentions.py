"""Mentions and entities: who and what is named, and which mentions mean the same."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Record, Row
from tasks.language.reading import EntityType

MentionKind = Literal["name", "nominal", "pronoun"]


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
    """A name, nominal or pronoun. `prefix` and `suffix` are up to 32 characters around it (W3C TextQuoteSelector)."""

    table: ClassVar[str] = "mentions"
    prefix: str
    suffix: str
    entity_type: EntityType
    mention_kind: MentionKind
    entity_id: str | None = None
