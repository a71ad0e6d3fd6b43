"""What sites allow and reserve: robots.txt by RFC 9309, reservations of mining and training; obeyed, and written down."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from articles import NOW
from asking import Browse, at_once, get, refusal
from internet import Internet, redirect, status

from storage.web_records import SiteFile
from tasks.web.answers import Page
from tasks.web.client import WebClient
from tasks.web.robots import MAX_ROBOTS_BYTES, Robots

SITE = "news.example"


def test_what_robots_txt_disallows_is_not_asked_for_and_the_rule_is_kept(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/press\n")
    internet.put(SITE, "/private/press/a", "open")
    client = browse()
    denied = refusal(get(client, internet.put(SITE, "/private/a", "closed")))
    assert (denied.status, denied.robots_rule) == ("robots_denied", "Disallow: /private (User-agent: *)")
    assert isinstance(get(client, internet.url(SITE, "/private/press/a")), Page)
    assert internet.paths(SITE) == ["/private/press/a"]
    rules = {
        visit.url.rsplit("/", 2)[-2]: visit.robots_rule for visit in client.take_visits() if visit.purpose == "page"
    }
    assert rules == {"private": "Disallow: /private (User-agent: *)", "press": "Allow: /private/press (User-agent: *)"}


def test_our_own_group_counts_more_than_the_one_for_all(internet: Internet, browse: Browse) -> None:
    internet.put(SITE, "/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /closed\n")
    assert isinstance(get(browse(), internet.put(SITE, "/open", "x")), Page)


def test_robots_txt_is_asked_for_once_by_many_pages_at_once(internet: Internet, browse: Browse) -> None:
    urls = [internet.put(SITE, f"/{number}", "x") for number in range(5)]
    at_once(browse(), urls)
    assert [seen.path for seen in internet.seen].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("code", "allowed"), [(404, True), (401, True), (403, True), (410, True), (500, False), (503, False)]
)
def test_without_robots_txt_a_4xx_allows_all_and_a_5xx_nothing(
    internet: Internet, browse: Browse, code: int, allowed: bool
) -> None:
    internet.put(SITE, "/robots.txt", status(code))
    answer = get(browse(), internet.put(SITE, "/a", "x"))
    assert isinstance(answer, Page) is allowed
    if not allowed:
        assert (refusal(answer).status, refusal(answer).outcome) == ("robots_denied", "temporary")


def test_robots_txt_may_be_elsewhere(internet: Internet, browse: Browse) -> None:
    internet.put("other.example", "/robots.txt", "User-agent: *\nDisallow: /\n")
    internet.put(SITE, "/robots.txt", redirect(internet.url("other.example", "/robots.txt"), 301))
    assert refusal(get(browse(), internet.put(SITE, "/a", "x"))).status == "robots_denied"


def test_a_redirect_into_a_disallowed_place_is_not_followed(internet: Internet, browse: Browse) -> None:
    internet.put("other.example", "/robots.txt", "User-agent: *\nDisallow: /\n")
    url = internet.put(SITE, "/a", redirect(internet.put("other.example", "/b", "x")))
    assert refusal(get(browse(), url)).status == "robots_denied"
    assert internet.paths("other.example") == []


def test_robots_txt_of_an_earlier_run_is_used_for_a_day(internet: Internet) -> None:
    internet.put(SITE, "/a", "x")
    known = SiteFile(origin=internet.url(SITE, ""),
                     path="/robots.txt", read_at=NOW, http_status=200, text="User-agent: *\nDisallow: /\n")  # fmt: skip
    for age, asked in ((timedelta(hours=23), 0), (timedelta(hours=25), 1)):
        internet.seen.clear()
        client = _client(internet, lambda age=age: NOW + age, [known])
        get(client, internet.url(SITE, "/a"))
        client.close()
        assert [seen.path for seen in internet.seen].count("/robots.txt") == asked


def _client(internet: Internet, clock: Callable[[], datetime], known: list[SiteFile]) -> WebClient:
    from tasks.web.limits import WebLimits

    limits = WebLimits(host_delay=0, respect_tdm=False, allowed=("127.0.0.0/8",))
    return WebClient(limits, clock, known, look_up=internet.look_up)


def test_a_huge_robots_txt_is_read_up_to_its_limit() -> None:
    text = "User-agent: *\nDisallow: /private\n" + "# filler\n" * 200_000
    assert Robots(text).permission("http://a.example/private", "Dateline").decision == "denied"


def test_of_a_robots_txt_without_end_the_first_500_kib_count_in_whole_lines(internet: Internet, browse: Browse) -> None:
    head = "User-agent: *\nDisallow: /private\n"
    padding = "#" * (MAX_ROBOTS_BYTES - len(head) - len("\nDisallow: /")) + "\n"

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(f"{head}{padding}Disallow: /closed\n".encode())
        with suppress(ConnectionError):
            while True:
                await response.write(b"#" * 1_000_000)
        return response

    internet.put(SITE, "/robots.txt", endless)
    client = browse(max_body=3_000_000)
    assert refusal(get(client, internet.put(SITE, "/private", "x"))).robots_rule == "Disallow: /private (User-agent: *)"
    assert isinstance(get(client, internet.put(SITE, "/open", "x")), Page)
    assert len(client.sites.take_read()[0].text or "") <= MAX_ROBOTS_BYTES


def test_a_robots_txt_that_is_made_to_take_for_ever_takes_no_time_and_says_the_same() -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(8_000))
    rules = "".join(f"Disallow: /{number}$\n" for number in range(8_000))
    ours = "User-agent: dateline\nUser-agent: GPTBot\n" + agents + "Disallow: /private\nCrawl-delay: 3\n"
    started = time.process_time()
    robots = Robots(agents + rules + ours + "User-agent: *\nDisallow: /\n")
    found = [robots.permission(f"http://a.example/{path}", "Dateline") for path in ("private", "77", "open")]
    assert time.process_time() - started < 5
    assert [one.decision for one in found] == ["denied", "allowed", "allowed"]
    assert (found[0].rule, found[0].crawl_delay) == ("Disallow: /private (User-agent: dateline)", 3.0)
    assert found[0].ai_agents_denied == ("GPTBot",)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/html", "application/octet-stream"])
def test_robots_txt_counts_whatever_type_its_server_gives_it(internet: Internet, browse: Browse, kind: str) -> None:
    internet.put(SITE, "/robots.txt", status(200, b"User-agent: *\nDisallow: /private\n", Content_Type=kind))
    assert isinstance(get(browse(), internet.put(SITE, "/a", "x")), Page)
    assert refusal(get(browse(), internet.put(SITE, "/private", "x"))).status == "robots_denied"


class TestReservations:
    """Rights that a site reserves by machine are recorded, and respected if set so."""

    def test_text_and_data_mining_reserved_in_a_meta_tag(self, internet: Internet, browse: Browse) -> None:
        url = internet.put(SITE, "/a", '<html><head><meta name="tdm-reservation" content="1"></head><p>x</p></html>')
        found = refusal(get(browse(respect_tdm=True), url))
        assert (found.status, found.robots_rule) == ("robots_denied", "tdm-reservation: 1 (meta)")

    def test_text_and_data_mining_reserved_in_a_header(self, internet: Internet, browse: Browse) -> None:
        url = internet.put(SITE, "/a", status(200, b"x", TDM_Reservation="1"))
        assert refusal(get(browse(respect_tdm=True), url)).robots_rule == "tdm-reservation: 1 (header)"

    def test_text_and_data_mining_reserved_for_a_part_of_a_site(self, internet: Internet, browse: Browse) -> None:
        rules = '[{"location": "/news/*", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]'
        internet.put(SITE, "/.well-known/tdmrep.json", rules)
        client = browse(respect_tdm=True)
        assert (
            refusal(get(client, internet.put(SITE, "/news/a", "x"))).robots_rule == "tdm-reservation: 1 (tdmrep.json)"
        )
        assert isinstance(get(client, internet.put(SITE, "/other", "x")), Page)

    def test_a_reservation_is_only_recorded_when_the_setting_is_off(self, internet: Internet, browse: Browse) -> None:
        client = browse(respect_tdm=False)
        assert isinstance(get(client, internet.put(SITE, "/a", status(200, b"x", TDM_Reservation="1"))), Page)
        assert [visit.tdm_reserved for visit in client.take_visits() if visit.purpose == "page"] == [True]

    def test_agents_of_ai_training_that_are_kept_away_are_recorded(self, internet: Internet, browse: Browse) -> None:
        internet.put(
            SITE, "/robots.txt", "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
        )
        url = internet.put(SITE, "/a", "x")
        client = browse()
        assert isinstance(get(client, url), Page)
        assert client.take_visits()[-1].ai_agents_denied == ("CCBot", "GPTBot")
        assert "CCBot, GPTBot" in refusal(get(browse(respect_ai=True), url)).detail

    @pytest.mark.parametrize(
        ("robots", "line"),
        [
            (
                "User-agent: *\nContent-Signal: search=yes,ai-train=no\nAllow: /",
                "Content-Signal: search=yes,ai-train=no",
            ),
            ("Content-Usage: train-ai=n\nUser-agent: *\nAllow: /", "Content-Usage: train-ai=n"),
            ("User-agent: x\nUser-agent: Dateline\nContent-Usage: /news train-ai=n", "Content-Usage: /news train-ai=n"),
            ("User-agent: other\nContent-Signal: ai-train=no\n\nUser-agent: *\nAllow: /", None),
            ("User-agent: *\nContent-Signal: ai-train=yes, search=no\n", None),
        ],
    )
    def test_a_signal_in_robots_txt_against_training_is_recorded(
        self, internet: Internet, browse: Browse, robots: str, line: str | None
    ) -> None:
        internet.put(SITE, "/robots.txt", robots)
        url = internet.put(SITE, "/a", "x")
        client = browse()
        assert isinstance(get(client, url), Page)
        assert client.take_visits()[-1].detail == (f"robots.txt: {line}" if line else None)
        assert isinstance(get(browse(respect_ai=True), url), Page) is (line is None)

    def test_a_page_that_says_noai_is_left_if_set_so(self, internet: Internet, browse: Browse) -> None:
        url = internet.put(SITE, "/a", '<meta name="robots" content="index, NOAI"><p>x</p>')
        client = browse()
        assert isinstance(get(client, url), Page)
        assert client.take_visits()[-1].detail == "meta robots: index, NOAI"
        assert refusal(get(browse(respect_ai=True), url)).robots_rule == "meta robots: index, NOAI"
