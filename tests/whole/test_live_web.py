"""Ingesting from the web, run after run, as a schedule does it."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from articles import NOW
from clean.pages import PARAGRAPHS
from desk import Desk
from internet import Internet, redirect, status
from news_sites import Publisher

from storage.forget import Target, forget
from storage.reading import published
from storage.warehouse import Warehouse
from tasks.web.urls import url_key

pytestmark = pytest.mark.slow


DAY = timedelta(days=1)


def test_what_is_known_is_not_fetched_again_and_what_is_new_is(post: Publisher, desk: Desk, internet: Internet) -> None:
    assert desk.ingest().statuses == {"stored": 1}
    post.publish("bridge", "The bridge was closed.")
    assert desk.ingest(DAY).statuses == {"stored": 1}
    assert desk.ingest(DAY).statuses == {}
    assert Counter(internet.paths(post.host)) == {"/feed": 3, "/crane": 1, "/bridge": 1}


def test_a_source_that_is_not_due_is_left_alone_unless_it_is_forced(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    desk.ingest()
    desk.ingest(timedelta(minutes=5))
    assert internet.paths(post.host).count("/feed") == 1
    desk.ingest(timedelta(minutes=5), force=True)
    assert internet.paths(post.host).count("/feed") == 2


def test_an_article_that_its_feed_says_has_changed_gets_a_new_version(post: Publisher, desk: Desk) -> None:
    desk.ingest()
    post.publish("crane", "Two cranes fell into the harbour on Monday.", NOW + DAY)
    assert desk.ingest(DAY).later_versions == 1
    assert desk.sql("SELECT version_no FROM article_versions ORDER BY 1") == [(1,), (2,)]
    assert desk.ingest(DAY).statuses == {}


def test_the_same_article_under_other_addresses_is_one(post: Publisher, desk: Desk, internet: Internet) -> None:
    desk.ingest()
    for link in ("/{slug}?utm_source=rss", "/{slug}/", "/{slug}?fbclid=1#top"):
        internet.put(post.host, "/feed", post.feed(link))
        assert desk.ingest(DAY).statuses == {}
    assert desk.sql("SELECT count(*) FROM articles") == [(1,)]


def test_a_page_that_failed_is_tried_again_though_the_feed_has_not_changed(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    good = internet.pages[post.host]["/crane"]
    internet.put(post.host, "/crane", status(502))
    assert desk.ingest().statuses == {"http_error": 1}
    internet.put(post.host, "/crane", good)
    assert desk.ingest(timedelta(minutes=10)).statuses == {}
    assert desk.ingest(timedelta(minutes=10)).statuses == {"stored": 1}
    assert desk.sql("SELECT attempt, status, retry_at IS NULL FROM ledger ORDER BY attempt") == [
        (1, "http_error", False),
        (2, "stored", True),
    ]


def test_a_page_that_always_fails_is_given_up_and_stays_in_the_ledger(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    internet.put(post.host, "/crane", status(404))
    for _ in range(6):
        desk.ingest(DAY)
    assert internet.paths(post.host).count("/crane") == 2
    assert desk.sql("SELECT status, http_status FROM ledger") == [("http_error", 404)] * 2


def test_a_feed_that_moved_is_asked_at_its_new_address(post: Publisher, desk: Desk, internet: Internet) -> None:
    moved = Publisher(internet, "127.0.1.9", now=NOW)
    moved.publish("bridge", "The bridge was closed.")
    internet.put(post.host, "/feed", redirect(moved.feed_url, 301))
    desk.ingest()
    moved.publish("tunnel", "The tunnel was opened.")
    assert desk.ingest(DAY).statuses == {"stored": 1}
    assert internet.paths(post.host).count("/feed") == 1
    assert desk.sql("SELECT DISTINCT url FROM polls WHERE outcome = 'read'") == [(moved.feed_url,)]


def test_a_pause_survives_the_end_of_a_run(post: Publisher, desk: Desk, internet: Internet) -> None:
    internet.put(post.host, "/feed", status(429, Retry_After="7200"))
    desk.ingest()
    desk.follow(post.internet.url(post.host, "/other"))
    desk.ingest(timedelta(hours=1))
    assert internet.paths(post.host) == ["/feed"]
    internet.put(post.host, "/feed", post.feed())
    desk.ingest(timedelta(hours=2))
    assert set(internet.paths(post.host)) == {"/feed", "/other", "/crane"}


def test_politeness_is_published_as_data(post: Publisher, desk: Desk, internet: Internet) -> None:
    internet.put(post.host, "/robots.txt", "User-agent: *\nDisallow: /crane\n")
    desk.ingest()
    with published(desk.home) as con:
        asked = con.execute(
            "SELECT purpose, robots_decision, robots_rule FROM visits ORDER BY requested_at, url"
        ).fetchall()
        evidence = con.execute("SELECT text FROM site_files WHERE path = '/robots.txt'").fetchall()
        denied = con.execute("SELECT status, robots_rule FROM ledger").fetchall()
    rule = "Disallow: /crane (User-agent: *)"
    assert ("page", "denied", rule) in asked
    assert evidence == [("User-agent: *\nDisallow: /crane\n",)]
    assert denied == [("robots_denied", rule)]


def test_a_page_that_hangs_the_parser_costs_its_limit_and_not_the_run(
    post: Publisher, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hanging

    from flows import wiring
    from tasks.clean import _all
    from tasks.workers import Workers

    # The worker processes import the cleaner that hangs by its name; importing it counts towards the limit.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    post.publish("hang", "The parser will hang on this one.")
    monkeypatch.setattr(wiring, "workers", lambda: Workers(2, 10.0))
    monkeypatch.setattr(_all, "_clean", hanging.clean)
    assert desk.ingest().statuses == {"stored": 1, "timeout": 1}


def test_two_sources_with_the_same_article_store_it_once(post: Publisher, desk: Desk, internet: Internet) -> None:
    desk.follow(internet.put(post.host, "/city", post.feed("/{slug}?ref=city")))
    assert desk.ingest().statuses == {"stored": 1}
    assert desk.ingest(DAY).statuses == {}


def test_a_feed_of_thousands_does_not_hold_up_the_others_and_is_finished_by_later_runs(
    post: Publisher, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.discover import _all

    monkeypatch.setattr(_all, "MOST_A_HOST", 3)
    for number in range(6):
        post.publish(f"story-{number}", f"This was report {number} of the day.")
    assert [desk.ingest(DAY).statuses for _ in range(4)] == [{"stored": 3}, {"stored": 3}, {"stored": 1}, {}]


def test_a_run_that_dies_before_its_end_looks_at_the_feed_again(
    post: Publisher, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import wiring

    def die(_: object, device: str) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(wiring, "extract_batch", die)
        with pytest.raises(MemoryError):
            desk.ingest()
    assert desk.ingest(timedelta(minutes=1)).statuses == {"stored": 1}


def test_the_archive_is_loaded_again_without_the_network(
    post: Publisher, desk: Desk, tmp_path: Path, internet: Internet
) -> None:
    post.publish("bridge", "The bridge was closed.")
    desk.ingest()
    asked = list(internet.seen)
    other = Desk(tmp_path / "other")
    other.follow((desk.home.archive).as_uri(), "files")
    assert other.ingest().statuses == {"stored": 2}
    assert desk.backfill().statuses == {"unchanged": 2}
    same = "SELECT article_id, version_id, text, title, published_at, authors FROM article_versions ORDER BY 1"
    assert other.sql(same) == desk.sql(same)
    assert internet.seen == asked


def test_a_full_content_feed_gives_the_text_of_a_page_that_can_not_be_had(desk: Desk, internet: Internet) -> None:
    item = (
        "<item><title>The crane stays</title><link>/crane</link>"
        f"<content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item>"
    )
    feed = (
        f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{item}</channel></rss>"
    )
    internet.put("127.0.1.1", "/feed", feed)
    internet.put("127.0.1.1", "/crane", status(403))
    desk.follow(internet.url("127.0.1.1", "/feed"))
    assert desk.ingest().statuses == {"stored": 1}
    [(text, title, from_feed, why)] = desk.sql("SELECT text, title, from_feed, reasons['text'] FROM article_versions")
    assert text.startswith("The harbour council met for the first time")
    assert (title, from_feed, why) == ("The crane stays", True, "from the page, from the feed")


def test_a_page_that_robots_txt_forbids_is_not_taken_from_the_feed_either(desk: Desk, internet: Internet) -> None:
    content = "<p>The crane stays where it stands, the council said.</p>" * 20
    item = f"<item><link>/crane</link><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    feed = (
        f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{item}</channel></rss>"
    )
    internet.put("127.0.1.1", "/feed", feed)
    internet.put("127.0.1.1", "/robots.txt", "User-agent: *\nDisallow: /crane")
    desk.follow(internet.url("127.0.1.1", "/feed"))
    assert desk.ingest().statuses == {"robots_denied": 1}


def test_an_article_that_was_taken_down_is_never_asked_for_again(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    desk.ingest()
    forget(
        Warehouse(desk.home), Target(url_keys=(url_key(f"{post.feed_url.removesuffix('/feed')}/crane"),)), url_key, NOW
    )
    post.publish("crane", "Two cranes fell into the harbour on Monday.", NOW + DAY)
    assert desk.ingest(DAY).statuses == {}
    assert internet.paths(post.host).count("/crane") == 1
    assert desk.sql("SELECT count(*) FROM visits WHERE contains(url, 'crane')") == [(0,)]


def test_a_source_that_was_taken_down_is_never_asked_again_and_says_so(
    post: Publisher, desk: Desk, internet: Internet
) -> None:
    desk.ingest()
    (source_id,) = desk.sql("SELECT source_id FROM sources")[0]
    forget(Warehouse(desk.home), Target(source_id=str(source_id)), url_key, NOW)
    assert desk.sql("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions)") == [(0, 0)]
    assert desk.ingest(DAY).statuses == {"quarantined": 1}
    assert Counter(internet.paths(post.host)) == {"/feed": 1, "/crane": 1}
