"""ARC files (the Internet Archive's format before WARC), through warcio; fastwarc reads WARC only."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator

from storage.warc import Stored

SUFFIXES: Final = (".arc", ".arc.gz")


def read_arc_at(path: Path, offset: int, most: int) -> Stored | None:
    """The body whose record begins at an offset, up to `most` bytes of it; None if there is none."""
    with path.open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file, arc2warc=True)), None)
        return _stored(record, offset, record.content_stream().read(most)) if record else None


def list_arc(path: Path) -> Iterator[Stored]:
    """All bodies of an ARC file (also gzip), in order and left unread."""
    with path.open("rb") as file:
        records = ArchiveIterator(file, arc2warc=True)
        for record in records:
            offset = records.get_record_offset()
            if record.rec_type == "response":
                yield _stored(record, offset, b"")


def _stored(record: Any, offset: int, body: bytes) -> Stored:
    http, headers = record.http_headers, record.rec_headers
    kind = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    status = http.get_statuscode() if http else ""
    return Stored(
        offset=offset,
        url=headers.get_header("WARC-Target-URI") or "",
        body=body,
        media_type=kind.split(";")[0].strip().lower(),
        charset=_charset(kind),
        date=_date(headers.get_header("WARC-Date")),
        status=int(status) if status.isdigit() else None,
    )


def _charset(content_type: str) -> str | None:
    _, _, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip("\"' ") or None


def _date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
