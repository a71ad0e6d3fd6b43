"""`dateline sources` and `ingest --dry-run`, as an operator uses them, against publishers on loopback."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from internet import Internet
from news_sites import Publisher

from flows.cli.main import cli
from storage.home import Home
from tasks.sources.read import read_sources

pytestmark = pytest.mark.slow


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of sources of the test's own; loopback may be asked, without pauses."""
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "127.0.0.0/8")
    monkeypatch.setenv("DATELINE_HOST_DELAY_SECONDS", "0")
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path / "sources.toml"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "sources.toml"


@pytest.fixture
def post(internet: Internet) -> Publisher:
    publisher = Publisher(internet, "127.0.1.1")
    publisher.publish("crane", "A crane fell into the harbour on Monday.")
    home_page = (
        '<html><head><link rel="alternate" type="application/rss+xml" title="The Post" href="/feed"></head></html>'
    )
    internet.put("127.0.1.1", "/", home_page)
    return publisher


def dateline(home: Home, *arguments: str) -> Result:
    takes_home = arguments[:2] not in {("sources", "add"), ("sources", "import"), ("sources", "export")}
    return CliRunner().invoke(cli, [*arguments, *(["--home", str(home.root)] if takes_home else [])])


def test_a_home_page_leads_to_its_feed_which_is_checked_and_listed(post: Publisher, listed: Path, home: Home) -> None:
    added = dateline(home, "sources", "add", post.internet.url(post.host))
    assert added.exit_code == 0, added.output
    assert [(s.name, s.url) for s in read_sources(listed).sources] == [("The Post", post.feed_url)]
    again = dateline(home, "sources", "add", post.feed_url)
    assert "0 added" in again.output
    checked = dateline(home, "sources", "check")
    assert checked.exit_code == 0, checked.output
    assert "1 sources looked at, 0 with a problem." in checked.output
    assert "2026-10-15 00:00 127.0.1.1: crane" in checked.output
    assert not home.published.exists()


def test_a_source_with_a_problem_is_one_line_and_an_exit_code(post: Publisher, listed: Path, home: Home) -> None:
    listed.write_text(
        f'[post]\nurl = "{post.feed_url}"\n[broken]\nurl = "{post.internet.url(post.host, "/none")}"\n[typo]\nulr = "x"\n'
    )
    checked = dateline(home, "sources", "check")
    assert checked.exit_code == 1
    assert "HTTP 404" in checked.output
    assert "[typo]: unknown key 'ulr'" in checked.output
    assert "2 sources looked at, 2 with a problem." in checked.output


def test_a_dry_run_lists_what_would_be_fetched_and_stores_nothing(post: Publisher, listed: Path, home: Home) -> None:
    listed.write_text(f'[post]\nurl = "{post.feed_url}"\n')
    done = dateline(home, "ingest", "--source", "post", "--dry-run")
    assert done.exit_code == 0, done.output
    assert f"post  {post.internet.url(post.host, '/crane')}" in done.output
    assert "1 would be fetched; nothing was stored." in done.output
    assert post.internet.paths(post.host) == ["/feed"]
    assert not home.published.exists()


def test_a_page_without_a_feed_is_one_clear_line(post: Publisher, listed: Path, home: Home) -> None:
    done = dateline(home, "sources", "add", post.internet.url(post.host, "/crane"))
    assert done.exit_code == 1
    assert "announces one" in str(done.exception)
    assert not listed.exists()


def test_a_site_without_a_feed_leads_to_the_news_sitemap_of_its_robots_txt(
    post: Publisher, listed: Path, home: Home
) -> None:
    named = [post.internet.url(post.host, path) for path in ("/sitemap.xml", "/news-sitemap.xml")]
    post.internet.put(post.host, "/robots.txt", "".join(f"Sitemap: {url}\n" for url in named))
    done = dateline(home, "sources", "add", post.internet.url(post.host, "/crane"))
    assert done.exit_code == 0, done.output
    assert [(source.kind, source.url) for source in read_sources(listed).sources] == [("sitemap", named[1])]


def test_opml_goes_from_one_list_to_another(post: Publisher, listed: Path, home: Home, tmp_path: Path) -> None:
    listed.write_text(f'[post]\nname = "The Post"\nurl = "{post.feed_url}"\n')
    opml = tmp_path / "feeds.opml"
    opml.write_text(dateline(home, "sources", "export").output)
    listed.write_text("")
    assert "1 added" in dateline(home, "sources", "import", str(opml)).output
    assert [source.name for source in read_sources(listed).sources] == ["The Post"]
