"""What comes of a request: a page, «not modified», or why not."""

from datetime import datetime
from typing import Final, NamedTuple

from storage.records import Status
from storage.web_records import Outcome

Headers = tuple[tuple[str, str], ...]

TEMPORARY: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
HARD: Final = frozenset({400, 404, 405, 406, 451, 501, 505})


class Ask(NamedTuple):
    """A URL to get; `etag` and `last_modified` make the request conditional. `first_bytes`: no more of the body is read than these,
    whatever kind it says it is; None: the whole body or none."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    first_bytes: int | None = None


class Page(NamedTuple):
    """A body, decoded, and how we got it. `url` is the last one of the redirects, `moved_to` the same if all of them were permanent.
    `fresh_until` is what the cache headers say."""

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    milliseconds: int
    sent: Headers = ()
    headers: Headers = ()
    moved_to: str | None = None
    fresh_until: datetime | None = None

    def header(self, name: str) -> str | None:
        """A header by its lower-case name; the first one."""
        return next((value for key, value in self.headers if key == name), None)


class NotModified(NamedTuple):
    """304: what we have is current."""

    url: str
    milliseconds: int
    moved_to: str | None = None
    fresh_until: datetime | None = None


class Refusal(NamedTuple):
    """Why there is no body. `retry_at` is when the host wants to be asked again."""

    status: Status
    detail: str
    http_status: int | None = None
    robots_rule: str | None = None
    retry_at: datetime | None = None

    @property
    def outcome(self) -> Outcome:
        """How serious it is: hard errors will stay, soft ones may, temporary ones pass (classes of Media Cloud's rss-fetcher)."""
        if self.http_status == 410:
            return "gone"
        if self.http_status in HARD or self.status in {"wrong_type", "too_large", "blocked_address", "parse_error"}:
            return "hard"
        if self.http_status in TEMPORARY or self.status == "timeout" or self.retry_at:
            return "temporary"
        return "soft"


Answer = Page | NotModified | Refusal
