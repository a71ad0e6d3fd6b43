"""Credits: wire credit, dateline, byline and correction note, as printed in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from storage.records import Record, Row
from tasks.extract._credits_agencies import NOT_NAMED, agency, capitalised, known_agency
from tasks.extract._credits_dateline import read_dateline
from tasks.extract._credits_names import Named, names_in
from tasks.extract.contract import Extractor, Found
from tasks.language.reading import Reading, Span

CreditKind = Literal["wire", "dateline", "byline", "correction"]

# Credits stand at the head and the foot of a story; elsewhere the same words are prose.
HEAD_PARAGRAPHS: Final = 4
FOOT_PARAGRAPHS: Final = 4
MAX_NOTE_CHARS: Final = 400
MAX_BYLINE_CHARS: Final = 200

STATED_SOURCE: Final = re.compile(r"(?:source|quelle|fuente|fonte) ?: ?(?P<name>.{2,40})$", re.IGNORECASE)
# English, German, French, Spanish, Portuguese.
BYLINE: Final = re.compile(r"(?:(?:Written|Reported|Story|Words|Text) by|By|BY|Von|VON|Par|PAR|Por|POR):? +")
CONTRIBUTED: Final = re.compile(
    r"[(\[]?(?P<names>.{2,200}?) (?:also )?contributed (?:reporting|(?:to )?th(?:is|e) (?:report|story|article))\b"
)
CREDIT_PHRASE: Final = re.compile(
    r"\b(?:(?:with|additional|further|other|mit|con|avec) ){0,2}(?:(?:reporting|writing|editing|inputs?|files|material|"
    r"contributions?|compiled|translated|written|edited|reported|photos?|graphics?|research|información|information|"
    r"informationen) (?:by|from|von|der|de)|via|with agency inputs?)\s*",
    re.IGNORECASE,
)
PERSON_PHRASE: Final = re.compile(
    r"reporting|writ|edit|compiled|translated|reported|photo|graphic|research", re.IGNORECASE
)
COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|Copyright)\W{0,3}(?:\d{4}\W{1,2})?(?P<name>[^.,;\d]{2,40}?)(?=[.,;]|\s*\d{4}|$)"
)
DASH: Final = re.compile(r"(?<!\w)[-–—]{1,2} ?(?P<name>[^–—\n]{2,40})$")
CORRECTION: Final = re.compile(
    r"\W{0,3}(?:(?:corrections?(?: and clarifications?)?|clarifications?|erratum|errata|korrektur|corrección|"
    r"fe de erratas|correção|rettifica)\b[^.:\n]{0,40}[:–—]"
    r"|(?:an|a) (?:earlier|previous) version of (?:this|the)\b"
    r"|(?:in )?eine[r]? früheren? (?:version|fassung)"
    r"|une version précédente\b|una versión anterior\b"
    r"|this [\w ,]{0,30}?(?:article|story|report|piece|post|page|dispatch) (?:was|has been) "
    r"(?:first |later |since )?(?:amended|corrected|updated|edited(?! by)|revised|clarified)\b"
    r"|corrects \w+"
    r"|(?:editor[’']s |editors[’'] )?note:? .{0,120}?\b(?:corrected|correction|amended|earlier version|previous version))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Row):
    """A credit. `agency` for wire credits (and the agency in a dateline), `place` for datelines, `author` for bylines."""

    table: ClassVar[str] = "credits"
    kind: CreditKind
    agency: str | None = None
    place: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    """The extractor `credits`, for any language: rules on position and form."""

    name: str = "credits"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Credit,)
    needs: tuple[str, ...] = ()
    languages: frozenset[str] | None = None

    def extract(self, reading: Reading, found: Found) -> Iterator[Credit]:
        """Credits in the order of the text."""
        last = len(reading.paragraphs) - FOOT_PARAGRAPHS
        for number, paragraph in enumerate(reading.paragraphs):
            if HEAD_PARAGRAPHS <= number < last:
                continue
            yield from _paragraph(reading.text, paragraph, at_head=number < HEAD_PARAGRAPHS)


def _paragraph(text: str, span: Span, *, at_head: bool) -> Iterator[Credit]:
    """A paragraph is one note (correction, byline, credit), or prose with a dateline before or a credit behind it."""
    start, end = span.start_char, span.end_char
    if CORRECTION.match(text, start, end):
        yield Credit(start_char=start, end_char=end, kind="correction")
        return
    note = [*_byline(text, start, end), *_contributed(text, start, end)]
    if note:
        yield from note
        return
    if at_head:
        yield from _dateline(text, start, end)
    yield from _closing(text, start, end)


def _byline(text: str, start: int, end: int) -> list[Credit]:
    match = BYLINE.match(text, start, end)
    if match is None or end - start > MAX_BYLINE_CHARS:
        return []
    names = list(names_in(text, match.end(), end))
    # What follows the names (a role, a paper, a date) is no name, but the first must be one.
    return [_credit(name) for name in names if name] if names and names[0] else []


def _contributed(text: str, start: int, end: int) -> list[Credit]:
    match = CONTRIBUTED.match(text, start, end) if end - start <= MAX_NOTE_CHARS else None
    names = list(names_in(text, *match.span("names"))) if match else []
    return [_credit(name) for name in names if name] if all(names) else []


def _dateline(text: str, start: int, end: int) -> Iterator[Credit]:
    if line := read_dateline(text, start, end):
        yield Credit(start_char=start, end_char=line.end_char, kind="dateline", place=line.place, agency=line.agency)
        if line.agency:
            yield _wire(line.agency_start_char, line.agency_end_char, line.agency)


def _closing(text: str, start: int, end: int) -> Iterator[Credit]:
    """A credit that is the whole paragraph, or stands behind its last sentence."""
    opening = max(text.rfind("(", start, end), text.rfind("[", start, end))
    if (
        end - MAX_NOTE_CHARS <= opening
        and opening >= 0
        and text[end - 1 : end].startswith((")", "]", "."))
        and text[opening:end].rstrip(".")[-1] in ")]"
    ):
        inner_end = opening + len(text[opening:end].rstrip(".")) - 1
        if opening == start or _ends_sentence(text, start, opening):
            yield from _note(text, Span(opening, inner_end + 1), opening + 1, inner_end)
        return
    dash = DASH.search(text, max(start, end - 50), end)
    if dash and (dash.start() == start or _ends_sentence(text, start, dash.start())):
        yield from _agencies(text, Span(dash.start(), end), *dash.span("name"))
    elif end - start <= MAX_NOTE_CHARS:
        yield from _line(text, start, end)


def _ends_sentence(text: str, start: int, position: int) -> bool:
    return text[start:position].rstrip().endswith((".", "!", "?", "”", '"', "»", "…"))


def _line(text: str, start: int, end: int) -> Iterator[Credit]:
    """A line without brackets: a credit phrase at its head, an agency alone, or a copyright line."""
    if CREDIT_PHRASE.match(text, start, end):
        yield from _note(text, Span(start, end), start, end)
        return
    stated = COPYRIGHT.match(text, start, end) or STATED_SOURCE.match(text, start, end)
    if stated and (name := known_agency(stated["name"])):
        yield _wire(start, end, name)
    elif all(known_agency(part) for part in re.split(r"[/,]| and ", text[start:end])):
        yield from _agencies(text, Span(start, end), start, end)


def _note(text: str, whole: Span, start: int, end: int) -> Iterator[Credit]:
    """The inside of a credit note: phrases («reporting by») each with a list, or just a list of agencies."""
    phrases = list(CREDIT_PHRASE.finditer(text, start, end))
    if not phrases or phrases[0].start() > start:
        yield from _agencies(text, whole, start, end)
        return
    single = whole if len(phrases) == 1 else None
    for phrase, following in zip(phrases, [*phrases[1:], None], strict=True):
        until = following.start() if following else end
        if PERSON_PHRASE.search(phrase[0]) and not (single and agency(text[phrase.end() : until])):
            yield from (_credit(name) for name in names_in(text, phrase.end(), until) if name)
        else:
            yield from _sources(text, single or Span(phrase.end(), until), phrase.end(), until)


def _sources(text: str, whole: Span, start: int, end: int) -> Iterator[Credit]:
    """Whose material was used: by position an agency, even if nothing else says so."""
    words = text[start:end].strip(" .;,")
    if NOT_NAMED.fullmatch(words) or not words:
        yield Credit(start_char=whole.start_char, end_char=whole.end_char, kind="wire", reason="agency not named")
        return
    rows = list(_agencies(text, whole, start, end))
    if not rows and capitalised(words):
        rows = [_wire(whole.start_char, whole.end_char, words)]
    yield from rows


def _agencies(text: str, whole: Span | None, start: int, end: int) -> Iterator[Credit]:
    """A list of nothing but agencies; one alone takes the whole note as its words."""
    if NOT_NAMED.fullmatch(text[start:end].strip(" .")) and whole:
        yield Credit(start_char=whole.start_char, end_char=whole.end_char, kind="wire", reason="agency not named")
        return
    if name := agency(text[start:end]):
        yield _wire(*((whole.start_char, whole.end_char) if whole else (start, end)), name)
        return
    names = list(names_in(text, start, end))
    if names and all(name and name.agency for name in names):
        yield from (_credit(name) for name in names if name)


def _credit(name: Named) -> Credit:
    if name.agency:
        return _wire(name.start_char, name.end_char, name.agency)
    return Credit(start_char=name.start_char, end_char=name.end_char, kind="byline", author=name.person)


def _wire(start: int, end: int, name: str) -> Credit:
    return Credit(start_char=start, end_char=end, kind="wire", agency=name)


def build() -> Extractor:
    """The extractor."""
    return Credits()
