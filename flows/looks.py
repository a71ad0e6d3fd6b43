"""Looking at sources without storing anything: `dateline sources check`, `sources add`, `sources inspect`, `ingest --dry-run`."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from flows.settings import Settings
from flows.wiring import clock, workers
from storage.errors import SettingError
from storage.records import Candidate, Document, Source
from storage.warehouse import Warehouse
from storage.web_records import Poll, Waiting
from storage.web_state import read_seen, read_web_state
from tasks.clean.inspect import Inspection, inspect
from tasks.clean.printed_dates import parse_date
from tasks.clean.site_rules import load_rules
from tasks.discover._all import Memory, discover_all
from tasks.discover.contract import Reach
from tasks.sources.autodiscovery import announced
from tasks.steps import Found
from tasks.web.answers import Ask, Page
from tasks.web.client import WebClient


class Checked(NamedTuple):
    """What a look at a source says, and how it fared before."""

    source: Source
    status: str
    entries: int | None
    newest: str | None
    failures: float | None
    next_look: str | None
    problem: str | None


def check_sources(settings: Settings, sources: Sequence[Source]) -> list[Checked]:
    """One look at each source, without conditions: what was offered before counts, too."""
    found, last = _look(settings, sources, remember=False)
    return [_checked(source, found, last.get(source.source_id or "")) for source in sources]


def dry_run(settings: Settings, sources: Sequence[Source]) -> Found:
    """What an ingest of these sources would fetch now."""
    return _look(settings, sources, remember=True)[0]


def _look(settings: Settings, sources: Sequence[Source], *, remember: bool) -> tuple[Found, dict[str, Poll]]:
    """What the sources offer now, and their last polls by id; nothing is stored."""
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    state = read_web_state(warehouse, clock())
    web = WebClient(settings.web, clock, state.site_files, state.paused_hosts)
    known, nothing = Memory(state.polls, partial(read_seen, warehouse), _none), Memory({}, lambda _: {}, _none)
    try:
        found = discover_all(Reach(web, workers()), known if remember else nothing, sources, clock(), force=True)
    finally:
        web.close()
    return found, state.polls


def _none(ids: Sequence[str], now: datetime) -> Sequence[Waiting]:
    return ()


def _checked(source: Source, found: Found, last: Poll | None) -> Checked:
    candidates = [c for c in found.candidates if c.source_id == source.source_id]
    endings = [e for e in found.endings if e.candidate.source_id == source.source_id]
    poll = next((p for p in found.polls if p.source_id == source.source_id), None)
    problem = next((e.detail or e.status for e in endings), None) if not candidates else None
    if source.enabled and not problem and not candidates:
        problem = "offers nothing"
    moved = f"has moved to {poll.url}" if poll and poll.url != source.url else None
    return Checked(
        source=source,
        status="off" if not source.enabled else (poll.outcome if poll else "failed" if problem else "read"),
        entries=len(candidates) + len(endings) if candidates else None,
        newest=_newest(candidates),
        failures=last.failures if last else None,
        next_look=f"{last.next_poll_at:%Y-%m-%d %H:%M}" if last else None,
        problem=problem or moved,
    )


def _newest(candidates: Sequence[Candidate]) -> str | None:
    """Date and title of the newest item, or the title of the first one where none has a date."""
    entries = [candidate.entry for candidate in candidates if candidate.entry]
    dated = [
        (date.at, entry) for entry in entries if (date := parse_date(entry.updated or entry.published or "", "feed"))
    ]
    if not dated:
        return next((entry.title for entry in entries if entry.title), None)
    at, entry = max(dated, key=lambda pair: pair[0])
    return f"{at:%Y-%m-%d %H:%M} {entry.title or ''}".strip()


def discover_feeds(settings: Settings, url: str) -> tuple[Source, ...]:
    """The feeds at a URL, best first, else the sitemaps that robots.txt names there, those of news first. Raises SettingError if
    there are none."""
    with closing(WebClient(settings.web, clock)) as web:
        answer = _page(web, url)
        found = workers().call(announced, answer.url, answer.body)
        found = found or tuple(
            Source(source_id=None, name="", kind="sitemap", url=sitemap)
            for sitemap in sorted(web.run(web.sitemaps(answer.url)), key=lambda sitemap: "news" not in sitemap.lower())
        )
    if not found:
        raise SettingError(url, "no feed there, and neither the page nor robots.txt announces one")
    return found


def _get(settings: Settings, url: str) -> Page:
    with closing(WebClient(settings.web, clock)) as web:
        return _page(web, url)


def _page(web: WebClient, url: str) -> Page:
    answer = web.run(web.get(Ask(url)))
    if not isinstance(answer, Page):
        raise SettingError(url, f"the page can't be had: {getattr(answer, 'detail', 'no answer')}")
    return answer


def inspect_page(settings: Settings, page: str) -> Inspection:
    """What cleaning makes of the page at a URL, or in a file. Raises SettingError where there is no page to be had."""
    rules = load_rules(settings.site_rules)
    document = _from_web(settings, page) if page.startswith(("http://", "https://")) else _from_file(Path(page))
    found = workers().call(inspect, document, rules)
    if found is None:
        raise SettingError(page, "there is no HTML in it")
    return found


def _from_web(settings: Settings, url: str) -> Document:
    page = _get(settings, url)
    candidate = Candidate(url=page.url)
    return Document(
        candidate=candidate,
        url=page.url,
        body=page.body,
        media_type="text/html",
        charset=page.charset,
        fetched_at=clock(),
    )


def _from_file(path: Path) -> Document:
    try:
        body, url = path.read_bytes(), path.absolute().as_uri()
    except OSError as error:
        raise SettingError(str(path), f"can't be read: {error.strerror}") from error
    return Document(candidate=Candidate(url=url), url=url, body=body, media_type="text/html", fetched_at=clock())
