"""Durations («over two years») and sets («every Friday»)."""

import re
from collections.abc import Iterator
from typing import Final

from tasks.extract._numbers import NUMBER, number
from tasks.extract._times_calendar import DAY_PARTS, SEASONS, month_number, weekday_number
from tasks.extract._times_context import Context, Rule, Time, absolute
from tasks.extract._times_words import ABOUT, DAY_PART, MONTH_NAME, SEASON, UNIT, WEEKDAY

# Designator, and how many of it the unit is.
DESIGNATORS: Final = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "hour": ("TH", 1),
    "day": ("D", 1),
    "night": ("D", 1),
    "weekend": ("D", 2),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("M", 3),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centurie": ("Y", 100),
}
SMALLER: Final = {"TH": ("TM", 60), "TM": ("TS", 60), "Y": ("M", 12)}
VAGUE_DESIGNATORS: Final = {"decade": "DE", "century": "CE", "centurie": "CE"}
FREQUENCIES: Final = {
    "annually": "P1Y",
    "daily": "P1D",
    "hourly": "PT1H",
    "monthly": "P1M",
    "nightly": "P1D",
    "weekly": "P1W",
    "yearly": "P1Y",
}


def duration_value(count: float, unit: str) -> str:
    """«PT24H», «P2Y», «PT1H30M», «P2Y6M»; parts of what has no smaller unit stay decimal («P1.5W»)."""
    designator, times = DESIGNATORS[unit]
    count *= times
    rest = ""
    if count % 1 and designator in SMALLER:
        smaller, per = SMALLER[designator]
        rest, count = f"{round((count % 1) * per)}{smaller[-1]}", count // 1
    return f"P{designator[:-1]}{count:g}{designator[-1]}{rest}" if count or not rest else f"P{designator[:-1]}{rest}"


def vague_value(unit: str) -> str:
    """«PXW»: how many weeks is not known."""
    designator = VAGUE_DESIGNATORS.get(unit, DESIGNATORS[unit][0])
    return f"PT X{designator[-1]}".replace(" ", "") if designator.startswith("T") else f"PX{designator}"


def _duration(match: re.Match[str], context: Context) -> Iterator[Time]:
    if AGE.match(context.text, match.end()) or FRACTION.search(match[0]):
        return
    groups = match.groupdict()
    unit = match["unit"].lower()
    count = number(match["number"]) if groups.get("number") else 1.0
    if count is None or count > 1e9:
        return
    count += 0.5 if groups.get("half") else 0.0
    yield absolute(match, "DURATION", duration_value(count, unit))


def _half(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "DURATION", duration_value(0.5, match["unit"].lower()))


def _range(match: re.Match[str], context: Context) -> Iterator[Time]:
    if not AGE.match(context.text, match.end()):
        yield Time(*match.span(), "DURATION", None, f"a range: {match['low']} to {match['high']} {match['unit']}s")


def _vague(match: re.Match[str], context: Context) -> Iterator[Time]:
    if not AGE.match(context.text, match.end()):
        yield Time(*match.span("words"), "DURATION", vague_value(match["unit"].lower()))


