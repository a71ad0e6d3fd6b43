"""Paragraphs and, where no parser knows the language, sentences."""

import re
from collections.abc import Iterator
from typing import Final

from storage.records import UNREAD_KINDS, Article
from tasks.language.reading import Span

LINE: Final = re.compile(r"[^\n]+")
SENTENCE_END: Final = re.compile(r"[.!?…]+[\"”“’»)\]]*\s+(?=[^\Wa-z_]|[\"“„‘«(])")
# Longer paragraphs are read in pieces, so that time and memory stay bounded.
MAX_PIECE_CHARS: Final = 5_000
MAX_WORD_CHARS: Final = 200
NO_WORD: Final = re.compile(rf"\S{{{MAX_WORD_CHARS + 1},}}")


def find_paragraphs(article: Article) -> tuple[Span, ...]:
    """Non-empty lines that are written in sentences, trimmed: no headings, captions, rows of tables."""
    unread = {(block.start_char, block.end_char) for block in article.blocks if block.kind in UNREAD_KINDS}
    lines = (_trimmed(match) for match in LINE.finditer(article.text))
    return tuple(line for line in lines if line and (line.start_char, line.end_char) not in unread)


def _trimmed(line: re.Match[str]) -> Span | None:
    words = line[0]
    start = line.start() + len(words) - len(words.lstrip())
    end = line.end() - (len(words) - len(words.rstrip()))
    return Span(start, end) if start < end else None


def pieces(text: str, span: Span) -> Iterator[Span]:
    """A span in pieces that a model can read: at most `MAX_PIECE_CHARS` long, cut behind a sentence or at white space,
    without runs of over `MAX_WORD_CHARS` characters, which are no words and cost tokenizers quadratic time."""
    start = span.start_char
    for run in NO_WORD.finditer(text, span.start_char, span.end_char):
        yield from _cut(text, start, run.start())
        start = run.end()
    yield from _cut(text, start, span.end_char)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_PIECE_CHARS:
        limit = start + MAX_PIECE_CHARS
        behind_sentence = text.rfind(". ", start + 1, limit) + 1
        cut = behind_sentence or text.rfind(" ", start + 1, limit)
        cut = cut if cut > start else limit
        yield Span(start, cut)
        start = cut
    if start < end and not text[start:end].isspace():
        yield Span(start, end)


def split_sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Sentences by punctuation: a mark, white space, and something that can begin a sentence."""
    start = paragraph.start_char
    for match in SENTENCE_END.finditer(text, paragraph.start_char, paragraph.end_char):
        end = match.start() + len(match[0].rstrip())
        yield Span(start, end)
        start = match.end()
    if start < paragraph.end_char:
        yield Span(start, paragraph.end_char)
