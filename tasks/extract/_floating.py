"""Attribution over a whole article: quotations without a cue of their own, and words that nobody said."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from tasks.extract._attribution import Attributor
from tasks.extract._cues import is_cue_verb
from tasks.extract._frame import Frame
from tasks.extract._quotes_by_cue import Attribution
from tasks.extract._quotes_unsaid import is_unsaid
from tasks.language.reading import Quotation, Token

# Fewer words between quotation marks, without a cue, are a title, a nickname or a doubt.
MIN_FLOATING_WORDS: Final = 5
MAX_SENTENCE_TOKENS: Final = 100
BEFORE_SENTENCE: Final = (".", "!", "?", ":", "…", "”", '"', "’", ")", "“")
JOINTS: Final = frozenset({"", "and", "and then", "but", "or", "then"})
SENTENCE_ENDS: Final = (".”", "?”", "!”", '."', '?"', '!"', ".’", "?’", "!’", ",”", ',"', ",’")


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation that somebody said, with what is known of who."""

    quotation: Quotation
    attribution: Attribution


def attribute_all(frame: Frame) -> list[Attributed]:
    """All quotations that somebody said, in order."""
    article = _Article(frame)
    settled = zip(article.numbers, article.settle(), strict=True)
    return [Attributed(frame.reading.quotations[number], found) for number, found in settled if found is not None]


class _Article:
    """Spreads attributions to quotations that have none of their own."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._attributor = Attributor(frame)
        self._reading = frame.reading
        said = [(n, q) for n, q in enumerate(frame.reading.quotations) if not is_unsaid(frame, q)]
        self.numbers = [number for number, _ in said]
        self._quotations = [quotation for _, quotation in said]
        self._tokens = [frame.of_quotation.get(number) for number in self.numbers]
        self._paragraphs = [self._paragraph(quotation) for quotation in self._quotations]
        self._settled = [self._attributor.attribute(token) if token else None for token in self._tokens]

    def settle(self) -> list[Attribution | None]:
        """Attributions of the quotations with these `numbers`, None for words that nobody said."""
        for number in range(len(self._quotations)):
            if self._settled[number] is None:
                self._settled[number] = (
                    self._continued(number)
                    or self._joined(number)
                    or self._announced(number)
                    or self._same_paragraph(number)
                    or self._paragraph_of_its_own(number)
                    or self._floating(number)
                )
        for number in reversed(range(len(self._quotations) - 1)):
            self._settle_from_next(number)
        return self._settled

    def _continued(self, number: int) -> Attribution | None:
        """A later paragraph of a quotation whose earlier one is attributed."""
        if number and self._quotations[number - 1].continued and (previous := self._settled[number - 1]):
            return replace(previous, how="the quotation goes on from the paragraph before")
        return None

    def _settle_from_next(self, number: int) -> None:
        """An earlier paragraph of a quotation that is attributed at its end."""
        following = self._settled[number + 1]
        mine = self._settled[number]
        if self._quotations[number].continued and following and (mine is None or mine.source is None):
            self._settled[number] = replace(following, how="the quotation goes on to an attributed paragraph")

    def _same_paragraph(self, number: int) -> Attribution | None:
        """«“…,” she said. “…”»: the same speaker goes on, if the words are a sentence of their own."""
        if not number or self._paragraphs[number - 1] != self._paragraphs[number] or not self._is_statement(number):
            return None
        previous = self._settled[number - 1]
        if previous is None or previous.source is None or not self._starts_sentence(number):
            return None
        if self._somebody_else(number, previous.source):
            return None
        return replace(previous, how="same speaker as the words before in this paragraph")

    def _somebody_else(self, number: int, source: Token) -> bool:
        """True if another person than the source speaks between a quotation and the one before it."""
        first, last = self._tokens[number - 1], self._tokens[number]
        if first is None or last is None:
            return False
        for token in self._frame.tokens[first.index + 1 : last.index]:
            name = self._frame.name_ending_at(token)
            is_person = name is not None and name.entity_type == "PERSON" and is_cue_verb(self._frame.head(token))
            if is_person and token.text.casefold() != source.text.casefold() and token.index != source.index:
                return True
        return False

    def _announced(self, number: int) -> Attribution | None:
        """«Lind disagreed, her office said. “…”», and a colon at the end of the paragraph before."""
        sentence = self._sentence_before(number)
        if not sentence or not self._is_statement(number) or not self._starts_sentence(number):
            return None
        if sentence[-1].text == ":" and (found := self._attributor.before_colon(sentence)):
            return found
        in_paragraph = sentence[-1].start_char >= self._reading.paragraphs[self._paragraphs[number]].start_char
        if (not in_paragraph and sentence[-1].text != ":") or any(t.quotation is not None for t in sentence):
            return None
        found = self._attributor.last_statement(sentence)
        return replace(found, how="speaker of the sentence before") if found else None

    def _sentence_before(self, number: int) -> list[Token]:
        """The sentence that ends right before a quotation which begins one."""
        token = self._tokens[number]
        if token is None or not token.index:
            return []
        before = self._frame.tokens[max(0, token.index - MAX_SENTENCE_TOKENS) : token.index]
        if before[-1].sentence_no == token.sentence_no:
            return []
        return [t for t in before if t.sentence_no == before[-1].sentence_no]

    def _joined(self, number: int) -> Attribution | None:
        """«“…” and “…”»: both have one speaker."""
        previous = self._settled[number - 1] if number else None
        if previous is None or previous.source is None:
            return None
        between = self._reading.text[self._quotations[number - 1].end_char : self._quotations[number].start_char]
        return replace(previous, how="joined to the words before") if between.strip(" ,") in JOINTS else None

    def _starts_sentence(self, number: int) -> bool:
        """True where the words before are at their end."""
        quotation = self._quotations[number]
        start = self._reading.paragraphs[self._paragraphs[number]].start_char
        text, end = self._reading.text, quotation.start_char
        while end > start and text[end - 1].isspace():
            end -= 1
        return end == start or text.endswith(BEFORE_SENTENCE, start, end)

    def _paragraph_of_its_own(self, number: int) -> Attribution | None:
        """A paragraph that is only a quotation, after a paragraph whose last quotation is attributed."""
        if not number or self._paragraphs[number - 1] != self._paragraphs[number] - 1:
            return None
        previous = self._settled[number - 1]
        if previous is None or previous.source is None or not self._is_paragraph(number):
            return None
        if self._somebody_else(number, previous.source):
            return None
        return replace(previous, how="same speaker as in the paragraph before")

    def _floating(self, number: int) -> Attribution | None:
        """Words that read like a statement, with nobody near who says them."""
        if self._is_paragraph(number):
            return Attribution(None, None, "no cue near; paragraph of its own")
        if self._is_statement(number) and len(self._words(number).split()) >= MIN_FLOATING_WORDS:
            return Attribution(None, None, "no cue near")
        return None

    def _is_paragraph(self, number: int) -> bool:
        paragraph, quotation = self._reading.paragraphs[self._paragraphs[number]], self._quotations[number]
        alone = (paragraph.start_char, paragraph.end_char) == (quotation.start_char, quotation.end_char)
        return alone and self._is_statement(number)

    def _is_statement(self, number: int) -> bool:
        words = self._words(number)
        return words.endswith(SENTENCE_ENDS) or self._quotations[number].continued

    def _words(self, number: int) -> str:
        return self._reading.words(self._quotations[number])

    def _paragraph(self, quotation: Quotation) -> int:
        return bisect_right(self._reading.paragraphs, quotation.start_char, key=lambda p: p.start_char) - 1
