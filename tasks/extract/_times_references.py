"""Dates relative to a date named before («a year earlier», «the next day»)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from tasks.extract._numbers import NUMBER
from tasks.extract._times_calendar import month_value, shift_days, unit_value
from tasks.extract._times_context import NO_REFERENCE, Context, Rule, Time, is_day
from tasks.extract._times_relative import count_of


def _earlier(match: re.Match[str], context: Context) -> Iterator[Time]:
    """«a year earlier», «two days later»: as precise as the date named before it."""
    steps, reference = count_of(match), context.reference(match.start())
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
