"""Quantities: numbers with their unit."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Row

QuantityKind = Literal["money", "percent", "count", "measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Row):
    """A number with unit. `value_high` only for ranges; `currency` is ISO 4217, only for money."""

    table: ClassVar[str] = "quantities"
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    kind: QuantityKind
    currency: str | None = None
