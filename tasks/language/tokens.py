"""The tagger's parse as tokens: words outside quotations, and one token for each quotation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tasks.language.lemmas import lemma
from tasks.language.reading import Quotation, Span, Token
from tasks.language.tagger.decode import SLICES
from tasks.language.tagger.labels import DEPS, POS, TAGS
from tasks.language.tagger.model import Scores
from tasks.language.tagger.windows import Window, Word

NO_HEAD: Final = -1


@dataclass(slots=True)
class Parse:
    """What the tagger says of the words of one text, in their order: labels, heads (index of a word), whether a sentence begins."""

    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)


def parse_window(parse: Parse, window: Window, scores: Scores) -> None:
    """Adds the labels of a window's own words, which follow those of the window before."""
    rows = scores.layers[window.own + 1 :]
    parse.tags += [TAGS[label] for label in rows[:, SLICES["tag"]].argmax(-1).tolist()]
    parse.pos += [POS[label] for label in rows[:, SLICES["pos"]].argmax(-1).tolist()]
    parse.deps += [DEPS[label] for label in scores.deps[window.own + 1 :].argmax(-1).tolist()]
    parse.firsts += rows[:, SLICES["sentence"]].argmax(-1).tolist()
    # The head of a window's word 0 is none.
    words = [NO_HEAD, *window.words]
    parse.heads += [words[head] for head in scores.heads[window.own + 1 :].tolist()]


class _Place(NamedTuple):
    """Where a token stands: its word, span, sentence and quotation."""

    word: int
    start_char: int
    end_char: int
    sentence_no: int
    quotation: int | None


def tokens_of(
    parse: Parse, text: str, words: Sequence[Word], blocks: Sequence[range], quotations: Sequence[Quotation]
) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """Tokens and sentences of a text. A sentence ends with its block, and never inside a quotation."""
    places: list[_Place] = []
    token_of: list[int] = []
    number, sentence_no = 0, -1
    for block in blocks:
        for index in block:
            start, end, quoted = words[index]
            quotation = None
            if quoted:
                while quotations[number].end_char <= start:
                    number += 1
                quotation = number
            if quotation is None or not places or places[-1].quotation != quotation:
                sentence_no += index == block.start or parse.firsts[index]
                if quotation is not None:
                    start, end = quotations[quotation].start_char, quotations[quotation].end_char
                places.append(_Place(index, start, end, sentence_no, quotation))
            token_of.append(len(places) - 1)
    tokens = tuple(_token(parse, text, number, places, token_of) for number in range(len(places)))
    return tokens, _sentences(tokens)


def _token(parse: Parse, text: str, number: int, places: Sequence[_Place], token_of: Sequence[int]) -> Token:
    word, start, end, sentence_no, quotation = places[number]
    words, tag, head_word = text[start:end], parse.tags[word], parse.heads[word]
    head = number if head_word == NO_HEAD else token_of[head_word]
    if places[head].sentence_no != sentence_no:
        head = number
    base = lemma(words, tag) if quotation is None else ""
    return Token(number, start, end, words, base, parse.pos[word], tag, parse.deps[word], head, sentence_no, quotation)


def _sentences(tokens: Sequence[Token]) -> tuple[Span, ...]:
    starts, ends = list[int](), list[int]()
    for token in tokens:
        if token.sentence_no == len(starts):
            starts.append(token.start_char)
            ends.append(token.end_char)
        else:
            ends[-1] = token.end_char
    return tuple(map(Span, starts, ends))
