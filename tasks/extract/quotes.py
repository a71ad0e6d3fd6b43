"""Quotes: somebody's words with speaker, cue and role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Record, Row
from tasks.extract._floating import Attributed, attribute_all
from tasks.extract._frame import Frame
from tasks.extract._speakers import Speakers
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import Reading

QuoteKind = Literal["direct", "mixed", "indirect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Row):
    """Words that somebody said or wrote; start_char..end_char is the content, quotation marks included.

    `cue` is the word or phrase that marks the attribution, `speaker_text` the source as printed nearest to it (may be
    a pronoun), `speaker_entity_id` and `speaker_name` who that is, `speaker_role` the role printed in this article.
    """

    table: ClassVar[str] = "quotes"
    kind: QuoteKind
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
    """The extractor `quotes`: one row for the words between each pair of quotation marks that somebody said."""

    name: str = "quotes"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Quote,)
    needs: tuple[str, ...] = ("mentions", "roles")
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Quote]:
        """Quotes in the order of the text."""
        frame = Frame(reading)
        speakers = Speakers(frame, found)
        for attributed in attribute_all(frame):
            yield _quote(reading, attributed, speakers)


def _quote(reading: Reading, attributed: Attributed, speakers: Speakers) -> Quote:
    quotation, attribution = attributed.quotation, attributed.attribution
    speaker = speakers.identify(attribution.source) if attribution.source else None
    cue = attribution.cue
    reasons = [attribution.how, *([speaker.reason] if speaker and speaker.reason else [])]
    return Quote(
        start_char=quotation.start_char,
        end_char=quotation.end_char,
        kind="direct",
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


def build() -> Extractor:
    """The extractor."""
    return Quotes()
