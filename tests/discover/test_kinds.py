"""What each kind of source makes of what it reads."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from discover.looking import FEED_URL, HOST, RSS, Browse, look, only, source, urls
from hypothesis import given
from hypothesis import strategies as st
from internet import Internet, status

from storage.records import Source
from tasks.discover.contract import Discovered
from tasks.discover.feed import parse_feed
from tasks.discover.sitemap import parse_sitemap
from tasks.workers import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One process that parses."""
    some = Workers(1, 10)
    yield some
    some.close()


RSS_091 = """<?xml version="1.0"?><rss version="0.91"><channel><title>Post</title><item><title>Crane</title>
<link>http://post.example/crane</link></item></channel></rss>"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Post</title></channel><item><title>Crane</title><link>http://post.example/crane</link></item></rdf:RDF>"""
RSS_092 = RSS_091.replace("0.91", "0.92")
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Crane</title><id>tag:post,1</id>
<link rel="alternate" type="text/html" href="/crane"/><modified>2026-10-12T07:00:00Z</modified></entry></feed>"""
BROKEN = (
    "<rss><channel><item><title>Crane &nbsp; & bridge</title><link>http://post.example/crane</link></item><item><tit"
)
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="http://post.example/crane"><title>Crane</title><link>http://post.example/crane</link></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Crane</title><id>tag:post,1</id>
<link rel="enclosure" href="http://post.example/crane.mp3"/><link rel="alternate" href="http://post.example/crane"/>
<updated>2026-10-12T07:00:00Z</updated></entry></feed>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": "1", "url": "/crane",
"title": "Crane", "date_published": "2026-10-12T07:00:00Z", "authors": [{"name": "Mina Ek"}], "content_text": "It fell."}]}"""


@pytest.mark.parametrize(
    "body", [RSS, RSS_090, RSS_091, RSS_092, RDF, ATOM_03, ATOM, JSON_FEED, BROKEN, "\ufeff" + JSON_FEED]
)
def test_every_kind_of_feed_gives_its_article_and_no_enclosure(body: str) -> None:
    assert urls(parse_feed(source(), FEED_URL, body.encode())) == ["http://post.example/crane"]


def test_what_a_feed_says_of_an_article_is_kept() -> None:
    entry = only(parse_feed(source(), FEED_URL, RSS.encode())).entry
    assert entry is not None
    assert (entry.title, entry.summary, entry.published) == (
        "Crane & bridge",
        "It fell.",
        "Mon, 12 Oct 2026 07:00:00 +0200",
    )
    assert entry.authors == ("Mina Ek",)


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        (RDF.replace("<link>", "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-10-12</dc:date><link>"),
         ("2026-10-12", "2026-10-12")),
        (RSS, ("Mon, 12 Oct 2026 07:00:00 +0200", None)),
        (ATOM, (None, "2026-10-12T07:00:00Z")),
        (ATOM.replace("<updated>", "<published>2026-10-11</published><updated>"), ("2026-10-11", "2026-10-12T07:00:00Z")),
        (JSON_FEED, ("2026-10-12T07:00:00Z", None)),
    ],
)  # fmt: skip
def test_dates_of_publication_and_of_change_are_told_apart(body: str, dates: tuple[str | None, str | None]) -> None:
    entry = only(parse_feed(source(), FEED_URL, body.encode())).entry
    assert entry is not None
    assert (entry.published, entry.updated) == dates


