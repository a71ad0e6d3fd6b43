"""The records of what happened on the web: requests made, robots files read, polls of sources, candidates seen before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from storage.records import FeedEntry, Status

RobotsDecision = Literal["allowed", "denied", "unreachable", "not asked"]
Outcome = Literal["read", "not_modified", "temporary", "soft", "hard", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One HTTP request of ours, with what the site allows and asks for. `paused_until`: the host is left alone until then."""

    url: str
    host: str
    purpose: Literal["page", "robots", "tdmrep"]
    requested_at: datetime
    waited_ms: int = 0
    milliseconds: int | None = None
    bytes: int | None = None
    http_status: int | None = None
    http_version: str | None = None
    robots_decision: RobotsDecision = "not asked"
    robots_rule: str | None = None
    crawl_delay: float | None = None
    cache_control: str | None = None
    retry_after: str | None = None
    paused_until: datetime | None = None
    tdm_reserved: bool | None = None
    ai_agents_denied: tuple[str, ...] = ()
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """What a site said at /robots.txt or /.well-known/tdmrep.json: the evidence for our decisions. `text` is None where the file
    could not be had; `http_status` says why."""

    origin: str
    path: str
    read_at: datetime
    http_status: int | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One look at a source that is polled, and when to look again.

    `failures` are weighted (hard 1, soft 0.5, temporary 0.25) and count since the last success; `retired` sources answered 410.
    """

    source_id: str
    configured_url: str
    url: str
    polled_at: datetime
    outcome: Outcome
    status: Status | None = None
    http_status: int | None = None
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polls_since_full: int = 0
    entries: int | None = None
    new_entries: int | None = None
    failures: float = 0.0
    interval_minutes: float = 60.0
    next_poll_at: datetime
    retired: bool = False
    bytes: int | None = None
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a candidate with this key ended last; `retry_at` is set where it is to be tried again, `attempt` counts tries, `said` has
    the hash of each source's words on it, by source id."""

    url_key: str
    status: Status
    attempt: int = 1
    retry_at: datetime | None = None
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A candidate to be tried again, as its source offered it."""

    url: str
    source_id: str | None
    attempt: int
    entry: FeedEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedBody:
    """Where in the archive the body with this hash is."""

    raw_sha256: str
    archive_key: str
