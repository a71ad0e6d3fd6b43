"""Texts cut into windows that the network reads: word pieces, word shapes and quotation flags as arrays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

MAX_PIECES: Final = 192
# A window begins with the end of the window before it, so that words without a speaker can point back.
MAX_CONTEXT_PIECES: Final = 56
MAX_WORD_PIECES: Final = 16
CACHED_WORDS: Final = 100_000
CLS, SEP, UNK = "[CLS]", "[SEP]", "[UNK]"
SHAPES: Final = 9
# Longer words are called miXed, however they are written.
LONGEST_SHAPED: Final = 40

Ints = NDArray[np.int64]


class Word(NamedTuple):
    """A word of a text: offsets, and whether it stands between quotation marks."""

    start_char: int
    end_char: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text as the network reads it.

    `pieces`, `shapes`, `quoted`: one a word piece. `words`: index (in the text's list of words) of each word in the window;
    `firsts`: the piece each of them begins with. Words before `own` are context only.
    """

    pieces: list[int]
    shapes: list[int]
    quoted: list[int]
    words: list[int]
    firsts: list[int]
    own: int


class Pieces(NamedTuple):
    """A word as the network reads it: ids of its pieces, and the shape of the word for each of them."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]


class Vocabulary:
    """Word pieces of words (BERT's uncased vocabulary), remembered."""

    def __init__(self, entries: Sequence[str]) -> None:
        vocabulary = {entry: number for number, entry in enumerate(entries)}
        self._tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNK))
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.cls, self.sep, self.unk = vocabulary[CLS], vocabulary[SEP], vocabulary[UNK]
        self._known: dict[str, Pieces] = {}

    def pieces(self, word: str) -> Pieces:
        """A word's pieces, at least one, at most MAX_WORD_PIECES."""
        return self._known.get(word) or self._cut(word)

    def _cut(self, word: str) -> Pieces:
        found = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
        ids = tuple(found[:MAX_WORD_PIECES]) or (self.unk,)
        if len(self._known) >= CACHED_WORDS:
            self._known.clear()
        self._known[word] = pieces = Pieces(ids, (shape(word),) * len(ids))
        return pieces


def shape(word: str) -> int:
    """How a word is written: 1 lower, 2 Capital, 3 ALL CAPITALS, 4 one capital, 5 miXed, 6 number, 7 l3tters and digits,
    8 punctuation; 0 is no word."""
    if len(word) > LONGEST_SHAPED:
        return 5
    if word.isdigit() or re.fullmatch(r"\d[\d.,:]*", word):
        return 6
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 8
    if any(c.isdigit() for c in word):
        return 7
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1
    if upper == len(letters):
        return 4 if upper == 1 else 3
    return 2 if letters[0].isupper() and upper == 1 else 5


class Part(NamedTuple):
    """Words of one block that fit into a window; `size` counts their pieces and a separator behind them."""

    words: range
    pieces: list[Pieces]
    size: int


NOTHING: Final = Part(range(0), [], 0)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts one text into windows. `blocks` are ranges of words that belong together (paragraphs)."""

    text: str
    words: Sequence[Word]
    vocabulary: Vocabulary

    def windows(self, blocks: Iterable[range]) -> Iterator[Window]:
        """Blocks packed into windows, with the end of the one before as context where that may name a speaker."""
        context, parts, size = NOTHING, list[Part](), 0
        for part in chain.from_iterable(map(self._parts, blocks)):
            if parts and size + part.size >= MAX_PIECES:
                yield self._window(context, parts)
                context, parts = self._context(parts[-1], part), []
                if context.size + part.size >= MAX_PIECES:
                    context = NOTHING
                size = context.size
            parts.append(part)
            size += part.size
        if parts:
            yield self._window(context, parts)

    def _parts(self, block: range) -> Iterator[Part]:
        """A block with its pieces; one too long for a window is cut at the window's end."""
        text, words, known = self.text, self.words, self.vocabulary.pieces
        pieces: list[Pieces] = []
        size, start = 0, block.start
        for index in block:
            first, end, _ = words[index]
            found = known(text[first:end])
            if size + len(found.ids) > MAX_PIECES - 2:
                yield Part(range(start, index), pieces, size + 1)
                pieces, size, start = [], 0, index
            pieces.append(found)
            size += len(found.ids)
        if pieces:
            yield Part(range(start, block.stop), pieces, size + 1)

    def _context(self, part: Part, following: Part) -> Part:
        """The end of a block, if the block behind it begins with a quotation, whose speaker may stand there."""
        return _end(part) if self.words[following.words.start].quoted else NOTHING

    def _window(self, context: Part, parts: list[Part]) -> Window:
        vocabulary = self.vocabulary
        window = Window([vocabulary.cls], [0], [0], [], [], len(context.words))
        pieces, shapes, quoted, firsts = window.pieces, window.shapes, window.quoted, window.firsts
        for part in (context, *parts) if context.size else parts:
            window.words.extend(part.words)
            for word, (ids, word_shapes) in zip(
                self.words[part.words.start : part.words.stop], part.pieces, strict=True
            ):
                firsts.append(len(pieces))
                pieces += ids
                shapes += word_shapes
                quoted += (1,) * len(ids) if word.quoted else (0,) * len(ids)
            pieces.append(vocabulary.sep)
            shapes.append(0)
            quoted.append(0)
        return window


def _end(part: Part) -> Part:
    """The last words of a block."""
    size, first = 0, len(part.pieces)
    while first > 0 and size + len(part.pieces[first - 1].ids) < MAX_CONTEXT_PIECES:
        first -= 1
        size += len(part.pieces[first].ids)
    return Part(part.words[first:], part.pieces[first:], size + 1) if first < len(part.pieces) else NOTHING


class Batch(NamedTuple):
    """Windows of similar length as arrays, padded with zeros: [windows, pieces], `firsts` [windows, words]."""

    pieces: Ints
    shapes: Ints
    quoted: Ints
    firsts: Ints


def batch(windows: Sequence[Window]) -> Batch:
    """The arrays of some windows. Word 0 of `firsts` is the window's [CLS], which stands for «none»."""
    width = max(len(window.pieces) for window in windows)
    count = max(len(window.firsts) for window in windows) + 1
    arrays = Batch(*(np.zeros((len(windows), size), np.int64) for size in (width, width, width, count)))
    for row, window in enumerate(windows):
        arrays.pieces[row, : len(window.pieces)] = window.pieces
        arrays.shapes[row, : len(window.pieces)] = window.shapes
        arrays.quoted[row, : len(window.pieces)] = window.quoted
        arrays.firsts[row, 1 : len(window.firsts) + 1] = window.firsts
    return arrays
