"""What feeds and their servers do over days and weeks, and what a schedule makes of it."""

import json
from datetime import timedelta

import pytest
from aiohttp import web
from articles import NOW
from desk import Desk
from internet import Internet, Respond, html, status
from news_sites import Publisher

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


def asked(post: Publisher, path: str = "/feed") -> int:
    return post.internet.paths(post.host).count(path)


def health(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("SELECT health, outcome, failures FROM source_health")


def _with_etag(post: Publisher, etag: str = '"same"') -> Respond:
    """The feed as it is at that time; its server never changes the ETag."""

    async def respond(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(text=post.feed(), content_type="application/rss+xml", headers={"ETag": etag})

    return respond


def test_a_server_that_keeps_its_etag_while_the_feed_changes_is_found_out(
    post: Publisher, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.poll import schedule

    monkeypatch.setattr(schedule, "FULL_EVERY", 3)
    feed = _with_etag(post)
    post.internet.put(post.host, "/feed", feed)
    desk.ingest()
    post.publish("bridge", "The bridge was closed.")
    post.internet.put(post.host, "/feed", feed)
    assert [desk.ingest(2 * DAY).statuses for _ in range(4)] == [{}, {}, {}, {"stored": 1}]
    assert desk.sql("SELECT outcome, http_status, count(*) FROM polls GROUP BY ALL ORDER BY 3") == [
        ("read", 200, 2),
        ("not_modified", 304, 3),
    ]


def test_a_feed_is_not_asked_for_again_while_it_is_fresh(post: Publisher, desk: Desk) -> None:
    post.internet.put(post.host, "/feed", status(200, post.feed().encode(), Cache_Control="max-age=36000"))
    desk.ingest()
    desk.ingest(timedelta(hours=9))
    assert asked(post) == 1
    desk.ingest(timedelta(hours=2))
    assert asked(post) == 2


def test_a_feed_that_is_gone_is_retired_asked_once_a_month_and_may_come_back(post: Publisher, desk: Desk) -> None:
    good = post.internet.pages[post.host]["/feed"]
    desk.ingest()
    post.internet.put(post.host, "/feed", status(410))
    desk.ingest(2 * DAY)
    assert health(desk) == [("retired", "gone", 1.0)]
    desk.ingest(29 * DAY)
    assert asked(post) == 2
    post.internet.put(post.host, "/feed", good)
    desk.ingest(2 * DAY)
    assert health(desk) == [("well", "not_modified", 0.0)]


def test_a_feed_that_fails_for_weeks_is_undead_asked_once_a_month_and_never_forgotten(
    post: Publisher, desk: Desk
) -> None:
    good = post.internet.pages[post.host]["/feed"]
    post.internet.put(post.host, "/feed", status(404))
    desk.ingest()
    # Eight more of the same, in fewer words.
    desk.sql("UPDATE polls SET failures = 9")
    desk.ingest(2 * DAY)
    assert health(desk) == [("undead", "hard", 10.0)]
    desk.ingest(29 * DAY)
    assert asked(post) == 2
    post.internet.put(post.host, "/feed", good)
    assert desk.ingest(2 * DAY).statuses == {"stored": 1}
    assert health(desk) == [("well", "read", 0.0)]


def test_an_item_that_vanishes_from_its_feed_stays_and_its_failed_page_is_tried_again(
    post: Publisher, desk: Desk
) -> None:
    post.publish("bridge", "The bridge was closed.")
    page = post.internet.pages[post.host]["/bridge"]
    post.internet.put(post.host, "/bridge", status(502))
    assert desk.ingest().statuses == {"stored": 1, "http_error": 1}
    post.items.clear()
    post.publish("tunnel", "The tunnel was opened.")
    post.internet.put(post.host, "/bridge", page)
    assert desk.ingest(DAY).statuses == {"stored": 2}
    assert desk.sql("SELECT count(*) FROM articles") == [(3,)]


@pytest.mark.parametrize("link", ["/story/{slug}", "/{slug}?output=amp&utm_campaign=x"])
def test_a_page_elsewhere_that_names_its_canonical_address_is_the_same_article(
    post: Publisher, desk: Desk, link: str
) -> None:
    desk.ingest()
    post.internet.put(post.host, link.format(slug="crane"), post.internet.pages[post.host]["/crane"])
    post.internet.put(post.host, "/feed", post.feed(link))
    assert desk.ingest(DAY).statuses in ({}, {"unchanged": 1})
    assert desk.sql("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions)") == [(1, 1)]


def test_another_guid_and_another_title_make_no_other_article(post: Publisher, desk: Desk) -> None:
    desk.ingest()
    post.internet.put(post.host, "/feed", post.feed().replace("<guid>crane", "<guid isPermaLink='false'>urn:7"))
    assert desk.ingest(DAY).statuses == {}
    post.internet.put(post.host, "/feed", post.feed().replace(": crane</title>", ": a crane, again</title>"))
    assert desk.ingest(DAY).statuses == {"unchanged": 1}
    assert desk.sql("SELECT count(*) FROM articles") == [(1,)]


def test_one_guid_for_all_items_makes_them_no_single_article(post: Publisher, desk: Desk) -> None:
    post.publish("bridge", "The bridge was closed.")
    feed = post.feed().replace("<guid>crane", "<guid isPermaLink='false'>0").replace("<guid>bridge", "<guid>0")
    post.internet.put(post.host, "/feed", feed)
    assert desk.ingest().statuses == {"stored": 2}


STATED_DATES = {
    "undated": ("", None, None),
    "soon": ("<pubDate>soon</pubDate>", None, None),
    "zoned": ("<pubDate>Mon, 12 Oct 2026 07:00:00 +0200</pubDate>", "2026-10-12 05:00:00", True),
    "named": ("<pubDate>Mon, 12 Oct 2026 07:00:00 EDT</pubDate>", "2026-10-12 11:00:00", True),
    "wrong": ("<pubDate>Mon, 12 Oct 2026 07:00:00 QQQ</pubDate>", "2026-10-12 07:00:00", False),
    "naive": ("<pubDate>Mon, 12 Oct 2026 07:00:00</pubDate>", "2026-10-12 07:00:00", False),
}


def test_dates_of_feeds_without_a_zone_or_with_a_wrong_one_are_marked(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    for slug in STATED_DATES:
        internet.put(post.host, f"/{slug}", html(slug, f"The harbour council met on the matter of {slug}. " * 12))
    items = "".join(f"<item><link>/{slug}</link>{stated}</item>" for slug, (stated, _, _) in STATED_DATES.items())
    internet.put(post.host, "/feed", f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert desk.ingest().statuses == {"stored": 6}
    found = desk.sql(
        "SELECT regexp_extract(document_url, '[a-z]+$'), (published_at AT TIME ZONE 'UTC')::VARCHAR, published_tz_known "
        "FROM article_versions ORDER BY 1"
    )
    assert found == sorted((slug, at, known) for slug, (_, at, known) in STATED_DATES.items())


def test_no_name_of_a_file_comes_from_an_address(post: Publisher, desk: Desk) -> None:
    page = post.internet.pages[post.host]["/crane"]
    for slug in ("%2e%2e/%2e%2e/etc/passwd", "a%00b", "con.html;rm%20-rf", "x" * 3_000):
        post.internet.put(post.host, f"/{slug}", page)
        post.items[slug] = ("Title", f"Words of {slug[:9]}", NOW)
    post.internet.put(post.host, "/feed", post.feed())
    desk.ingest()
    names = [path.relative_to(desk.home.root).as_posix() for path in desk.home.root.rglob("*")]
    assert not [name for name in names if "passwd" in name or "crane" in name or "xxx" in name or "con.html" in name]
    assert not list(desk.home.root.parent.glob("etc*"))


def test_half_an_emoji_anywhere_costs_neither_the_article_nor_the_run(desk: Desk, internet: Internet) -> None:
    host, words = "127.0.1.1", "The harbour council met on the matter of the crane. " * 12
    said = {
        "@type": "NewsArticle",
        "headline": "Crane \ud83d",
        "author": {"name": "Mina \udfff"},
        "keywords": ["\ud800"],
    }
    head = f'<script type="application/ld+json">{json.dumps(said)}</script><meta name="author" content="&#xD800;">'
    internet.put(host, "/a", html("Crane", words, head=head))
    internet.put(host, "/b", html("Bridge", f"{words} And the bridge."))
    items = [
        {"url": "/a"},
        {"url": "/b", "title": "\ud83d", "summary": "\0\udfff"},
        {"url": "/\ud800"},
        {"id": "\udc00"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    internet.put(host, "/feed", json.dumps(feed))
    desk.follow(internet.url(host, "/feed"))
    assert desk.ingest().statuses == {"stored": 2, "http_error": 1, "parse_error": 1}
    assert desk.sql("SELECT title FROM article_versions ORDER BY 1") == [("Bridge",), ("Crane",)]


def test_what_a_publisher_reserves_is_counted_for_whoever_answers_to_him(post: Publisher, desk: Desk) -> None:
    post.internet.put(post.host, "/robots.txt", "User-agent: *\nContent-Signal: ai-train=no\nCrawl-delay: 0\n")
    desk.ingest()
    assert desk.sql("SELECT requests, left_alone, opted_out_of_ai FROM compliance") == [(4, 0, 2)]
