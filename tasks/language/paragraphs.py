"""Paragraphs and, where no parser knows the language, sentences."""

import re
from collections.abc import Iterator
from typing import Final

from storage.records import Article
from tasks.language.reading import Span

LINE: Final = re.compile(r"[^\n]+")
SENTENCE_END: Final = re.compile(r"[.!?…]+[\"”“’»)\]]*\s+(?=[^\Wa-z_]|[\"“„‘«(])")
# A paragraph longer than this is no prose; it is read in pieces, so that memory stays bounded.
MAX_PIECE_CHARS: Final = 20_000


def find_paragraphs(article: Article) -> tuple[Span, ...]:
    """Non-empty lines without the headings, trimmed."""
    headings = {(heading.start_char, heading.end_char) for heading in article.headings}
    lines = (_trimmed(match) for match in LINE.finditer(article.text))
    return tuple(line for line in lines if line and (line.start_char, line.end_char) not in headings)


def _trimmed(line: re.Match[str]) -> Span | None:
    words = line[0]
    start = line.start() + len(words) - len(words.lstrip())
    end = line.end() - (len(words) - len(words.rstrip()))
    return Span(start, end) if start < end else None


def pieces(text: str, span: Span) -> Iterator[Span]:
    """A span in pieces of at most `MAX_PIECE_CHARS`, cut at white space where there is some."""
    start = span.start_char
    while span.end_char - start > MAX_PIECE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_PIECE_CHARS)
        end = cut if cut > start else start + MAX_PIECE_CHARS
        yield Span(start, end)
        start = end
    if start < span.end_char:
        yield Span(start, span.end_char)


def split_sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Sentences by punctuation: a mark, white space, and something that can begin a sentence."""
    start = paragraph.start_char
    for match in SENTENCE_END.finditer(text, paragraph.start_char, paragraph.end_char):
        end = match.start() + len(match[0].rstrip())
        yield Span(start, end)
        start = match.end()
    if start < paragraph.end_char:
        yield Span(start, paragraph.end_char)
