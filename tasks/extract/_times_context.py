"""What a time expression is resolved against: the anchor, the tense around it, and the dates named before it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Final, Literal

from tasks.language.reading import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
NO_ANCHOR: Final = "no publication date"
NO_REFERENCE: Final = "relative to a date that is not named before it"
OUT_OF_RANGE: Final = "no such date in the calendar"
SENTENCE_END: Final = re.compile(r"[a-z)”\"][.!?][”\"]? (?=[A-Z“\"])")
TENSE_WINDOW_CHARS: Final = 120

# «may» and «could» say nothing about when; «planned» and «would» look ahead also in reports.
FUTURE: Final = re.compile(
    r"(?:\b(?:will|shall|would|won’t|won't|going to|due|set (?:to|for)|scheduled|expected|expects?|plans?|planned|intends?|"
    r"hopes to|aims? to|payable|effective|upcoming|deadline|until|till|ahead of|(?:is|are|was|were) to)\b|[’']ll\b)"
    r"(?: [\w’'-]{1,20}){0,3}"
)
# Forms of the past that «-ed» does not show (the verbs most frequent in news).
PAST: Final = re.compile(
    r"\b(?:[a-z]{2,20}ed|was|were|had|been|did|said|told|made|took|went|came|met|won|lost|fell|rose|began|got|gave|left|"
    r"held|kept|led|put|ran|saw|sent|shot|sold|spoke|stood|struck|thought|wrote|became|broke|brought|built|bought|caught|"
    r"chose|cut|drew|drove|felt|found|flew|fought|grew|heard|hit|knew|laid|met|paid|read|sought|spent|swore|threw|since|"
    r"ago|earlier)\b"
)
NOT_PAST: Final = frozenset(
    {"need", "feed", "speed", "indeed", "exceed", "proceed", "succeed", "seed", "weed", "breed"}
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `value` None comes with a reason; `anchored` True if the publication date was needed."""

    start_char: int
    end_char: int
    timex_type: TimexType
    value: str | None
    reason: str | None = None
    anchored: bool = False


@dataclass(slots=True)
class Context:
    """The text, its anchor (None: not known to the day), where its verbs in the present stand, and the dates so far."""

    text: str
    anchor: date | None
    latest: list[Time] = field(default_factory=list)
    presents: Sequence[int] = ()
    sentence: Span = field(default_factory=lambda: Span(0, 0))

    def direction(self, start: int, end: int) -> int:
        """-1 past, 1 future, 0 unknown: by the verb forms before the expression in its sentence, else behind it."""
        before = self.text[max(self.sentence.start_char, start - TENSE_WINDOW_CHARS) : start]
        behind = self.text[end : min(self.sentence.end_char, end + TENSE_WINDOW_CHARS)]
        # Quotations of several sentences are one sentence to the parser.
        before, behind = SENTENCE_END.split(before)[-1], SENTENCE_END.split(behind)[0]
        return _nearest_tense(before, last=True) or self._timetable(start) or _nearest_tense(behind, last=False)

    def _timetable(self, start: int) -> int:
        """1 behind a verb in the present: «Parliament votes on Thursday»."""
        position = bisect_left(self.presents, start) - 1
        return 1 if position >= 0 and self.presents[position] >= self.sentence.start_char else 0

    def reference(self, start: int) -> Time | None:
        """The last date with a value before a position."""
        return next((time for time in reversed(self.latest) if time.end_char <= start), None)

    def reference_day(self, start: int) -> Time | None:
        """The last date known to the day in the same sentence."""
        in_sentence = takewhile(lambda time: time.start_char >= self.sentence.start_char, reversed(self.latest))
        times = (time for time in in_sentence if time.start_char < start)
        return next((time for time in times if time.value and is_day(time.value[:10])), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and how to read its matches; a match that yields nothing is no time expression."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], Iterator[Time]]


def is_day(value: str) -> bool:
    """True for «2026-10-15»."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def relative(match: re.Match[str], context: Context, kind: TimexType, value: str | None) -> Time:
    """A time that needed the anchor."""
    reason = None if value else (OUT_OF_RANGE if context.anchor else NO_ANCHOR)
    return Time(*match.span(), kind, value, reason, anchored=context.anchor is not None)


def absolute(match: re.Match[str], kind: TimexType, value: str | None) -> Time:
    """A time that says itself when."""
    return Time(*match.span(), kind, value, None if value else OUT_OF_RANGE)


def _nearest_tense(words: str, *, last: bool) -> int:
    futures = [match.span() for match in FUTURE.finditer(words)]
    pasts = [
        match.start()
        for match in PAST.finditer(words)
        if match[0] not in NOT_PAST and not any(start <= match.start() < end for start, end in futures)
    ]
    marks = [(start, 1) for start, _ in futures] + [(start, -1) for start in pasts]
    if not marks:
        return 0
    return (max(marks) if last else min(marks))[1]
