"""WARC 1.1 (ISO 28500:2017): records written and read, one gzip member each, so that any WARC tool can open a file or a record."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, NamedTuple
from urllib.parse import urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from storage.records import Document, FeedEntry

# The body is stored as we read it, decoded; these headers would say otherwise. Names as other archiving tools write them.
DECODED_HEADERS: Final = {"content-encoding", "transfer-encoding", "content-length"}
COMPRESSION: Final = 6
HTTP: Final = "application/http; msgtype="
ENTRY_TYPE: Final = "application/json"
BODIES: Final = WarcRecordType.response | WarcRecordType.resource


class Stored(NamedTuple):
    """A body out of a WARC file: `offset` is where its record begins. `status` is None for a resource record."""

    offset: int
    url: str
    body: bytes
    media_type: str
    charset: str | None
    date: datetime | None
    status: int | None
    entry: FeedEntry | None = None


def write_info(file: BinaryIO, name: str, software: str) -> None:
    """The record that describes a WARC file."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    _write(file, WarcRecordType.warcinfo, block, {"WARC-Filename": name, "Content-Type": "application/warc-fields"})


def write_document(file: BinaryIO, document: Document) -> int:
    """What the feed said of a document, response and request, or a resource record for a local file; gives the offset of the
    body's record."""
    common = {
        "WARC-Target-URI": document.url,
        "WARC-Date": document.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Payload-Digest": f"sha256:{document.raw_sha256}",
    }
    body = _urn()
    if document.candidate.entry:
        said = json.dumps(document.candidate.entry.said, ensure_ascii=False).encode()
        link = {"WARC-Target-URI": document.url, "WARC-Concurrent-To": f"<{body}>", "Content-Type": ENTRY_TYPE}
        _write(file, WarcRecordType.metadata, said, link)
    offset = file.tell()
    if document.http_status is None:
        _write(file, WarcRecordType.resource, document.body, {**common, "Content-Type": document.media_type}, body)
        return offset
    _write(file, WarcRecordType.response, _response(document), {**common, "Content-Type": f"{HTTP}response"}, body)
    request = {key: value for key, value in common.items() if key != "WARC-Payload-Digest"}
    request |= {"WARC-Concurrent-To": f"<{body}>", "Content-Type": f"{HTTP}request"}
    _write(file, WarcRecordType.request, _request(document), request)
    return offset


def _urn() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


def _write(file: BinaryIO, kind: Any, block: bytes, headers: dict[str, str], urn: str | None = None) -> None:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Record-ID"] = f"<{urn or _urn()}>"
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(block)
    writer = GzipWriter(file, compression_level=COMPRESSION)
    record.write(writer, checksum_data=False)
    writer.finish()


def _request(document: Document) -> bytes:
    parts = urlsplit(document.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in document.request_headers)]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")


def _response(document: Document) -> bytes:
    lines = [f"HTTP/1.1 {document.http_status} "]
    for name, value in document.response_headers:
        lines.append(f"{'x-archive-orig-' if name in DECODED_HEADERS else ''}{name}: {value}")
    lines.append(f"content-length: {len(document.body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + document.body


def read_at(path: Path, offset: int, most: int = -1) -> Stored | None:
    """The body whose record begins at an offset, decoded, up to `most` bytes of it; None if there is none. Raises OSError."""
    try:
        return _read_at(path, offset, most, "all")
    except OSError:
        # Some crawlers store bodies decoded and leave the header that says that they are not.
        return _read_at(path, offset, most, "none")


def _read_at(path: Path, offset: int, most: int, decoding: Literal["all", "none"]) -> Stored | None:
    with path.open("rb") as file:
        file.seek(offset)
        found = next(iter(ArchiveIterator(file, record_types=BODIES, auto_decode=decoding)), None)
        return _stored(found, offset, found.reader.read(most)) if found is not None else None


def list_records(path: Path) -> Iterator[Stored]:
    """All bodies of a WARC or ARC file (also gzip), in order and left unread, each with what a feed said of it, if we wrote it
    down."""
    said: dict[str, FeedEntry] = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=BODIES | WarcRecordType.metadata):
            if record.record_type == WarcRecordType.metadata:
                if record.headers.get("Content-Type") == ENTRY_TYPE and (entry := _entry(record.reader.read())):
                    said = {record.headers.get("WARC-Concurrent-To") or "": entry}
            else:
                entry = said.get(record.headers.get("WARC-Record-ID") or "-")
                yield _stored(record, record.stream_pos, b"")._replace(entry=entry)


def _entry(block: bytes) -> FeedEntry | None:
    """A feed entry as we write it; None for another program's metadata."""
    try:
        columns = json.loads(block)
        return FeedEntry(**{**columns, "authors": tuple(columns["authors"])})
    except (ValueError, TypeError, KeyError):
        return None


def _stored(record: Any, offset: int, body: bytes) -> Stored:
    http = record.http_headers
    kind = (record.http_content_type if http is not None else record.headers.get("Content-Type")) or ""
    return Stored(
        offset=offset,
        url=record.headers.get("WARC-Target-URI") or "",
        body=body,
        media_type=kind.split(";")[0].strip().lower(),
        charset=record.http_charset if http is not None else None,
        date=record.record_date,
        status=http.status_code if http is not None else None,
    )
