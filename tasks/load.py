"""Append one batch: what is new is decided again under the lock, then all of it is written, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from storage.records import Ending, Extraction, Finding, KnownAlias, Version
from storage.transaction import Transaction
from storage.warehouse import Warehouse
from storage.web_records import ArchivedBody, Poll, SiteFile, Visit
from tasks.compare.versions import plan_versions
from tasks.link.registry import NAME as LINKER
from tasks.link.registry import VERSION as LINKER_VERSION
from tasks.link.registry import Linked, Registry, asked_names, link


class Batch(NamedTuple):
    """What one transaction writes: articles with their rows, endings, and what happened on the web meanwhile."""

    extractions: Sequence[Extraction] = ()
    endings: Sequence[Ending] = ()
    polls: Sequence[Poll] = ()
    visits: Sequence[Visit] = ()
    site_files: Sequence[SiteFile] = ()
    archived_bodies: Sequence[ArchivedBody] = ()


def append(warehouse: Warehouse, load_id: str, now: datetime, batch: Batch) -> None:
    """Write all of a batch in one transaction.

    Another run may have stored the same articles since `compare` looked: the decision made here counts.
    Raises EvidenceError, LockError, HomeError; nothing is written then.
    """
    if not any(batch):
        return
    extractions = batch.extractions
    findings = {extraction.article.document_url: extraction.findings for extraction in extractions}
    articles = [extraction.article for extraction in extractions]

    def decide(transaction: Transaction) -> None:
        plan = plan_versions(articles, transaction.known(articles))
        transaction.add_versions(plan.versions)
        found = {version.version_id: findings[version.article.document_url] for version in plan.versions}
        linked = dict(link_batch(found, transaction.known_aliases(asked_names(chain.from_iterable(found.values())))))
        transaction.add_findings([(key, finding) for key, article in linked.items() for finding in article.findings])
        aliases = [(key, alias) for key, article in linked.items() for alias in article.aliases]
        transaction.add_aliases(aliases, (LINKER, LINKER_VERSION))
        transaction.add_endings([*batch.endings, *plan.endings, *map(stored, plan.versions)])
        for table in ("polls", "visits", "site_files", "archived_bodies"):
            transaction.add_web(table, getattr(batch, table))

    warehouse.write(load_id, now, decide)


def link_batch(found: Mapping[str, Sequence[Finding]], known: Sequence[KnownAlias]) -> Iterator[tuple[str, Linked]]:
    """Findings of each version with the ids of the registry, which learns the batch's names article by article."""
    registry = Registry(known)
    for version_id, findings in found.items():
        linked = link(findings, registry)
        registry.learn(linked.aliases)
        yield version_id, linked


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
