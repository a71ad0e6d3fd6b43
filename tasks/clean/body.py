"""A body: lines of text put together, with the offsets of those that are no paragraphs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from storage.records import Block, BlockKind
from tasks.clean.normalise import normalise_line

# Longer than a word of any language with spaces on average, punctuation included.
MAX_WORD_CHARS: Final = 10


class Line(NamedTuple):
    """A line and what it is; headings with their level (1 to 6, None where not known)."""

    text: str
    kind: BlockKind | None = None
    level: int | None = None


@dataclass(frozen=True)
class Body:
    """The text (lines joined by line feeds) and its blocks other than paragraphs, offsets in code points."""

    text: str
    blocks: tuple[Block, ...]

    @cached_property
    def words(self) -> int:
        """Number of words, about: split at white space, or by length in scripts that put none between words."""
        return max(len(self.text.split()), len(self.text) // MAX_WORD_CHARS)


def normalised(lines: Iterable[Line]) -> list[Line]:
    """The lines with their text normalised, empty ones left out."""
    clean = (line._replace(text=normalise_line(line.text)) for line in lines)
    return [line for line in clean if line.text]


def lines_with_kinds(text: str, blocks: Iterable[Block]) -> Iterator[tuple[BlockKind | None, str]]:
    """The lines of a text, each with what it is (None for a paragraph)."""
    kinds = {block.start_char: block.kind for block in blocks}
    position = 0
    for line in text.split("\n"):
        yield kinds.get(position), line
        position += len(line) + 1


def compose(lines: Iterable[Line]) -> Body:
    """Normalise lines, drop empty ones, join the rest, and note what is no paragraph and where."""
    kept = normalised(lines)
    blocks: list[Block] = []
    position = 0
    for line in kept:
        if line.kind is not None:
            blocks.append(Block(line.kind, position, position + len(line.text), line.level))
        position += len(line.text) + 1
    return Body("\n".join(line.text for line in kept), tuple(blocks))
