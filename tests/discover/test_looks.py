"""A look at a feed on the web, and what is learnt from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from discover.looking import FEED_URL, HOST, RSS, Browse, look, only, source, urls
from internet import Internet, redirect, status

from tasks.discover.contract import Reach
from tasks.discover.feed import parse_feed
from tasks.workers import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One process that parses."""
    some = Workers(1, 10)
    yield some
    some.close()


def test_a_feed_that_has_not_changed_is_not_read_again(internet: Internet, browse: Browse, workers: Workers) -> None:
    from articles import NOW

    from tasks.poll.schedule import after

    client, seen = browse(now=lambda: NOW), []

    async def respond(request):  # type: ignore[no-untyped-def]
        from aiohttp import web

        seen.append(request.headers.get("If-None-Match"))
        same = seen[-1] == '"1"'
        return web.Response(status=304) if same else web.Response(body=RSS.encode(), headers={"ETag": '"1"'})

    url = internet.put(HOST, "/feed", respond)
    found = look("feed", url, client, workers)
    assert found.look is not None
    import random

    poll = after(source(url), None, found.look, NOW, random.Random(1))
    again = look("feed", url, client, workers, poll)
    assert again.look is not None
    assert (again.look.outcome, again.candidates, seen) == ("not_modified", (), [None, '"1"'])


def test_the_same_body_under_another_etag_is_no_news(internet: Internet, browse: Browse, workers: Workers) -> None:
    import random

    from articles import NOW

    from tasks.poll.schedule import after

    client = browse(now=lambda: NOW)
    url = internet.put(HOST, "/feed", RSS)
    found = look("feed", url, client, workers)
    assert found.look is not None
    again = look("feed", url, client, workers, after(source(url), None, found.look, NOW, random.Random(1)))
    assert again.look is not None
    assert (again.look.outcome, again.look.detail) == ("not_modified", "the same body")


def test_a_feed_that_moved_for_good_says_where(internet: Internet, browse: Browse, workers: Workers) -> None:
    internet.put(HOST, "/new", RSS)
    found = look("feed", internet.put(HOST, "/feed", redirect("/new", 308)), browse(), workers)
    assert found.look is not None
    assert found.look.moved_to == internet.url(HOST, "/new")


@pytest.mark.parametrize(("code", "outcome"), [(410, "gone"), (404, "hard"), (403, "soft"), (503, "temporary")])
def test_a_failure_is_in_the_ledger_and_in_the_look(
    internet: Internet, browse: Browse, workers: Workers, code: int, outcome: str
) -> None:
    found = look("feed", internet.put(HOST, "/feed", status(code)), browse(), workers)
    assert found.look is not None
    assert (found.look.outcome, [ending.http_status for ending in found.endings]) == (outcome, [code])


def test_a_page_that_is_no_feed_is_a_hard_failure(internet: Internet, browse: Browse, workers: Workers) -> None:
    found = look("feed", internet.put(HOST, "/feed", "<html><p>Page not found</p></html>"), browse(), workers)
    assert found.look is not None
    assert (found.look.outcome, found.look.status) == ("hard", "parse_error")


def test_relative_links_are_resolved_where_the_feed_was_found(
    internet: Internet, browse: Browse, workers: Workers
) -> None:
    internet.put("www.post.example", "/feed", RSS)
    url = internet.put(HOST, "/feed", redirect(internet.url("www.post.example", "/feed")))
    assert urls(look("feed", url, browse(), workers)) == [internet.url("www.post.example", "/crane")]


@pytest.mark.parametrize(
    ("encoding", "header", "declared"),
    [
        ("windows-1251", "windows-1251", None),
        ("windows-1251", "windows-1251", "utf-8"),
        ("windows-1251", "utf-8", "windows-1251"),
        ("gb18030", "gb18030", "gb2312"),
        ("utf-8", "iso-8859-1", None),
        ("utf-16", "iso-8859-1", None),
        ("utf-8", "no-such-charset", None),
    ],
)
def test_the_charset_in_the_header_counts_where_the_feed_itself_fits_no_other(
    internet: Internet, browse: Browse, workers: Workers, encoding: str, header: str, declared: str | None
) -> None:
    title = "朱镕基讲话" if encoding == "gb18030" else "Варшава чекає"
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = (
        f"{declaration}<rss version='2.0'><channel><item><title>{title}</title><link>/a</link></item></channel></rss>"
    )
    answer = status(200, feed.encode(encoding), Content_Type=f"application/rss+xml; charset={header}")
    entry = only(look("feed", internet.put(HOST, "/feed", answer), browse(), workers)).entry
    assert entry is not None
    assert entry.title == title


def test_a_feed_that_hangs_its_parser_ends_as_a_timeout(
    internet: Internet, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hanging

    from tasks.discover._polled import look_at

    # The worker process imports the parser that hangs by its name.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    impatient, client = Workers(1, 1.0), browse()
    url = internet.put(HOST, "/feed", RSS)
    found = client.run(look_at(source(url), None, Reach(client, impatient), hanging.parse))
    impatient.close()
    assert [(ending.status, ending.candidate.url) for ending in found.endings] == [("timeout", url)]
    assert found.look is not None
    assert (found.look.outcome, found.look.status) == ("hard", "timeout")


def test_a_feed_from_the_web_may_not_point_to_local_files() -> None:
    body = "<rss version='2.0'><channel><item><link>file:///etc/passwd</link></item></channel></rss>"
    found = parse_feed(source(), FEED_URL, body.encode())
    assert [ending.status for ending in found.endings] == ["blocked_address"]
