"""Records as Arrow and back, so that another machine can be sent articles and send back what it found: no pickle of either.

The Arrow types follow from the type hints of the records: a dataclass is a struct, a tuple a list, a Literal a string. An aware datetime
is its instant and its offset from UTC in seconds, for the day that was printed counts, not the one in UTC.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from storage.records import Article, Extraction, Finding, Record

# By the table that they go to.
Kinds = Mapping[str, type[Record]]

PLAIN: Final[Mapping[Any, pa.DataType]] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}
MOMENT: Final = pa.struct([("at", pa.timestamp("us", "UTC")), ("offset", pa.int32())])
# What a finding has beside its record; `no` is its place among all findings of its article.
FOUND: Final = (("no", int), ("extractor", str), ("extractor_version", str), ("exact", str), ("sentence_no", int))
REASONS: Final = tuple[tuple[str, str], ...]


class Codec(NamedTuple):
    """An Arrow type, with the way of a value to what Arrow takes for it, and back."""

    type: pa.DataType
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def write_articles(articles: Sequence[Article]) -> bytes:
    """Articles as an Arrow stream, one row each."""
    codec = codec_of(Article)
    schema = pa.schema(list(codec.type))
    return _as_stream(pa.Table.from_pylist([codec.write(article) for article in articles], schema=schema))


def read_articles(stream: bytes) -> tuple[Article, ...]:
    """The articles of such a stream. Raises pyarrow.ArrowInvalid for other bytes."""
    return tuple(map(codec_of(Article).read, _from_stream(stream).to_pylist()))


def write_found(extractions: Sequence[Extraction], kinds: Kinds) -> bytes:
    """What was found in a batch as an Arrow stream: one row an article with its reasons, whether extraction failed, and a list of
    structs for each kind of record. The articles themselves are not in it."""
    rows = [_found_columns(extraction, kinds) for extraction in extractions]
    return _as_stream(pa.Table.from_pylist(rows, schema=_found_schema(kinds)))


def read_found(stream: bytes, articles: Sequence[Article], kinds: Kinds) -> tuple[Extraction, ...]:
    """What was found in these articles. Raises ValueError if the stream is about another number of them."""
    rows = _from_stream(stream).to_pylist()
    return tuple(_read_extraction(row, article, kinds) for row, article in zip(rows, articles, strict=True))


def _found_schema(kinds: Kinds) -> pa.Schema:
    lists = [(table, pa.list_(_finding_type(kind))) for table, kind in sorted(kinds.items())]
    return pa.schema([("reasons", codec_of(REASONS).type), ("failed", pa.bool_()), *lists])


def _finding_type(kind: type[Record]) -> pa.DataType:
    return pa.struct([*((name, PLAIN[hint]) for name, hint in FOUND), ("record", codec_of(kind).type)])


def _found_columns(extraction: Extraction, kinds: Kinds) -> dict[str, Any]:
    columns: dict[str, Any] = {table: [] for table in kinds}
    for no, finding in enumerate(extraction.findings):
        record = codec_of(type(finding.record)).write(finding.record)
        beside = {name: getattr(finding, name) for name, _ in FOUND[1:]}
        columns[finding.record.table].append({"no": no, **beside, "record": record})
    columns["reasons"] = codec_of(REASONS).write(extraction.article.reasons)
    columns["failed"] = extraction.failed
    return columns


def _read_extraction(row: Mapping[str, Any], article: Article, kinds: Kinds) -> Extraction:
    found = [(finding.pop("no"), kind, finding) for table, kind in kinds.items() for finding in row[table]]
    findings = tuple(
        Finding(**{**finding, "record": codec_of(kind).read(finding["record"])})
        for _, kind, finding in sorted(found, key=lambda one: one[0])
    )
    article = replace(article, reasons=codec_of(REASONS).read(row["reasons"]))
    return Extraction(article=article, findings=findings, failed=row["failed"])


def _as_stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    stream: bytes = sink.getvalue().to_pybytes()
    return stream


def _from_stream(stream: bytes) -> pa.Table:
    with pa.ipc.open_stream(stream) as reader:
        return reader.read_all()


def codec_of(hint: Any) -> Codec:
    """The codec of a type hint. Raises TypeError for one that records do not have so far."""
    return _codec_of(hint)


@cache
def _codec_of(hint: Any) -> Codec:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        (some,) = (one for one in inner if one is not NoneType)
        return _optional(codec_of(some))
    if origin is Literal:
        return codec_of(type(inner[0]))
    if origin is tuple:
        return _list(codec_of(inner[0])) if inner[1] is Ellipsis else _pair(inner)
    if hint in PLAIN:
        return Codec(PLAIN[hint], _as_it_is, _as_it_is)
    if hint is datetime:
        return Codec(MOMENT, _write_moment, _read_moment)
    if is_dataclass(hint):
        return _struct(hint)
    raise TypeError(f"no Arrow type for {hint}")


def _as_it_is(value: Any) -> Any:
    return value


def _optional(codec: Codec) -> Codec:
    _, write, read = codec
    return codec._replace(
        write=lambda value: None if value is None else write(value),
        read=lambda value: None if value is None else read(value),
    )


def _list(codec: Codec) -> Codec:
    kind, write, read = codec
    return Codec(pa.list_(kind), lambda values: [write(v) for v in values], lambda values: tuple(map(read, values)))


def _pair(hints: tuple[Any, ...]) -> Codec:
    """A tuple of fixed length: a struct with numbers for names."""
    codecs = {str(number): codec_of(hint) for number, hint in enumerate(hints)}
    return Codec(
        pa.struct([(name, codec.type) for name, codec in codecs.items()]),
        lambda values: {name: codec.write(value) for (name, codec), value in zip(codecs.items(), values, strict=True)},
        lambda row: tuple(codec.read(row[name]) for name, codec in codecs.items()),
    )


def _struct(kind: Any) -> Codec:
    hints = get_type_hints(kind)
    codecs = [(field.name, codec_of(hints[field.name])) for field in fields(kind)]
    return Codec(
        pa.struct([(name, codec.type) for name, codec in codecs]),
        lambda record: {name: codec.write(getattr(record, name)) for name, codec in codecs},
        lambda row: kind(**{name: codec.read(row[name]) for name, codec in codecs}),
    )


def _write_moment(moment: datetime) -> dict[str, Any]:
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"a moment without a zone: {moment}")
    return {"at": moment, "offset": int(offset.total_seconds())}


def _read_moment(row: Mapping[str, Any]) -> datetime:
    zone = timezone(timedelta(seconds=row["offset"])) if row["offset"] else UTC
    at: datetime = row["at"]
    return at.astimezone(zone)
