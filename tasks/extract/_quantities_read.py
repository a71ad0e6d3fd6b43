"""Reads the quantities of a paragraph: each pattern claims its words, the surest first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tasks.extract._numbers import SHORT_SCALES, number
from tasks.extract._quantities_money import AMBIGUOUS, HUNDREDTHS, SIGNS, WORDS, currency_of, singular_currency
from tasks.extract._quantities_nouns import Nouns
from tasks.extract._quantities_patterns import (
    AGE,
    AGE_ALONE,
    COUNT,
    MEASURE,
    MONEY_NAMED,
    MONEY_SIGN,
    PERCENT,
    VAGUE,
)
from tasks.extract._quantities_units import PER, unit_named
from tasks.language.reading import Reading, Span

SHORT: Final = re.compile(r"(?P<digits>.*\d) ?(?P<scale>[A-Za-z]+)$", re.DOTALL)
CURRENCY_NAMES: Final = {code: word for word, code in reversed(WORDS.items())} | {"GBP": "pound", "CNY": "yuan"}
# A number behind these is a name or a place in a list, no quantity.
LABEL: Final = re.compile(
    r"(?:\b(?:No\.?|no\.|number|article|section|chapter|part|route|highway|flight|room|page|phase|level|type|class|channel|"
    r"category|group of|boeing|airbus|fortune|formula|version|model|day|week|step|grade|covid|interstate|line|gate|unit) ?|"
    r"\b[A-Z]{1,5}-|\d[-–:] ?)$",
    re.IGNORECASE,
)
NOT_BARE: Final = re.compile(
    r"(?: ?[-–:/×x] ?\d| (?:a\.m|p\.m|am|pm|GMT|o[’']clock)\b|[-’'’][a-z]|\)|(?: [A-Z][a-z]+)? \d)"
)
WORD_BEFORE: Final = re.compile(r"(?:^|(?P<before>\S) |(?<=\n))(?P<word>[^\s(“\"]+) $")
SMALLEST_BARE: Final = 20
MAX_AGE: Final = 120
Kind = Literal["money", "percent", "count", "measure"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as read."""

    start_char: int
    end_char: int
    kind: Kind
    low: float | None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    reason: str | None = None