def test_links_count_from_the_base_that_a_feed_states_for_them() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://post.example/city/"><entry xml:base="2026/">
    <link href="crane"/><content type="html">&lt;a href="bridge"&gt;bridge&lt;/a&gt;</content></entry></feed>"""
    found = only(parse_feed(source(), FEED_URL, body.encode()))
    assert found.url == "http://post.example/city/2026/crane"
    assert found.entry is not None
    assert found.entry.content == '<a href="http://post.example/city/2026/bridge">bridge</a>'


def test_an_entry_whose_id_is_its_address_needs_no_link() -> None:
    body = "<rss version='2.0'><channel><item><guid>http://post.example/a</guid><title>a</title></item></channel></rss>"
    assert urls(parse_feed(source(), FEED_URL, body.encode())) == ["http://post.example/a"]


def test_an_entry_without_a_link_ends_in_the_ledger() -> None:
    body = "<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"
    found = parse_feed(source(), FEED_URL, body.encode())
    assert [ending.detail for ending in found.endings] == ["a feed entry without a link"]


@pytest.mark.parametrize(
    ("link", "status", "detail"),
    [
        ("http://post.example/" + "a" * 9_000, "too_large", "a link of 9020 characters; up to 8000 are followed"),
        ("http://[::1", "parse_error", "no address that can be read: http://[::1"),
        ("mailto:desk@post.example", "blocked_address", "a feed may not point to local files outside its own folder"),
    ],
)
def test_a_link_that_leads_nowhere_ends_in_the_ledger_and_the_next_one_is_a_candidate(
    link: str, status: str, detail: str
) -> None:
    feed = f"<rss version='2.0'><channel><item><link>{link}</link></item><item><link>/b</link></item></channel></rss>"
    found = parse_feed(source(), FEED_URL, feed.encode())
    assert urls(found) == ["http://post.example/b"]
    assert [(ending.status, ending.detail) for ending in found.endings] == [(status, detail)]


def test_an_address_in_double_escaped_markup_is_found() -> None:
    link = "&lt;![CDATA[http://post.example/a]]&gt;"
    feed = f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>"
    assert urls(parse_feed(source(), FEED_URL, feed.encode())) == ["http://post.example/a"]


@pytest.mark.parametrize(
    "body", ["", "hello", "<html><body>no</body></html>", '{"items": []}', '{"version": "1"', "[" * 100_000, "\0\1\2"]
)
def test_what_is_no_feed_is_an_ending(body: str) -> None:
    found = parse_feed(source(), FEED_URL, body.encode())
    assert (found.candidates, [ending.status for ending in found.endings]) == ((), ["parse_error"])


ITEMS = (
    "<item><title>a</title><link>/{0}</link></item>",
    "<item><link>file:///etc/{0}</link></item>",
    "<item><title>no link</title></item>",
    "<item><link>http://[{0}</link></item>",
    "<item><guid>http://post.example/{0}</guid></item>",
    "<item/>",
    "<item><link>&undefined;{0}</link><title>&</title></item>",
)


@given(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=12))
def test_every_entry_of_a_feed_ends_as_a_candidate_or_as_a_row_in_the_ledger(items: list[str]) -> None:
    body = "".join(item.format(number) for number, item in enumerate(items))
    found = parse_feed(source(), FEED_URL, f"<rss version='2.0'><channel>{body}</channel></rss>".encode())
    assert len(found.candidates) + len(found.endings) == len(items)


@pytest.mark.parametrize("form", ["rss", "json"])
def test_a_list_of_five_thousand_entries_is_read_and_of_a_longer_one_the_rest_is_told_of(form: str) -> None:
    links = [f"http://post.example/{n}" for n in range(5_100)]
    if form == "rss":
        items = "".join(f"<item><link>{link}</link></item>" for link in links)
        body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    else:
        body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": link} for link in links]})
    found = parse_feed(source(), FEED_URL, body.encode())
    assert len(found.candidates) == 5_000
    assert [(ending.status, ending.detail) for ending in found.endings] == [
        ("too_large", "100 more items; 5000 of a list are read")
    ]


def test_entities_in_a_feed_are_not_expanded_without_end() -> None:
    bombs = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE rss [<!ENTITY x0 "lol">{bombs}]><rss version="2.0"><channel><item><title>&x11;</title><link>/a</link></item></channel></rss>'
    found = parse_feed(source(), FEED_URL, body.encode())
    assert len(str(found)) < 100_000


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """Address of a file that no feed may read."""
    (tmp_path / "secret.txt").write_text("the-words-inside")
    return (tmp_path / "secret.txt").as_uri()


BOMB = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("parse", [parse_feed, parse_sitemap])
@pytest.mark.parametrize(
    "root",
    [
        "<rss version='2.0'><channel><item><title>&{0};</title><link>/a</link><description>&{0};</description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&{0};</title><link href='/a'/></entry></feed>",
        "<urlset><url><loc>/a</loc><lastmod>&{0};</lastmod></url></urlset>",
        "<urlset><url><loc>&{0};</loc></url></urlset>",
    ],
)
def test_entities_neither_grow_nor_read_files_nor_ask_the_network(
    parse: Callable[[Source, str, bytes], Discovered], root: str, secret: str, internet: Internet
) -> None:
    outside = internet.put("127.0.0.1", "/entity.dtd", "<!ENTITY more 'from-the-network'>")
    declared = f'<!ENTITY x0 "lol">{BOMB}<!ENTITY inside SYSTEM "{secret}"><!ENTITY net SYSTEM "{outside}">'
    for name in ("x11", "inside", "net"):
        for doctype in (f"<!DOCTYPE r [{declared}]>", f'<!DOCTYPE r SYSTEM "{outside}" [{declared}]>'):
            found = parse(source(), FEED_URL, (doctype + root.format(name)).encode())
            assert len(str(found)) < 20_000
            assert "the-words-inside" not in str(found)
    assert internet.seen == []


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://post.example/crane</loc><news:news><news:title>Crane</news:title>
<news:publication_date>2026-10-15T07:00:00Z</news:publication_date></news:news></url>
<url><loc>http://post.example/old</loc><lastmod>2020-01-01</lastmod></url></urlset>"""


