"""The invariant: at every row's offsets stand the row's words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from storage.errors import EvidenceError
from storage.queries import statement, with_identifiers


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


def check_evidence_of(
    con: DuckDBPyConnection, load_id: str, version_ids: Sequence[str], tables: Collection[str]
) -> None:
    """The same for the rows that a load has for these texts: what a batch adds is looked at without the rest of the warehouse."""
    con.execute(statement("evidence_texts"), {"versions": list(version_ids)})
    _refuse(_found(con, "evidence_of_batch", {"load_id": load_id}, tables))


def check_some_evidence(con: DuckDBPyConnection) -> int:
    """The same for a thousand texts, other ones each time: how many there were to look at. Raises EvidenceError."""
    versions = [row[0] for row in con.execute(statement("sample_versions")).fetchall()]
    _refuse(_found(con, "evidence_sample", {"versions": versions}))
    return len(versions)


def _found(
    con: DuckDBPyConnection, query: str, values: dict[str, Any], tables: Collection[str] | None = None
) -> Iterator[Violation]:
    for table, words, start, end in con.execute(statement("evidence_columns")).fetchall():
        if tables is not None and table not in tables:
            continue
        sql = with_identifiers(statement(query), table=table, words_column=words, start_column=start, end_column=end)
        for row in con.execute(sql, values).fetchall():
            yield Violation(table, *row)


def _refuse(found: Iterable[Violation]) -> None:
    for broken in found:
        what = (
            f"{broken.table} says {broken.words!r} at {broken.start_char}..{broken.end_char}, "
            f"but there stands {broken.stands_there!r}"
        )
        raise EvidenceError(broken.version_id, what)
