"""Which page is an article: the others end in the ledger with what they are."""

import pytest
from clean.pages import PARAGRAPHS, SENTENCES, URL, document, page

from storage.records import Article, Ending, FeedEntry
from tasks.clean.article import clean


def outcome(html: str, url: str = URL, entry: FeedEntry | None = None) -> Article | Ending:
    return clean(document(html, url, entry), "key")


@pytest.mark.parametrize(
    ("html", "url", "told"),
    [
        ("<html><head><title>404 - Page not found</title></head><body><p>Sorry, this page does not exist any more.</p></body></html>", URL, "error page"),
        ("<html><head><title>Just a moment...</title></head><body><p>Enable JavaScript and cookies to continue.</p></body></html>", URL, "error page"),
        ("<html><head><title>Harbour Post</title></head><body><p>Before you continue: we value your privacy and share data with 312 partners.</p></body></html>", URL, "consent wall"),
        (f'<html><head><meta property="og:type" content="video.other"></head><body><p>{SENTENCES[0]}</p></body></html>', URL, "video page"),
        ('<html><head><script type="application/ld+json">{"@type": "PodcastEpisode"}</script></head><body><p>Listen to the harbour.</p></body></html>', URL, "audio page"),
        (f"<html><body><p>{SENTENCES[0]}</p></body></html>", "https://post.example/photos/the-crane", "gallery"),
        ("<html><head><title>Search results for crane</title></head><body><p>Nothing found.</p></body></html>", "https://post.example/?s=crane", "search results"),
        ('<html><head><script type="application/ld+json">{"@type": "CollectionPage"}</script></head><body>' + PARAGRAPHS + "</body></html>", "https://post.example/news", "CollectionPage"),
        ("<html><body>" + "".join(f"<p>Great post number {n}, I agree with all that you say here!</p>" for n in range(9)) + "</body></html>", "https://forum.post.example/viewtopic/12", "forum"),
    ],
)  # fmt: skip
def test_other_pages_end_with_what_they_are(html: str, url: str, told: str) -> None:
    ending = outcome(html, url)
    assert isinstance(ending, Ending)
    assert ending.status == "not_article"
    assert told in (ending.detail or "")


def test_an_article_goes_on_and_says_why_it_is_taken_for_one() -> None:
    article = outcome(page(head='<meta property="og:type" content="article">'))
    assert isinstance(article, Article)
    assert article.page_type == "article"
    assert dict(article.reasons)["page_type"].startswith("looks like an article: ")


def test_a_live_blog_goes_on_and_is_marked() -> None:
    entries = "".join(f"<p>{hour}:15 {sentence}</p>" for hour, sentence in enumerate(SENTENCES, 10))
    article = outcome(page(above="<h1>Crane vote: live updates</h1>", body=entries))
    assert isinstance(article, Article)
    assert article.page_type == "live_blog"


def test_a_page_that_a_feed_lists_needs_fewer_signs() -> None:
    html, url = f"<html><body><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></body></html>", "https://post.example/?id=12"
    assert isinstance(outcome(html, url), Ending)
    assert isinstance(outcome(html, url, FeedEntry(feed_url="https://post.example/feed", title="Crane")), Article)


def test_a_locked_article_is_a_teaser() -> None:
    ending = outcome(
        page(head='<meta property="article:content_tier" content="locked">', body=f"<p>{SENTENCES[0]}</p>")
    )
    assert isinstance(ending, Ending)
    assert ending.status == "paywalled"


@pytest.mark.parametrize(
    ("html", "entry", "told"),
    [
        (page(body=f"{PARAGRAPHS}<p>The mayor then said that…</p>"), None, "breaks off"),
        (page(), FeedEntry(feed_url="https://post.example/feed", summary="A long word on the crane. " * 60), "shorter than what the feed tells"),
        (page(head='<meta property="article:content_tier" content="locked">', body=PARAGRAPHS + PARAGRAPHS.replace("year", "decade"), below='<div class="paywall"></div>'), None, "paywall"),
    ],
)  # fmt: skip
def test_a_part_of_an_article_is_marked_as_one(html: str, entry: FeedEntry | None, told: str) -> None:
    article = outcome(html, entry=entry)
    assert isinstance(article, Article)
    assert article.is_partial
    assert told in dict(article.reasons)["is_partial"]
