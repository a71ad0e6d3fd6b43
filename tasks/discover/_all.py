"""Discover over all sources."""

from collections.abc import Sequence
from importlib import import_module
from itertools import chain

from storage.records import Candidate, Ending, Source
from tasks.discover.contract import Discover, Discovered
from tasks.web.client import WebClient


def discover_all(web: WebClient, sources: Sequence[Source]) -> Discovered:
    """What the enabled sources offer, in their order; a source that fails costs only itself."""
    found = [_discover(web, source) for source in sources if source.enabled]
    return Discovered(
        tuple(chain.from_iterable(one.candidates for one in found)),
        tuple(chain.from_iterable(one.endings for one in found)),
    )


def _discover(web: WebClient, source: Source) -> Discovered:
    discover: Discover = import_module(f"tasks.discover.{source.kind}").discover
    try:
        return discover(source, web)
    except Exception as error:  # noqa: BLE001 - one source's surprise must not cost the others
        candidate = Candidate(url=source.url, source_id=source.source_id)
        detail = f"{type(error).__name__}: {error}"
        return Discovered((), (Ending(candidate=candidate, status="parse_error", stage="discover", detail=detail),))
