"""Texts cut into windows that the network reads: word pieces, word shapes and quotation flags as arrays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

MAX_PIECES: Final = 192
# A window begins with the end of the window before it, so that words without a speaker can point back.
MAX_CONTEXT_PIECES: Final = 56
MAX_WORD_PIECES: Final = 16
CACHED_WORDS: Final = 200_000
CLS, SEP, UNK = "[CLS]", "[SEP]", "[UNK]"
SHAPES: Final = 9

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


class Vocabulary:
    """Word pieces of words (BERT's uncased vocabulary), remembered."""

    def __init__(self, entries: Sequence[str]) -> None:
        vocabulary = {entry: number for number, entry in enumerate(entries)}
        self._tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNK))
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.cls, self.sep, self.unk = vocabulary[CLS], vocabulary[SEP], vocabulary[UNK]
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """Ids of a word's pieces, at least one, at most MAX_WORD_PIECES."""
        found = self._known.get(word)
        if found is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
            found = tuple(ids[:MAX_WORD_PIECES]) or (self.unk,)
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            self._known[word] = found
        return found


def shape(word: str) -> int:
    """How a word is written: 1 lower, 2 Capital, 3 ALL CAPITALS, 4 one capital, 5 miXed, 6 number, 7 l3tters and digits,
    8 punctuation; 0 is no word."""
    return _shape(word) if len(word) <= 40 else 5


@cache
def _shape(word: str) -> int:
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


Part = tuple[range, list[tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts one text into windows. `blocks` are ranges of words that belong together (paragraphs)."""

    text: str
    words: Sequence[Word]
    vocabulary: Vocabulary

    def windows(self, blocks: Iterable[range]) -> Iterator[Window]:
        """Blocks packed into windows, with the end of the one before as context where that may name a speaker."""
        context: list[Part] = []
        parts: list[Part] = []
        for part in chain.from_iterable(map(self._parts, blocks)):
            if parts and _size(context) + _size(parts) + _size([part]) >= MAX_PIECES:
                yield self._window(context, parts)
                context, parts = self._context(parts[-1], part), []
                if _size(context) + _size([part]) >= MAX_PIECES:
                    context = []
            parts.append(part)
        if parts:
            yield self._window(context, parts)

    def _parts(self, block: range) -> Iterator[Part]:
        """A block with its pieces; one too long for a window is cut at the window's end."""
        pieces: list[tuple[int, ...]] = []
        size, start = 0, block.start
        for index in block:
            word = self.words[index]
            found = self.vocabulary.pieces(self.text[word.start_char : word.end_char])
            if size + len(found) > MAX_PIECES - 2:
                yield range(start, index), pieces
                pieces, size, start = [], 0, index
            pieces.append(found)
            size += len(found)
        if pieces:
            yield range(start, block.stop), pieces

    def _context(self, part: Part, following: Part) -> list[Part]:
        """The end of a block, if the block behind it begins with a quotation, whose speaker may stand there."""
        return _end(part) if self.words[following[0].start].quoted else []

    def _window(self, context: list[Part], parts: list[Part]) -> Window:
        vocabulary, own = self.vocabulary, sum(len(block) for block, _ in context)
        window = Window([vocabulary.cls], [0], [0], [], [], own)
        for block, pieces in (*context, *parts):
            for index, ids in zip(block, pieces, strict=True):
                word = self.words[index]
                window.words.append(index)
                window.firsts.append(len(window.pieces))
                window.pieces.extend(ids)
                window.shapes.extend([shape(self.text[word.start_char : word.end_char])] * len(ids))
                window.quoted.extend([int(word.quoted)] * len(ids))
            window.pieces.append(vocabulary.sep)
            window.shapes.append(0)
            window.quoted.append(0)
        return window


def _size(parts: Sequence[Part]) -> int:
    """Pieces that some blocks take, with the separator behind each."""
    return sum(sum(map(len, pieces)) + 1 for _, pieces in parts)


def _end(part: Part) -> list[Part]:
    """The last words of a block."""
    block, pieces = part
    size, first = 0, len(pieces)
    while first > 0 and size + len(pieces[first - 1]) < MAX_CONTEXT_PIECES:
        first -= 1
        size += len(pieces[first])
    return [(range(block.start + first, block.stop), pieces[first:])] if first < len(pieces) else []


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
