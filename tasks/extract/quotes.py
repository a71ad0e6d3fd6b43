"""Quotes: somebody's words with speaker, cue and role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Record, Row
from tasks.extract._frame import Frame
from tasks.extract._speakers import Speaker, Speakers
from tasks.extract._statements import Utterance, statement_numbers, utterances
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import Reading, Span

QuoteKind = Literal["direct", "mixed", "indirect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Row):
    """Words that somebody said or wrote; start_char..end_char is the content, quotation marks included.

    Content in pieces («“We waited,” he said, “and nobody came.”») has a row a piece, with one `statement_no`.

    `cue` is the word or phrase that marks the attribution, `speaker_text` the source as printed nearest to it (may be
    a pronoun), `speaker_entity_id` and `speaker_name` who that is, `speaker_role` the role printed in this article.
    """

    table: ClassVar[str] = "quotes"
    kind: QuoteKind
    statement_no: int = 0
    cue: str | None = None
    cue_start_char: int | None = None
    cue_end_char: int | None = None
    speaker_text: str | None = None
    speaker_start_char: int | None = None
    speaker_end_char: int | None = None
    speaker_entity_id: str | None = None
    speaker_name: str | None = None
    speaker_role: str | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """The extractor `quotes`: one row for each piece of what somebody is said to have said, written or thought."""

    name: str = "quotes"
    version: str = "2.0"
    records: tuple[type[Record], ...] = (Quote,)
    needs: tuple[str, ...] = ("mentions", "roles")
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Quote]:
        """Quotes in the order of the text."""
        frame = Frame(reading)
        speakers = Speakers(frame, found)
        said = utterances(frame)
        for utterance, number in zip(said, statement_numbers(reading, said), strict=True):
            yield _quote(reading, utterance, speakers.of(utterance), number)


def _quote(reading: Reading, utterance: Utterance, speaker: Speaker | None, number: int) -> Quote:
    content, cue = utterance.content, utterance.cue
    reasons = [utterance.how, *([speaker.reason] if speaker and speaker.reason else [])]
    return Quote(
        start_char=content.start_char,
        end_char=content.end_char,
        confidence=utterance.confidence,
        kind=_kind(reading, content),
        statement_no=number,
        cue=reading.words(cue) if cue else None,
        cue_start_char=cue.start_char if cue else None,
        cue_end_char=cue.end_char if cue else None,
        speaker_text=reading.words(speaker.span) if speaker else None,
        speaker_start_char=speaker.span.start_char if speaker else None,
        speaker_end_char=speaker.span.end_char if speaker else None,
        speaker_entity_id=speaker.entity_id if speaker else None,
        speaker_name=speaker.name if speaker else None,
        speaker_role=speaker.role if speaker else None,
        reason="; ".join(reasons),
    )


def _kind(reading: Reading, content: Span) -> QuoteKind:
    """Direct: all between quotation marks; mixed: a part of it; else indirect, also inside of another's quotation."""
    start, end = content.start_char, content.end_char
    touched = reading.quotations_touching(start, end)
    inside = [q for q in touched if start <= q.start_char and q.end_char <= end]
    if not inside:
        return "indirect"
    quoted = sum(q.end_char - q.start_char for q in inside)
    between = len("".join(reading.text[start:end].split())) - quoted
    return "direct" if quoted >= end - start or between <= 0 else "mixed"


def build() -> Extractor:
    """The extractor."""
    return Quotes()
