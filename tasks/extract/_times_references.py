"""Dates by distance: from publication («two weeks ago») or from a date named before («a year earlier»)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from tasks.extract._numbers import NUMBER, number
from tasks.extract._times_calendar import month_value, shift_days, unit_value
from tasks.extract._times_context import NO_ANCHOR, NO_REFERENCE, Context, Rule, Time, is_day, relative
from tasks.extract._times_words import ABOUT, UNIT


def _ago(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«two weeks ago»: to the precision of its unit, so a week."""
    steps = _count(match)
    unit = match["unit"].lower().replace("centurie", "century")
    if unit in {"second", "minute", "hour"}:
        today = context.anchor is not None and steps is not None and steps < 12
        value = context.anchor.isoformat() if today and context.anchor else None
        yield replace(relative(match, context, "TIME", value), reason=None if value else NO_ANCHOR)
        return
    if steps is None:
        yield Time(*match.span(), "DATE", None, "vague number")
        return
    yield relative(match, context, "DATE", _back(context.anchor, unit, -steps) if context.anchor else None)


def _count(match: re.Match[str]) -> float | None:
    words = match["number"].lower()
    return 1.0 if words in {"a", "an", "the"} else number(words)


def _back(day: date, unit: str, steps: float) -> str | None:
    """Decades and centuries are as precise as their years."""
    if steps % 1 or abs(steps) > 9999:
        return None
    scale = {"decade": 10, "century": 100, "fortnight": 2}.get(unit, 1)
    unit = {"decade": "year", "century": "year", "fortnight": "week"}.get(unit, unit)
    return unit_value(day, unit, int(steps) * scale)


def _earlier(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«a year earlier», «two days later»: as precise as the date named before it."""
    steps, reference = _count(match), context.reference(match.start())
    if steps is None or steps % 1:
        yield Time(*match.span(), "DATE", None, "vague number")
        return
    sign = -1 if match["way"].lower() in {"earlier", "before", "previously"} else 1
    value = _shift_value(reference, match["unit"].lower(), int(steps) * sign) if reference else None
    yield Time(
        *match.span(),
        "DATE",
        value,
        None if value else NO_REFERENCE,
        anchored=bool(value and reference and reference.anchored),
    )


def _following(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«the next day», «the same month», «the following year»."""
    reference = context.reference(match.start())
    step = {"next": 1, "following": 1, "same": 0, "previous": -1}.get(match["way"].lower(), 0)
    value = _shift_value(reference, match["unit"].lower(), step) if reference else None
    reason = None if value else NO_REFERENCE
    yield Time(*match.span(), "DATE", value, reason, anchored=bool(value and reference and reference.anchored))


def _shift_value(reference: Time, unit: str, steps: int) -> str | None:
    """A value moved by units, at its own precision; None where that precision is too coarse for the unit."""
    value = reference.value or ""
    if is_day(value[:10]):
        day = date.fromisoformat(value[:10])
        return (shift_days(day, steps) or day).isoformat() if unit == "day" else unit_value(day, unit, steps)
    if unit == "year" and value[:4].isdigit():
        year = int(value[:4]) + steps
        return f"{year:04d}{value[4:]}" if 0 < year < 10_000 and "W" not in value else None
    if unit == "month" and re.fullmatch(r"\d{4}-\d\d", value):
        return month_value(int(value[:4]), int(value[5:]) + steps)
    return None


REFERENCE_RULES: Final = (
    Rule(
        re.compile(
            rf"\b{ABOUT}(?P<number>{NUMBER}|an?|several|some|many|a few|a couple of) (?P<unit>{UNIT})s? ago\b",
            re.IGNORECASE,
        ),
        _ago,
    ),
    Rule(
        re.compile(
            rf"\b(?P<number>{NUMBER}|an?|the|several|a few) (?P<unit>day|week|month|year|decade)s? (?P<way>earlier|previously|later|(?:before|after)(?=[.,;:)]|$))(?!\w)",
            re.IGNORECASE,
        ),
        _earlier,
    ),
    Rule(
        re.compile(
            r"\bthe (?P<way>next|following|same|previous) (?P<unit>day|week|month|year)\b(?!s|-)", re.IGNORECASE
        ),
        _following,
    ),
    Rule(re.compile(r"\b(?P<way>that)(?: same)? (?P<unit>day|week|month|year)\b(?!s|-)", re.IGNORECASE), _following),
)