class Reader:
    """Reads one article. Remembers the last currency, for cents."""

    def __init__(self, reading: Reading, times: Sequence[tuple[int, int]]) -> None:
        self._reading = reading
        self._text = reading.text
        self._nouns = Nouns(reading)
        self._names = [(n.start_char, n.end_char) for n in reading.names if n.entity_type not in {"GPE", "LOC"}]
        self._person_ends = {n.end_char for n in reading.names if n.entity_type == "PERSON"}
        self._times = times
        self._currency: str | None = None

    def amounts(self, paragraph: Span) -> list[Amount]:
        """The quantities of a paragraph, in order."""
        taken = [span for span in self._times if span[1] > paragraph.start_char and span[0] < paragraph.end_char]
        amounts: list[Amount] = []
        for pattern, read in self._patterns():
            claimed: list[tuple[int, int]] = []
            for match in _matches(pattern, self._text, paragraph):
                amount = read(match, paragraph.end_char)
                if amount and not _overlap((amount.start_char, amount.end_char), taken):
                    amounts.append(amount)
                    claimed.append((amount.start_char, amount.end_char))
            taken = sorted(taken + claimed)
        return sorted(amounts, key=lambda amount: amount.start_char)

    def _patterns(self) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], int], Amount | None]]]:
        yield AGE, self._age
        yield MONEY_SIGN, self._signed
        yield MONEY_NAMED, self._named
        yield PERCENT, self._percent
        yield MEASURE, self._measure
        yield AGE_ALONE, self._age_alone
        yield VAGUE, self._vague
        yield COUNT, self._count

    def _age(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match, "low" if match["low"] else "low2", "high" if match["low"] else "high2")
        unit = (match["unit"] or "year").lower()
        return Amount(*match.span(), "measure", *values, unit) if values and values[0] <= MAX_AGE * 366 else None

    def _age_alone(self, match: re.Match[str], limit: int) -> Amount | None:
        """A number between commas behind a person's name."""
        age = int(match["age"])
        is_age = match.start() in self._person_ends and 0 < age <= MAX_AGE
        return Amount(*match.span("age"), "measure", float(age), unit="year") if is_age else None

    def _signed(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match)
        sign = match["sign"].strip()
        currency = SIGNS.get(sign, sign)
        if match["us"] and sign == "$":
            currency = {"US": "USD", "Canadian": "CAD", "Australian": "AUD"}[match["us"]]
        if values is None:
            return None
        self._currency = currency
        return Amount(_start(match), match.end(), "money", *values, CURRENCY_NAMES.get(currency), currency)

    def _named(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match)
        if values is None:
            return None
        if match["code"]:
            self._currency = match["code"]
            return Amount(
                _start(match), match.end(), "money", *values, CURRENCY_NAMES.get(match["code"]), match["code"]
            )
        word = singular_currency(match["word"])
        if word in HUNDREDTHS:
            return self._hundredths(match, values, word)
        if word == "pound" and not match["qualifier"] and not self._is_sterling(match, values[0]):
            return None
        currency = currency_of(word, match["qualifier"] or "", self._text)
        self._currency = currency or self._currency
        return Amount(_start(match), match.end(), "money", *values, word, currency, None if currency else AMBIGUOUS)

    def _hundredths(self, match: re.Match[str], values: tuple[float, float | None], word: str) -> Amount | None:
        currencies = HUNDREDTHS[word]
        currency = next(iter(currencies)) if len(currencies) == 1 else None
        if currency is None and self._currency in currencies:
            currency = self._currency
        if currency is None:
            return Amount(_start(match), match.end(), "money", *values, word, reason=AMBIGUOUS)
        low, high = values[0] / 100, None if values[1] is None else values[1] / 100
        return Amount(_start(match), match.end(), "money", low, high, CURRENCY_NAMES.get(currency, word), currency)

    def _is_sterling(self, match: re.Match[str], value: float) -> bool:
        """«200 pounds» is a weight, unless the article counts in sterling or the number is one of money."""
        return value >= 1e6 or "£" in self._text or "sterling" in self._text or "pence" in self._text

    def _percent(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match)
        points = (match["word"] or "").startswith(("percentage", "point"))
        return (
            Amount(_start(match), match.end(), "percent", *values, "percentage point" if points else "%")
            if values
            else None
        )

    def _measure(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match)
        if values is None or self._is_label(match):
            return None
        unit, end = unit_named(match), match.end()
        if unit == "basis point":
            return Amount(_start(match), match.end(), "percent", *values, unit)
        if per := PER.match(self._text, end, limit):
            unit, end = f"{unit} per {per['per']}", per.end()
        if match["minus"]:
            values = (-values[0], None if values[1] is None else -values[1])
        return Amount(_start(match), end, "measure", *values, unit)

    def _vague(self, match: re.Match[str], limit: int) -> Amount | None:
        if match["word"]:
            word = singular_currency(match["word"])
            currency = currency_of(word, match["qualifier"] or "", self._text)
            return Amount(
                _start(match), match.end(), "money", None, unit=word, currency=currency, reason="vague number"
            )
        noun = self._nouns.behind(match.end() - match[0].endswith(" "), limit)
        if noun is None and not match[0].endswith("of "):
            return None
        end, unit = noun or (match.end("vague"), None)
        return Amount(_start(match), end, "count", None, unit=unit, reason="vague number")

    def _count(self, match: re.Match[str], limit: int) -> Amount | None:
        values = _values(match)
        if values is None or self._is_label(match) or self._in_name(match):
            return None
        last = match.end("high") if match["high"] else match.end("low")
        if self._behind_name(match) and self._text[last + 1 : last + 2].isupper():
            return None
        noun = self._nouns.behind(last, limit, one=values == (1.0, None))
        if noun:
            return Amount(_start(match), noun[0], "count", *values, noun[1])
        return self._bare(match, values)

    def _bare(self, match: re.Match[str], values: tuple[float, float | None]) -> Amount | None:
        """A number without a noun: only what is too large, or printed too much like a quantity, to be a label."""
        words = match["low"]
        numeric = words[0].isdigit() and (values[0] >= SMALLEST_BARE or "." in words)
        if match["high"] or not (numeric or values[0] >= 100) or NOT_BARE.match(self._text, match.end()):
            return None
        # Four digits without a comma are a year or a code.
        if self._behind_name(match) or words[-1] in "mM" or re.fullmatch(r"\d{4}", words):
            return None
        return Amount(_start(match), match.end(), "count", *values, reason="no unit printed with it")

    def _is_label(self, match: re.Match[str]) -> bool:
        start = match.start("low")
        return LABEL.search(self._text, max(0, start - 16), start) is not None

    def _behind_name(self, match: re.Match[str]) -> bool:
        """«Nikkei 225», «iPhone 12»: a number right behind a name belongs to it."""
        found = WORD_BEFORE.search(self._text, max(0, match.start() - 24), match.start())
        if found is None:
            return False
        word, first = found["word"], (found["before"] or ".") in ".!?"
        return any(char.isupper() for char in word[1:]) or (word[0].isupper() and not first)

    def _in_name(self, match: re.Match[str]) -> bool:
        start, end = match.span("low")
        return any(s < end and start < e for s, e in self._names)


