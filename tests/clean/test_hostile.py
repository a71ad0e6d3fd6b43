"""Pages made to break or stall the cleaner end as articles or endings."""

import time

import pytest
from clean.pages import PARAGRAPHS, document

from storage.records import Article, Ending
from tasks.clean.article import clean

MANY = 5_000
# Of CPU. A page has 30 seconds, and the machine may be busy.
MOST_SECONDS = 10
LD = '<script type="application/ld+json">%s</script>'
PAGES = {
    "nested boxes": '<div class="byline date related">' * MANY + PARAGRAPHS + "</div>" * MANY,
    "nested spans": "<p>" + "<span>" * MANY + "x</p>" + PARAGRAPHS,
    "many headlines": "<h1>The crane stays</h1>" * MANY + PARAGRAPHS,
    "many authors": PARAGRAPHS + "<a rel=author href=/author/x>Mina Ek</a>" * MANY,
    "many dates": PARAGRAPHS + "<time datetime=2026-10-14>x</time>" * MANY,
    "a long byline": "<div class=byline>" + "By Mina Ek and " * MANY + "</div>" + PARAGRAPHS,
    "a long class": '<div class="' + "author-" * MANY + '">' + PARAGRAPHS,
    "a long number": "<div class=date>" + "1" * 20 * MANY + "</div>" + PARAGRAPHS,
    "nested JSON-LD": LD % ('{"@graph": [' * MANY) + PARAGRAPHS,
    "wide JSON-LD": LD
    % ("[" + ",".join('{"@type": "NewsArticle", "author": {"@id": "#x"}}' for _ in range(MANY)) + "]")
    + PARAGRAPHS,
    "a long table": PARAGRAPHS + "<table>" + "<tr><td>a</td><td>b</td></tr>" * MANY + "</table>",
    "separators": "<head><title>" + " - ".join(["a"] * MANY) + "</title></head>" + PARAGRAPHS,
    "private characters": "<p>\ue0c1\ue0c2\ue0c1</p>" + PARAGRAPHS,
    "an endless name": LD
    % ('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "%s"}}' % ("a" * 60 * MANY))
    + PARAGRAPHS,
    "an endless headline": LD % ('{"@type": "NewsArticle", "headline": "%s"}' % ("Example | " * 6 * MANY)) + PARAGRAPHS,
    "no body": "<html><head></head>",
    "frames": "<frameset><frame src=a></frameset>",
}


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES.keys())
def test_no_page_makes_cleaning_fail(html: str) -> None:
    started = time.process_time()
    found = clean(document(f"<html>{html}"), "key")
    assert time.process_time() - started < MOST_SECONDS
    assert isinstance(found, Article | Ending)
    if isinstance(found, Article):
        assert all(0 <= block.start_char < block.end_char <= len(found.text) for block in found.blocks)
