"""What is made for readers in the file that is being published, outside of any lock: the index of `search`, from that of the file before,
and the answer to `same_words`.

Reading it takes no extension, as the terms are ordinary tables; only making it takes the stemmer of DuckDB's extension fts.
"""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from storage.queries import statement, with_identifiers, with_path

TABLES: Final = ("search_docs", "search_words", "search_postings")
# A view that is a table in a published file.
ANSWERED: Final = "same_words"
# Texts that are indexed together: some 200 MB of words in memory.
SEGMENT: Final = 20_000
# Beyond this many parts a search reads too many blocks, and beyond this share of superseded texts too many rows: made anew.
MOST_SEGMENTS: Final = 200
MOST_STALE: Final = 0.2
# Bytes of a file below which a second thread costs more than it does.
SMALL: Final = 256 * 2**20
EXTENSION: Final = "duckdb_extension_fts"


class State(NamedTuple):
    """Texts in an index, how many of them are superseded, its segments, and whether all were stemmed."""

    texts: int
    stale: int
    segments: int
    stemmed: bool


def index(file: Path, before: Path | None) -> int:
    """Bring the index of a file up to date, starting from that of an earlier file (None: its own); gives the number of texts indexed
    now.

    Raises duckdb.Error.
    """
    con = duckdb.connect(str(file))
    try:
        if file.stat().st_size < SMALL:
            con.execute("SET threads = 1")
        stemmed = load_stemmer(con)
        if before is not None:
            _carry(con, before)
        _clear_if_worn(con, stemmed=stemmed)
        added = 0
        while number := _add_segment(con, stemmed=stemmed):
            added += number
        _answer_same_words(con)
        con.execute(statement(ANSWERED, "comments"))
        con.execute("CHECKPOINT")
    finally:
        con.close()
    return added


def _answer_same_words(con: DuckDBPyConnection) -> None:
    """Anew, where the file began as a copy of an earlier published one."""
    if ANSWERED in {name for (name,) in con.execute(statement("tables_of"), {"database": _name(con)}).fetchall()}:
        con.execute(with_identifiers(statement("drop_table"), target=ANSWERED))
        con.execute(statement(ANSWERED, "views"))
    con.execute(statement("answer_same_words"))


def _name(con: DuckDBPyConnection) -> str:
    return str((con.execute(statement("name_of_database")).fetchone() or ("",))[0])


def load_stemmer(con: DuckDBPyConnection) -> bool:
    """Load the extension fts, of which DuckDB checks the signature; False where it is not installed for this version."""
    if find_spec(EXTENSION) is None:
        return False
    version = duckdb.__version__
    path = Path(str(files(EXTENSION))) / "extensions" / f"v{version}" / "fts.duckdb_extension"
    if not path.exists():
        return False
    con.execute(with_path(statement("load_extension"), str(path)))
    return True


def _carry(con: DuckDBPyConnection, before: Path) -> None:
    """Take over the index of an earlier file."""
    con.execute(with_path(statement("attach_read_only"), str(before), name="before"))
    there = {name for (name,) in con.execute(statement("tables_of"), {"database": "before"}).fetchall()}
    if not there.issuperset(TABLES):
        # A file of before there was an index.
        return
    for table in TABLES:
        con.execute(with_identifiers(statement("search_carry"), target=table, source="before"))


def _clear_if_worn(con: DuckDBPyConnection, *, stemmed: bool) -> None:
    """Begin anew where an index is worn out or was made in another way."""
    state = State(*(con.execute(statement("search_state")).fetchone() or (0, 0, 0, True)))
    worn = state.segments > MOST_SEGMENTS or state.stale > MOST_STALE * state.texts
    if worn or (stemmed and not state.stemmed):
        for table in TABLES:
            con.execute(with_identifiers(statement("search_clear"), target=table))


def _add_segment(con: DuckDBPyConnection, *, stemmed: bool) -> int:
    con.execute(statement("search_next_texts"), {"most": SEGMENT})
    number = int((con.execute(statement("count_incoming")).fetchone() or (0,))[0])
    if number:
        con.execute(statement("search_count_words"))
        con.execute(statement("search_stem_words" if stemmed else "search_keep_words"))
        con.execute(statement("search_add_words"))
        con.execute(statement("search_add_postings"))
        con.execute(statement("search_add_docs"), {"stemmed": stemmed})
    return number
