"""Datelines: «NAIROBI, Oct 15 (Meridian Press) - », «LONDON (AP) — », «Santa Barbara, California — »."""

import re
from typing import Final, NamedTuple

from tasks.extract._credits_agencies import capitalised, known_agency
from tasks.language.gazetteer import is_large_place

PLACE: Final = r"[^\W\d_][^\d():\n–—_]{1,50}?"
# English, German, French, Spanish, Italian, Portuguese month names begin so.
MONTH: Final = (
    r"(?i:jan|feb|fév|fev|mar|mär|apr|avr|abr|ma[iyg]|jun|juin|giu|jul|juil|lug|aug|aoû|ago|sep|set|oct|okt|ott|out|"
    r"nov|dec|dez|déc|dic|ene|gen)[^\W\d_]{0,7}\.?"
)
DATE: Final = (
    rf"{MONTH},? \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.? (?:de )?{MONTH}(?: \d{{4}})?|[^\W\d_]{{3,7}}(?:day|tag)"
)
DATELINE: Final = re.compile(
    rf"(?P<place>{PLACE})(?:(?:, ?| )(?P<date>{DATE}))?(?P<bracket> {{0,2}}\((?P<agency>[^()\n]{{2,40}})\))?"
    rf" *(?P<mark>[–—_]|--?|:)(?=\s|[^\W_])|"
    rf"(?P<place2>{PLACE})(?:(?:, ?| )(?P<date2>{DATE}))?(?P<bracket2> {{0,2}}\((?P<agency2>[^()\n]{{2,40}})\))(?=\s)"
)
# Words in capitals at the head of a story that are no place.
LABELS: Final = frozenset(
    "ALERT ANALYSIS BREAKING CORRECTED CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FACTBOX INTERVIEW LIVE NEW NEWS NOTE "
    "OPINION PHOTOS PROFILE READ REVIEW UPDATE UPDATED URGENT VIDEO VIEW WATCH".split()
)
SHORT_PLACE_WORDS: Final = frozenset({"of", "de", "la", "the", "and", "upon", "sur", "am", "del", "do", "al", "el"})
MAX_PLACE_WORDS: Final = 7


class Dateline(NamedTuple):
    """A printed dateline, its mark left out. The agency's span is inside; -1 where there is none."""

    end_char: int
    place: str
    agency: str | None
    agency_start_char: int
    agency_end_char: int


def read_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that a paragraph begins with."""
    match = DATELINE.match(text, start, min(end, start + 140))
    if match is None:
        return None
    suffix = "2" if match["place2"] else ""
    place, printed = match[f"place{suffix}"].rstrip(" ,"), match[f"agency{suffix}"]
    agency = _agency(printed, needs_table=suffix == "2") if printed else None
    if (printed and not agency) or not _is_place(place):
        return None
    stated = bool(match[f"date{suffix}"]) or agency is not None
    if not stated and not _safe_alone(place, match["mark"], text[match.start("mark") - 1]):
        return None
    last = match.end(f"bracket{suffix}") if printed else max(match.end("place"), match.end("date"))
    last -= len(text[start:last]) - len(text[start:last].rstrip(" ,"))
    where = (match.start(f"agency{suffix}"), match.end(f"agency{suffix}")) if printed else (-1, -1)
    return Dateline(last, place, agency, *where)


def _agency(printed: str, *, needs_table: bool) -> str | None:
    """Who stands in the brackets: known, or, where a dash follows, any name."""
    known = known_agency(printed)
    return known or (printed.strip() if not needs_table and capitalised(printed.strip()) else None)


def _is_place(words: str) -> bool:
    parts = words.replace("/", " ").split()
    if (
        not 0 < len(parts) <= MAX_PLACE_WORDS
        or parts[0].casefold() == "by"
        or any(part.strip(",.") in LABELS for part in parts)
    ):
        return False
    return all(part[0].isupper() or part in SHORT_PLACE_WORDS for part in parts)


def _safe_alone(place: str, mark: str, before_mark: str) -> bool:
    """A place with neither date nor agency: only where the gazetteer knows it, or in capitals with its region."""
    town, _, region = place.partition(",")
    if mark == ":":
        return place.isupper() and _known(town)
    spaced = before_mark == " " or mark == "—"
    return spaced and ((town.isupper() and bool(region)) or all(_known(part) for part in town.split("/")))


def _known(words: str) -> bool:
    return is_large_place(words.strip()) or is_large_place(words.strip().title())
