"""The contract of an extractor: one file in this folder, one `build()`."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from storage.records import Record
from tasks.language.reading import Reading

R = TypeVar("R", bound=Record)


class Found:
    """What the extractors named in `needs` found in the same article."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one class, in the order found."""
        return tuple(record for record in self._records if isinstance(record, kind))


class Extractor(Protocol):
    """Finds rows of one kind of fact in one article; pure, deterministic, no I/O.

    The runner isolates it (an exception costs this extractor's rows of this article, nothing else), stamps each record
    with version, load, extractor and words, and refuses rows whose offsets are outside the text. `languages` None
    means that any language will do; otherwise the extractor is not asked about other languages.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def records(self) -> tuple[type[Record], ...]: ...
    @property
    def needs(self) -> tuple[str, ...]: ...
    @property
    def languages(self) -> frozenset[str] | None: ...
    def extract(self, reading: Reading, found: Found) -> Iterable[Record]: ...
