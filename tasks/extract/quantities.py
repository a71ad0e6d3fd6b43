"""Quantities: numbers with their unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Record, Row
from tasks.extract._quantities_read import Reader
from tasks.extract._quantities_values import Amount
from tasks.extract.contract import Extractor, Found
from tasks.extract.times import Timex
from tasks.language.reading import Reading

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


@dataclass(frozen=True, slots=True)
class Quantities:
    """The extractor `quantities`: rules on the text; the parse, where there is one, tells what is counted."""

    name: str = "quantities"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Quantity,)
    needs: tuple[str, ...] = ("times",)
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Quantity]:
        """Quantities in the order of the text; what is a time is none."""
        times = [(time.start_char, time.end_char) for time in found.of(Timex)]
        reader = Reader(reading, times)
        for paragraph in reading.paragraphs:
            yield from _rows(reader.amounts(paragraph))


def _rows(amounts: Iterable[Amount]) -> Iterator[Quantity]:
    for amount in amounts:
        yield Quantity(
            start_char=amount.start_char,
            end_char=amount.end_char,
            kind=amount.kind,
            value=amount.low,
            value_high=amount.high,
            unit=amount.unit,
            currency=amount.currency,
            reason=amount.reason,
        )


def build() -> Extractor:
    """The extractor."""
    return Quantities()
