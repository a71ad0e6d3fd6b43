"""Runs extractors over readings: in the order of their needs, each isolated from the others."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any

from storage.errors import ExtractionError
from storage.records import Article, Extraction, Finding, Record, Row
from storage.registry import part_names
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import Reading


def load_extractors() -> tuple[Extractor, ...]:
    """All extractors of this folder, each after those it needs."""
    modules = (import_module(f"tasks.extract.{name}") for name in part_names("tasks.extract"))
    extractors: dict[str, Extractor] = {}
    for module in modules:
        extractor = module.build()
        extractors[extractor.name] = extractor
    order = TopologicalSorter({extractor.name: extractor.needs for extractor in extractors.values()}).static_order()
    return tuple(extractors[name] for name in order)


def extract(reading: Reading, extractors: Iterable[Extractor]) -> tuple[Extraction, tuple[ExtractionError, ...]]:
    """Everything found in one article, and the extractors that failed on it."""
    findings: list[Finding] = []
    errors: list[ExtractionError] = []
    for extractor in extractors:
        if extractor.languages is not None and reading.article.language not in extractor.languages:
            continue
        found = Found([finding.record for finding in findings])
        try:
            findings += [_finding(extractor, record, reading) for record in extractor.extract(reading, found)]
        except Exception as error:  # noqa: BLE001 - one extractor's fault must not cost the other rows
            failure = ExtractionError(reading.article.document_url, f"extractor {extractor.name} failed")
            failure.__cause__ = error
            errors.append(failure)
    extraction = Extraction(article=_with_reasons(reading, errors), findings=tuple(findings), failed=bool(errors))
    return extraction, tuple(errors)


def _with_reasons(reading: Reading, errors: Sequence[ExtractionError]) -> Article:
    """The article, saying why rows are missing."""
    reasons = [("extraction", reading.unread)] if reading.unread else []
    reasons += [("extraction", str(error)) for error in errors[:1]]
    return replace(reading.article, reasons=(*reading.article.reasons, *reasons[:1]))


def _finding(extractor: Extractor, record: Record, reading: Reading) -> Finding:
    """A record with its words. Raises ValueError for offsets outside the text: no offset, no row."""
    exact, sentence_no = None, None
    if isinstance(record, Row):
        if not 0 <= record.start_char < record.end_char <= len(reading.text):
            raise ValueError(f"{record.table}: {record.start_char}..{record.end_char} is no span of the text")
        exact = reading.text[record.start_char : record.end_char]
        sentence_no = reading.sentence_no(record.start_char)
        _check_spans(record, reading.text)
    return Finding(
        record=record,
        extractor=extractor.name,
        extractor_version=extractor.version,
        exact=exact,
        sentence_no=sentence_no,
    )


def _check_spans(row: Row, text: str) -> None:
    """Raises ValueError if a further span of a row (cue, speaker, ...) does not give its words."""
    kind: Any = type(row)
    for stem, words_in in _further_spans(kind):
        start, end = getattr(row, f"{stem}_start_char"), getattr(row, f"{stem}_end_char")
        words = getattr(row, words_in)
        stands_there = None if start is None or end is None else text[start:end]
        if words != stands_there or words == "":
            raise ValueError(f"{row.table}: {stem} says {words!r}, but there stands {stands_there!r}")


@cache
def _further_spans(kind: Any) -> tuple[tuple[str, str], ...]:
    """The further spans of a class of rows by name, each with the field that has its words."""
    names = [field.name for field in fields(kind)]
    stems = [name.removesuffix("_start_char") for name in names if name.endswith("_start_char")]
    return tuple((stem, stem if stem in names else f"{stem}_text") for stem in stems)
