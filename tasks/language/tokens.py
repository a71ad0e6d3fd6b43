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
    """Labels of the words of one text, by the word's index in the text."""

    tags: dict[int, int] = field(default_factory=dict)
    pos: dict[int, int] = field(default_factory=dict)
    deps: dict[int, int] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    firsts: set[int] = field(default_factory=set)


def parse_window(parse: Parse, window: Window, scores: Scores) -> None:
    """Adds the labels of a window's own words."""
    own = window.own
    indexes = window.words[own:]
    rows = scores.layers[own + 1 :]
    parse.tags.update(zip(indexes, rows[:, SLICES["tag"]].argmax(-1).tolist(), strict=True))
    parse.pos.update(zip(indexes, rows[:, SLICES["pos"]].argmax(-1).tolist(), strict=True))
    parse.deps.update(zip(indexes, scores.deps[own + 1 :].argmax(-1).tolist(), strict=True))
    first = rows[:, SLICES["sentence"]].argmax(-1).tolist()
    parse.firsts.update(index for index, begins in zip(indexes, first, strict=True) if begins)
    for index, head in zip(indexes, scores.heads[own + 1 :].tolist(), strict=True):
        parse.heads[index] = window.words[head - 1] if head else NO_HEAD


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
    token_of: dict[int, int] = {}
    number, sentence_no = 0, -1
    for block in blocks:
        for index in block:
            word = words[index]
            while number < len(quotations) and quotations[number].end_char <= word.start_char:
                number += 1
            quotation = number if word.quoted else None
            if quotation is None or not places or places[-1].quotation != quotation:
                sentence_no += index == block.start or index in parse.firsts
                span = word if quotation is None else quotations[quotation]
                places.append(_Place(index, span.start_char, span.end_char, sentence_no, quotation))
            token_of[index] = len(places) - 1
    tokens = tuple(_token(parse, text, number, places, token_of) for number in range(len(places)))
    return tokens, _sentences(tokens)


def _token(parse: Parse, text: str, number: int, places: Sequence[_Place], token_of: dict[int, int]) -> Token:
    place = places[number]
    words, tag = text[place.start_char : place.end_char], TAGS[parse.tags[place.word]]
    head = token_of.get(parse.heads[place.word], number)
    return Token(
        index=number,
        start_char=place.start_char,
        end_char=place.end_char,
        text=words,
        lemma=lemma(words, tag) if place.quotation is None else "",
        pos=POS[parse.pos[place.word]],
        tag=tag,
        dep=DEPS[parse.deps[place.word]],
        head=head if places[head].sentence_no == place.sentence_no else number,
        sentence_no=place.sentence_no,
        quotation=place.quotation,
    )


def _sentences(tokens: Sequence[Token]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for token in tokens:
        if token.sentence_no == len(spans):
            spans.append(Span(token.start_char, token.end_char))
        else:
            spans[-1] = Span(spans[-1].start_char, token.end_char)
    return tuple(spans)
