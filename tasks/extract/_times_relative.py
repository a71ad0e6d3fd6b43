"""Dates relative to the publication date («last month», «on Tuesday») or to a date named before («a year earlier»)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tasks.extract._times_calendar import (
    DAY_PARTS,
    SEASONS,
    month_number,
    month_value,
    shift_days,
    unit_value,
    weekday_number,
)
from tasks.extract._times_context import Context, Rule, Time, relative
from tasks.extract._times_words import (
    CALENDAR_UNIT,
    DAY_PART,
    EARLY,
    MONTH_NAME,
    SEASON,
    WEEKDAY,
)

STEPS: Final = {
    "last": -1,
    "past": -1,
    "this past": -1,
    "previous": -1,
    "this": 0,
    "the current": 0,
    "this current": 0,
    "next": 1,
    "this coming": 1,
    "the coming": 1,
}
NAMED_DAYS: Final = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "overnight": 0,
    "tonight": 0,
    "last night": -1,
}


def _named_day(match: re.Match[str], context: Context) -> Iterator[Time]:
    words = match["day"].lower()
    part = (
        "night" if words in {"tonight", "last night", "overnight"} else (match["part"] or match["before"] or "").lower()
    )
    day = shift_days(context.anchor, NAMED_DAYS[words]) if context.anchor else None
    value = day.isoformat() + (f"T{DAY_PARTS[part]}" if part else "") if day else None
    yield relative(match, context, "TIME" if part else "DATE", value)


def _this_part(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«this morning»."""
    part = DAY_PARTS[match["part"].lower()]
    value = f"{context.anchor.isoformat()}T{part}" if context.anchor else None
    yield relative(match, context, "TIME", value)


def weekday_date(match: re.Match[str], context: Context) -> date | None:
    """The day a weekday's name means: the last one or the next one, by word («next») or tense; past by default."""
    anchor = context.anchor
    if anchor is None:
        return None
    which = (match["which"] or "").lower().strip()
    # «Wednesday’s ruling» was given.
    owner = context.text[match.end() : match.end() + 2] in {"’s", "'s"}
    step = STEPS.get(which, 0) or (-1 if owner else context.direction(*match.span()))
    ahead = (weekday_number(match["weekday"]) - anchor.weekday()) % 7
    if not which and not ahead:
        return anchor
    if which in {"last", "next"} and not ahead:
        return shift_days(anchor, 7 * step)
    if step > 0 or (which == "this" and step == 0):
        return shift_days(anchor, ahead)
    return shift_days(anchor, ahead - 7 if ahead else 0)


def _weekday(match: re.Match[str], context: Context) -> Iterator[Time]:
    day = weekday_date(match, context)
    part = (match["part"] or match["before"] or "").lower()
    value = day.isoformat() + (f"T{DAY_PARTS[part]}" if part else "") if day else None
    yield relative(match, context, "TIME" if part else "DATE", value)


