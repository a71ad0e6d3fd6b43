"""The list of sources: read, extended, exchanged."""

from pathlib import Path

import pytest
from articles import NOW
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import SettingError
from storage.records import Source
from tasks.sources.autodiscovery import announced
from tasks.sources.opml import read_opml, write_opml
from tasks.sources.read import read_sources
from tasks.sources.write import append_sources

ROOT = Path(__file__).parents[2]


def feed(url: str, name: str = "") -> Source:
    return Source(source_id=None, name=name, kind="feed", url=url)


def test_the_list_that_ships_is_in_order() -> None:
    shipped = read_sources(ROOT / "sources.toml")
    assert shipped.problems == ()
    assert len(shipped.sources) >= 30
    assert len({source.country_iso3 for source in shipped.sources}) >= 15
    assert all(source.url.startswith("https://") for source in shipped.sources)


def test_a_bad_entry_is_one_line_with_its_place_and_the_others_go_on(tmp_path: Path) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text('[good]\nurl = "http://a.example/feed"\n[bad]\nurl = 7\n[worse]\nurl = "x"\nkind = "gopher"\n')
    found = read_sources(listed)
    assert [source.source_id for source in found.sources] == ["good"]
    assert len(found.problems) == 2
    assert found.problems[0].startswith(f"{listed}: [bad]: ")
    assert "feed, files, page, sitemap" in found.problems[1]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("", "has no url"),
        ('url = ""', "has no url"),
        ("url = 7", "url 7 is not text"),
        ('url = "htp://a.example/feed"', "url 'htp://a.example/feed' begins with none of file, http, https"),
        ('url = "http:///feed"\nenabled = "no"', "enabled 'no' is not true or false"),
        ('url = "http://"', "url 'http://' has no host"),
        ('url = "http://[::1/feed"', "url 'http://[::1/feed' can't be read"),
        ('url = "http://a.example"\ncountry = "Germany"', "country 'Germany' is not three capital letters"),
        ('url = "http://a.example"\nlanguage = "English"', "language 'English' is not a language code"),
        ('url = "http://a.example"\nname = ["a"]', "name ['a'] is not text"),
        ('ulr = "x"', "unknown key 'ulr'; known are country, enabled, kind, language, name, url"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(tmp_path: Path, entry: str, problem: str) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text(f'[bad]\n{entry}\n[good]\nurl = "feeds/city.xml"\n')
    found = read_sources(listed)
    assert [source.source_id for source in found.sources] == ["good"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"{listed}: [bad]: {problem}")


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("[bad]\nurl = http://b.example/feed\n", "[bad]: Invalid value (at line 5, column 7)"),
        ('[bad]\nurl = "http://b.example\n', "[bad]: "),
        (
            '[bad\nurl = "http://b.example"\n',
            "[bad]: Expected ']' at the end of a table declaration (at line 4, column 5)",
        ),
        ('[first]\nurl = "http://b.example"\n', "[first]: is in it twice; the first one counts"),
    ],
)
def test_an_entry_that_is_no_toml_is_one_line_with_its_place_and_the_others_go_on(
    tmp_path: Path, bad: str, line: str
) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text(
        f'# mine\n[first]\nurl = "http://a.example/feed"\n{bad}\n[last] # of all\nurl = "http://c.example/feed"\n'
    )
    found = read_sources(listed)
    assert [source.url for source in found.sources if source.source_id == "last"] == ["http://c.example/feed"]
    assert len(found.problems) == 1
    assert (found.sources[0].source_id, found.sources[0].url) == ("first", "http://a.example/feed")
    assert found.problems[0].startswith(f"{listed}: {line}")


@pytest.mark.parametrize("content", ["url", "= 1", '{"a": 1}', "[bad", "\ufffe[a]\nurl = 1 1"])
def test_a_file_without_a_single_entry_that_can_be_read_is_an_error(tmp_path: Path, content: str) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text(content)
    with pytest.raises(SettingError, match=r"sources\.toml"):
        read_sources(listed)


@given(st.text(alphabet="[]abc=\"'\n #.7-", max_size=60))
def test_no_list_of_sources_is_a_surprise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    listed = tmp_path_factory.mktemp("sources") / "sources.toml"
    listed.write_text(text)
    try:
        found = read_sources(listed)
    except SettingError:
        return
    assert all(problem.startswith(f"{listed}: [") for problem in found.problems)


