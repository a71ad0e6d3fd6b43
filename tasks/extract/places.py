"""Places: mentions of countries, cities and regions put on the map."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Row

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
