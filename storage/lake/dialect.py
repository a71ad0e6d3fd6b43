"""What a lake's tables can't have is taken out of the SQL of migrations: CHECK constraints. See checks.py for what stands in for them."""

import re
from collections.abc import Iterator
from typing import Final

from duckdb import DuckDBPyConnection

from storage.queries import statement

# A string, a quoted name, a comment, or one other character.
PIECE: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|\bCHECK\b|.", re.DOTALL)


def without_checks(sql: str) -> str:
    """A statement without its CHECK clauses."""
    kept: list[str] = []
    pieces = PIECE.finditer(sql)
    for match in pieces:
        if match.group() == "CHECK":
            _pass_brackets(pieces)
            _drop_comma(kept)
        else:
            kept.append(match.group())
    return "".join(kept)


def _pass_brackets(pieces: Iterator[re.Match[str]]) -> None:
    depth = 0
    for match in pieces:
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if match.group() == ")" and depth == 0:
            return


def _drop_comma(kept: list[str]) -> None:
    """The comma before a clause of the table's own goes with it; a column's has none."""
    before = next(
        (n for n in reversed(range(len(kept))) if not kept[n].isspace() and not kept[n].startswith("--")), None
    )
    if before is not None and kept[before] == ",":
        del kept[before]


def is_lake(con: DuckDBPyConnection) -> bool:
    """Whether the current database is a lake."""
    return con.execute(statement("database_type")).fetchone() == ("ducklake",)
