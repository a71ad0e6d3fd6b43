"""Clock times: «at 9 a.m.», «7.30pm on Tuesday», «noon», «1500 GMT»."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from tasks.extract._numbers import ONES
from tasks.extract._times_calendar import make_date, month_number, shift_days
from tasks.extract._times_context import NO_ANCHOR, Context, Rule, Time
from tasks.extract._times_dates import in_year
from tasks.extract._times_relative import NAMED_DAYS, weekday_date
from tasks.extract._times_words import DAY, MONTH, WEEKDAY, YEAR

NAMED_HOURS: Final = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
NO_DAY: Final = "no day named for this clock time"


def _clock(match: re.Match[str], context: Context) -> Iterator[Time]:
    clock = _hour_and_minute(match)
    if clock is None:
        return
    day, anchored, reason = _day(match, context)
    if day is None:
        yield Time(*match.span(), "TIME", None if reason == NO_ANCHOR else f"T{clock}", reason)
        return
    yield Time(*match.span(), "TIME", f"{day.isoformat()}T{clock}", anchored=anchored)


def _hour_and_minute(match: re.Match[str]) -> str | None:
    if match["named"]:
        return NAMED_HOURS[match["named"].lower()]
    word = ONES.get((match["word"] or "").lower())
    hour = word or int(match["hour"] or match["hour24"] or match["military"][:2])
    minute = int(match["minute"] or match["minute24"] or (match["military"] or "00")[-2:])
    half = (match["half"] or match["oclock"] or match["when"] or "").lower().replace(".", "")
    if hour > 23 or minute > 59 or (half in {"am", "pm"} and not 0 < hour < 13):
        return None
    if half in {"am", "in the morning"}:
        hour %= 12
    elif half in {"pm", "in the afternoon", "in the evening", "at night"}:
        hour = hour % 12 + 12
    return f"{hour:02d}:{minute:02d}"


def _day(match: re.Match[str], context: Context) -> tuple[date | None, bool, str]:
    """The day of a clock time: printed beside it, else the last one named in its sentence."""
    if match["weekday"]:
        return weekday_date(match, context), True, NO_ANCHOR
    if match["month"]:
        month, day = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
        year = int(match["year"]) if match["year"] else in_year(context, match.span(), month, day)
        return (make_date(year, month, day) if year else None), True, NO_ANCHOR
    if match["relative"]:
        found = shift_days(context.anchor, NAMED_DAYS[match["relative"].lower()]) if context.anchor else None
        return found, True, NO_ANCHOR
    if reference := context.reference_day(match.start()):
        return date.fromisoformat((reference.value or "")[:10]), reference.anchored, ""
    return None, False, NO_DAY


ZONE: Final = (
    r"(?: (?:[ECMP][SD]?T|GMT|UTC|BST|CET|CEST|IST|EAT|WAT|"
    r"(?:local|Eastern|Central|Pacific|Mountain|Moscow) (?:standard |daylight )?time)\b)?"
)
HOURS: Final = "|".join(list(ONES)[1:13])
CLOCK: Final = (
    r"(?:(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap]\.m\.|[ap]\.?m\b)|(?: o[’']clock)? (?P<oclock>in the (?:morning|afternoon|evening)|at night))|"
    rf"(?P<word>(?i:{HOURS}))(?: o[’']clock)? (?P<when>in the (?:morning|afternoon|evening)|at night)|"
    r"(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])|"
    r"(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?= (?:GMT|UTC|hours|hrs)\b)|"
    rf"(?P<named>(?i:noon|midday|midnight))\b){ZONE}"
)
DAY_NAMED: Final = (
    rf"(?:(?:(?P<which>last|next|this) )?(?P<weekday>{WEEKDAY})\b|"
    rf"(?P<month>{MONTH}) (?P<day>{DAY})(?:,? (?P<year>{YEAR}))?\b|(?P<relative>[Tt]oday|[Tt]omorrow|[Yy]esterday)\b)"
)
CLOCK_RULES: Final = (
    Rule(re.compile(rf"(?<![\w$€£.,:]){CLOCK}(?:,? (?:on )?{DAY_NAMED})?"), _clock),
    Rule(re.compile(rf"(?<!\w){DAY_NAMED},? at (?:around |about )?{CLOCK}"), _clock),
)
