"""Who is credited: people and organisations, without «By», jobs, dates and the site's name."""

import pytest
from clean.pages import article, page

from storage.records import FeedEntry
from tasks.clean.names import read_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Mina Ek", ("Mina Ek",)),
        ("ByMina Ek", ("Mina Ek",)),
        ("Von Jörg Stein und Ada Müller-Lüth", ("Jörg Stein", "Ada Müller-Lüth")),
        ("Par Zoé Petit et Luc Durand", ("Zoé Petit", "Luc Durand")),
        ("Mina Ek, Senior Reporter", ("Mina Ek",)),
        ("Mina Ek, Ola Berg and Reuters", ("Mina Ek", "Ola Berg", "Reuters")),
        ("By Mina Ek | Published October 14, 2026", ("Mina Ek",)),
        ("By Mina Ek October 14, 2026 9:30 am", ("Mina Ek",)),
        ("by Mina Ek for the Harbour Post", ("Mina Ek",)),
        ("Story by: J. R. van der Berg", ("J. R. van der Berg",)),
        ("Mina Ek <mina@post.example>", ("Mina Ek",)),
        ("松岡大地", ("松岡大地",)),
        ("https://facebook.example/mina", ()),
        ("Editor", ()),
        ("View all posts by Mina Ek", ("Mina Ek",)),
        ("", ()),
    ],
)
def test_a_byline_gives_its_names(printed: str, names: tuple[str, ...]) -> None:
    assert read_names(printed).names == names


def test_agencies_are_organisations_and_people_are_not() -> None:
    assert read_names("Mina Ek and the Associated Press").organisations == ("the Associated Press",)


def test_one_stated_author_is_split_only_where_that_is_plain() -> None:
    assert read_names("Centre for Harbour Research and Trade", whole=True).names == (
        "Centre for Harbour Research and Trade",
    )
    assert read_names("Mina Ek and Ola Berg", whole=True).names == ("Mina Ek", "Ola Berg")


def test_people_win_over_the_site_that_json_ld_names() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Harbour Post"},'
        '"author": {"@type": "Organization", "name": "Harbour Post"}}</script>'
    )
    found = article(
        page(head=head, above='<h1>The crane stays</h1><div class="article-byline">By <b>Mina Ek</b></div>')
    )
    assert (found.authors, found.author_organisations) == (("Mina Ek",), ())


def test_the_site_is_an_author_only_where_nobody_else_is_and_then_an_organisation() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Harbour Post"}, "author": {"name": "Harbour Post"}}</script>'
    found = article(page(head=head))
    assert (found.authors, found.author_organisations) == (("Harbour Post",), ("Harbour Post",))


def test_json_ld_authors_named_by_reference_are_found() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#p1"}},'
        '{"@type": "Person", "@id": "#p1", "name": "Mina Ek"}]}</script>'
    )
    assert article(page(head=head)).authors == ("Mina Ek",)


def test_a_byline_without_any_markup_is_read_above_the_text() -> None:
    found = article(page(above="<h1>The crane stays</h1><p>By Mina Ek and Ola Berg</p>"))
    assert (found.authors, dict(found.reasons)["authors"]) == (("Mina Ek", "Ola Berg"), "from printed byline")


def test_bylines_of_other_articles_are_not_read() -> None:
    below = '<aside class="related"><div class="byline">By Ola Berg</div></aside><div class="comment"><span class="author">Troll Trollson</span></div>'
    assert article(page(below=below)).authors == ()


def test_a_fuller_credit_wins_over_one_that_names_fewer_of_the_same() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Mina Ek"}}</script><meta name="author" content="Mina Ek, Ola Berg">'
    assert article(page(head=head)).authors == ("Mina Ek", "Ola Berg")


def test_the_feeds_authors_are_the_last_resort() -> None:
    entry = FeedEntry(feed_url="https://post.example/feed", authors=("Ola Berg",))
    assert dict(article(page(), entry=entry).reasons)["authors"] == "from feed"
