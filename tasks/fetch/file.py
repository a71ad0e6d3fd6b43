"""Scheme `file`: local files, and documents inside of them."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from storage.records import Candidate, Document, Ending
from tasks.fetch._endings import MAX_BODY_BYTES, ending
from tasks.fetch._record import read_line, read_record
from tasks.web.limits import MIB

MEDIA_TYPES: Final = {
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".xhtml": "application/xhtml+xml",
}
OFFSET: Final = "offset="
Read = Callable[[Candidate, Path, int, datetime], Document | Ending]
RECORDS: Final[dict[str, Read]] = {".jsonl": read_line, ".ndjson": read_line}


def path_of(url: str) -> Path:
    """Path of a file URL."""
    return Path(unquote(urlsplit(url).path, errors="surrogateescape"))


async def fetch(candidate: Candidate, now: datetime, _: object) -> Document | Ending:
    """Read a local file; the web is not needed for that."""
    started, path = time.monotonic(), path_of(candidate.url)
    fragment = urlsplit(candidate.url).fragment
    if fragment.startswith(OFFSET):
        try:
            read = RECORDS.get(path.suffix.lower(), read_record)
            return read(candidate, path, int(fragment.removeprefix(OFFSET)), now)
        except (OSError, ValueError) as error:
            return ending(candidate, "http_error", f"can't be read: {error}")
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    body = read_body(candidate)
    if isinstance(body, Ending):
        return body
    if media_type is None:
        return ending(candidate, "wrong_type", f"{path.suffix or 'no suffix'} is not read")
    return Document(
        candidate=candidate,
        url=candidate.url,
        body=body,
        media_type=media_type,
        fetched_at=now,
        milliseconds=round(1000 * (time.monotonic() - started)),
    )


def read_body(candidate: Candidate) -> bytes | Ending:
    """Bytes of a local file, or why not. Nothing larger than `MAX_BODY_BYTES` is read into memory."""
    path = path_of(candidate.url)
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "no such file" if not path.exists() else "not a regular file"
            return ending(candidate, "http_error" if not path.exists() else "wrong_type", what)
        with path.open("rb") as file:
            body = file.read(MAX_BODY_BYTES + 1)
    except (OSError, ValueError) as error:
        return ending(candidate, "http_error", f"can't be read: {error}")
    if len(body) > MAX_BODY_BYTES:
        size = f"{path.stat().st_size / MIB:.0f} MiB, over the limit of {MAX_BODY_BYTES // MIB} MiB"
        return ending(candidate, "too_large", size)
    return body
