"""The invariant: at every row's offsets stand the row's words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import pyarrow as pa
from duckdb import DuckDBPyConnection

from storage.errors import EvidenceError
from storage.queries import statement, with_identifiers

# A version, offsets, and words; all three None where a row has no such span.
Place = tuple[str, int | None, int | None, str | None]
START: Final = "start_char"


class Span(NamedTuple):
    """The columns of a table that say where words stand, and which."""

    words: str
    start: str
    end: str


class Violation(NamedTuple):
    """A row that does not say what stands at its offsets. Offsets in code points."""

    table: str
    version_id: str
    start_char: int | None
    end_char: int | None
    words: str | None
    stands_there: str | None


def violations(con: DuckDBPyConnection, load_id: str | None = None) -> Iterator[Violation]:
    """Some of the rows (of one load, or of all) whose words are not the words at their offsets."""
    return _found(con, "evidence_violations", {"load_id": load_id})


def check_evidence(con: DuckDBPyConnection, load_id: str | None = None) -> None:
    """Raises EvidenceError, with the first row that breaks the invariant."""
    _refuse(violations(con, load_id))


def check_incoming_evidence(table: str, incoming: pa.Table, texts: Mapping[str, str]) -> None:
    """The same for rows on their way into a table, given the texts as they are stored, by version. It is not asked in SQL, which counts the
    characters of a text from its start for every row."""
    versions = incoming["version_id"].to_pylist()
    for span in spans(incoming.column_names):
        places = zip(
            versions, *(incoming[name].to_pylist() for name in (span.start, span.end, span.words)), strict=True
        )
        _refuse(_astray(table, places, texts))


def _astray(table: str, places: Iterable[Place], texts: Mapping[str, str]) -> Iterator[Violation]:
    """The places of which the text says something else."""
    for version_id, start, end, words in places:
        if (start, end, words) == (None, None, None):
            continue
        text, there = texts.get(version_id), None
        if text is not None and start is not None and end is not None and 0 <= start <= end:
            there = text[start:end]
        if there is None or there != words:
            yield Violation(table, version_id, start, end, words, there)


def check_some_evidence(con: DuckDBPyConnection) -> int:
    """The same for a thousand texts, other ones each time: how many there were to look at. Raises EvidenceError."""
    versions = [row[0] for row in con.execute(statement("sample_versions")).fetchall()]
    _refuse(_found(con, "evidence_sample", {"versions": versions}))
    return len(versions)


def spans(columns: Collection[str]) -> Iterator[Span]:
    """The spans that rows with these columns have; the words are in `exact`, `x` or `x_text`."""
    for start in columns:
        if start == START:
            yield Span("exact", START, "end_char")
        elif start.endswith(f"_{START}"):
            of = start.removesuffix(f"_{START}")
            yield Span(of if of in columns else f"{of}_text", start, f"{of}_end_char")


def spans_by_table(con: DuckDBPyConnection) -> Iterator[tuple[str, Span]]:
    """Every span of every table."""
    for table, columns in con.execute(statement("offset_tables")).fetchall():
        for span in spans(columns):
            yield table, span


def _found(con: DuckDBPyConnection, query: str, values: dict[str, Any]) -> Iterator[Violation]:
    for table, span in list(spans_by_table(con)):
        sql = with_identifiers(
            statement(query), table=table, words_column=span.words, start_column=span.start, end_column=span.end
        )
        for row in con.execute(sql, values).fetchall():
            yield Violation(table, *row)


def _refuse(found: Iterable[Violation]) -> None:
    for broken in found:
        what = (
            f"{broken.table} says {broken.words!r} at {broken.start_char}..{broken.end_char}, "
            f"but there stands {broken.stands_there!r}"
        )
        raise EvidenceError(broken.version_id, what)
