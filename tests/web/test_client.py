"""The HTTP client against a real server on loopback that misbehaves on request."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from articles import NOW

from storage.records import Candidate, Document, Ending, Source
from tasks.discover._all import discover_all
from tasks.fetch._all import fetch_all
from tasks.web.addresses import is_public
from tasks.web.client import Page, Refusal, WebClient
from tasks.web.limits import WebLimits

ARTICLE = b"<html><body><article><p>The council met on Monday.</p></article></body></html>"
FEED = b"<rss version='2.0'><channel><title>t</title><item><title>a</title><link>/ok</link></item></channel></rss>"


class Handler(BaseHTTPRequestHandler):
    """Each path misbehaves in its own way."""

    robots = b"User-agent: *\nDisallow: /private\n"
    robots_status = 200
    seen: list[str] = []  # noqa: RUF012 - the test reads what the one server saw

    def log_message(self, *_: object) -> None:
        """Be silent."""

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path == "/robots.txt":
            self._send(self.robots, status=self.robots_status, kind="text/plain")
        elif self.path.startswith("/redirect/"):
            self._redirect(self.path.removeprefix("/redirect/"))
        elif self.path == "/loop":
            self._redirect("/loop")
        elif self.path == "/huge":
            self._endless()
        elif self.path == "/bomb":
            self._send(gzip.compress(b"0" * 40_000_000), encoding="gzip")
        elif self.path == "/feed":
            self._send(FEED, kind="application/rss+xml")
        elif self.path in {"/gone", "/broken"}:
            self._send(b"", status=410 if self.path == "/gone" else 500)
        else:
            self._send(ARTICLE)

    def _send(
        self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", encoding: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b"x" * 1_000_000)
        except OSError:
            return


@pytest.fixture
def site() -> Iterator[str]:
    Handler.seen.clear()
    Handler.robots_status = 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def web() -> WebClient:
    return WebClient(WebLimits(host_delay_seconds=0, allow_private=True))


def refusal(answer: Page | Refusal) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def test_a_page_comes_with_its_type_and_charset(site: str, web: WebClient) -> None:
    page = web.get(f"{site}/ok")
    assert isinstance(page, Page)
    assert (page.body, page.media_type, page.charset, page.status) == (ARTICLE, "text/html", "utf-8", 200)


def test_a_redirect_is_followed_and_the_last_url_is_kept(site: str, web: WebClient) -> None:
    page = web.get(f"{site}/redirect//ok")
    assert isinstance(page, Page)
    assert page.url == f"{site}/ok"


@pytest.mark.parametrize(
    ("path", "status", "http_status"),
    [("/gone", "http_error", 410), ("/broken", "http_error", 500), ("/loop", "http_error", None)],
)
def test_errors_of_the_server_are_endings(
    site: str, web: WebClient, path: str, status: str, http_status: int | None
) -> None:
    answer = refusal(web.get(site + path))
    assert (answer.status, answer.http_status) == (status, http_status)


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
def test_endless_and_exploding_bodies_are_cut(site: str, web: WebClient, path: str) -> None:
    assert refusal(web.get(site + path)).status == "too_large"


def test_robots_txt_is_asked_once_and_obeyed(site: str, web: WebClient) -> None:
    assert refusal(web.get(f"{site}/private/a")).status == "robots_denied"
    assert isinstance(web.get(f"{site}/ok"), Page)
    assert Handler.seen == ["/robots.txt", "/ok"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_no_robots_txt_allows_all_and_a_broken_server_allows_nothing(
    site: str, web: WebClient, status: int, allowed: bool
) -> None:
    Handler.robots_status = status
    assert isinstance(web.get(f"{site}/ok"), Page) is allowed


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(site: str, web: WebClient) -> None:
    assert refusal(web.get(f"{site}/redirect//private/a")).status == "robots_denied"


def test_private_addresses_are_not_talked_to(site: str) -> None:
    careful = WebClient(WebLimits(host_delay_seconds=0))
    port = site.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"):
        assert refusal(careful.get(f"http://{host}:{port}/ok")).status == "blocked_address", host
    assert Handler.seen == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x"])
def test_a_redirect_out_of_the_web_is_blocked(site: str, web: WebClient, target: str) -> None:
    assert refusal(web.get(f"{site}/redirect/{target}")).status == "blocked_address"


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:0a00:0001::",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://exa mple/", "http://" + "a" * 300 + ".example/", "x:y"]
)
def test_broken_urls_are_endings(web: WebClient, url: str) -> None:
    assert refusal(web.get(url)).status in {"http_error", "blocked_address"}


def test_a_host_is_left_in_peace_between_two_requests(site: str) -> None:
    patient = WebClient(WebLimits(host_delay_seconds=0.15, allow_private=True))
    started = time.monotonic()
    patient.get(f"{site}/ok")
    patient.get(f"{site}/ok")
    # robots.txt, a page, a page: two pauses.
    assert time.monotonic() - started >= 0.3


def test_a_feed_on_the_web_gives_candidates_that_are_fetched(site: str, web: WebClient) -> None:
    feed = Source(source_id="s", name="s", kind="feed", url=f"{site}/feed")
    found = discover_all(web, [feed])
    assert [candidate.url for candidate in found.candidates] == [f"{site}/ok"]
    fetched = fetch_all(web, found.candidates, NOW)
    assert [(d.body, d.http_status) for d in fetched.documents] == [(ARTICLE, 200)]


def test_a_feed_on_the_web_may_not_point_to_local_files(web: WebClient) -> None:
    from tasks.discover.feed import parse_feed

    source = Source(source_id="s", name="s", kind="feed", url="https://x.example/feed")
    body = b"<rss version='2.0'><channel><item><link>file:///etc/passwd</link></item></channel></rss>"
    found = parse_feed(source, source.url, body)
    assert [ending.status for ending in found.endings] == ["blocked_address"]
    assert found.candidates == ()


def test_a_dead_feed_is_an_ending_of_its_own(site: str, web: WebClient) -> None:
    found = discover_all(web, [Source(source_id="s", name="s", kind="feed", url=f"{site}/gone")])
    assert [(e.status, e.stage, e.http_status) for e in found.endings] == [("http_error", "discover", 410)]


def test_an_unknown_scheme_is_an_ending(web: WebClient) -> None:
    fetched = fetch_all(web, [Candidate(url="ftp://x.example/a")], NOW)
    outcomes: list[Document | Ending] = [*fetched.documents, *fetched.endings]
    assert [getattr(outcome, "status", None) for outcome in outcomes] == ["wrong_type"]
