"""Calendar arithmetic and TIMEX3 values (ISO 8601 with the extensions of ISO-TimeML)."""

from datetime import date, timedelta
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Code and first month; a winter has the year of its December.
SEASONS: Final = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "autumn": ("FA", 9),
    "fall": ("FA", 9),
    "winter": ("WI", 12),
}
DAY_PARTS: Final = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nights": "NI"}
# Month and day, for holidays that do not move.
FIXED_HOLIDAYS: Final = {
    "boxing day": (12, 26),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "fourth of july": (7, 4),
    "halloween": (10, 31),
    "new year’s day": (1, 1),
    "new year’s eve": (12, 31),
    "valentine’s day": (2, 14),
}


def month_number(words: str) -> int:
    """1 to 12 from a month's name or abbreviation."""
    return MONTHS.index(words[:3].lower()) + 1


def weekday_number(words: str) -> int:
    """0 (Monday) to 6 from a weekday's name or abbreviation."""
    return WEEKDAYS.index(words[:3].lower())


def make_date(year: int, month: int, day: int) -> date | None:
    """A date; None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: float) -> date | None:
    """A date so many days away; None outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_value(year: int, month: int) -> str:
    """«2026-10»; months outside 1 to 12 count on into other years."""
    return f"{year + (month - 1) // 12:04d}-{(month - 1) % 12 + 1:02d}"


def week_value(day: date) -> str:
    """«2026-W42», the ISO week."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """«2026-Q3»; quarters outside 1 to 4 count on into other years."""
    return f"{year + (quarter - 1) // 4:04d}-Q{(quarter - 1) % 4 + 1}"


def unit_value(day: date, unit: str, steps: int) -> str | None:
    """The day, week, month, quarter, year, decade or century so many steps from a day."""
    if unit in {"month", "quarter"}:
        if unit == "month":
            return _in_range(month_value(day.year, day.month + steps))
        return _in_range(quarter_value(day.year, (day.month + 2) // 3 + steps))
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years:
        return _year_value(day.year + steps * years, unit)
    moved = shift_days(day, steps * {"fortnight": 14, "weekend": 7, "week": 7}.get(unit, 1))
    if moved is None:
        return None
    if unit == "day":
        return moved.isoformat()
    return week_value(moved) + ("-WE" if unit == "weekend" else "")


def _in_range(value: str) -> str | None:
    return value if len(value) == 7 and value[:4] > "0000" else None


def _year_value(year: int, unit: str) -> str | None:
    if not 0 < year < 10_000:
        return None
    return {"decade": f"{year:04d}"[:3] + "X", "century": f"{year:04d}"[:2] + "XX"}.get(unit, f"{year:04d}")


def holiday(name: str, year: int) -> date | None:
    """The day a holiday falls on; Thanksgiving as in the United States, Easter as in the West."""
    name = name.lower().replace("'", "’")
    if name in FIXED_HOLIDAYS:
        return make_date(year, *FIXED_HOLIDAYS[name])
    if name.startswith("thanksgiving"):
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    if name.startswith("easter") or name == "good friday":
        return easter(year) + timedelta(days={"easter monday": 1, "good friday": -2}.get(name, 0))
    return None


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
