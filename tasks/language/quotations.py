"""Where words stand between quotation marks.

Marks known: “ ”, straight ", British ‘ ’, „ “ and « ». Of nested quotations the outermost counts. A quotation that runs
over several paragraphs opens anew in each and closes in the last.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.language.reading import Quotation, Span

# Marks of the other kind that close these by mistake: “…" and "…”.
MIXED_CLOSERS: Final = {"“": '"', '"': "”"}
CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’"}
MARKS: Final = re.compile(r"[“”„«»\"‘’]")
# Before an opening mark stands nothing, white space, an opening bracket, a dash, or another opening mark.
BEFORE_OPENING: Final = frozenset(' \t\n\u00a0([{-–—/“„«‘"')
AFTER_CLOSING: Final = frozenset(" \t\n\u00a0)]}-–—/.,;:!?…”“»\"'’")
SENTENCE_MARKS: Final = frozenset(",.;:!?…")
# ’em, ’til, ’90s: an apostrophe that word processors turn the wrong way round.
ELISIONS: Final = re.compile(r"(?:cause|em|n|til|tis|twas|\d\ds?)\b", re.IGNORECASE)


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """All outermost quotations, marks included, in order; none crosses a paragraph."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found.extend(_in_paragraph(text, paragraph, following))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span, following: Span | None) -> Iterator[Quotation]:
    """Quotations of one paragraph. An opening mark that nothing closes counts only if the next paragraph goes on."""
    marks = [match.start() for match in MARKS.finditer(text, paragraph.start_char, paragraph.end_char)]
    number = 0
    while number < len(marks):
        start = marks[number]
        number += 1
        if not _opens(text, start, paragraph):
            continue
        closing = _closing(text, marks, number, paragraph)
        if closing is not None:
            yield Quotation(start, marks[closing] + 1)
            number = closing + 1
        elif (
            following and text[following.start_char] == text[start] and not _opens_again(text, marks, number, paragraph)
        ):
            yield Quotation(start, paragraph.end_char, continued=True)
            return


def _closing(text: str, marks: Sequence[int], number: int, paragraph: Span) -> int | None:
    """Index in `marks` of the mark that closes the one before `number`; None if there is none."""
    mark = text[marks[number - 1]]
    if mark == "‘":
        return _closing_single(text, marks, number, paragraph)
    regular = _closing_regular(text, marks, number, paragraph)
    mixed = _closing_mixed(text, marks, number, paragraph)
    if mixed is None or (regular is not None and regular < mixed):
        return regular
    # Before a regular mark, a mixed one must stand behind punctuation: it could be an inch or a slip.
    after_punctuation = text[marks[mixed] - 1] in SENTENCE_MARKS
    return mixed if regular is None or after_punctuation else regular


def _closing_mixed(text: str, marks: Sequence[int], number: int, paragraph: Span) -> int | None:
    """Index of the first mark of the other kind, if it closes; None if a quotation opens or closes before it."""
    mark = text[marks[number - 1]]
    other = MIXED_CLOSERS.get(mark)
    for index in range(number, len(marks)):
        position = marks[index]
        if text[position] == other:
            opens = other == '"' and text[position - 1] in BEFORE_OPENING
            return index if not opens and _ends_word(text, position, paragraph) else None
        if text[position] in {mark, "“"} or text[position] in CLOSERS[mark]:
            return None
    return None


def _closing_regular(text: str, marks: Sequence[int], number: int, paragraph: Span) -> int | None:
    mark = text[marks[number - 1]]
    for index in range(number, len(marks)):
        position = marks[index]
        if text[position] in CLOSERS[mark] and (mark != '"' or _closes_straight(text, position)):
            return index
        # The same opening mark again: the first one was a slip.
        if text[position] == mark and _opens(text, position, paragraph):
            return None
    return None


def _closing_single(text: str, marks: Sequence[int], number: int, paragraph: Span) -> int | None:
    """The ’ that closes a ‘: the first after punctuation, else the first that is no plural possessive.

    Looks no further than the next opening ‘, so the whole scan stays linear.
    """
    plain: int | None = None
    possessive: int | None = None
    for index in range(number, len(marks)):
        position = marks[index]
        if text[position] == "‘" and _opens(text, position, paragraph):
            break
        if text[position] != "’" or not _ends_word(text, position, paragraph):
            continue
        if text[position - 1] in SENTENCE_MARKS:
            return index
        if text[position - 1] == "s" and possessive is None:
            possessive = index
        elif text[position - 1] != "s" and plain is None:
            plain = index
    return plain if plain is not None else possessive


def _opens(text: str, position: int, paragraph: Span) -> bool:
    mark = text[position]
    after = text[position + 1 : position + 2]
    if mark not in CLOSERS or position + 1 >= paragraph.end_char or after.isspace():
        return False
    at_start = position == paragraph.start_char
    if mark == "‘":
        fits = at_start or text[position - 1] in BEFORE_OPENING
        return fits and not ELISIONS.match(text, position + 1)
    if mark == '"':
        return at_start or text[position - 1] in BEFORE_OPENING
    return True


def _opens_again(text: str, marks: Sequence[int], number: int, paragraph: Span) -> bool:
    mark = text[marks[number - 1]]
    return any(text[position] == mark and _opens(text, position, paragraph) for position in marks[number:])


def _closes_straight(text: str, position: int) -> bool:
    return not text[position - 1].isspace()


def _ends_word(text: str, position: int, paragraph: Span) -> bool:
    """True where a ’ can close: behind something, and before the end, white space or punctuation."""
    if text[position - 1].isspace():
        return False
    return position + 1 >= paragraph.end_char or text[position + 1] in AFTER_CLOSING
