"""Backfill of days of the past, from the lists that sites keep of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from articles import NOW
from desk import Desk
from internet import Internet, html, status
from news_sites import Publisher

from flows.backfilling import Wish, run_past
from flows.runs import Manner
from flows.settings import Settings
from storage.errors import SettingError
from storage.gaps import Gap, gaps
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow

HOST = "127.0.1.1"
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


def page(internet: Internet, path: str, day: str) -> str:
    head = f'<meta property="article:published_time" content="{day}T08:00:00Z">'
    words = f"The crane of {path} fell into the harbour on Monday, and nobody was hurt. "
    return internet.put(HOST, path, html(path, words * 12, f"Written at {HOST}{path}.", head=head))


def rss(*items: tuple[str, str], more: str = "") -> str:
    listed = "".join(
        f"<item><title>{path}</title><link>{path}</link><pubDate>{day}T08:00:00Z</pubDate></item>"
        for path, day in items
    )
    atom = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    return f"<rss version='2.0' {atom}><channel><title>Post</title>{more}{listed}</channel></rss>"


def urlset(internet: Internet, *items: tuple[str, str | None]) -> str:
    listed = "".join(
        f"<url><loc>{internet.url(HOST, path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in items
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def stored(desk: Desk) -> set[str]:
    return {url.rpartition("/")[2] for (url,) in desk.sql("SELECT first_url FROM articles")}


def test_archived_pages_of_a_feed_are_read_until_the_days_are_passed(desk: Desk, internet: Internet) -> None:
    months = {"11": "10", "10": "09", "09": "08"}
    for month, older in months.items():
        page(internet, f"/{month}", f"2026-{month}-05")
        link = f'<atom:link rel="prev-archive" href="/feed-{older}"/>'
        internet.put(HOST, f"/feed-{month}", rss((f"/{month}", f"2026-{month}-05"), more=link))
    desk.follow(internet.url(HOST, "/feed-11"))
    assert desk.backfill_days(*OCTOBER).statuses == {"stored": 1}
    assert stored(desk) == {"10"}
    assert [path for path in internet.paths(HOST) if path.startswith("/feed")] == ["/feed-11", "/feed-10", "/feed-09"]


def test_a_wordpress_feed_is_read_page_by_page(desk: Desk, internet: Internet) -> None:
    generator = "<generator>https://wordpress.org/?v=6.8</generator>"
    page(internet, "/new", "2026-11-05")
    page(internet, "/old", "2026-10-05")
    internet.put(HOST, "/feed/", rss(("/new", "2026-11-05"), more=generator))
    internet.put(HOST, "/feed/?paged=2", rss(("/old", "2026-10-05"), more=generator))
    internet.put(HOST, "/feed/?paged=3", status(404))
    desk.follow(internet.url(HOST, "/feed/"))
    assert desk.backfill_days(*OCTOBER).statuses == {"stored": 1}
    assert stored(desk) == {"old"}


def test_the_sitemaps_that_robots_txt_names_are_read_and_those_of_other_months_are_not(
    desk: Desk, internet: Internet
) -> None:
    page(internet, "/2026/10/05/crane", "2026-10-05")
    page(internet, "/bridge", "2026-10-07")
    internet.put(HOST, "/feed", rss())
    internet.put(HOST, "/robots.txt", f"User-agent: *\nSitemap: {internet.url(HOST, '/index.xml')}\n")
    index = "".join(
        f"<sitemap><loc>{internet.url(HOST, f'/{name}.xml')}</loc><lastmod>2026-{month:02}-28</lastmod></sitemap>"
        for name, month in (("october", 11), ("may", 5))
    )
    internet.put(
        HOST, "/index.xml", f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>'
    )
    listed = urlset(
        internet,
        ("/2026/10/05/crane", "2026-11-20"),
        ("/bridge", "2026-10-07"),
        ("/2026/09/30/early", "2026-10-08"),
        ("/imprint", None),
    )
    internet.put(HOST, "/october.xml", listed)
    desk.follow(internet.url(HOST, "/feed"))
    summary = desk.backfill_days(*OCTOBER)
    assert stored(desk) == {"crane", "bridge"}
    assert "/may.xml" not in internet.paths(HOST)
    assert [r.detail for r in summary.rejections if r.status == "quarantined"] == [
        "1 items of its lists say no day: none of them is taken for days of the past"
    ]


def test_a_backfill_takes_no_more_than_its_limit_and_goes_on_where_it_stopped(desk: Desk, internet: Internet) -> None:
    items = [(f"/2026/10/{day:02}/a", f"2026-10-{day:02}") for day in range(1, 8)]
    for path, day in items:
        page(internet, path, day)
    desk.follow(internet.put(HOST, "/sitemap.xml", urlset(internet, *reversed(items))), "sitemap")
    for taken in (3, 6, 7):
        desk.backfill_days(*OCTOBER, limit=3)
        days = [at.day for (at,) in desk.sql("SELECT published_at FROM article_versions ORDER BY 1")]
        assert days == list(range(1, taken + 1))
    assert desk.backfill_days(*OCTOBER, limit=3).statuses == {}
    assert max(internet.paths(HOST).count(path) for path, _ in items) == 1


def test_a_source_that_can_not_be_had_is_told_of(desk: Desk, internet: Internet) -> None:
    desk.follow(internet.put(HOST, "/feed", status(500)))
    (told,) = desk.backfill_days(*OCTOBER).rejections
    assert (told.status, told.url) == ("parse_error", internet.url(HOST, "/feed"))


def configured(desk: Desk, tmp_path: Path) -> Settings:
    lines = [f'[{source.source_id}]\nurl = "{escape(source.url)}"\n' for source in desk.sources]
    (tmp_path / "sources.toml").write_text("".join(lines))
    return Settings(
        home=desk.home.root,
        sources=tmp_path / "sources.toml",
        host_delay_seconds=0,
        allow_private="127.0.0.0/8",
        lock_seconds=30,
    )


def test_what_a_feed_had_dropped_while_nobody_looked_is_found_and_taken(
    desk: Desk, internet: Internet, tmp_path: Path
) -> None:
    """For five days nobody looks; the feed lists only the last two items, the sitemap all of them."""
    publisher = Publisher(internet, HOST, listed=2, now=NOW)
    desk.follow(publisher.feed_url)
    publisher.publish("first", "The crane fell.")
    desk.ingest()
    dates = []
    for number in range(1, 6):
        at = NOW + timedelta(days=number)
        publisher.publish(f"item-{number}", f"Bridge {number} was closed on Monday.", at)
        dates.append((f"/item-{number}", f"{at:%Y-%m-%d}"))
    internet.put(HOST, "/sitemap.xml", urlset(internet, *dates))
    desk.ingest(timedelta(days=5))
    assert stored(desk) == {"first", "item-4", "item-5"}
    assert gaps(Warehouse(desk.home), NOW) == [Gap("source-0", NOW, NOW + timedelta(days=5))]
    settings = configured(desk, tmp_path)
    run_past(settings, Wish(missed=True), Manner(clock=lambda: desk.now))
    assert stored(desk) == {"first", *(f"item-{number}" for number in range(1, 6))}


def test_a_feed_that_still_lists_what_is_known_has_no_gap(desk: Desk, internet: Internet) -> None:
    publisher = Publisher(internet, HOST, now=NOW)
    desk.follow(publisher.feed_url)
    publisher.publish("first", "The crane fell.")
    desk.ingest()
    publisher.publish("second", "The bridge was closed.", NOW + timedelta(days=5))
    desk.ingest(timedelta(days=5))
    assert gaps(Warehouse(desk.home), datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_days_that_can_not_be_are_a_clear_error(desk: Desk, internet: Internet, tmp_path: Path) -> None:
    settings = configured(desk, tmp_path)
    for wish, words in (
        (Wish(), "needs the first one"),
        (Wish(date(2026, 10, 2), date(2026, 10, 1)), "before the first"),
    ):
        with pytest.raises(SettingError, match=words):
            run_past(settings, wish, Manner())
