"""New entries for sources.toml: appended as text, so that the operator's comments and order stay."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from storage.errors import SettingError
from storage.records import Source
from tasks.web.urls import host_of, url_key

# Parts of a host name that say nothing about whose it is.
COMMON_PARTS: Final = frozenset({"www", "rss", "feeds", "feed", "com", "org", "net", "co", "news"})
# TOML's basic strings know JSON's escapes, but no surrogates; DEL must be written out.
DELETE: Final = "\x7f"


def append_sources(path: Path, known: Sequence[Source], new: Iterable[Source]) -> tuple[Source, ...]:
    """Append the sources whose address is not listed yet, under keys of their own; gives them as written.

    Raises SettingError if the file can't be written.
    """
    addresses = {url_key(source.url) for source in known}
    keys = {source.source_id for source in known}
    written = []
    for source in new:
        if url_key(source.url) in addresses:
            continue
        key = _free_key(source.source_id or key_for(source.url), keys)
        named = Source(
            source_id=key, name=source.name or key, kind=source.kind, url=source.url, language=source.language
        )
        written.append(named)
        keys.add(key)
        addresses.add(url_key(source.url))
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(map(_table, written))
    except OSError as error:
        raise SettingError(str(path), "the list of sources can't be written") from error
    return tuple(written)


def key_for(url: str) -> str:
    """A key that says whose source it is: the telling part of the host name."""
    parts = host_of(url).split(".")
    telling = [part for part in parts if part not in COMMON_PARTS]
    return re.sub(r"[^a-z0-9]+", "-", (telling or parts or ["source"])[0].lower()).strip("-") or "source"


def _free_key(key: str, taken: set[str | None]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _table(source: Source) -> str:
    lines = [f"\n[{source.source_id}]", f"name = {_text(source.name)}", f"url = {_text(source.url)}"]
    if source.kind != "feed":
        lines.append(f"kind = {_text(source.kind)}")
    if source.language:
        lines.append(f"language = {_text(source.language)}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    clean = value.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace(DELETE, "\\u007f")