def _matches(pattern: re.Pattern[str], text: str, paragraph: Span) -> Iterator[re.Match[str]]:
    """Matches from left to right. «From $5 to $3» and «5% and 3%» are no ranges: each number is read by itself."""
    position = paragraph.start_char
    while match := pattern.search(text, position, paragraph.end_char):
        position = max(match.end(), position + 1)
        if match.groupdict().get("high") and not _is_range(match, text):
            position = match.start("high")
            match = pattern.search(text, match.start(), position)
        if match:
            yield match


def _is_range(match: re.Match[str], text: str) -> bool:
    low, values = match.end("low"), _values(match)
    between = match.groupdict().get("between") or "age" in match[0].lower()
    joined_by = text[low : match.start("high")]
    return values is not None and (bool(between) or not joined_by.strip(" %").startswith("and"))


def _values(match: re.Match[str], low: str = "low", high: str = "high") -> tuple[float, float | None] | None:
    """Value or range; «$3-5 million» gives its scale to both ends. None if that makes no sense as a number."""
    first, last = scaled(match[low]), scaled(match[high]) if match[high] else None
    if first is None or (match[high] and last is None):
        return None
    if last is None:
        return first, None
    if last <= first or (last >= 1000 and first < 1000):
        plain = re.fullmatch(r"[\d.,]+", match[low])
        scale = _scale(match[high])
        first = first * scale if plain and scale > 1 else first
    return (first, last) if first < last else None


def scaled(words: str) -> float | None:
    """A number with a short scale («1.2bn»), or any other number."""
    words = words.strip()
    short = SHORT.fullmatch(words)
    if short and short["scale"].lower() in SHORT_SCALES:
        value = number(short["digits"])
        return None if value is None else round(value * SHORT_SCALES[short["scale"].lower()], 6)
    value = number(words)
    return None if value is None else round(value, 6)


def _scale(words: str) -> float:
    unscaled = re.match(r"[\d.,]*\d", words)
    value, below = scaled(words), number(unscaled[0]) if unscaled else None
    return value / below if value and below else 1.0


def _start(match: re.Match[str]) -> int:
    """Where the quantity starts; «between» without its range is left out."""
    alone = match.groupdict().get("between") and not match["high"]
    return match.end("between") if alone else match.start()


def _overlap(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
