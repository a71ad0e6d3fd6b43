"""A text with everything that is known of its words, in the form the network learns from."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tasks.language.quotations import find_quotations
from tasks.language.reading import Span
from tasks.language.tagger.labels import LAYERS
from tasks.language.tagger.windows import Word
from tasks.language.words import words

UNKNOWN: Final = -100
NONE: Final = -1
SINGLE_LAYERS: Final = tuple(name for name in LAYERS if name != "entity")


class Link(NamedTuple):
    """A piece of content (first and last word) with the first words of its source and cue (NONE: it has none)."""

    first: int
    last: int
    source: int
    cue: int


@dataclass(slots=True)
class Sample:
    """`entity`: the set of labels that may be true of each word, as bits over LAYERS["entity"] (0: unknown).
    `layers`: the label of each word, UNKNOWN where nothing is known. `heads` and `deps`: the parse."""

    text: str
    words: list[Word]
    blocks: list[range]
    entity: list[int]
    layers: dict[str, list[int]]
    heads: list[int]
    deps: list[int]
    links: list[Link] = field(default_factory=list)
    cue_links: list[tuple[int, int]] = field(default_factory=list)
    linked: bool = False

    def first_word(self, start_char: int) -> int:
        """Index of the word that begins at a position or holds it."""
        position = bisect_left(self.words, start_char, key=lambda word: word.end_char)
        if position < len(self.words) and self.words[position].end_char == start_char:
            position += 1
        return min(position, len(self.words) - 1)

    def words_of(self, start_char: int, end_char: int) -> range:
        """Indexes of the words inside a span."""
        first = bisect_left(self.words, start_char + 1, key=lambda word: word.end_char)
        last = bisect_left(self.words, end_char, key=lambda word: word.start_char)
        return range(first, last)

    def mark(self, layer: str, name: str, spans: Iterable[tuple[int, int]]) -> None:
        """Label the words of some spans B-name, I-name."""
        begin = LAYERS[layer].index(f"B-{name}")
        for start, end in spans:
            for number, index in enumerate(self.words_of(start, end)):
                self.layers[layer][index] = begin + (number > 0)

    def known(self, *layers: str) -> None:
        """From here on, words of these layers without a label are outside."""
        for layer in layers:
            self.layers[layer] = [0] * len(self.words)


def from_text(text: str) -> Sample:
    """An unlabelled sample; a line is a block."""
    found: list[Word] = []
    blocks: list[range] = []
    lines: list[Span] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(position + len(line) - len(line.lstrip()), position + len(line.rstrip())))
        position += len(line) + 1
    quotations = find_quotations(text, lines)
    number = 0
    for span in lines:
        start = len(found)
        for first, last in words(text, span.start_char, span.end_char):
            while number < len(quotations) and quotations[number].end_char <= first:
                number += 1
            quoted = number < len(quotations) and quotations[number].start_char <= first
            found.append(Word(first, last, quoted))
        blocks.append(range(start, len(found)))
    return _sample(text, found, blocks)


def from_words(sentences: Sequence[Sequence[str]], sentences_a_block: int = 2) -> Sample:
    """An unlabelled sample of sentences given as words."""
    parts: list[str] = []
    found: list[Word] = []
    blocks: list[range] = []
    position = 0
    for number, sentence in enumerate(sentences):
        start = len(found)
        for word in sentence:
            found.append(Word(position, position + len(word), quoted=False))
            parts.append(word)
            position += len(word) + 1
        if number % sentences_a_block and blocks:
            blocks[-1] = range(blocks[-1].start, len(found))
        else:
            blocks.append(range(start, len(found)))
    return _sample(" ".join(parts), found, [block for block in blocks if block])


def _sample(text: str, found: list[Word], blocks: list[range]) -> Sample:
    unknown = {name: [UNKNOWN] * len(found) for name in SINGLE_LAYERS}
    return Sample(text, found, blocks, [0] * len(found), unknown, [UNKNOWN] * len(found), [UNKNOWN] * len(found))
