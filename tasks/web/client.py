"""A polite and careful HTTP client: one request a host at a time, bounded in every direction."""

import time
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from storage.records import Status
from tasks.fetch.file import MAX_BODY_BYTES
from tasks.web.addresses import BlockedAddressError, public_address
from tasks.web.limits import WebLimits
from tasks.web.robots import Robots

MAX_REDIRECTS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 15.0
# A server that sends a byte now and then would keep us for ever.
TOTAL_SECONDS: Final = 40.0


class Page(NamedTuple):
    """A body and how we got it; `url` is the last one of the redirects."""

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    milliseconds: int


class Refusal(NamedTuple):
    """Why there is no body."""

    status: Status
    detail: str
    http_status: int | None = None
    robots_rule: str | None = None


@dataclass
class WebClient:
    """Gets pages. Keeps robots.txt and the time of the last request of each host for as long as it lives."""

    limits: WebLimits
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, Robots] = field(default_factory=dict)

    def get(self, url: str) -> Page | Refusal:
        """A page, or why not. Each address of a redirect chain is checked like the first."""
        started = time.monotonic()
        try:
            with httpx.Client(
                follow_redirects=False, timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
            ) as http:
                return self._follow(http, url, started)
        except BlockedAddressError as error:
            return Refusal("blocked_address", str(error))
        except (TimeoutError, httpx.TimeoutException) as error:
            return Refusal("timeout", str(error) or f"no answer within {READ_SECONDS:g} s")
        except (OSError, UnicodeError, ValueError, httpx.HTTPError, httpx.InvalidURL) as error:
            return Refusal("http_error", f"{type(error).__name__}: {error}")

    def _follow(self, http: httpx.Client, url: str, started: float) -> Page | Refusal:
        for _ in range(MAX_REDIRECTS + 1):
            if not _is_web(url):
                return Refusal("blocked_address", f"no web address: {url}")
            rule = self._robots_of(http, url, started).refusal(url, self.limits.user_agent)
            if rule is not None:
                return Refusal("robots_denied", "robots.txt asks not to", robots_rule=rule)
            answer = self._request(http, url, started)
            if isinstance(answer, Refusal | Page):
                return answer
            url = urljoin(url, answer)
        return Refusal("http_error", f"more than {MAX_REDIRECTS} redirects")

    def _robots_of(self, http: httpx.Client, url: str, started: float) -> Robots:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            # RFC 9309, 2.3.1: redirects are followed, 4xx allows all, 5xx and no answer allow nothing.
            answer: Page | Refusal | str = f"{site}/robots.txt"
            for _ in range(MAX_REDIRECTS + 1):
                if isinstance(answer, Page | Refusal):
                    break
                moved_to = urljoin(f"{site}/robots.txt", answer)
                answer = (
                    self._request(http, moved_to, started) if _is_web(moved_to) else Refusal("http_error", moved_to)
                )
            self._robots[site] = _as_robots(answer)
        return self._robots[site]

    def _request(self, http: httpx.Client, url: str, started: float) -> Page | Refusal | str:
        """One request: a page, why not, or where it has moved."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        address = public_address(host, parts.scheme, allow_private=self.limits.allow_private)
        self._wait_for(host)
        request = http.build_request(
            "GET",
            _with_address(url, address),
            headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": self.limits.user_agent},
            extensions={"sni_hostname": host},
        )
        answer = http.send(request, stream=True)
        try:
            if answer.status_code in REDIRECTS and answer.headers.get("location"):
                return str(answer.headers["location"])
            return _read(answer, url, started)
        finally:
            answer.close()

    def _wait_for(self, host: str) -> None:
        """Leave a host in peace for a while between two requests."""
        due = self._last.get(host, 0.0) + self.limits.host_delay_seconds
        time.sleep(max(0.0, due - time.monotonic()))
        self._last[host] = time.monotonic()


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _with_address(url: str, address: str) -> str:
    parts = urlsplit(url)
    host = f"[{address}]" if ":" in address else address
    netloc = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def _read(answer: httpx.Response, url: str, started: float) -> Page | Refusal:
    """The body, decompressed, up to the limit."""
    if answer.status_code != httpx.codes.OK:
        return Refusal("http_error", f"HTTP {answer.status_code}", answer.status_code)
    body = bytearray()
    for chunk in answer.iter_bytes(65_536):
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return Refusal("too_large", f"over {MAX_BODY_BYTES} bytes", answer.status_code)
        if time.monotonic() - started > TOTAL_SECONDS:
            return Refusal("timeout", f"not done after {TOTAL_SECONDS:g} s", answer.status_code)
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    milliseconds = round(1000 * (time.monotonic() - started))
    return Page(url, answer.status_code, media_type, answer.charset_encoding, bytes(body), milliseconds)


def _as_robots(answer: Page | Refusal | str) -> Robots:
    if isinstance(answer, Page):
        return Robots.from_text(answer.body.decode("utf-8", "replace"))
    refused = answer.http_status if isinstance(answer, Refusal) else None
    return Robots.allow_all() if refused is not None and 400 <= refused < 500 else Robots.allow_none()
