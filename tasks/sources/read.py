"""sources.toml: where articles come from."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from storage.errors import SettingError
from storage.records import Source
from storage.registry import part_names

FIELDS: Final = frozenset({"name", "kind", "url", "country", "language", "enabled"})


class Configured(NamedTuple):
    """Sources that can be used, and a line for each entry that can't."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def read_sources(path: Path) -> Configured:
    """Sources of a file. A bad entry is a problem with its place, and the others go on. Raises SettingError if the file
    itself can't be read."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(str(path), "the list of sources can't be read") from error
    sources: list[Source] = []
    problems: list[str] = []
    for key, entry in tables.items():
        problem = _problem(entry)
        if problem:
            problems.append(f"{path}: [{key}]: {problem}")
        else:
            sources.append(_source(key, entry, path.parent))
    return Configured(tuple(sources), tuple(problems))


def path_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Files and folders as sources without a configuration."""
    absolute = dict.fromkeys(path.absolute() for path in paths)
    return tuple(Source(source_id=None, name=path.name, kind="files", url=path.as_uri()) for path in absolute)


def _problem(entry: object) -> str | None:
    """What is wrong with an entry, None if nothing is."""
    if not isinstance(entry, dict):
        return "is no table"
    if unknown := sorted(set(entry) - FIELDS):
        return f"unknown key {unknown[0]!r}; known are {', '.join(sorted(FIELDS))}"
    if not isinstance(entry.get("url"), str) or not entry["url"]:
        return "has no url"
    kinds = part_names("tasks.discover")
    if entry.get("kind", "feed") not in kinds:
        return f"kind {entry.get('kind')!r} is not one of {', '.join(kinds)}"
    return None


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
        enabled=bool(entry.get("enabled", True)),
    )


def select_sources(sources: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The sources with these ids, all if none is named. Raises SettingError for a name that no source has."""
    known = {source.source_id: source for source in sources}
    for name in names:
        if name not in known:
            raise SettingError(name, "no such source")
    return tuple(known[name] for name in names) if names else tuple(sources)
