"""Credits: wire credit, dateline, byline and correction note, as printed in the text."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Row

CreditKind = Literal["wire", "dateline", "byline", "correction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Row):
    """A credit. `agency` for wire credits (and the agency in a dateline), `place` for datelines, `author` for bylines."""

    table: ClassVar[str] = "credits"
    kind: CreditKind
    agency: str | None = None
    place: str | None = None
    author: str | None = None
