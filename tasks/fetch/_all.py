"""Fetch over a batch, by URL scheme."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from urllib.parse import urlsplit

from storage.archive import Archive
from storage.records import Candidate, Document, Ending
from storage.registry import part_names
from tasks.fetch.contract import Fetch
from tasks.steps import Archived, Fetched
from tasks.web.client import WebClient


def fetch_all(web: WebClient, candidates: Sequence[Candidate], now: datetime) -> Fetched:
    """Documents of a batch, and the endings of the rest; hosts are asked side by side."""
    outcomes = web.run(_fetch_side_by_side(web, candidates, now))
    return Fetched(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Document)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Ending)),
    )


async def _fetch_side_by_side(
    web: WebClient, candidates: Sequence[Candidate], now: datetime
) -> list[Document | Ending]:
    return await asyncio.gather(*(_fetch(web, candidate, now) for candidate in candidates))


async def _fetch(web: WebClient, candidate: Candidate, now: datetime) -> Document | Ending:
    scheme = urlsplit(candidate.url).scheme
    if scheme not in part_names("tasks.fetch"):
        return Ending(candidate=candidate, status="wrong_type", stage="fetch", detail=f"scheme {scheme!r} is not read")
    fetch: Fetch = import_module(f"tasks.fetch.{scheme}").fetch
    try:
        return await fetch(candidate, now, web)
    except Exception as error:  # noqa: BLE001 - one document's surprise must not cost the batch
        detail = f"{type(error).__name__}: {error}"
        return Ending(candidate=candidate, status="http_error", stage="fetch", detail=detail)


def archive_all(archive: Archive, documents: Sequence[Document]) -> tuple[Archived, ...]:
    """Keep the raw bytes of a batch."""
    keys = archive.put(documents)
    return tuple(Archived(document, keys[document.raw_sha256]) for document in documents)
