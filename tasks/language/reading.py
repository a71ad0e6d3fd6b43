"""What a language model read in an article, in a form that does not depend on the model.

All offsets are code points into `Reading.article.text`, end exclusive.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from storage.records import Article

EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name found by the tagger. `confidence` is None where the tagger gives none."""

    start_char: int
    end_char: int
    entity_type: EntityType
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, marks included. `continued` is True for a paragraph that ends without a closing
    mark because the quotation goes on in the next paragraph."""

    start_char: int
    end_char: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """Words for a person that are no name: a printed role («fisheries minister») or a nominal («the minister»)."""

    start_char: int
    end_char: int
    is_role: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of what somebody is said to have said, with source and cue as the tagger sees them. `confidence`: that all
    three belong together."""

    content: Span
    source: Span | None
    cue: Span | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the parse. No token stands inside a quotation, but a single token with `quotation` set stands for each
    (its span is the quotation's).

    `pos`, `tag`, `dep` follow Universal POS, Penn Treebank and ClearNLP (spaCy's English scheme); `head` is the index
    of the head in `Reading.tokens`, its own index for a root.
    """

    index: int
    start_char: int
    end_char: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence_no: int
    quotation: int | None = None


@dataclass(frozen=True)
class Reading:
    """One article as read: paragraphs (without headings), sentences, names, descriptions of people, quotations, statements
    and the parse around the quotations.

    `tokens` is empty where no parser knows the language; `unread` then says why.
    """

    article: Article
    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    names: tuple[Name, ...] = ()
    descriptions: tuple[Description, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    statements: tuple[Statement, ...] = ()
    tokens: tuple[Token, ...] = ()
    unread: str | None = None

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def words(self, span: Span | Name | Quotation | Token) -> str:
        """The words of a span, as printed."""
        return self.article.text[span.start_char : span.end_char]

    def quotations_touching(self, start_char: int, end_char: int) -> tuple[Quotation, ...]:
        """The quotations with a character between two positions; they stand in the order of the text and do not overlap."""
        first = bisect_right(self.quotations, start_char, key=lambda quotation: quotation.end_char)
        last = bisect_left(self.quotations, end_char, key=lambda quotation: quotation.start_char)
        return self.quotations[first:last]

    def sentence_no(self, start_char: int) -> int | None:
        """Number (from 0) of the sentence that holds a position; None inside a heading or between sentences."""
        position = bisect_right(self._sentence_starts, start_char) - 1
        if position < 0 or start_char >= self.sentences[position].end_char:
            return None
        return position

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sentences]