def _one(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«a year»: after a number a rate («$3 a year»), else a duration."""
    if AGE.match(context.text, match.end()):
        return
    before = context.text[max(context.sentence.start_char, match.start() - 24) : match.start()]
    unit = match["unit"].lower()
    if not match["about"] and RATE.search(before):
        yield absolute(match, "SET", duration_value(1, unit))
    elif match["about"] or SPENT.search(before) or unit != "day":
        yield absolute(match, "DURATION", duration_value(1.5 if match["half"] else 1, unit))


def _per(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "SET", duration_value(1, match["unit"].lower()))


def _every_unit(match: re.Match[str], context: Context) -> Iterator[Time]:
    count = number(match["number"]) if match["number"] else 1.0
    if match["other"]:
        count = 2.0
    if count:
        yield absolute(match, "SET", duration_value(count, match["unit"].lower()))


def _every_weekday(match: re.Match[str], context: Context) -> Iterator[Time]:
    part = (match["part"] or "").lower().removesuffix("s")
    value = f"XXXX-WXX-{weekday_number(match['weekday']) + 1}"
    yield absolute(match, "SET", value + (f"T{DAY_PARTS[part]}" if part else ""))


def _every_month(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "SET", f"XXXX-{month_number(match['month']):02d}")


def _every_part(match: re.Match[str], context: Context) -> Iterator[Time]:
    words = match["part"].lower()
    value = f"XXXX-{SEASONS[words][0]}" if words in SEASONS else f"XXXX-XX-XXT{DAY_PARTS[words]}"
    yield absolute(match, "SET", value)


def _often(match: re.Match[str], context: Context) -> Iterator[Time]:
    yield absolute(match, "SET", FREQUENCIES[match[0].lower()])


# Ages are quantities; «ago» and the like make dates, which have rules of their own.
AGE: Final = re.compile(r"[ -]olds?\b| of age\b")
FRACTION: Final = re.compile(r"(?:one|three|a|\d)[ -]quarters?$", re.IGNORECASE)
RATE: Final = re.compile(
    r"(?:\d|%|\b(?:percent|cent|once|twice|times|hundred|thousand|million|billion|trillion|[a-z]{3,20}s)|[$€£]\S{1,12}) $",
    re.IGNORECASE,
)
SPENT: Final = re.compile(
    r"\b(?:for|in|within|after|of|than|over|under|about|nearly|almost|least|most|lasted|lasting|took|takes?|spent|once|half|"
    r"every|per|throughout|during|another|whole) $",
    re.IGNORECASE,
)
PAST: Final = (
    r"(?:the|his|her|their|its|our|my) (?:past|last|next|first|coming|previous|following|final|preceding|opening) "
)
VAGUE: Final = r"(?:several|few|couple of|some|a few|many|a number of|dozens of|hundreds of|thousands of|countless)"
DURATION_RULES: Final = (
    Rule(
        re.compile(
            rf"\b(?:once|twice|(?:{NUMBER}) times) (?:an?|every|per|each) (?P<unit>hour|day|week|month|year)\b",
            re.IGNORECASE,
        ),
        _per,
    ),
    Rule(
        re.compile(
            rf"\b(?:{PAST}|{ABOUT}(?:the )?)(?P<number>{NUMBER})(?P<half> and a half)?(?: (?:more|full|whole|long|straight|consecutive|additional|extra))? "
            rf"(?P<unit>{UNIT})s?\b(?! ago\b|[’']s\b)",
            re.IGNORECASE,
        ),
        _duration,
    ),
    Rule(
        re.compile(rf"\b(?P<number>{NUMBER})-(?P<unit>{UNIT})s?\b(?!-old|s? old| ago)", re.IGNORECASE),
        _duration,
    ),
    Rule(
        re.compile(
            r"\bthe (?:past|last) (?P<unit>hour|day|week|month|year|decade|century)\b(?!s|-|[’']s)", re.IGNORECASE
        ),
        _duration,
    ),
    Rule(
        re.compile(rf"\b{ABOUT}half an? (?P<unit>hour|minute|second|day|year|decade|century)\b", re.IGNORECASE), _half
    ),
    Rule(re.compile(rf"\b{ABOUT}a half[ -](?P<unit>hour|decade|century)\b", re.IGNORECASE), _half),
    Rule(
        re.compile(
            rf"\b(?:between )?{ABOUT}(?:the (?:next|past|last) )?(?P<low>{NUMBER})(?:-| ?– ?| to | or | and )(?P<high>{NUMBER})[ -](?P<unit>{UNIT})s?\b(?! ago)",
            re.IGNORECASE,
        ),
        _range,
    ),
    Rule(re.compile(rf"\b(?P<words>(?:{PAST})?{VAGUE} (?P<unit>{UNIT})s)\b(?! ago)", re.IGNORECASE), _vague),
    Rule(re.compile(rf"\b(?P<words>(?:{PAST})(?P<unit>{UNIT})s)\b(?! ago)", re.IGNORECASE), _vague),
    Rule(
        re.compile(
            rf"\b(?:for|in|took|takes?|lasted|within|after|spent|over|than) (?P<words>(?P<unit>{UNIT})s)\b(?! (?:ago|of|later|and)\b)",
            re.IGNORECASE,
        ),
        _vague,
    ),
    Rule(re.compile(rf"\b(?P<words>(?P<unit>{UNIT})s?-long)\b", re.IGNORECASE), _vague),
    Rule(
        re.compile(
            rf"\b(?P<about>{ABOUT})an? (?:full |whole |further )?(?P<unit>hour|day|week|fortnight|month|year|decade|century)(?P<half> and a half)?\b"
            rf"(?! (?:ago|earlier|later|before|after)\b|-|[’']s\b)",
            re.IGNORECASE,
        ),
        _one,
    ),
    Rule(
        re.compile(
            r"\b(?:per|a) (?P<unit>day|week|month|year)\b(?=(?<=per day)|(?<=per week)|(?<=per month)|(?<=per year))",
            re.IGNORECASE,
        ),
        _per,
    ),
    Rule(
        re.compile(
            rf"\b(?:every|each)(?P<other> other)?(?: (?P<number>{NUMBER}))? (?P<unit>{UNIT}|night|weekend)s?\b",
            re.IGNORECASE,
        ),
        _every_unit,
    ),
    Rule(
        re.compile(rf"\b(?:every|each) (?P<weekday>{WEEKDAY})(?: (?P<part>{DAY_PART}))?\b", re.IGNORECASE),
        _every_weekday,
    ),
    Rule(re.compile(rf"\b(?P<weekday>{WEEKDAY})s\b(?P<part>(?!))?"), _every_weekday),
    Rule(re.compile(rf"\b(?P<weekday>{WEEKDAY}) (?P<part>{DAY_PART}s)\b"), _every_weekday),
    Rule(re.compile(rf"\b(?:every|each) (?P<month>{MONTH_NAME})\b", re.IGNORECASE), _every_month),
    Rule(re.compile(rf"\b(?:every|each) (?P<part>{DAY_PART}|{SEASON})\b", re.IGNORECASE), _every_part),
    Rule(re.compile(r"\b(?:annually|daily|hourly|monthly|nightly|weekly|yearly)\b"), _often),
)