def _some_weekday(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«on a Sunday»: none in particular."""
    yield Time(*match.span(), "DATE", None, "no particular day")


def _unit(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«last month», «early next year», «later this week»."""
    step = STEPS.get(match["which"].lower(), 0)
    value = unit_value(context.anchor, match["unit"].lower(), step) if context.anchor else None
    yield relative(match, context, "DATE", value)


def _end_of_unit(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«the end of the year» means the one we are in."""
    value = unit_value(context.anchor, match["unit"].lower(), 0) if context.anchor else None
    yield relative(match, context, "DATE", value)


def _latest_quarter(match: re.Match[str], context: Context) -> Iterator[Time]:
    """The last quarter that is over."""
    yield relative(match, context, "DATE", unit_value(context.anchor, "quarter", -1) if context.anchor else None)


def _weekend(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«the weekend»: in the first half of the week the one behind us, unless the sentence looks ahead."""
    anchor = context.anchor
    behind = anchor is not None and anchor.weekday() < 3 and context.direction(*match.span()) < 1
    yield relative(match, context, "DATE", unit_value(anchor, "weekend", -1 if behind else 0) if anchor else None)


def _season(match: re.Match[str], context: Context) -> Iterator[Time]:
    code, first = SEASONS[match["season"].lower()]
    anchor = context.anchor
    if anchor is None:
        yield relative(match, context, "DATE", None)
        return
    which = (match["which"] or "").lower()
    step = STEPS.get(which, 0) if which != "the" else context.direction(*match.span())
    year = anchor.year
    if step < 0 and anchor.month < first + 2 and (anchor.month < first or which == "last"):
        year -= 1
    if step > 0 and anchor.month >= first:
        year += 1
    yield relative(match, context, "DATE", f"{year:04d}-{code}" if 0 < year < 10_000 else None)


def _which_month(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«last June», «June last year», «this May»."""
    month, anchor = month_number(match["month"]), context.anchor
    if anchor is None:
        yield relative(match, context, "DATE", None)
        return
    year = anchor.year
    if match["year"]:
        year += STEPS.get(match["year"].lower(), 0)
    else:
        step = STEPS.get(match["which"].lower(), 0)
        year += step if step * (month - anchor.month) <= 0 else 0
    yield relative(match, context, "DATE", month_value(year, month))


def _weekday_of_week(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«Tuesday last week»: the weekday of that week."""
    anchor = context.anchor
    monday = anchor - timedelta(days=anchor.weekday()) if anchor and anchor.year > 1 else None
    steps = STEPS.get(match["which"].lower(), 0)
    day = shift_days(monday, 7 * steps + weekday_number(match["weekday"])) if monday else None
    yield relative(match, context, "DATE", day.isoformat() if day else None)


LATER: Final = (
    r"(?:(?:(?:early|earlier|late|later|sometime|mid)(?: in)?|(?:by |at )?the (?:end|start|beginning|middle) of)[ -])?"
)
WHICH: Final = r"(?P<which>last|this past|this coming|this|next|the current|the coming)"
RELATIVE_RULES: Final = (
    Rule(re.compile(rf"\b[Aa] {WEEKDAY}\b(?! [a-z]+(?:ing|s)?\b (?:in|of)\b|s)"), _some_weekday),
    Rule(re.compile(r"\bthe weekend\b(?! of\b)", re.IGNORECASE), _weekend),
    Rule(re.compile(r"\bthe (?:latest|most recent) quarter\b", re.IGNORECASE), _latest_quarter),
    Rule(
        re.compile(
            rf"\b(?:(?:early|earlier|late|later|mid)[ -](?:(?P<before>{DAY_PART}) )?)?"
            rf"(?P<day>the day (?:before yesterday|after tomorrow)|today|tomorrow|yesterday|overnight|tonight|last night)"
            rf"(?: (?P<part>{DAY_PART}))?\b(?!-)",
            re.IGNORECASE,
        ),
        _named_day,
    ),
    Rule(re.compile(rf"\b(?:early |earlier |late |later )?this (?P<part>{DAY_PART})\b", re.IGNORECASE), _this_part),
    Rule(
        re.compile(
            rf"\b(?:(?:early|earlier|late|later|mid)[ -])?(?:(?:the )?(?P<before>{DAY_PART}) (?:of |on )?)?"
            rf"(?:(?P<which>last|this past|this coming|this|next) )?(?P<weekday>{WEEKDAY})(?: (?P<part>{DAY_PART}))?\b(?!s)"
        ),
        _weekday,
    ),
    Rule(re.compile(rf"\b(?P<weekday>{WEEKDAY}) (?:of )?(?P<which>last|this|next) week\b"), _weekday_of_week),
    Rule(
        re.compile(rf"\b{LATER}{WHICH} (?:fiscal |financial )?(?P<unit>{CALENDAR_UNIT})\b(?!s|-)", re.IGNORECASE), _unit
    ),
    Rule(
        re.compile(
            r"\b(?:the (?:end|start|beginning|close|middle) of|(?:earlier|later) in) the (?P<unit>week|month|quarter|year|decade|century)\b",
            re.IGNORECASE,
        ),
        _end_of_unit,
    ),
    # «the fall of the wall», «a spring in her step» are no seasons.
    Rule(
        re.compile(
            rf"\b(?i:{LATER}(?P<which>last|this past|this coming|this|next|the|the coming)) (?P<season>{SEASON})\b"
            rf"(?! (?:of|in|from|to|and|\w+ing)\b|-)"
        ),
        _season,
    ),
    Rule(
        re.compile(
            rf"\b{LATER}(?P<which>last|this past|this coming|this|next) (?P<month>{MONTH_NAME})(?P<year>(?!))?\b(?! \d)"
        ),
        _which_month,
    ),
    Rule(
        re.compile(rf"\b{EARLY}(?P<which>(?!))?(?P<month>{MONTH_NAME}) (?:of )?(?P<year>last|this|next) year\b"),
        _which_month,
    ),
)
