"""Quotes: somebody's words with speaker, cue and role."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.records import Row

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
