"""A query as a feed that feed readers read."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import feedparser
import pytest
from articles import NOW, SEEDS
from hypothesis import given
from hypothesis import strategies as st
from whole_runs import dateline, load_into

from storage.errors import SettingError
from storage.feed_of_query import Channel, FeedForm, feed, items_of
from storage.home import Home

CHANNEL = Channel("Said & done", "http://desk.example/", NOW)
AT = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
ITEM = {
    "url": "http://post.example/crane?a=1&b=2",
    "title": "A <b>crane</b> fell",
    "published_at": AT,
    "summary": "“Run!” ]]>",
    "author": "Mina Ek",
}
HOSTILE = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_item_comes_out_of_a_feed_reader_as_it_went_in(form: FeedForm) -> None:
    read = feedparser.parse(feed(form, CHANNEL, [ITEM]), sanitize_html=False)
    assert not read.bozo
    (entry,) = read.entries
    assert (read.feed.title, entry.link, entry.title) == (CHANNEL.title, ITEM["url"], ITEM["title"])
    assert (entry.summary, entry.author, tuple(entry.published_parsed[:5])) == (
        ITEM["summary"],
        "Mina Ek",
        (2026, 10, 12, 8, 30),
    )


def test_json_feed_has_what_its_specification_asks_for() -> None:
    told = json.loads(feed("jsonfeed", CHANNEL, [ITEM, {"url": "http://post.example/x", "title": "Bridge"}]))
    assert (told["version"], told["title"]) == ("https://jsonfeed.org/version/1.1", CHANNEL.title)
    first, second = told["items"]
    assert (first["date_published"], first["authors"]) == ("2026-10-12T08:30:00+00:00", [{"name": "Mina Ek"}])
    assert set(second) == {"id", "url", "title", "content_text"}


@given(HOSTILE, HOSTILE, st.none() | HOSTILE)
def test_any_words_give_well_formed_feeds(title: str, url: str, summary: str | None) -> None:
    item = {"url": url, "title": title} | ({"summary": summary} if summary is not None else {})
    for form in ("rss", "atom"):
        assert len(feedparser.parse(feed(form, CHANNEL, [item])).entries) == 1
    assert len(json.loads(feed("jsonfeed", CHANNEL, [item]))["items"]) == 1


def test_an_item_keeps_its_id_and_another_one_has_another() -> None:
    def ids(*items: dict[str, object]) -> list[str]:
        return [item["id"] for item in json.loads(feed("jsonfeed", CHANNEL, items))["items"]]

    other = ITEM | {"summary": "“Stay!”"}
    assert ids(ITEM, other) == [ids(ITEM)[0], ids(other)[0]]
    assert len(set(ids(ITEM, other))) == 2
    assert ids(ITEM | {"id": "7"}) == ["7"]


def test_a_query_without_the_columns_of_a_feed_is_refused() -> None:
    with duckdb.connect() as con:
        with pytest.raises(SettingError, match="title"):
            items_of(con, "SELECT 'http://post.example/' AS url")
        with pytest.raises(SettingError, match="published_at"):
            items_of(con, "SELECT 'u' AS url, 't' AS title, 'yesterday' AS published_at")
        assert items_of(con, "SELECT 'u' AS url, 't' AS title, NULL::TIMESTAMPTZ AS published_at, 7 AS other") == [
            {"url": "u", "title": "t"}
        ]


@pytest.mark.slow
def test_the_command_writes_the_feed_of_a_saved_query(home: Home, tmp_path: Path) -> None:
    load_into(home, SEEDS / "harbour-post")
    saved = tmp_path / "said.sql"
    saved.write_text("SELECT url, title, published_at, words AS summary, speaker AS author FROM who_said_what")
    done = dateline("feed", saved, "--to", tmp_path / "said.xml", "--format", "rss", "--home", home.root)
    assert done.returncode == 0, done.stderr
    entries = feedparser.parse((tmp_path / "said.xml").read_bytes()).entries
    assert len(entries) > 10
    assert len({entry.id for entry in entries}) == len(entries)
    wrong = dateline("feed", "SELECT 1", "--home", home.root)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "needs these columns" in wrong.stderr
