"""Dates that name day, month, year, quarter, season or holiday."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from tasks.extract._times_calendar import SEASONS, holiday, make_date, month_number, month_value, quarter_value
from tasks.extract._times_context import NO_ANCHOR, Context, Rule, Time, absolute, relative
from tasks.extract._times_words import DAY, EARLY, MONTH, MONTH_ALONE, MONTH_NAME, SEASON, WEEKDAY, YEAR

ORDINALS: Final = ("first", "second", "third", "fourth")
WHEN: Final = r"(?:, |,? (?:of )?)"


def in_year(context: Context, span: tuple[int, int], month: int, day: int | None) -> int | None:
    """The year of a day or month printed without one: by tense, else the nearest. None without an anchor."""
    anchor = context.anchor
    if anchor is None:
        return None
    direction = context.direction(*span)
    if day is None:
        months = {year: 12 * (year - anchor.year) + month - anchor.month for year in _years(anchor)}
        return _choose(months, direction, near=6)
    days = {y: (d - anchor).days for y in _years(anchor) if (d := make_date(y, month, day))}
    return _choose(days, direction, near=182) if days else None


def _years(anchor: date) -> range:
    return range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)


def _choose(distances: dict[int, int], direction: int, near: int) -> int:
    """Tense decides between the year's two neighbours; without tense the nearest, of equals the past one."""
    fitting = {year: d for year, d in distances.items() if direction == 0 or d * direction >= 0}
    nearest = min(distances, key=lambda year: (abs(distances[year]), year))
    # Tense cues are guesses: a day a fortnight off on the wrong side beats one eleven months off on the right side.
    if direction == 0 or not fitting or abs(distances[nearest]) * 12 < near:
        return nearest
    return min(fitting, key=lambda year: abs(fitting[year]))


def _day_of_month(match: re.Match[str], context: Context) -> Iterator[Time]:
    month, day = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    span = match.span()
    printed = match["year"]
    year = int(printed) if printed else in_year(context, span, month, day)
    if year is None:
        yield Time(*span, "DATE", None, NO_ANCHOR)
    elif found := make_date(year, month, day):
        yield Time(*span, "DATE", found.isoformat(), anchored=not printed)
    elif printed is None or day > 31:
        return
    else:
        yield absolute(match, "DATE", None)


