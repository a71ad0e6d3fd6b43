"""Asked in turn, never faster than the site wants, and all of it written down."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from aiohttp import web
from articles import NOW
from asking import Browse, at_once, get, refusal
from internet import Internet, redirect, status

from tasks.web.client import WebClient

SITE = "news.example"


def test_one_host_is_asked_by_one_request_at_a_time_with_a_pause_between(internet: Internet, browse: Browse) -> None:
    urls = [internet.put(SITE, f"/{number}", "x") for number in range(5)]
    at_once(browse(host_delay=0.1), urls)
    gaps = [later.at - earlier.at for earlier, later in pairwise(internet.seen)]
    assert len(gaps) == 5
    assert min(gaps) >= 0.1


def test_other_hosts_need_not_wait(internet: Internet, browse: Browse) -> None:
    urls = [internet.put(f"{name}.example", "/a", "x") for name in "abcdefgh"]
    at_once(browse(host_delay=0.3), urls)
    pages = [seen.at for seen in internet.seen if seen.path == "/a"]
    assert max(pages) - min(pages) < 0.3


def test_a_crawl_delay_is_kept(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n")
    at_once(browse(), [internet.put(SITE, f"/{number}", "x") for number in range(3)])
    pages = [seen.at for seen in internet.seen if seen.path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(pages)) >= 0.4


def test_a_host_that_wants_a_long_pause_is_left_for_a_later_run(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/busy", status(429, Retry_After="3600"))
    internet.put(SITE, "/b", "x")
    client = browse(now=lambda: NOW)
    first = refusal(get(client, internet.url(SITE, "/busy")))
    assert first.retry_at == NOW + timedelta(hours=1)
    second = refusal(get(client, internet.url(SITE, "/b")))
    assert (second.outcome, second.retry_at) == ("temporary", NOW + timedelta(hours=1))
    assert "left alone until" in second.detail
    assert internet.paths(SITE) == ["/busy"]
    paused = [visit.paused_until for visit in client.take_visits() if visit.http_status == 429]
    assert paused == [NOW + timedelta(hours=1)]


def test_a_pause_that_an_earlier_run_noted_is_kept(internet: Internet) -> None:
    from tasks.web.limits import WebLimits

    url = internet.put(SITE, "/a", "x")
    limits = WebLimits(host_delay=0, allowed=("127.0.0.0/8",))
    client = WebClient(limits, lambda: NOW, paused_hosts={SITE: NOW + timedelta(hours=2)}, look_up=internet.look_up)
    assert "left alone" in refusal(get(client, url)).detail
    client.close()
    assert internet.seen == []


@pytest.mark.parametrize(
    ("code", "outcome"), [(429, "temporary"), (503, "temporary"), (403, "temporary"), (500, "temporary"), (404, "hard")]
)
def test_a_date_in_retry_after_is_kept_whatever_the_error(
    internet: Internet, browse: Browse, code: int, outcome: str
) -> None:
    later = NOW + timedelta(hours=3)
    answer = status(code, Retry_After=later.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    found = refusal(get(browse(now=lambda: NOW), internet.put(SITE, "/a", answer)))
    assert (found.retry_at, found.outcome) == (later, outcome)


def test_a_host_in_trouble_is_asked_more_slowly_and_again_faster_when_it_is_well(
    internet: Internet, browse: Browse
) -> None:
    internet.put(SITE, "/busy", status(503, Retry_After="0"))
    client = browse(host_delay=0.1, host_jitter=0)
    for path in ("/busy", "/busy", "/a", "/b", "/c", "/d"):
        if path != "/busy":
            internet.put(SITE, path, "x")
        get(client, internet.url(SITE, path))
    gaps = [later.at - earlier.at for earlier, later in pairwise(internet.seen)]
    least = [0.1, 0.2, 0.4, 0.2, 0.1, 0.1]
    assert all(low <= gap for low, gap in zip(least, gaps, strict=True)), gaps
    assert gaps[-1] < max(gaps)


def test_the_pause_is_a_little_longer_by_chance(internet: Internet, browse: Browse) -> None:
    client = browse(host_delay=0.05, host_jitter=1.0)
    at_once(client, [internet.put(SITE, f"/{number}", "x") for number in range(8)])
    gaps = [later.at - earlier.at for earlier, later in pairwise(internet.seen)]
    assert min(gaps) >= 0.05
    assert max(gaps) - min(gaps) > 0.01


def test_as_many_requests_at_a_time_as_are_set_are_made_to_a_host(internet: Internet, browse: Browse) -> None:
    busy, most = 0, 0

    async def slow(_: web.Request) -> web.StreamResponse:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.1)
        busy -= 1
        return web.Response(text="x")

    at_once(browse(host_concurrency=2), [internet.put(SITE, f"/{number}", slow) for number in range(6)])
    assert most == 2


def test_a_host_that_fails_again_and_again_is_left_alone(internet: Internet, browse: Browse) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    urls = [internet.put(SITE, f"/{number}", hang_up) for number in range(10)]
    client = browse(patience=1.0)
    answers = [refusal(get(client, url)) for url in urls]
    assert "left alone until" in answers[-1].detail
    assert len(internet.paths(SITE)) < 10


def test_every_request_is_in_the_log(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/robots.txt", "User-agent: *\nCrawl-delay: 0\n")
    internet.put(SITE, "/b", status(200, b"x", Cache_Control="max-age=60"))
    client = browse(now=lambda: datetime(2026, 10, 15, tzinfo=UTC))
    get(client, internet.put(SITE, "/a", redirect("/b")))
    log = [
        (v.purpose, v.url.removeprefix(internet.url(SITE, "")), v.http_status, v.cache_control)
        for v in client.take_visits()
    ]
    assert log == [("robots", "/robots.txt", 200, None), ("page", "/a", 302, None), ("page", "/b", 200, "max-age=60")]
    assert client.take_visits() == []
