"""Where the catalog of a lake is, as the setting says: in a SQLite file of the home, or in a PostgreSQL database."""

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from storage.errors import SettingError

SQLITE: Final = "sqlite"
POSTGRES: Final = "postgres:"
SETTING: Final = "DATELINE_CATALOG"
# Words of libpq's connection strings that DuckDB keeps as a secret, which no message and no listing shows.
SECRET_WORDS: Final = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "DATABASE"}
PAIR: Final = re.compile(r"\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)", re.DOTALL)
EXPECTED: Final = "expected sqlite, or postgres: and a connection string such as postgres:host=db dbname=news user=news"


class Catalog(NamedTuple):
    """A catalog: SQLite (no connection), or PostgreSQL with libpq's words; no repr of it shows them."""

    connection: dict[str, str] | None

    def __repr__(self) -> str:
        return "Catalog(sqlite)" if self.connection is None else "Catalog(postgres)"

    @property
    def secret(self) -> dict[str, str]:
        """The options of DuckDB's secret."""
        return {SECRET_WORDS[word]: value for word, value in (self.connection or {}).items() if word in SECRET_WORDS}

    @property
    def options(self) -> str:
        """What of the connection is no secret, such as sslmode=require, as libpq reads it."""
        others = ((word, value) for word, value in (self.connection or {}).items() if word not in SECRET_WORDS)
        return " ".join(f"{word}='{_escaped(value)}'" for word, value in others)


def read_catalog(setting: str) -> Catalog:
    """The catalog that a setting names. Raises SettingError, which does not repeat the setting: it may hold a password."""
    if setting == SQLITE:
        return Catalog(None)
    if setting.startswith(("postgres://", "postgresql://")):
        return Catalog(_from_address(setting))
    if setting.startswith(POSTGRES):
        return Catalog(_from_pairs(setting.removeprefix(POSTGRES)))
    raise SettingError(SETTING, EXPECTED)


def _from_address(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        found = {
            "host": parts.hostname,
            "port": str(parts.port) if parts.port else None,
            "user": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "dbname": unquote(parts.path.removeprefix("/")),
        }
    except ValueError:
        # Not `from`: what urlsplit says repeats the address.
        raise SettingError(SETTING, EXPECTED) from None
    return {word: value for word, value in found.items() if value} | dict(parse_qsl(parts.query))


def _from_pairs(text: str) -> dict[str, str]:
    found, end = {}, 0
    while match := PAIR.match(text, end):
        word, quoted, plain = match.groups()
        found[word] = re.sub(r"\\(.)", r"\1", quoted if quoted is not None else plain)
        end = match.end()
    if text[end:].strip() or not found:
        raise SettingError(SETTING, EXPECTED)
    return found


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
