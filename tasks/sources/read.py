"""sources.toml: where articles come from."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from storage.errors import SettingError
from storage.records import Source
from storage.registry import part_names
from tasks.web.urls import web_url

# What an entry may say, and in which form.
FIELDS: Final[Mapping[str, type]] = {
    "country": str, "enabled": bool, "kind": str, "language": str, "name": str, "url": str,
}  # fmt: skip
FORMS: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "country": (re.compile(r"[A-Z]{3}"), "three capital letters (ISO 3166-1 alpha-3), such as GBR"),
    "language": (re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "a language code (BCP 47), such as en"),
}
SAYS: Final = {str: "text", bool: "true or false"}
SCHEMES: Final = frozenset({"http", "https", "file"})
HEADER: Final = re.compile(r"^\s*\[+([^\]#]*)")


class Configured(NamedTuple):
    """Sources that can be used, and a line for each entry that can't."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def read_sources(path: Path) -> Configured:
    """Sources of a file. A bad entry is a problem with its place, and the others go on. Raises SettingError if the file
    itself can't be read."""
    tables, unread = _tables(path)
    sources: list[Source] = []
    problems: list[str] = []
    for key, entry in tables.items():
        problem = _problem(entry)
        if problem:
            problems.append(f"{path}: [{key}]: {problem}")
        else:
            sources.append(_source(key, entry, path.parent))
    return Configured(tuple(sources), (*unread, *problems))


def _tables(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The entries, and a line for each one that is no TOML. Raises SettingError if the file is none at all."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(str(path), "the list of sources can't be read") from error
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        tables, problems = _one_by_one(path, text)
        if not tables:
            raise SettingError(str(path), "the list of sources can't be read") from error
        return tables, problems


def _one_by_one(path: Path, text: str) -> tuple[dict[str, Any], list[str]]:
    """The entries of a file that is no TOML as a whole, each read by itself."""
    tables: dict[str, Any] = {}
    problems = []
    for name, entry in _entries(text):
        try:
            found = tomllib.loads(entry)
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path}: [{name}]: {error}")
            continue
        problems += [f"{path}: [{key}]: is in it twice; the first one counts" for key in found if key in tables]
        tables |= {key: value for key, value in found.items() if key not in tables}
    return tables, problems


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Each entry with its name, behind as many empty lines as stand before it: errors name the line of the file."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if HEADER.match(line)]
    for start, end in pairwise([*starts, len(lines)]):
        name = HEADER.match(lines[start])
        yield name[1] if name else "", "\n" * start + "\n".join(lines[start:end])


def path_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Files and folders as sources without a configuration."""
    absolute = dict.fromkeys(path.absolute() for path in paths)
    return tuple(Source(source_id=None, name=path.name, kind="files", url=path.as_uri()) for path in absolute)


def _problem(entry: object) -> str | None:
    """What is wrong with an entry, None if nothing is."""
    if not isinstance(entry, dict):
        return "is no table"
    if unknown := sorted(set(entry) - set(FIELDS)):
        return f"unknown key {unknown[0]!r}; known are {', '.join(FIELDS)}"
    for name, value in entry.items():
        if not isinstance(value, FIELDS[name]):
            return f"{name} {value!r} is not {SAYS[FIELDS[name]]}"
        if name in FORMS and not FORMS[name][0].fullmatch(str(value)):
            return f"{name} {value!r} is not {FORMS[name][1]}"
    kinds = part_names("tasks.discover")
    if entry.get("kind", "feed") not in kinds:
        return f"kind {entry.get('kind')!r} is not one of {', '.join(kinds)}"
    return _wrong_address(entry.get("url", ""))


def _wrong_address(url: str) -> str | None:
    if not url.strip():
        return "has no url"
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return f"url {url!r} can't be read"
    if scheme and scheme not in SCHEMES:
        return f"url {url!r} begins with none of {', '.join(sorted(SCHEMES))}"
    return f"url {url!r} has no host" if scheme.startswith("http") and web_url(url) is None else None


def _source(key: str, entry: Mapping[str, Any], folder: Path) -> Source:
    url = str(entry["url"])
    return Source(
        source_id=key,
        name=str(entry.get("name", key)),
        kind=str(entry.get("kind", "feed")),
        # A path is relative to the file that names it.
        url=url if urlsplit(url).scheme else (folder / url).absolute().as_uri(),
        country_iso3=entry.get("country"),
        language=entry.get("language"),
        enabled=entry.get("enabled", True),
    )


def select_sources(sources: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The sources with these ids, all if none is named. Raises SettingError for a name that no source has."""
    known = {source.source_id: source for source in sources}
    for name in names:
        if name not in known:
            raise SettingError(name, "no such source")
    return tuple(known[name] for name in names) if names else tuple(sources)
