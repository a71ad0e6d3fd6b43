"""An article over several pages is one text, where a batch holds its pages."""

import pytest
from clean.pages import PARAGRAPHS, article, page

from storage.records import Article
from tasks.clean.joined import is_next_page, join_pages

FIRST = "https://post.example/2026/10/14/crane"


def pages() -> list[str]:
    texts = [
        PARAGRAPHS,
        PARAGRAPHS.replace("year", "decade"),
        "<h2>The end</h2>" + PARAGRAPHS.replace("year", "century"),
    ]
    nexts = [f"{FIRST}?page=2", f"{FIRST}?page=3", ""]
    return [page(head=f'<link rel="next" href="{url}">' if url else "", body=body) for body, url in zip(texts, nexts, strict=True)]  # fmt: skip


def test_the_pages_of_an_article_are_joined_in_their_order_with_their_blocks() -> None:
    one, two, three = (
        article(html, f"{FIRST}?page={number}" if number > 1 else FIRST) for number, html in enumerate(pages(), 1)
    )
    joined, endings = join_pages([three, one, two])
    assert [found.text for found in joined] == [f"{one.text}\n{two.text}\n{three.text}"]
    heading = next(block for block in joined[0].blocks if block.kind == "heading")
    assert joined[0].text[heading.start_char : heading.end_char] == "The end"
    assert [(ending.status, ending.candidate.url) for ending in endings] == [
        ("duplicate", f"{FIRST}?page=2"),
        ("duplicate", f"{FIRST}?page=3"),
    ]


def test_a_page_whose_next_is_not_at_hand_stays_as_it_is() -> None:
    one = article(pages()[0], FIRST)
    assert join_pages([one]) == ([one], [])


@pytest.mark.parametrize(
    ("following", "is_next"),
    [
        (f"{FIRST}?page=2", True),
        (f"{FIRST}/2", True),
        (f"{FIRST}/page/2/", True),
        (f"{FIRST}-2", True),
        ("https://post.example/2026/10/15/bridge", False),
        ("https://other.example/2026/10/14/crane?page=2", False),
        (FIRST, False),
    ],
)
def test_a_blogs_next_post_is_no_next_page(following: str, is_next: bool) -> None:
    assert is_next_page(FIRST, following) is is_next


def linked(number: int, following: int) -> Article:
    url = f"{FIRST}?page={number}" if number > 1 else FIRST
    to = f"{FIRST}?page={following}" if following > 1 else FIRST
    return article(page(head=f'<link rel="next" href="{to}">', body=PARAGRAPHS.replace("year", f"year {number}")), url)


@pytest.mark.parametrize(
    "links", [[(2, 3), (3, 2)], [(1, 3), (2, 3), (3, 4)], [(1, 2), (2, 1)], [(n, n + 1) for n in range(1, 34)]]
)
def test_no_page_is_lost_or_told_of_twice_however_pages_are_linked(links: list[tuple[int, int]]) -> None:
    articles = [linked(number, following) for number, following in links]
    joined, endings = join_pages(articles)
    text = "\n".join(one.text for one in joined)
    assert all(text.count(one.text) == 1 for one in articles)
    assert len({one.document_url for one in joined} | {e.candidate.url for e in endings}) == len(articles)
    assert len(joined) + len(endings) == len(articles)