def test_new_sources_are_appended_and_what_was_there_stays(tmp_path: Path) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text('# mine\n[post]\nurl = "http://post.example/feed"  # the best\n')
    before = listed.read_text()
    new = [
        feed("https://www.post.example/feed/"),
        feed("http://courier.example/rss", 'The "Courier"\n'),
        feed("http://courier.example/2"),
    ]
    written = append_sources(listed, read_sources(listed).sources, new)
    assert [source.source_id for source in written] == ["courier", "courier-2"]
    assert listed.read_text().startswith(before)
    assert [s.name for s in read_sources(listed).sources] == ["post", 'The "Courier"\n', "courier-2"]


@given(st.text(max_size=30))
def test_any_name_can_be_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    listed = tmp_path_factory.mktemp("sources") / "sources.toml"
    append_sources(listed, (), [feed("http://a.example/feed", name)])
    found = read_sources(listed)
    assert found.problems == ()
    assert [source.name for source in found.sources] == [name.encode("utf-8", "replace").decode() or "a"]


def test_opml_goes_out_and_comes_in(tmp_path: Path) -> None:
    listed = (feed("http://a.example/feed?a=1&b=2", "A & B"), feed("http://b.example/feed", "Zürich"))
    path = tmp_path / "feeds.opml"
    path.write_bytes(write_opml(listed, NOW))
    assert read_opml(path) == listed


def test_feeds_in_folders_of_an_opml_file_are_found(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<opml version="1.0"><body><outline text="World"><outline text="A" xmlUrl="http://a.example/feed"/>'
        '<outline text="no feed" htmlUrl="http://b.example"/><outline XMLURL="http://c.example/feed"/></outline></body></opml>'
    )
    assert [source.url for source in read_opml(path)] == ["http://a.example/feed", "http://c.example/feed"]


def test_entities_in_an_opml_file_neither_grow_nor_read_files(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the-words-inside")
    inside = f'<!ENTITY inside SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    bombs = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "feeds.opml"
    path.write_text(
        f'<!DOCTYPE opml [<!ENTITY x0 "lol">{bombs}{inside}]><opml><body>'
        '<outline text="&x11;" xmlUrl="http://a.example/feed"/><outline text="&inside;" xmlUrl="http://b.example/feed"/>'
        "</body></opml>"
    )
    try:
        found = read_opml(path)
    except SettingError:
        return
    assert len(str(found)) < 20_000
    assert "the-words-inside" not in str(found)


@pytest.mark.parametrize("content", ["", "hello", "<rss/>", "<opml"])
def test_what_is_no_opml_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(content)
    if content == "<opml":
        assert read_opml(path) == ()
    else:
        with pytest.raises(SettingError, match="OPML"):
            read_opml(path)


HOME_PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="Post" href="/feed">
<link rel="alternate" type="application/atom+xml" href="https://post.example/atom.xml">
<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="/feed.css"></head>
<body><a href="/rss.xml">RSS</a></body></html>"""


def test_the_feeds_that_a_page_announces_are_found_and_comments_come_last() -> None:
    found = [
        source.url.removeprefix("https://post.example") for source in announced("https://post.example/", HOME_PAGE)
    ]
    assert found == ["/feed", "/atom.xml", "/rss.xml", "/comments/feed"]


def test_links_to_feeds_count_from_the_base_that_a_page_states() -> None:
    page = b'<head><base href="/en/"><link rel="alternate" type="application/feed+json" href="feed.json"></head><body>x</body>'
    assert [source.url for source in announced("https://post.example/x", page)] == ["https://post.example/en/feed.json"]


def test_a_feed_announces_itself() -> None:
    body = b"<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>"
    assert [(s.kind, s.url) for s in announced("http://post.example/f", body)] == [("feed", "http://post.example/f")]


@pytest.mark.parametrize("body", [b"", b"\0\1", b"<html>", b"plain words"])
def test_a_page_without_feeds_announces_none(body: bytes) -> None:
    assert announced("http://post.example/", body) == ()
