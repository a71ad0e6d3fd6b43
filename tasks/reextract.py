"""Stored texts through the extractors again, into a warehouse where the rows wait."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from storage.records import Finding, Row
from storage.stored import read_texts
from storage.warehouse import Warehouse
from tasks.extract._run import extract
from tasks.extract.contract import Extractor
from tasks.language.contract import Reader
from tasks.link.registry import NAME as LINKER
from tasks.link.registry import VERSION as LINKER_VERSION
from tasks.link.registry import asked_names
from tasks.load import link_batch

logger = logging.getLogger(__name__)


class Again(NamedTuple):
    """What is extracted again: from which warehouse to which, how, the rows of which extractors, by which run."""

    stored: Warehouse
    staged: Warehouse
    reader: Reader
    extractors: Sequence[Extractor]
    chosen: frozenset[str]
    load_id: str


def reextract_batch(again: Again, version_ids: Sequence[str], now: datetime) -> int:
    """Extract these texts again and stage their rows in one transaction; gives how many texts failed.

    All extractors run, for each needs what others find; rows of the chosen ones are kept. A text on which one fails is logged and
    not staged: it keeps the rows that it has.
    """
    versions = read_texts(again.stored, version_ids)
    found: dict[str, Sequence[Finding]] = {}
    for version, reading in zip(versions, again.reader.read([version.article for version in versions]), strict=True):
        extraction, errors = extract(reading, again.extractors)
        for error in errors:
            logger.error("%s", error, exc_info=error.__cause__)
        if not errors:
            found[version.version_id] = extraction.findings
    with again.stored.transaction(again.load_id, now) as transaction:
        known = transaction.known_aliases(asked_names(chain.from_iterable(found.values())))
    linked = dict(link_batch(found, known))
    with again.staged.transaction(again.load_id, now) as transaction:
        transaction.add_versions([version for version in versions if version.version_id in found])
        transaction.add_findings(
            [
                (version_id, finding)
                for version_id, article in linked.items()
                for finding in article.findings
                if finding.extractor in again.chosen or not isinstance(finding.record, Row)
            ]
        )
        aliases = [(version_id, alias) for version_id, article in linked.items() for alias in article.aliases]
        transaction.add_aliases(aliases, (LINKER, LINKER_VERSION))
    return len(versions) - len(found)
