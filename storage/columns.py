"""Records as columns: the one place where fields of records become values of table columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

from storage.records import Article, Ending, Finding, KnownAlias, Published, Row, Source, Version

# A row, and many rows: values by column.
Columns = Mapping[str, Any]
ColumnLists = Mapping[str, Sequence[Any]]

ARTICLE_FIELDS = (
    "text",
    "content_sha256",
    "title",
    "modified_at",
    "language",
    "section",
    "is_accessible_for_free",
    "document_url",
    "archive_key",
    "raw_sha256",
    "cleaner",
    "cleaner_version",
    "seen_at",
    "page_type",
    "is_partial",
    "from_feed",
    "site_name",
    "image_url",
    "license_url",
    "stated",
)
HEADING_FIELDS = ("start_char", "end_char", "level")
ALIAS_FIELDS = ("entity_id", "entity_type", "alias", "block", "context", "reason")
PUBLISHED_FIELDS = ("at", "precision", "tz_known", "origin", "printed")


def article_columns(article: Article, load_id: str) -> Columns:
    """A row of `articles`."""
    return {
        "article_id": article.article_id,
        "canonical_url": article.canonical_url,
        "first_url": article.document_url,
        "source_id": article.candidate.source_id,
        "first_seen_at": article.seen_at,
        "load_id": load_id,
    }


def version_columns(version: Version, load_id: str) -> Columns:
    """A row of `article_versions`."""
    article = version.article
    return {
        **{name: getattr(article, name) for name in ARTICLE_FIELDS},
        **_published_columns(article.published),
        "article_id": article.article_id,
        "version_id": version.version_id,
        "version_no": version.version_no,
        "boring": version.boring,
        "word_count": len(article.text.split()),
        "authors": list(article.authors),
        "keywords": list(article.keywords),
        "author_organisations": list(article.author_organisations),
        "published_candidates": [
            {name: getattr(candidate, name) for name in PUBLISHED_FIELDS} for candidate in article.published_candidates
        ],
        "headings": [{name: getattr(heading, name) for name in HEADING_FIELDS} for heading in article.headings],
        "blocks": [asdict(block) for block in article.blocks],
        "reasons": list(article.reasons),
        "load_id": load_id,
    }


def _published_columns(published: Published | None) -> Columns:
    if published is None:
        return {}
    return {
        "published_at": published.at,
        "published_precision": published.precision,
        "published_tz_known": published.tz_known,
        "published_origin": published.origin,
        "published_day": published.day,
    }


def finding_columns(found: Sequence[tuple[str, Finding]], load_id: str) -> ColumnLists:
    """Findings with records of one class, given with the version they were found in, as columns of its table; records without offsets
    have no version."""
    findings = [finding for _, finding in found]
    records = [finding.record for finding in findings]
    kind = type(records[0])
    # mypy takes the __hash__ of a dataclass for that of its class.
    names = field_names(kind)  # type: ignore[arg-type]
    columns: dict[str, Sequence[Any]] = {name: list(map(attrgetter(name), records)) for name in names}
    columns |= {
        "extractor": [finding.extractor for finding in findings],
        "extractor_version": [finding.extractor_version for finding in findings],
        "load_id": [load_id] * len(findings),
    }
    if issubclass(kind, Row):
        columns |= {
            "version_id": [version_id for version_id, _ in found],
            "exact": [finding.exact for finding in findings],
            "sentence_no": [finding.sentence_no for finding in findings],
        }
    return columns


def alias_columns(aliases: Sequence[tuple[str, KnownAlias]], linker: tuple[str, str], load_id: str) -> ColumnLists:
    """Columns of `entity_aliases`; names are given with the version they stand in."""
    number, (name, version) = len(aliases), linker
    return {
        **{field: [getattr(alias, field) for _, alias in aliases] for field in ALIAS_FIELDS},
        "version_id": [version_id for version_id, _ in aliases],
        "extractor": [name] * number,
        "extractor_version": [version] * number,
        "load_id": [load_id] * number,
    }


def listed(rows: Sequence[Columns]) -> ColumnLists:
    """Rows as columns; what a row does not have is None."""
    # Rows of one record have the same columns: a look at each kind of row is enough.
    names = dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, rows))))
    return {name: [row.get(name) for row in rows] for name in names}


@cache
def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Names of a record's fields, which are its columns."""
    return tuple(field.name for field in fields(kind))


def ledger_columns(endings: Iterable[Ending], load_id: str, now: datetime) -> list[Columns]:
    """Rows of `ledger`."""
    return [
        {
            "load_id": load_id,
            "url": ending.candidate.url,
            "source_id": ending.candidate.source_id,
            "status": ending.status,
            "stage": ending.stage,
            "detail": ending.detail,
            "http_status": ending.http_status,
            "bytes": ending.bytes,
            "ms": ending.milliseconds,
            "robots_rule": ending.robots_rule,
            "article_id": ending.article_id,
            "version_id": ending.version_id,
            "ended_at": now,
            "url_key": ending.candidate.url_key,
            "entry_sha256": ending.candidate.entry.sha256 if ending.candidate.entry else None,
            "attempt": ending.candidate.attempt if ending.candidate.url_key else None,
            "retry_at": ending.retry_at,
            "entry": ending.candidate.entry.said if ending.candidate.entry and ending.retry_at else None,
        }
        for ending in endings
    ]


def source_columns(source: Source, load_id: str, now: datetime) -> Columns:
    """A row of `sources`."""
    return {**asdict(source), "seen_at": now, "load_id": load_id}
