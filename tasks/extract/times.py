"""Times: TIMEX3 expressions with their normalised value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from storage.records import Article, Record, Row
from tasks.extract._beginnings import Entries
from tasks.extract._spans import Spans
from tasks.extract._times_clock import CLOCK_RULES
from tasks.extract._times_context import Context, Time
from tasks.extract._times_dates import DATE_RULES
from tasks.extract._times_durations import DURATION_RULES
from tasks.extract._times_references import REFERENCE_RULES
from tasks.extract._times_relative import RELATIVE_RULES
from tasks.extract._times_years import YEAR_RULES
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import Reading, Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

RULES: Final = (*CLOCK_RULES, *DATE_RULES, *YEAR_RULES, *RELATIVE_RULES, *REFERENCE_RULES, *DURATION_RULES)
ENTRIES: Final = Entries([rule.pattern for rule in RULES])
REPORTING: Final = frozenset({"have", "know", "mean", "say", "show", "suggest", "tell", "think"})
DAY_PRECISIONS: Final = frozenset({"day", "minute", "second"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Row):
    """A TIMEX3 (ISO-TimeML). `timex_value` None: could not be known (`reason` says why).
    `anchor_date` is the date it was resolved against, None where no anchor was needed or known."""

    table: ClassVar[str] = "times"
    timex_type: TimexType
    timex_value: str | None = None
    anchor_date: date | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The extractor `times`: rules on the text, resolved against the publication date."""

    name: str = "times"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Timex,)
    needs: tuple[str, ...] = ()
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Timex]:
        """Times in the order of the text."""
        context = Context(reading.text, anchor_of(reading.article), presents=_presents(reading))
        # «April Lind» is no month.
        people = Spans((name.start_char, name.end_char) for name in reading.names if name.entity_type == "PERSON")
        for paragraph in reading.paragraphs:
            for time in _read(reading, paragraph, context):
                if not people.overlap((time.start_char, time.end_char)):
                    yield Timex(
                        start_char=time.start_char,
                        end_char=time.end_char,
                        timex_type=time.timex_type,
                        timex_value=time.value,
                        anchor_date=context.anchor if time.anchored else None,
                        reason=time.reason,
                    )


def anchor_of(article: Article) -> date | None:
    """The publication date, if it is known to the day, in the time zone it was stated in."""
    published = article.published
    return published.at.date() if published and published.precision in DAY_PRECISIONS else None


def _read(reading: Reading, paragraph: Span, context: Context) -> Iterator[Time]:
    """The matches of all rules from left to right, at each place the longest that makes sense. Over whole paragraphs:
    sentence splitters take the point of «Aug. 7» for an end."""
    found = ENTRIES.matches(context.text, paragraph.start_char, paragraph.end_char)
    matches = [(match.start(), -match.end(), number, match) for number, match in found]
    position = paragraph.start_char
    for start, _, number, match in sorted(matches, key=lambda item: item[:3]):
        if start < position:
            continue
        sentence_no = reading.sentence_no(start)
        context.sentence = paragraph if sentence_no is None else reading.sentences[sentence_no]
        for time in RULES[number].read(match, context):
            position = max(position, time.end_char)
            if time.value and time.timex_type in {"DATE", "TIME"}:
                context.latest.append(time)
            yield time


def _presents(reading: Reading) -> list[int]:
    """Where full verbs in the present stand; those of reporting («says») tell nothing about when."""
    return [
        token.start_char
        for token in reading.tokens
        if token.tag in {"VBP", "VBZ"} and token.pos == "VERB" and token.lemma not in REPORTING
    ]


def build() -> Extractor:
    """The extractor."""
    return Times()
