"""Units of measure and their printed forms; the singular English noun is the unit we give (BIPM names, British spelling)."""

import re
from typing import Final

_NAMES: Final = {
    "acre": "acres?",
    "barrel": "barrels?",
    "basis point": "basis points?|bps",
    "bushel": "bushels?",
    "calorie": "calories?",
    "carat": "carats?",
    "centimetre": "centimet(?:re|er)s?|cm",
    "cubic foot": "cubic (?:feet|foot)",
    "cubic kilometre": "cubic kilomet(?:re|er)s?|km3|km³",
    "cubic metre": "cubic met(?:re|er)s?|m3|m³",
    "decibel": "decibels?|dB",
    "degree Celsius": "degrees? (?:Celsius|centigrade|celsius)|° ?C|C(?![\\w.])|Celsius|celsius",
    "degree Fahrenheit": "degrees? (?:Fahrenheit|fahrenheit)|° ?F|F(?![\\w.])|Fahrenheit|fahrenheit",
    "degree": "degrees?|°",
    "foot": "feet|foot|ft",
    "gallon": "gallons?",
    "gigabyte": "gigabytes?|GB",
    "gigahertz": "gigahertz|G[Hh]z",
    "gigawatt": "gigawatts?|GW",
    "gigawatt-hour": "gigawatt[ -]hours?|GWh",
    "gram": "gram(?:me)?s?|g",
    "hectare": "hectares?|ha",
    "hertz": "hertz|Hz",
    "horsepower": "horsepower|hp|bhp",
    "inch": "inch(?:es)?",
    "kilobyte": "kilobytes?|kB|KB",
    "kilogram": "kilogram(?:me)?s?|kilos?|kgs?",
    "kilohertz": "kilohertz|k[Hh]z",
    "kilometre per hour": "kilomet(?:re|er)s? (?:per|an) hour|km/h|kph|kmh",
    "kilometre": "kilomet(?:re|er)s?|kms?",
    "kilowatt": "kilowatts?|kW",
    "kilowatt-hour": "kilowatt[ -]hours?|kWh",
    "knot": "knots?",
    "litre": "lit(?:re|er)s?",
    "megabit": "megabits?|Mb",
    "megabyte": "megabytes?|MB",
    "megahertz": "megahertz|M[Hh]z",
    "megawatt": "megawatts?|MW",
    "megawatt-hour": "megawatt[ -]hours?|MWh",
    "metre": "met(?:re|er)s?|m(?= (?:tall|high|long|wide|deep|thick|away|above|below|sprint|race|hurdles|freestyle)\\b)",
    "micrometre": "micromet(?:re|er)s?|microns?|[µμ]m",
    "mile per gallon": "miles per gallon|mpg",
    "mile per hour": "miles? (?:per|an) hour|mph|m\\.p\\.h\\.",
    "mile": "miles?",
    "milligram": "milligram(?:me)?s?|mg",
    "millilitre": "millilit(?:re|er)s?|m[lL]",
    "millimetre": "millimet(?:re|er)s?|mm",
    "nanometre": "nanomet(?:re|er)s?|nm",
    "nautical mile": "nautical miles?",
    "ounce": "ounces?|oz",
    "pound": "pounds?|lbs?",
    "square foot": "square (?:feet|foot)|sq\\.? ?ft",
    "square inch": "square inch(?:es)?",
    "square kilometre": "square kilomet(?:re|er)s?|sq\\.? ?km|km2|km²",
    "square metre": "square met(?:re|er)s?|sq\\.? ?m|m2|m²",
    "square mile": "square miles?|sq\\.? mi(?:les)?",
    "stone": "stone",
    "terabyte": "terabytes?|TB",
    "terawatt-hour": "terawatt[ -]hours?|TWh",
    "ton": "(?:short |long )?tons?",
    "tonne": "(?:metric )?tonnes?|metric tons?",
    "volt": "volts?",
    "watt": "watts?",
    "yard": "yards?",
}
# Longer forms first, so that «square metres» is not read as «square».
_FORMS: Final = sorted(_NAMES.items(), key=lambda item: -len(item[1].split("|")[0]))
_GROUPS: Final = {f"u{index}": unit for index, (unit, _) in enumerate(_FORMS)}
UNIT: Final = "|".join(f"(?P<u{index}>{forms})" for index, (_, forms) in enumerate(_FORMS))
PER: Final = re.compile(r" (?:per|a|an) (?P<per>day|year|hour|second|minute|person|capita|week|month)\b")


def unit_named(match: re.Match[str]) -> str:
    """The unit whose form matched."""
    return next(_GROUPS[name] for name, words in match.groupdict().items() if words and name in _GROUPS)
