"""The text: its structure with offsets, and what is left out of it."""

import pytest
from clean.pages import PARAGRAPHS, SENTENCES, article, lines_of, page
from hypothesis import given
from hypothesis import strategies as st

from storage.records import BlockKind
from tasks.clean.body import Line, compose
from tasks.clean.normalise import normalise_line
from tasks.language.paragraphs import find_paragraphs

KINDS: list[BlockKind | None] = [None, "heading", "list_item", "quote", "caption", "table_row", "code"]


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(KINDS)), max_size=10))
def test_every_block_is_a_whole_line_of_the_text(lines: list[tuple[str, BlockKind | None]]) -> None:
    body = compose(Line(text, kind) for text, kind in lines)
    expected = [(normalise_line(text), kind) for text, kind in lines if kind and normalise_line(text)]
    assert [(body.text[b.start_char : b.end_char], b.kind) for b in body.blocks] == expected


def test_lists_quotes_tables_captions_and_headings_keep_their_kind() -> None:
    body = (
        PARAGRAPHS
        + "<h3>What happens next</h3><ul><li>The crane is painted in the spring, green again.</li><li>The rails are taken up.</li></ul>"
        "<blockquote>Nobody wanted to see it go, and nobody will, I promise you.</blockquote>"
        "<figure><img src=a.jpg><figcaption>The crane in March. Photo: Ola Berg</figcaption></figure>"
        f"<p>{SENTENCES[0].replace('first', 'last')}</p>"
        "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2025</td><td>312</td></tr></table>"
        f"<p>{SENTENCES[0].replace('first', 'very last')}</p>"
    )
    found = article(page(body=body))
    assert lines_of(found, "heading") == ["What happens next"]
    assert lines_of(found, "list_item") == [
        "The crane is painted in the spring, green again.",
        "The rails are taken up.",
    ]
    assert lines_of(found, "quote") == ["Nobody wanted to see it go, and nobody will, I promise you."]
    assert lines_of(found, "caption") == ["The crane in March. Photo: Ola Berg"]
    assert lines_of(found, "table_row") == ["Year | Ships", "2025 | 312"]
    assert found.blocks[0].level == 3


def test_headings_captions_and_rows_are_not_read_as_sentences() -> None:
    body = PARAGRAPHS + "<h2>What happens next</h2><figure><img src=a><figcaption>The crane in March, seen from the east.</figcaption></figure>" + PARAGRAPHS.replace("year", "decade")  # fmt: skip
    found = article(page(body=body))
    read = [found.text[span.start_char : span.end_char] for span in find_paragraphs(found)]
    assert len(read) == 10
    assert not set(read) & {"What happens next", "The crane in March, seen from the east."}


def test_inline_code_does_not_break_a_paragraph() -> None:
    body = PARAGRAPHS + "<p>The clerk typed <code>crane --keep</code> and went home for the day.</p>"
    assert "The clerk typed crane --keep and went home for the day." in article(page(body=body)).text.split("\n")


@pytest.mark.parametrize(
    "extra",
    [
        "<p>Advertisement</p>",
        "<p>Read more: The bridge is shut again</p>",
        "<p>Lesen Sie auch: Die Brücke ist zu</p>",
        "<p>Sign up for our morning newsletter</p>",
        '<p><a href="/bridge">BRIDGE IS SHUT AGAIN AFTER A COLLISION</a></p>',
        '<div class="newsletter-box"><p>Get the best of the harbour in your inbox every Friday morning.</p></div>',
        '<div class="related-articles"><p>The bridge is shut again, and nobody knows for how long, says the owner.</p></div>',
        '<div class="author-bio"><p>Mina Ek writes about ships and has done so since the old bridge was young.</p></div>',
        '<p>{"meta":{"blog":{"id":"11"}}}</p>',
        f"<p>{SENTENCES[1]}</p>",
    ],
)
def test_what_is_no_part_of_the_article_is_left_out(extra: str) -> None:
    plain = article(page(body=PARAGRAPHS + f"<p>{SENTENCES[0].replace('first', 'last')}</p>"))
    assert article(page(body=PARAGRAPHS + extra + f"<p>{SENTENCES[0].replace('first', 'last')}</p>")).text == plain.text


def test_the_headline_is_not_repeated_in_the_text() -> None:
    assert "The crane stays" not in article(page(body=f"<h1>The crane stays</h1>{PARAGRAPHS}")).text


def test_a_box_with_the_article_in_it_is_kept_whatever_its_name() -> None:
    found = article(f'<html><body><div class="promo-related"><h1>The crane stays</h1>{PARAGRAPHS}</div></body></html>')
    assert found.text == "\n".join(SENTENCES)


def test_the_stated_body_judges_lines_and_replaces_a_text_of_which_little_was_found() -> None:
    stated = " ".join(SENTENCES)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{stated}"}}</script>'
    stray = "<p>Our correspondents answer questions about cranes every Thursday evening at eight.</p>"
    body = PARAGRAPHS.replace("</p>", "</p>" + stray, 1)
    assert article(page(head=head, body=body)).text == "\n".join(SENTENCES)
    short = article(page(head=head, body=f"<p>{SENTENCES[0]}</p>"))
    assert short.text == stated
    assert dict(short.reasons)["text"] == "from json-ld articleBody"
