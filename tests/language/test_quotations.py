"""Which words stand between quotation marks."""

import pytest
from articles import article_of
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.paragraphs import find_paragraphs
from tasks.language.quotations import find_quotations


def quoted(text: str) -> list[str]:
    """The quotations of a text, one that goes on in the next paragraph with … at its end."""
    found = find_quotations(text, find_paragraphs(article_of(text)))
    return [text[q.start_char : q.end_char] + ("…" if q.continued else "") for q in found]


CASES = [
    ("“Go,” she said.", ["“Go,”"]),
    ('"Go," she said. "Now."', ['"Go,"', '"Now."']),
    ("‘The dogs’ bowls aren’t full,’ she said.", ["‘The dogs’ bowls aren’t full,’"]),
    ("‘I don’t know,’ he said, ‘and I can’t ask.’", ["‘I don’t know,’", "‘and I can’t ask.’"]),
    ("„Nein“, sagte sie. «Non», dit-il.", ["„Nein“", "«Non»"]),
    ("“He said ‘stop’ and I stopped,” she said.", ["“He said ‘stop’ and I stopped,”"]),
    ('A 15" gun, 5\'10" tall, and nothing said.', []),
    ("The band’s ‘90s hits and rock ‘n’ roll.", []),
    ("“One.\n“Two.”", ["“One.…", "“Two.”"]),
    ("“One.\n“Two.\n“Three.”\nFour.", ["“One.…", "“Two.…", "“Three.”"]),
    ("“Lost for ever.\nNext paragraph.", []),
    ("Words” without a beginning.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(st.sampled_from("“”‘’\"„«» ab.,\n's"), max_size=120))
def test_quotations_are_in_order_apart_from_each_other_and_inside_a_paragraph(text: str) -> None:
    paragraphs = find_paragraphs(article_of(text))
    found = find_quotations(text, paragraphs)
    ends = [0, *(q.end_char for q in found)]
    assert all(end <= q.start_char < q.end_char for end, q in zip(ends, found, strict=False))
    for q in found:
        assert any(p.start_char <= q.start_char and q.end_char <= p.end_char for p in paragraphs)


def test_headings_are_no_paragraphs() -> None:
    from storage.records import Block

    article = article_of("The vote\nIt was close.", blocks=(Block("heading", 0, 8),))
    assert [article.text[p.start_char : p.end_char] for p in find_paragraphs(article)] == ["It was close."]
