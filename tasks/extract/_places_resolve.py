"""Which place of the gazetteer a name means in an article: only where the article or the sizes leave no real doubt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.extract._places_aliases import CAUCASUS, CITIES_BEFORE_STATES
from tasks.extract._places_gazetteer import Entry, Gazetteer
from tasks.language.reading import Span

NOT_LISTED: Final = "not in the gazetteer"
# A city so much larger than its namesakes that nobody would print it unqualified for one of them.
DOMINANT: Final = 10
CLEAR: Final = 3
# Known all over its own country, whatever region of it the article is about.
KNOWN_CITY_INHABITANTS: Final = 300_000
WORLD_CITY_INHABITANTS: Final = 1_000_000
QUALIFIER: Final = re.compile(r", (?P<region>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry, or the reason why there is none."""

    entry: Entry | None
    reason: str | None = None


@dataclass(slots=True)
class Context:
    """What an article says about where it happens: countries and their regions it names, and towns it names in full."""

    countries: set[str] = field(default_factory=set)
    states: set[tuple[str | None, str]] = field(default_factory=set)
    towns: dict[str, Entry] = field(default_factory=dict)


class PlaceResolver:
    """Resolves the names of one article."""

    def __init__(self, gazetteer: Gazetteer, text: str, spans: Sequence[Span]) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self._context = Context()
        for span in spans:
            self._note(span)

    def resolve(self, span: Span) -> Resolved:
        """The place a name means."""
        name, gazetteer = self._name(span), self._gazetteer
        if name in gazetteer.countries and name in gazetteer.states:
            return self._country_or_state(name)
        if entry := gazetteer.countries.get(name) or gazetteer.continents.get(name):
            return Resolved(entry)
        cities = gazetteer.cities_named(name)
        if (state := gazetteer.states.get(name)) and (name not in CITIES_BEFORE_STATES or self._is_state(span)):
            return Resolved(state)
        if town := self._qualified(span, name) or self._context.towns.get(name):
            return Resolved(town)
        if cities:
            return self._city(cities)
        known_as = [city for city in gazetteer.alternates.get(name, ()) if self._is_near(city)]
        return Resolved(known_as[0]) if len(known_as) == 1 else Resolved(None, NOT_LISTED)

    def _name(self, span: Span) -> str:
        """The name in the gazetteer's spelling: without article; datelines in capitals in small letters."""
        name = " ".join(self._text[span.start_char : span.end_char].split())
        name = re.sub(r"^[Tt]he ", "", name).removesuffix("’s").removesuffix("'s")
        return name.title() if name.isupper() and len(name) > 4 else name

    def _note(self, span: Span) -> None:
        name = self._name(span)
        country, state = self._gazetteer.countries.get(name), self._gazetteer.states.get(name)
        if country and country.country and not state:
            self._context.countries.add(country.country)
        elif state and state.admin1 and not country and (name not in CITIES_BEFORE_STATES or self._is_state(span)):
            self._context.countries.update({state.country} if state.country else ())
            self._context.states.add((state.country, state.admin1))
        if town := self._qualified(span, name):
            self._context.towns.setdefault(name, town)
            self._context.countries.update({town.country} if town.country else ())

    def _country_or_state(self, name: str) -> Resolved:
        """Georgia."""
        abroad = bool(self._context.countries & CAUCASUS)
        at_home = "US" in self._context.countries
        if abroad == at_home:
            return Resolved(None, "a country and a US state share the name")
        return Resolved((self._gazetteer.countries if abroad else self._gazetteer.states)[name])

    def _is_state(self, span: Span) -> bool:
        """«Buffalo, New York», «Washington state»."""
        before, behind = self._text[max(0, span.start_char - 3) : span.start_char], self._text[span.end_char :][:6]
        return re.search(r"\w, $", before) is not None or behind == " state"

    def _qualified(self, span: Span, name: str) -> Entry | None:
        """«Springfield, Illinois»: the town in the region printed behind it."""
        match = QUALIFIER.match(self._text, span.end_char, span.end_char + 60)
        if match is None:
            return None
        region = match["region"]
        state = self._gazetteer.states.get(region) or self._gazetteer.states.get(region.rstrip(".,"))
        country = self._gazetteer.countries.get(region.rstrip(".,"))
        fitting = [
            city
            for city in self._gazetteer.cities_named(name)
            if (state and (city.country, city.admin1) == (state.country, state.admin1))
            or (country and city.country == country.country)
        ]
        return fitting[0] if fitting and _clear(fitting) else None

    def _city(self, cities: Sequence[Entry]) -> Resolved:
        """The largest city of a name, if it lies where the article does or is known everywhere; a smaller one only if
        it is the one namesake where the article is."""
        shared = Resolved(None, f"{len(cities)} cities share the name")
        near = [city for city in cities if self._is_near(city)]
        largest = cities[0]
        if largest in near:
            return Resolved(largest) if _clear(near) and _clear(cities) else self._only(near, shared)
        in_country = [city for city in cities if city.country in self._context.countries]
        if _is_world_city(largest) and _clear(cities, DOMINANT):
            # A namesake nearer by may be meant after all.
            return Resolved(largest) if not in_country or largest in in_country else shared
        if near:
            return self._only(near, shared)
        if largest in in_country and largest.population >= KNOWN_CITY_INHABITANTS and _clear(cities, DOMINANT):
            return Resolved(largest)
        if len(cities) > 1:
            return shared
        if self._context.countries:
            return Resolved(None, "in a country or region that the article does not name")
        return Resolved(largest)

    def _only(self, near: Sequence[Entry], shared: Resolved) -> Resolved:
        return Resolved(near[0]) if len(near) == 1 else shared

    def _is_near(self, city: Entry) -> bool:
        """In a country the article names, and in a region of it that it names, if it names any there."""
        regions = {admin1 for country, admin1 in self._context.states if country == city.country}
        return city.country in self._context.countries and (not regions or city.admin1 in regions)


def _clear(cities: Iterable[Entry], times: int = CLEAR) -> bool:
    """True if the first city has no namesake of comparable size."""
    first, second, *_ = [*(city.population for city in cities), 0, 0]
    return first >= times * second


def _is_world_city(city: Entry) -> bool:
    return city.capital or city.population >= WORLD_CITY_INHABITANTS
