"""The invariant: at every row's offsets stand the row's words."""

from collections.abc import Iterator
from typing import NamedTuple

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
    for table, words, start, end in con.execute(statement("evidence_columns")).fetchall():
        sql = with_identifiers(
            statement("evidence_violations"), table=table, words_column=words, start_column=start, end_column=end
        )
        for row in con.execute(sql, {"load_id": load_id}).fetchall():
            yield Violation(table, *row)


def check_evidence(con: DuckDBPyConnection, load_id: str | None = None) -> None:
    """Raises EvidenceError, with the first row that breaks the invariant."""
    for broken in violations(con, load_id):
        what = (
            f"{broken.table} says {broken.words!r} at {broken.start_char}..{broken.end_char}, "
            f"but there stands {broken.stands_there!r}"
        )
        raise EvidenceError(broken.version_id, what)