def test_a_news_sitemap_gives_title_and_date() -> None:
    entry = parse_sitemap(source(), FEED_URL, SITEMAP.encode()).candidates[0].entry
    assert entry is not None
    assert (entry.title, entry.published) == ("Crane", "2026-10-15T07:00:00Z")


def test_a_sitemap_may_be_gzip_and_its_old_pages_are_for_a_backfill(
    internet: Internet, browse: Browse, workers: Workers
) -> None:
    from articles import NOW

    url = internet.put(HOST, "/news.xml.gz", status(200, gzip.compress(SITEMAP.encode())))
    assert urls(look("sitemap", url, browse(now=lambda: NOW), workers)) == ["http://post.example/crane"]


def test_of_an_index_the_newest_sitemaps_are_read(internet: Internet, browse: Browse, workers: Workers) -> None:
    from articles import NOW

    internet.put(HOST, "/new.xml", SITEMAP)
    listed = "".join(
        f"<sitemap><loc>/{name}.xml</loc><lastmod>2026-{month:02}-01</lastmod></sitemap>"
        for name, month in [("new", 10), *((f"old{n}", n) for n in range(1, 9))]
    )
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'
    found = look("sitemap", internet.put(HOST, "/index.xml", index), browse(now=lambda: NOW), workers)
    assert urls(found) == ["http://post.example/crane"]
    assert internet.paths(HOST) == ["/index.xml", "/new.xml", "/old8.xml", "/old7.xml", "/old6.xml", "/old5.xml"]


def test_a_gzip_bomb_is_no_sitemap() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert "over" in (parse_sitemap(source(), FEED_URL, bomb).endings[0].detail or "")


def test_a_page_is_a_candidate_again_when_it_has_changed(internet: Internet, browse: Browse, workers: Workers) -> None:
    client = browse()
    url = internet.put(HOST, "/live", "first")
    first = only(look("page", url, client, workers))
    internet.put(HOST, "/live", "second")
    second = only(look("page", url, client, workers))
    assert first.entry is not None
    assert second.entry is not None
    assert (first.url_key, first.entry.sha256 == second.entry.sha256) == (second.url_key, False)
