"""Taking records out of WARC files: in their place stand empty records of the same length, so that the keys of all others hold."""

import gzip
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from storage.errors import HomeError

BODIES: Final = (WarcRecordType.response, WarcRecordType.resource)
# A gzip member may carry a field of up to 65,535 bytes that readers pass over (RFC 1952, 2.3.1.1).
MOST_PADDING: Final = 60_000
EMPTY: Final = (
    b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
    b"WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)
GZIP_HEAD: Final = b"\x1f\x8b\x08\x04" + bytes(4) + b"\x02\xff"


class Body(NamedTuple):
    """A body in a WARC file: its address and the SHA-256 of what was archived, in hex."""

    url: str
    digest: str


class _Span(NamedTuple):
    start: int
    end: int
    body: Body | None
    urn: str
    belongs_to: str


def bodies(path: Path) -> list[Body]:
    """What bodies a WARC file has."""
    return [span.body for span in _spans(path) if span.body]


def erase(path: Path, is_doomed: Callable[[Body], bool]) -> int:
    """Take bodies out of a WARC file, with their requests and what feeds said of them; gives how many bodies.

    The new file takes the place of the old one in one step. Raises HomeError.
    """
    spans = list(_spans(path))
    doomed = {span.urn for span in spans if span.body and is_doomed(span.body)}
    gone = [span for span in spans if span.urn in doomed or span.belongs_to in doomed]
    if gone:
        _overwrite(path, [(span.start, span.end) for span in gone])
    return len(doomed)


def _spans(path: Path) -> Iterator[_Span]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            records = [_span(record) for record in ArchiveIterator(file, parse_http=False)]
    except OSError as error:
        raise HomeError(str(path), "the archive can't be read") from error
    ends = [span.start for span in records[1:]] + [size]
    for span, end in zip(records, ends, strict=True):
        yield span._replace(end=end)


def _span(record: object) -> _Span:
    headers = record.headers  # type: ignore[attr-defined]
    is_body = record.record_type in BODIES  # type: ignore[attr-defined]
    digest = (headers.get("WARC-Payload-Digest") or "").removeprefix("sha256:")
    return _Span(
        start=record.stream_pos,  # type: ignore[attr-defined]
        end=0,
        body=Body(headers.get("WARC-Target-URI") or "", digest) if is_body else None,
        urn=headers.get("WARC-Record-ID") or "",
        belongs_to=headers.get("WARC-Concurrent-To") or "",
    )


def _overwrite(path: Path, spans: list[tuple[int, int]]) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        # Archived files are a batch each, some MB.
        content = bytearray(path.read_bytes())
        for start, end in _joined(spans):
            content[start:end] = filler(end - start)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise HomeError(str(path), "records can't be taken out of the archive") from error


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbours as one span: a short record alone may be too small for what stands in its place."""
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start != end:
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def filler(length: int) -> bytes:
    """Empty WARC records, each a gzip member, of exactly this length in bytes. Raises ValueError below the shortest (about 170)."""
    shortest = len(_member(0))
    if length < shortest:
        raise ValueError(f"{length} bytes are fewer than an empty record has")
    count = -(-length // (shortest + MOST_PADDING))
    padding = length - count * shortest
    if padding < 0:
        count, padding = count - 1, padding + shortest
    each, rest = divmod(padding, count)
    return b"".join(_member(each + (number < rest)) for number in range(count))


def _member(padding: int) -> bytes:
    deflated = gzip.compress(EMPTY, mtime=0)[10:-8]
    tail = struct.pack("<II", zlib.crc32(EMPTY), len(EMPTY))
    return GZIP_HEAD + struct.pack("<H", padding) + bytes(padding) + deflated + tail
