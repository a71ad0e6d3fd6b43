"""Append one batch: what is new is decided again under the lock, then all of it is written, or nothing."""

from collections.abc import Sequence
from datetime import datetime

from storage.records import Ending, Extraction, Version
from storage.warehouse import Warehouse
from tasks.compare.versions import plan_versions


def append(
    warehouse: Warehouse,
    load_id: str,
    now: datetime,
    extractions: Sequence[Extraction],
    endings: Sequence[Ending],
) -> None:
    """Write versions, their rows and all endings of a batch in one transaction.

    Another run may have stored the same articles since `compare` looked: the decision made here counts.
    Raises EvidenceError, LockError, HomeError; nothing is written then.
    """
    if not extractions and not endings:
        return
    findings = {extraction.article.document_url: extraction.findings for extraction in extractions}
    articles = [extraction.article for extraction in extractions]
    with warehouse.transaction(load_id, now) as transaction:
        plan = plan_versions(articles, transaction.known(articles))
        transaction.add_versions(plan.versions)
        transaction.add_findings(
            [
                (version.version_id, finding)
                for version in plan.versions
                for finding in findings[version.article.document_url]
            ]
        )
        transaction.add_endings([*endings, *plan.endings, *map(stored, plan.versions)])


def stored(version: Version) -> Ending:
    """The ending of an article that was stored."""
    detail = "new article" if version.version_no == 1 else f"version {version.version_no} of a known article"
    return Ending(
        candidate=version.article.candidate,
        status="stored",
        stage="append",
        detail=detail,
        article_id=version.article.article_id,
        version_id=version.version_id,
    )
