"""Quotations masked for the parser.

A parser that sees «“…,” she said, “…”» with long quotations loses the sentence around them. Each quotation is replaced
by a few words of the same grammatical kind; attribution is then read from the frame alone.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from tasks.language.reading import Quotation, Span

CLAUSE: Final = "It is so"
NOUN: Final = "thing"
VERB: Final = "do so"
ADVERB: Final = "so"
FINAL_MARKS: Final = ".,!?;:…"
OPENING_MARKS: Final = '“„«"‘'
CLOSING_MARKS: Final = '”“»"’'
AUXILIARY_AT_END: Final = re.compile(
    r"\b(?:can|cannot|could|did|do|does|may|might|must|shall|should|will|would|[a-z]+n[’']t)(?: (?:never|not))?\s*$"
)
# What follows a quotation when its sentence goes on: a lower-case word, or a name and a verb of saying.
SPEECH_TAG: Final = re.compile(
    r"\s*(?:[a-z]|(?:[A-Z][\w.’'-]*\s+){1,5}(?:add|argu|ask|call|complain|continu|cri|declar|demand|exclaim|insist|joke"
    r"|not|quip|recall|remark|repl|respond|said|say|shout|told|tweet|went|wonder|writ|wrote|yell)[a-z]*\b)"
)
MAX_SPEECH_TAG_CHARS: Final = 80
# A quotation of this many words that ends like a sentence stands for a clause.
MIN_CLAUSE_WORDS: Final = 6
BEFORE_NOUN: Final = frozenset(
    {"a", "an", "and", "as", "by", "for", "from", "her", "his", "in", "its", "more", "most", "no", "of", "or", "our"}
    | {"some", "such", "that", "the", "their", "these", "this", "those", "to", "very", "with"}
)


class Mask(NamedTuple):
    """Where a quotation was, in the masked text and in the original."""

    start: int
    end: int
    original: Quotation
    number: int


class Masked(NamedTuple):
    """A stretch of text with its quotations masked."""

    text: str
    start_char: int
    masks: tuple[Mask, ...]

    def original_offset(self, offset: int) -> int:
        """Where a position of the masked text outside of masks is in the article's text."""
        position = bisect_right(self.masks, offset, key=lambda mask: mask.end) - 1
        if position < 0:
            return self.start_char + offset
        mask = self.masks[position]
        return mask.original.end_char + offset - mask.end

    def mask_at(self, offset: int) -> Mask | None:
        """The mask that holds a position of the masked text."""
        position = bisect_right(self.masks, offset, key=lambda mask: mask.start) - 1
        if position >= 0 and offset < self.masks[position].end:
            return self.masks[position]
        return None


def mask_quotations(text: str, span: Span, quotations: Sequence[tuple[int, Quotation]]) -> Masked:
    """A span of the text with these quotations (given with their index, in order) masked."""
    parts: list[str] = []
    masks: list[Mask] = []
    length, position = 0, span.start_char
    for index, quotation in quotations:
        before = text[position : quotation.start_char]
        before_words = text[max(position, quotation.start_char - 20) : quotation.start_char]
        behind = text[quotation.end_char : min(span.end_char, quotation.end_char + MAX_SPEECH_TAG_CHARS)]
        mask = _mask(text, quotation, before_words, behind)
        parts += [before, mask]
        masks.append(Mask(length + len(before), length + len(before) + len(mask), quotation, index))
        length += len(before) + len(mask)
        position = quotation.end_char
    parts.append(text[position : span.end_char])
    return Masked("".join(parts), span.start_char, tuple(masks))


def _mask(text: str, quotation: Quotation, before: str, behind: str) -> str:
    words = text[quotation.start_char : quotation.end_char].strip(OPENING_MARKS + CLOSING_MARKS).rstrip()
    final = words[-1:] if words[-1:] and words[-1:] in FINAL_MARKS else ""
    if final and final not in ",;:":
        # «“Why?” he asked» is one sentence to us, two to a parser.
        # After a full stop only a lower-case word goes on: «… court.” Vos said» begins a new sentence.
        goes_on = SPEECH_TAG.match(behind) and (final != "." or behind.lstrip()[:1].islower())
        final = "," if goes_on else "."
    return f"“{_kind(words, before)}{final}”"


def _kind(words: str, before: str) -> str:
    """The words a quotation is masked by: a clause for what reads like a sentence, else what fits behind `before`."""
    starts_sentence = words[:1].isupper() or not before.strip()
    if (starts_sentence and len(words.split()) > 1) or len(words.split()) >= MIN_CLAUSE_WORDS:
        return CLAUSE
    if AUXILIARY_AT_END.search(before):
        return VERB
    previous = before.rstrip().rsplit(" ", 1)[-1].lower() if before.strip() else ""
    return NOUN if previous in BEFORE_NOUN or (not starts_sentence and previous.endswith(("’s", "'s"))) else ADVERB
