"""The headline: what readers see, without the site's name, and where it came from."""

import json

import pytest
from clean.pages import article, page

from storage.records import FeedEntry

HEADLINE = "Council keeps the old crane until spring"


def og(title: str, site: str = "") -> str:
    return f'<meta property="og:title" content="{title}">' + (
        f'<meta property="og:site_name" content="{site}">' if site else ""
    )


@pytest.mark.parametrize(
    "printed",
    [
        f"{HEADLINE} - Harbour Post",
        f"{HEADLINE} | The Harbour Post",
        f"Harbour Post – {HEADLINE}",
        f"{HEADLINE} | News | Harbour Post",
        f"{HEADLINE} • harbour-post.example",
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(printed: str) -> None:
    assert article(page(head=og(printed, "Harbour Post"))).title == HEADLINE


def test_the_h1_above_the_text_wins_over_the_headline_for_search_engines() -> None:
    found = article(page(head=og("Old crane: what the council decided"), above=f"<h1>{HEADLINE}</h1>"))
    assert found.title == HEADLINE
    assert dict(found.reasons)["title"] == "from h1"


def test_the_losers_are_kept_with_their_origin() -> None:
    found = article(page(head=og("Old crane: what the council decided"), above=f"<h1>{HEADLINE}</h1>"))
    assert json.loads(found.stated)["title"] == [
        {"value": HEADLINE, "origin": "h1"},
        {"value": "Old crane: what the council decided", "origin": "og:title"},
    ]


def test_of_several_h1_the_one_that_agrees_with_the_page_wins() -> None:
    above = f"<h1>Harbour and Shipping</h1><h1>{HEADLINE}</h1>"
    assert article(page(head=og("Council keeps old crane until the spring"), above=above)).title == HEADLINE


def test_a_kicker_before_the_headline_is_told_from_it_by_what_the_page_states() -> None:
    above = f"<h1><span>Shipping </span>{HEADLINE}</h1>"
    assert article(page(head=og(HEADLINE), above=above)).title == HEADLINE
    assert article(page(head=og(f"Shipping: {HEADLINE}"), above=above)).title == f"Shipping: {HEADLINE}"


def test_a_heading_inside_the_text_is_no_headline() -> None:
    body = "".join(
        f"<p>{'The crane has stood there for a hundred years, and nobody minds. ' * 3}</p>" for _ in range(4)
    )
    found = article(page(head=og(HEADLINE), body=body + "<h1>Nothing like it</h1>" + body))
    assert found.title == HEADLINE


def test_entities_are_decoded_once() -> None:
    assert article(page(head=og("Fish &amp;amp; ships"))).title == "Fish & ships"


def test_a_page_without_a_title_takes_the_feeds() -> None:
    found = article(page(), entry=FeedEntry(feed_url="https://harbour-post.example/feed", title=HEADLINE))
    assert (found.title, dict(found.reasons)["title"]) == (HEADLINE, "from feed")
