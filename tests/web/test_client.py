"""The HTTP client against a real server on loopback that misbehaves on request."""

import asyncio
import gzip
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import brotli
import pytest
from aiohttp import web
from asking import Browse, get, refusal
from internet import Internet, Respond, html, redirect, status

from tasks.web.answers import Answer, NotModified, Page
from tasks.web.client import WebClient
from tasks.web.limits import WebLimits

ARTICLE = html("Council meets", "The council met on Monday.")
SITE = "news.example"


def page(answer: Answer) -> Page:
    assert isinstance(answer, Page), answer
    return answer


def test_a_page_comes_with_its_type_charset_and_headers(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/a", ARTICLE)
    found = page(get(browse(), url))
    assert (found.body.decode(), found.media_type, found.charset, found.status) == (ARTICLE, "text/html", "utf-8", 200)
    assert found.header("content-type") == "text/html; charset=utf-8"


def test_we_say_who_we_are_and_keep_no_cookies(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/a", status(200, b"x", Set_Cookie="id=7", Content_Type="text/html"))
    client = browse(contact="desk@example.org")
    get(client, url)
    get(client, url)
    asked = [seen.headers for seen in internet.seen if seen.path == "/a"]
    assert {headers["User-Agent"] for headers in asked} == {"Dateline/0.1 (news research; desk@example.org)"}
    assert not any("Cookie" in headers for headers in asked)


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)],
)
def test_compressed_bodies_are_read(
    internet: Internet, browse: Browse, encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    url = internet.put(SITE, "/a", status(200, compress(ARTICLE.encode()), Content_Encoding=encoding))
    assert page(get(browse(), url)).body == ARTICLE.encode()


def test_zstandard_is_read(internet: Internet, browse: Browse) -> None:
    from backports import zstd

    url = internet.put(SITE, "/a", status(200, zstd.compress(ARTICLE.encode()), Content_Encoding="zstd"))
    assert page(get(browse(), url)).body == ARTICLE.encode()


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_decompression_bomb_is_too_large(internet: Internet, browse: Browse, encoding: str) -> None:
    zeros = b"\0" * 200_000_000
    bomb = gzip.compress(zeros) if encoding == "gzip" else brotli.compress(zeros, quality=1)
    url = internet.put(SITE, "/bomb", status(200, bomb, Content_Encoding=encoding))
    assert refusal(get(browse(), url)).status == "too_large"


def test_an_endless_body_is_too_large(internet: Internet, browse: Browse) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 1_000_000)

    url = internet.put(SITE, "/endless", endless)
    assert refusal(get(browse(max_body=3_000_000), url)).status == "too_large"


def test_a_body_that_says_it_is_too_large_is_not_read(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/large", b"x" * 2_000_000)
    assert refusal(get(browse(max_body=1_000_000), url)).status == "too_large"


def _slowly(seconds: float) -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x")
            await asyncio.sleep(seconds)
        return response

    return respond


def test_a_server_that_drips_is_left_after_the_total_time(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/drip", _slowly(0.05))
    assert refusal(get(browse(total=0.6, idle=5.0), url)).status == "timeout"


def test_a_server_that_stalls_is_left_after_the_idle_time(internet: Internet, browse: Browse) -> None:
    url = internet.put(SITE, "/stall", _slowly(30))
    found = refusal(get(browse(total=20.0, idle=0.3), url))
    assert (found.status, found.outcome) == ("timeout", "temporary")


def test_a_flood_of_headers_is_an_error(internet: Internet, browse: Browse) -> None:
    many = {f"X_{number}": "y" * 4000 for number in range(60)}
    url = internet.put(SITE, "/flood", status(200, b"x", **many))
    assert refusal(get(browse(), url)).status == "http_error"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_url_is_kept(internet: Internet, browse: Browse, code: int) -> None:
    internet.put(SITE, "/b", ARTICLE)
    url = internet.put(SITE, "/a", redirect("/b", code))
    found = page(get(browse(), url))
    assert found.url == internet.url(SITE, "/b")
    assert found.moved_to == (internet.url(SITE, "/b") if code in {301, 308} else None)


def test_one_temporary_redirect_in_a_chain_makes_the_move_temporary(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/c", ARTICLE)
    internet.put(SITE, "/b", redirect("/c", 302))
    url = internet.put(SITE, "/a", redirect("/b", 301))
    assert page(get(browse(), url)).moved_to is None


def test_ten_thousand_redirects_end_after_five(internet: Internet, browse: Browse) -> None:
    for number in range(20):
        internet.put(SITE, f"/{number}", redirect(f"/{number + 1}"))
    assert refusal(get(browse(), internet.url(SITE, "/0"))).detail == "more than 5 redirects"
    assert len(internet.paths(SITE)) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://news.example/a", "data:text/html,x", "javascript:alert(1)"]
)
def test_a_redirect_out_of_the_web_is_blocked(internet: Internet, browse: Browse, target: str) -> None:
    url = internet.put(SITE, "/a", redirect(target))
    assert refusal(get(browse(), url)).status == "blocked_address"


def test_a_page_that_has_not_changed_is_not_sent_again(internet: Internet, browse: Browse) -> None:
    async def respond(request: web.Request) -> web.StreamResponse:
        same = request.headers.get("If-None-Match") == '"1"'
        return web.Response(status=304) if same else web.Response(body=b"x", headers={"ETag": '"1"'})

    url = internet.put(SITE, "/feed", respond)
    assert page(get(browse(), url)).header("etag") == '"1"'
    assert isinstance(get(browse(), url, etag='"1"'), NotModified)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(410, "gone"), (404, "hard"), (403, "soft"), (500, "temporary"), (503, "temporary"), (429, "temporary")],
)
def test_error_codes_have_their_class(internet: Internet, browse: Browse, code: int, outcome: str) -> None:
    url = internet.put(SITE, "/a", status(code))
    found = refusal(get(browse(), url))
    assert (found.status, found.http_status, found.outcome) == ("http_error", code, outcome)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf"])
