"""A body: lines of text (paragraphs and headings) put together, with the offsets of the headings."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from storage.records import Heading
from tasks.clean.normalise import normalise_line

# Longer than a word of any language with spaces on average, punctuation included.
MAX_WORD_CHARS: Final = 10


class Line(NamedTuple):
    """A paragraph, or a heading with its level (1 to 6, None where not known)."""

    text: str
    is_heading: bool = False
    level: int | None = None


class Body(NamedTuple):
    """The text (lines joined by line feeds) and its headings, offsets in code points."""

    text: str
    headings: tuple[Heading, ...]

    @property
    def words(self) -> int:
        """Number of words, about: split at white space, or by length in scripts that put none between words."""
        return max(len(self.text.split()), len(self.text) // MAX_WORD_CHARS)


def compose(lines: Iterable[Line]) -> Body:
    """Normalise lines, drop empty ones, join the rest, and note where the headings are."""
    texts: list[str] = []
    headings: list[Heading] = []
    position = 0
    for line in lines:
        text = normalise_line(line.text)
        if not text:
            continue
        if line.is_heading:
            headings.append(Heading(position, position + len(text), line.level))
        texts.append(text)
        position += len(text) + 1
    return Body("\n".join(texts), tuple(headings))
