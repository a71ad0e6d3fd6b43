"""Places: mentions of countries, cities and regions put on the map."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from storage.records import Record, Row
from tasks.extract._places_gazetteer import NO_COORDINATES, load_gazetteer
from tasks.extract._places_resolve import PlaceResolver, Resolved
from tasks.extract.contract import Extractor, Found
from tasks.extract.mentions import Mention, Sense
from tasks.language.reading import Reading, Span

PLACE_TYPES: Final = frozenset({"FAC", "GPE", "LOC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Row):
    """A place mention resolved in GeoNames. All None with a `reason` where the gazetteer has no entry or several.

    `sense` is «metonymic» where the name stands for a government («Washington warned»), else None: not decided.
    """

    table: ClassVar[str] = "places"
    geonames_id: int | None = None
    name: str | None = None
    country_iso3: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature_class: str | None = None
    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The extractor `places`: one row a name of a place."""

    name: str = "places"
    version: str = "1.1"
    records: tuple[type[Record], ...] = (Place,)
    needs: tuple[str, ...] = ("mentions",)
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Place]:
        """Places in the order of the mentions."""
        mentions = [m for m in found.of(Mention) if m.mention_kind == "name" and m.entity_type in PLACE_TYPES]
        if not mentions:
            return
        gazetteer = load_gazetteer()
        resolver = PlaceResolver(gazetteer, reading.text, [Span(m.start_char, m.end_char) for m in mentions])
        for mention in mentions:
            resolved = resolver.resolve(Span(mention.start_char, mention.end_char))
            yield _place(mention, resolved, gazetteer.iso3)


def _place(mention: Mention, resolved: Resolved, iso3: dict[str, str]) -> Place:
    entry = resolved.entry
    if entry is None:
        return Place(
            start_char=mention.start_char, end_char=mention.end_char, reason=resolved.reason, sense=mention.sense
        )
    return Place(
        start_char=mention.start_char,
        end_char=mention.end_char,
        geonames_id=entry.geonames_id,
        name=entry.name,
        country_iso3=iso3.get(entry.country or ""),
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        feature_class=entry.feature_class,
        sense=mention.sense,
        reason=NO_COORDINATES if entry.lat is None else None,
    )


def build() -> Extractor:
    """The extractor."""
    return Places()
