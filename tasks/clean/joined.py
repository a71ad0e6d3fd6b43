"""Articles over several pages: the pages that a batch holds become one text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from storage.records import Article, Ending
from tasks.web.urls import url_key

# A next page has the address of the first with a number: /2, /page/2, ?page=2, -2.html, ,2. A blog's next post has not.
NUMBER: Final = re.compile(r"(?:/page)?[/,_-]?\d{1,2}$|(?:/page)?/\d{1,2}/?$")
QUERY: Final = re.compile(r"(?:^|&)(?:page|p|seite|pagina|pg|start)=\d{1,3}(?:&|$)", re.IGNORECASE)
SUFFIX: Final = re.compile(r"\.[a-z]{3,5}$")
MOST_PAGES: Final = 30


def join_pages(articles: Sequence[Article]) -> tuple[list[Article], list[Ending]]:
    """Articles whose next pages are at hand are joined with them, in order; the next pages end as duplicates of the first."""
    by_key = {url_key(article.document_url): article for article in articles}
    following = {key: found for key, article in by_key.items() if (found := _next(article, by_key))}
    later = set(following.values())
    used: set[str] = set()
    joined: list[Article] = []
    endings: list[Ending] = []
    # First pages before the rest: what no first page leads to (pages in a ring, the 31st) stays an article of its own.
    for key in sorted(by_key, key=lambda key: key in later):
        if key in used:
            continue
        pages = [by_key[key]] if key in later else [by_key[one] for one in _chain(key, following, used)]
        joined.append(_joined(pages) if len(pages) > 1 else pages[0])
        endings += [_ending(page, pages[0]) for page in pages[1:]]
    taken = {id(article) for article in by_key.values()}
    return joined + [article for article in articles if id(article) not in taken], endings


def is_next_page(url: str, following: str) -> bool:
    """Both addresses are of one article, told apart by a page's number."""
    here, there = urlsplit(url), urlsplit(following)
    if here.hostname != there.hostname or url_key(url) == url_key(following):
        return False
    paths = [SUFFIX.sub("", parts.path.rstrip("/")) for parts in (here, there)]
    if paths[0] == paths[1]:
        return bool(QUERY.search(there.query))
    return NUMBER.sub("", paths[1]) in {paths[0], NUMBER.sub("", paths[0])} and NUMBER.search(paths[1]) is not None


def _next(article: Article, by_key: dict[str, Article]) -> str | None:
    if article.next_url is None or not is_next_page(article.document_url, article.next_url):
        return None
    key = url_key(article.next_url)
    return key if key in by_key else None


def _chain(key: str, following: dict[str, str], used: set[str]) -> Iterator[str]:
    """A first page and those that follow it, until one is missing or in use; notes them as used."""
    current: str | None = key
    for _ in range(MOST_PAGES):
        if current is None or current in used:
            return
        used.add(current)
        yield current
        current = following.get(current)


def _joined(pages: Sequence[Article]) -> Article:
    first = pages[0]
    text, blocks = first.text, list(first.blocks)
    for page in pages[1:]:
        offset = len(text) + 1
        blocks += [replace(b, start_char=b.start_char + offset, end_char=b.end_char + offset) for b in page.blocks]
        text = f"{text}\n{page.text}"
    told = ", ".join(page.document_url for page in pages[1:])
    reasons = dict(first.reasons) | {"text": f"{dict(first.reasons).get('text', '')}; joined with {told}"}
    return replace(first, text=text, blocks=tuple(blocks), reasons=tuple(sorted(reasons.items())))


def _ending(page: Article, first: Article) -> Ending:
    detail = f"a further page of {first.document_url}"
    return Ending(
        candidate=page.candidate, status="duplicate", stage="clean", detail=detail, article_id=first.article_id
    )