def _day_range(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«Oct 12-15», «12 to 15 October»: each day has its row."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else in_year(context, match.span(), month, int(match["first"]))
    spans = [match.span("first"), match.span("last")]
    if match.start("month") < spans[0][0]:
        spans[0] = (match.start(), spans[0][1])
    spans[1] = (spans[1][0], match.end())
    for (start, end), day in zip(spans, (int(match["first"]), int(match["last"])), strict=True):
        found = make_date(year, month, day) if year else None
        reason = None if found else (NO_ANCHOR if year is None else "no such date in the calendar")
        yield Time(start, end, "DATE", found.isoformat() if found else None, reason, anchored=not match["year"])


def _month(match: re.Match[str], context: Context) -> Iterator[Time]:
    month = month_number(match["month"])
    if printed := match.groupdict().get("year"):
        yield absolute(match, "DATE", month_value(int(printed), month))
        return
    year = in_year(context, match.span(), month, None)
    yield relative(match, context, "DATE", month_value(year, month) if year else None)


def _march_or_may(match: re.Match[str], context: Context) -> Iterator[Time]:
    """The preposition is no part of the expression, the part of the month is."""
    for time in _month(match, context):
        words = match[0].lower()
        part = max(words.rfind(part) for part in ("early", "late", "mid-"))
        yield replace(time, start_char=match.start() + part if part >= 0 else match.start("month"))


def _numeric(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«2026-10-15», «15.10.2026», «10/15/2026»; where both orders are possible the value is not known."""
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 50 else 1900
    day_first, month_first = make_date(year, second, first), make_date(year, first, second)
    if match["mark"] == ".":
        month_first = None
    if day_first and month_first and day_first != month_first:
        yield Time(*match.span(), "DATE", None, "day and month order unknown")
    elif found := day_first or month_first:
        yield absolute(match, "DATE", found.isoformat())


def _iso(match: re.Match[str], context: Context) -> Iterator[Time]:
    if found := make_date(int(match["year"]), int(match["month"]), int(match["day"])):
        yield absolute(match, "DATE", found.isoformat())


def _quarter(match: re.Match[str], context: Context) -> Iterator[Time]:
    quarter = ORDINALS.index(match["ordinal"].lower()) + 1
    printed = match["year"] or match["before"]
    anchor = context.anchor
    if printed:
        yield absolute(match, "DATE", quarter_value(int(printed), quarter))
        return
    if anchor is None:
        yield relative(match, context, "DATE", None)
        return
    which = (match["which"] or match["whose"] or "").lower()
    year = anchor.year + {"last": -1, "next": 1}.get(which, 0)
    ahead = quarter > (anchor.month + 2) // 3
    if not which and ahead and context.direction(*match.span()) < 1:
        year -= 1
    yield relative(match, context, "DATE", quarter_value(year, quarter))


def _half(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "DATE", f"{match['year']}-H{1 if match['ordinal'].lower() == 'first' else 2}")


def _season(match: re.Match[str], context: Context) -> Iterator[Time]:
    code, _ = SEASONS[match["season"].lower()]
    yield absolute(match, "DATE", f"{match['year']}-{code}")


def _holiday(match: re.Match[str], context: Context) -> Iterator[Time]:
    name, printed, anchor = match["name"], match["year"], context.anchor
    if printed or anchor is None:
        found = holiday(name, int(printed)) if printed else None
        yield Time(*match.span(), "DATE", found.isoformat() if found else None, None if found else NO_ANCHOR)
        return
    days = {y: (d - anchor).days for y in _years(anchor) if (d := holiday(name, y))}
    direction = {"last": -1, "next": 1}.get((match["which"] or "").lower().strip(), context.direction(*match.span()))
    found = holiday(name, _choose(days, direction, near=0)) if days else None
    yield relative(match, context, "DATE", found.isoformat() if found else None)


HOLIDAY: Final = (
    r"(?P<name>Christmas(?: Day| Eve)?|New Year[’']s (?:Day|Eve)|Boxing Day|Halloween|Valentine[’']s Day|Fourth of July|"
    r"Thanksgiving(?: Day)?|Good Friday|Easter(?: Sunday| Monday)?)"
)
DATE_RULES: Final = (
    Rule(re.compile(rf"\b(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY})(?:,? (?P<year>{YEAR}))?\b"), _day_of_month),
    Rule(
        re.compile(
            rf"\b(?:{WEEKDAY},? )?(?:the )?(?P<day>{DAY}) (?:day )?(?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?![a-z])"
        ),
        _day_of_month,
    ),
    Rule(
        re.compile(
            rf"\b(?P<month>{MONTH}) (?P<first>\d\d?)(?: ?[-–] ?| to | and )(?P<last>\d\d?)(?![\d%:.])(?:, (?P<year>{YEAR}))?\b"
        ),
        _day_range,
    ),
    Rule(
        re.compile(
            rf"\b(?P<first>\d\d?)(?: ?[-–] ?| to | and )(?P<last>\d\d?) (?P<month>{MONTH_NAME})(?: (?P<year>{YEAR}))?\b"
        ),
        _day_range,
    ),
    Rule(
        re.compile(
            rf"\b(?:the )?(?:first|second|third|fourth|last|final) (?:days?|week|weekend|half) of (?P<month>{MONTH_NAME})(?:,? (?P<year>{YEAR}))?\b"
        ),
        _month,
    ),
    Rule(re.compile(rf"\b{EARLY}(?P<month>{MONTH}){WHEN}(?P<year>{YEAR})\b", re.IGNORECASE), _month),
    Rule(re.compile(rf"\b(?:(?i:{EARLY}))(?P<month>{MONTH_ALONE})(?![a-z]|-[a-z])"), _month),
    # «March on Washington», «they may»: these two need a preposition.
    Rule(
        re.compile(
            r"(?:(?i:\b(?:in|by|of|to|since|until|till|from|before|after|during|for|between|and|through) "
            r"(?:early |late |mid-)?)|\b(?:[Ee]arly |[Ll]ate |[Mm]id-))(?P<month>March|May)\b(?! \d)"
        ),
        _march_or_may,
    ),
    Rule(
        re.compile(
            r"(?<![\w/.-])(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
        ),
        _numeric,
    ),
    Rule(re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])"), _iso),
    Rule(
        re.compile(
            rf"\b(?:(?P<whose>this|last|next) year[’']s |(?P<before>{YEAR})(?:[’']s)? |the )?(?:fiscal )?"
            rf"(?P<ordinal>first|second|third|fourth)[ -]quarter\b(?: (?:of |in )?(?:(?P<year>{YEAR})\b|(?P<which>this|last|next) year\b))?",
            re.IGNORECASE,
        ),
        _quarter,
    ),
    Rule(re.compile(rf"\b(?:the )?(?P<ordinal>first|second|last) half of (?P<year>{YEAR})\b", re.IGNORECASE), _half),
    Rule(
        re.compile(
            rf"\b(?:the )?(?:early |mid-?|late )?(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR})\b", re.IGNORECASE
        ),
        _season,
    ),
    Rule(re.compile(rf"\b(?P<which>last |next |this )?{HOLIDAY}\b(?:,? (?P<year>{YEAR})\b)?"), _holiday),
)