def test_media_that_hold_no_article_are_not_read(internet: Internet, browse: Browse, kind: str) -> None:
    url = internet.put(SITE, "/a", status(200, b"x", Content_Type=kind))
    assert refusal(get(browse(), url)).status == "wrong_type"


def test_a_name_in_another_script_is_asked_for_in_punycode(internet: Internet, browse: Browse) -> None:
    internet.put("xn--zrich-kva.example", "/a", ARTICLE)
    assert page(get(browse(), f"http://zürich.example:{internet.port}/a")).url.startswith(
        "http://xn--zrich-kva.example"
    )


def test_a_host_that_does_not_exist_is_an_error_that_may_pass(browse: Browse) -> None:
    found = refusal(get(browse(), "http://nowhere.example/"))
    assert (found.status, found.outcome) == ("http_error", "temporary")
    assert "no such host" in found.detail


def test_a_proxy_is_asked_instead_of_the_site(internet: Internet, browse: Browse) -> None:
    internet.put("far.example", "/a", ARTICLE)
    proxy = f"http://127.0.0.1:{internet.port}"
    found = page(get(browse(proxies={"http": proxy}), "http://far.example/a"))
    assert found.body.decode() == ARTICLE


def test_hosts_that_no_proxy_names_are_asked_themselves(internet: Internet, browse: Browse) -> None:
    url = internet.put("near.example", "/a", ARTICLE)
    client = browse(proxies={"http": "http://127.0.0.1:9"}, unproxied="localhost, .near.example,near.example")
    assert page(get(client, url)).body.decode() == ARTICLE
    assert refusal(get(client, internet.put("far.example", "/a", ARTICLE))).status == "http_error"
    assert internet.paths("far.example") == []


def test_a_proxy_is_no_way_to_private_addresses(internet: Internet, browse: Browse) -> None:
    client = browse(proxies={"http": f"http://127.0.0.1:{internet.port}"}, allowed=())
    assert refusal(get(client, "http://10.0.0.1/")).status == "blocked_address"
    assert internet.seen == []


def test_a_broken_answer_is_an_error(internet: Internet, browse: Browse) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        request.transport.close()
        return web.Response()

    url = internet.put(SITE, "/broken", broken)
    assert refusal(get(browse(), url)).status == "http_error"


class TestAddresses:
    """Every URL is hostile."""

    PRIVATE = (
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::a00:1]/", "http://[fe80::1]/",
        "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/", "http://224.0.0.1/", "http://0.0.0.0/",
        "http://100.64.0.1/", "http://[2002:7f00:1::]/", "http://user:pass@127.0.0.1/", "http://127.0.0.1.:80/",
    )  # fmt: skip

    @pytest.mark.parametrize("url", PRIVATE)
    def test_private_addresses_in_any_spelling_are_not_asked(self, url: str, browse: Browse) -> None:
        client = browse(allowed=())
        found = refusal(get(client, url))
        assert (found.status, found.outcome) == ("blocked_address", "hard")
        assert all(visit.http_status is None for visit in client.take_visits())

    def test_a_redirect_to_a_private_address_is_blocked(self, internet: Internet, browse: Browse) -> None:
        url = internet.put(SITE, "/a", redirect("http://10.1.2.3/secret"))
        client = browse(allowed=(SITE,))
        assert refusal(get(client, url)).status == "blocked_address"
        assert not [v for v in client.take_visits() if v.host == "10.1.2.3" and v.http_status]

    def test_a_name_that_changes_its_address_after_the_check_leads_to_the_checked_one(self, internet: Internet) -> None:
        checked, reached = "127.0.7.1", []

        async def rebind(host: str) -> Sequence[str]:
            looked_up.append(host)
            return (checked,) if len(looked_up) == 1 else ("127.0.0.1",)

        async def tell(request: web.Request) -> web.StreamResponse:
            assert request.transport is not None
            reached.append(request.transport.get_extra_info("sockname")[0])
            return web.Response(text="x", headers={"Connection": "close"})

        looked_up: list[str] = []
        internet.put(SITE, "/robots.txt", tell)
        url = internet.put(SITE, "/secret", tell)
        limits = WebLimits(host_delay=0, respect_tdm=False, allowed=("127.0.7.0/24",))
        client = WebClient(limits, lambda: datetime.now(UTC), look_up=rebind)
        try:
            found = refusal(get(client, url))
        finally:
            client.close()
        # The second connection looks the name up again, and is refused: no request ever went to the other address.
        assert (found.status, reached, len(looked_up)) == ("blocked_address", [checked], 2)

    def test_one_private_address_among_public_ones_blocks_a_name(self, internet: Internet) -> None:
        async def mixed(_: str) -> Sequence[str]:
            return ("93.184.216.34", "10.0.0.7")

        client = WebClient(WebLimits(host_delay=0), lambda: datetime.now(UTC), look_up=mixed)
        found = refusal(get(client, "http://mixed.example/"))
        client.close()
        assert found.status == "blocked_address"

    def test_a_host_on_the_list_of_the_allowed_is_asked(self, internet: Internet, browse: Browse) -> None:
        url = internet.put("intranet.example", "/a", ARTICLE)
        assert page(get(browse(allowed=("intranet.example",)), url)).status == 200
