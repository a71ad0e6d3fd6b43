"""Reads articles with the trained tagger: words, names, descriptions, statements and a parse in one pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, cast

from storage.records import Article
from tasks.language.names import complete, tidy
from tasks.language.paragraphs import find_paragraphs, pieces, split_sentences
from tasks.language.people import find_people
from tasks.language.quotations import find_quotations
from tasks.language.reading import Description, EntityType, Name, Quotation, Reading, Span, Statement
from tasks.language.tagger.decode import Chunk, chunks, said
from tasks.language.tagger.model import Device, Model, Scores, load_model
from tasks.language.tagger.windows import Cutter, Window, Word
from tasks.language.tokens import Parse, parse_window, tokens_of
from tasks.language.words import words

READ_LANGUAGES: Final = frozenset({"en"})
# The article of a noun phrase, right before what follows.
ARTICLE: Final = re.compile(r"(?<!\w)((?:the|a|an)\s)$", re.IGNORECASE)
LONGEST_ARTICLE: Final = 5
# The network leaves nothing in the processor's caches, so what follows it is done for several windows together; bounded, for the
# scores of a window take 300 kB.
WINDOWS_AT_ONCE: Final = 16


@dataclass(slots=True)
class Frame:
    """An article cut up for reading, and what the tagger says of it."""

    article: Article
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    words: list[Word] = field(default_factory=list)
    blocks: list[range] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    parse: Parse = field(default_factory=Parse)


class TaggerReader:
    """Reads English; of other languages only paragraphs, sentences and quotations."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """One Reading an article, in order."""
        return [self._read(_frame(article)) for article in articles]

    def _read(self, frame: Frame) -> Reading:
        cutter = Cutter(frame.article.text, frame.words, self._model.vocabulary)
        cut = cutter.windows(frame.blocks)
        while windows := list(islice(cut, WINDOWS_AT_ONCE)):
            for window, scores in zip(windows, [self._model.run(window) for window in windows], strict=True):
                _take(frame, window, scores)
        return _reading(frame) if frame.words else _unread(frame)


def load_reader(device: Device = "cpu") -> TaggerReader:
    """The reader with its model; takes a quarter of a second. Raises SettingError where there is no such device."""
    return TaggerReader(load_model(device))


def _frame(article: Article) -> Frame:
    paragraphs = find_paragraphs(article)
    quotations = find_quotations(article.text, paragraphs)
    frame = Frame(article, paragraphs, quotations)
    if article.language not in READ_LANGUAGES:
        return frame
    number = 0
    for paragraph in paragraphs:
        for piece in pieces(article.text, paragraph):
            start = len(frame.words)
            for first, last in words(article.text, piece.start_char, piece.end_char):
                while number < len(quotations) and quotations[number].end_char <= first:
                    number += 1
                quoted = number < len(quotations) and quotations[number].start_char <= first
                frame.words.append(Word(first, last, quoted))
            frame.blocks.append(range(start, len(frame.words)))
    return frame


def _take(frame: Frame, window: Window, scores: Scores) -> None:
    """Adds what the tagger says of a window's own words."""
    own = window.own

    def span(chunk: Chunk) -> Span:
        first, last = window.words[chunk.first - 1], window.words[chunk.last - 1]
        return Span(frame.words[first].start_char, frame.words[last].end_char)

    for chunk in chunks(scores, "entity"):
        place = span(chunk)
        name = Name(place.start_char, place.end_char, cast("EntityType", chunk.label), chunk.confidence)
        if chunk.first > own and (tidied := tidy(frame.article.text, name)):
            frame.names.append(tidied)
    for chunk in chunks(scores, "description"):
        if chunk.first > own:
            place = span(chunk) if chunk.label == "ROLE" else _with_article(frame.article.text, span(chunk))
            frame.descriptions.append(
                Description(place.start_char, place.end_char, chunk.label == "ROLE", chunk.confidence)
            )
    for found in said(scores):
        if found.content.first > own:
            source, cue = found.source and span(found.source), found.cue and span(found.cue)
            frame.statements.append(Statement(span(found.content), source, cue, found.confidence))
    parse_window(frame.parse, window, scores)


def _with_article(text: str, span: Span) -> Span:
    """A nominal with the article right before it, where the tagger has left that out."""
    before = ARTICLE.search(text, max(0, span.start_char - LONGEST_ARTICLE), span.start_char)
    return Span(before.start(1), span.end_char) if before else span


def _reading(frame: Frame) -> Reading:
    text = frame.article.text
    tokens, sentences = tokens_of(frame.parse, text, frame.words, frame.blocks, frame.quotations)
    return Reading(
        article=frame.article,
        paragraphs=frame.paragraphs,
        sentences=sentences,
        names=complete(text, frame.paragraphs, find_people(text, frame.names, tokens)),
        descriptions=tuple(frame.descriptions),
        quotations=frame.quotations,
        statements=tuple(frame.statements),
        tokens=tokens,
    )


def _unread(frame: Frame) -> Reading:
    article = frame.article
    sentences = chain.from_iterable(split_sentences(article.text, paragraph) for paragraph in frame.paragraphs)
    readable = article.language in READ_LANGUAGES
    return Reading(
        article=article,
        paragraphs=frame.paragraphs,
        sentences=tuple(sentences),
        quotations=frame.quotations,
        unread="no sentence in it" if readable else f"no model here reads {article.language or 'an unknown language'}",
    )
