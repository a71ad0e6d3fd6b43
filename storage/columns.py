"""Records as columns: the one place where fields of records become values of table columns."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from typing import Any

from storage.records import Article, Ending, Finding, KnownAlias, Published, Row, Source, Version

Columns = Mapping[str, Any]

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
ALIAS_FIELDS = ("entity_id", "entity_type", "alias", "block", "reason")
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


def finding_columns(finding: Finding, version_id: str, load_id: str) -> Columns:
    """A row of an extracted table; records without offsets have no version."""
    record = finding.record
    # mypy takes the __hash__ of a dataclass for that of its class.
    names = field_names(type(record))  # type: ignore[arg-type]
    columns = {name: getattr(record, name) for name in names}
    columns |= {
        "extractor": finding.extractor,
        "extractor_version": finding.extractor_version,
        "load_id": load_id,
    }
    if isinstance(record, Row):
        columns |= {"version_id": version_id, "exact": finding.exact, "sentence_no": finding.sentence_no}
    return columns


def alias_columns(alias: KnownAlias, version_id: str, linker: tuple[str, str], load_id: str) -> Columns:
    """A row of `entity_aliases`."""
    name, version = linker
    return {
        **{name: getattr(alias, name) for name in ALIAS_FIELDS},
        "context": list(alias.context),
        "version_id": version_id,
        "extractor": name,
        "extractor_version": version,
        "load_id": load_id,
    }


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
