"""SQL statements by name: one file each in storage/sql."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str, folder: str = "queries") -> str:
    """Text of storage/sql/FOLDER/NAME.sql."""
    return files("storage").joinpath("sql", folder, f"{name}.sql").read_text(encoding="utf-8")


def with_identifiers(sql: str, **identifiers: str) -> str:
    """Fill `{name}` places with identifiers of our own schema, quoted; values always go in as parameters."""
    quoted = {key: '"' + name.replace('"', '""') + '"' for key, name in identifiers.items()}
    return sql.format(**quoted)


def with_path(sql: str, path: str, **identifiers: str) -> str:
    """Fill `{path}` with a path as a string literal, where a statement takes no parameter (ATTACH), and identifiers as above."""
    literal = "'" + path.replace("'", "''") + "'"
    quoted = {key: '"' + name.replace('"', '""') + '"' for key, name in identifiers.items()}
    return sql.format(path=literal, **quoted)
