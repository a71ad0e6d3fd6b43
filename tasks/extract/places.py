"""Places: mentions of countries, cities and regions put on the map."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from storage.records import Record, Row
from tasks.extract._places_gazetteer import Entry, gazetteer
from tasks.extract.contract import Extractor, Found
from tasks.extract.mentions import Mention
from tasks.language.reading import Reading

PLACE_TYPES: Final = frozenset({"FAC", "GPE", "LOC"})
# Of cities with one name, the largest is meant if it is this many times larger than the next (chosen for precision).
DOMINANCE: Final = 5
WORLD_CITY_INHABITANTS: Final = 300_000

Sense = Literal["literal", "metonymic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Row):
    """A place mention resolved in GeoNames. All None with a `reason` where the gazetteer has no entry or several."""

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
    """The extractor `places`: one row for each name of a place."""

    name: str = "places"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Place,)
    needs: tuple[str, ...] = ("mentions",)
    languages: frozenset[str] | None = None

    def extract(self, reading: Reading, found: Found) -> Iterator[Place]:
        """Places in the order of the text; a name means the same place throughout an article."""
        mentions = [m for m in found.of(Mention) if m.mention_kind == "name" and m.entity_type in PLACE_TYPES]
        words = {mention: reading.text[mention.start_char : mention.end_char] for mention in mentions}
        countries = frozenset(
            country.country_iso3 for name in words.values() if (country := gazetteer().country(name)) is not None
        )
        resolved = {name: resolve(name, countries) for name in dict.fromkeys(words.values())}
        for mention in mentions:
            yield _row(mention, *resolved[words[mention]])


def resolve(name: str, countries: frozenset[str]) -> tuple[Entry | None, str]:
    """The place that a name means in an article that names these countries (ISO 3166-1 alpha-3), or None, and why."""
    country, state, cities = gazetteer().country(name), gazetteer().state(name), gazetteer().cities(name)
    if country and state:
        return None, "a country and a US state share the name"
    if country:
        return country, "name of a country; the gazetteer has no point for it"
    if state and cities:
        return None, "a US state and a city share the name"
    if state:
        return state, "name of a US state; the gazetteer has no point for it"
    return _resolve_city(cities, countries)


def _resolve_city(cities: list[Entry], countries: frozenset[str]) -> tuple[Entry | None, str]:
    """The only city of a name, the dominant one of those in countries named here, or the dominant one of all."""
    if not cities:
        return None, "not in the gazetteer"
    at_hand = [city for city in cities if city.country_iso3 in countries]
    if len(cities) == 1:
        return cities[0], "the only city of this name"
    if at_hand and _dominates(at_hand):
        return at_hand[0], f"largest of {len(at_hand)} cities of this name in countries named here"
    if _dominates(cities) and cities[0].population >= WORLD_CITY_INHABITANTS:
        return cities[0], f"by far the largest of {len(cities)} cities of this name"
    return None, f"{len(cities)} cities share the name"


def _dominates(cities: list[Entry]) -> bool:
    return len(cities) == 1 or cities[0].population >= DOMINANCE * cities[1].population


def _row(mention: Mention, place: Entry | None, reason: str) -> Place:
    return Place(
        start_char=mention.start_char,
        end_char=mention.end_char,
        geonames_id=place.geonames_id if place else None,
        name=place.name if place else None,
        country_iso3=(place.country_iso3 or None) if place else None,
        admin1=place.admin1 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        feature_class=place.feature_class if place else None,
        reason=reason,
    )


def build() -> Extractor:
    """The extractor."""
    return Places()
