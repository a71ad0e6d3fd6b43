"""Reads the quantities of a paragraph: each pattern claims its words, the surest first."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract._numbers import number
from tasks.extract._quantities_money import AMBIGUOUS, HUNDREDTHS, SIGNS, WORDS, currency_of, singular_currency
from tasks.extract._quantities_nouns import Nouns
from tasks.extract._quantities_patterns import (
    AGE,
    AGE_ALONE,
    COUNT,
    FRACTION,
    MEASURE,
    MONEY_NAMED,
    MONEY_SIGN,
    OF_TOTAL,
    PERCENT,
    VAGUE,
)
from tasks.extract._quantities_places import Places
from tasks.extract._quantities_units import PER, unit_named
from tasks.extract._quantities_values import Amount, Search, quantity_matches, start_of, values_of
from tasks.extract._spans import Spans
from tasks.language.reading import Reading, Span

CURRENCY_NAMES: Final = {code: word for word, code in reversed(WORDS.items())} | {"GBP": "pound", "CNY": "yuan"}
# A number behind these is a name or a place in a list, no quantity.
LABEL: Final = re.compile(
    r"(?:\b(?:No\.?|no\.|number|article|section|chapter|part|route|highway|flight|room|page|phase|level|type|class|channel|"
    r"category|group of|boeing|airbus|fortune|formula|version|model|stage|day|week|step|grade|covid|interstate|line|gate|unit) ?|"
    r"\b[A-Z]{1,5}-|\d[-–: ] ?)$",
    re.IGNORECASE,
)
NOT_BARE: Final = re.compile(
    r"(?: ?[-–:/×x] ?\d| (?:a\.m|p\.m|am|pm|GMT|o[’']clock)\b|[-’'’][a-z]|\)|(?: [A-Z][a-z]+)? \d)"
)
WORD_BEFORE: Final = re.compile(r"(?:^|(?P<before>\S) |(?<=\n))(?P<word>[^\s(“\"]+) $")
FRACTION_NAMES: Final = ("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
LARGER_THAN_LABELS: Final = 1000
# Four digits that may be a year count nothing; round ones do («2000 people»).
YEAR_LIKE: Final = re.compile(r"(?:19|20)(?!00)\d\d")
SMALLEST_RAND: Final = 100
SMALLEST_BARE: Final = 20
MAX_AGE: Final = 120
Read = Callable[[re.Match[str], int], Amount | None]


class Reader:
    """Reads one article. Remembers the last currency, for cents."""

    def __init__(self, reading: Reading, times: Sequence[tuple[int, int]]) -> None:
        self._reading = reading
        self._text = reading.text
        self._nouns = Nouns(reading)
        self._names = Spans((n.start_char, n.end_char) for n in reading.names if n.entity_type not in {"GPE", "LOC"})
        self._person_ends = {n.end_char for n in reading.names if n.entity_type == "PERSON"}
        self._times = sorted(times)
        self._time_ends = {end for _, end in times}
        self._taken = Spans(())
        self._currency: str | None = None
        self._in_article = cache(reading.text.__contains__)

    def amounts(self, paragraph: Span) -> list[Amount]:
        """The quantities of a paragraph, in order."""
        start, end = paragraph.start_char, paragraph.end_char
        taken = self._times[bisect_left(self._times, (start,)) : bisect_left(self._times, (end,))]
        amounts: list[Amount] = []
        places = Places(self._text, start, end)
        self._taken = Spans(taken)
        for pattern, search, read in self._patterns(places):
            before = len(taken)
            for match in quantity_matches(pattern, self._text, start, search):
                amount = read(match, end)
                # «barrels a day»: the rate behind a unit may be a time as well.
                core = (amount.start_char, min(amount.end_char, match.end())) if amount else (0, 0)
                if amount and not self._taken.overlap(core):
                    amounts.append(amount)
                    taken.append((amount.start_char, amount.end_char))
            if len(taken) > before:
                self._taken = Spans(taken)
        return list(self._with_units(sorted(amounts, key=lambda amount: amount.start_char)))

    def _with_units(self, amounts: Sequence[Amount]) -> Iterator[Amount]:
        """«41,500 homes, up from 33,200»: a bare number counts what the number before it in the sentence counted."""
        last: Amount | None = None
        for amount in amounts:
            if amount.kind != "count" or amount.unit or amount.low is None:
                last = amount if amount.unit else last
                yield amount
                continue
            same = last and self._reading.sentence_no(last.start_char) == self._reading.sentence_no(amount.start_char)
            known = last is not None and same and last.kind == "count"
            yield replace(amount, unit=last.unit, reason="unit of the number before it") if known and last else amount

    def _patterns(self, places: Places) -> Iterator[tuple[re.Pattern[str], Search, Read]]:
        yield AGE, places.at_ages, self._age
        yield MONEY_SIGN, places.at_signs, self._signed
        yield MONEY_NAMED, places.at_numbers, self._named
        yield PERCENT, places.at_numbers, self._percent
        yield FRACTION, places.at_numbers, self._fraction
        yield MEASURE, places.at_numbers, self._measure
        yield AGE_ALONE, places.anywhere, self._age_alone
        yield VAGUE, places.if_vague, self._vague
        yield COUNT, places.at_numbers, self._count

    def _age(self, match: re.Match[str], limit: int) -> Amount | None:
        values = values_of(match, "low" if match["low"] else "low2", "high" if match["low"] else "high2")
        unit = (match["unit"] or "year").lower()
        return Amount(*match.span(), "measure", *values, unit) if values and values[0] <= MAX_AGE * 366 else None

    def _age_alone(self, match: re.Match[str], limit: int) -> Amount | None:
        """A number between commas behind a person's name."""
        age = int(match["age"])
        is_age = match.start() in self._person_ends and 0 < age <= MAX_AGE
        return Amount(*match.span("age"), "measure", float(age), unit="year") if is_age else None

    def _signed(self, match: re.Match[str], limit: int) -> Amount | None:
        values = values_of(match)
        sign = match["sign"].strip()
        currency = SIGNS.get(sign, sign)
        if match["us"] and sign == "$":
            currency = {"US": "USD", "Canadian": "CAD", "Australian": "AUD"}[match["us"]]
        # «R50bn» is rand, «R8» a car.
        if values is None or (sign == "R" and values[0] < SMALLEST_RAND):
            return None
        self._currency = currency
        return Amount(start_of(match), match.end(), "money", *values, CURRENCY_NAMES.get(currency), currency)

    def _named(self, match: re.Match[str], limit: int) -> Amount | None:
        values = values_of(match)
        if values is None:
            return None
        if match["code"]:
            self._currency = match["code"]
            return Amount(
                start_of(match), match.end(), "money", *values, CURRENCY_NAMES.get(match["code"]), match["code"]
            )
        word = singular_currency(match["word"])
        if word in HUNDREDTHS:
            return self._hundredths(match, values, word)
        if word == "pound" and not match["qualifier"] and not self._is_sterling(match, values[0]):
            return None
        currency = currency_of(word, match["qualifier"] or "", self._in_article)
        self._currency = currency or self._currency
        return Amount(start_of(match), match.end(), "money", *values, word, currency, None if currency else AMBIGUOUS)

    def _hundredths(self, match: re.Match[str], values: tuple[float, float | None], word: str) -> Amount | None:
        currencies = HUNDREDTHS[word]
        currency = next(iter(currencies)) if len(currencies) == 1 else None
        if currency is None and self._currency in currencies:
            currency = self._currency
        if currency is None:
            return Amount(start_of(match), match.end(), "money", *values, word, reason=AMBIGUOUS)
        low, high = values[0] / 100, None if values[1] is None else values[1] / 100
        return Amount(start_of(match), match.end(), "money", low, high, CURRENCY_NAMES.get(currency, word), currency)

    def _is_sterling(self, match: re.Match[str], value: float) -> bool:
        """«200 pounds» is a weight, unless the article counts in sterling or the number is one of money."""
        return value >= 1e6 or any(map(self._in_article, ("£", "sterling", "pence")))

    def _percent(self, match: re.Match[str], limit: int) -> Amount | None:
        values = values_of(match)
        points = (match["word"] or "").startswith(("percentage", "point"))
        return (
            Amount(start_of(match), match.end(), "percent", *values, "percentage point" if points else "%")
            if values
            else None
        )

    def _fraction(self, match: re.Match[str], limit: int) -> Amount | None:
        """A share of a whole, in percent to two places."""
        above, below = number(match["above"]), 3 + FRACTION_NAMES.index(match["below"].lower())
        return (
            Amount(*match.span(), "percent", round(100 * above / below, 2), unit="%")
            if above and above < below
            else None
        )

    def _measure(self, match: re.Match[str], limit: int) -> Amount | None:
        values = values_of(match)
        if values is None or self._is_label(match):
            return None
        unit, end = unit_named(match), match.end()
        if unit == "basis point":
            return Amount(start_of(match), match.end(), "percent", *values, unit)
        if per := PER.match(self._text, end, limit):
            unit, end = f"{unit} per {per['per']}", per.end()
        if match["minus"]:
            values = (-values[0], None if values[1] is None else -values[1])
        return Amount(start_of(match), end, "measure", *values, unit)

    def _vague(self, match: re.Match[str], limit: int) -> Amount | None:
        if match["word"]:
            word = singular_currency(match["word"])
            currency = currency_of(word, match["qualifier"] or "", self._in_article)
            return Amount(
                start_of(match), match.end(), "money", None, unit=word, currency=currency, reason="vague number"
            )
        noun = self._nouns.behind(match.end() - match[0].endswith(" "), limit)
        if noun is None and not match[0].endswith("of "):
            return None
        end, unit = noun or (match.end("vague"), None)
        return Amount(start_of(match), end, "count", None, unit=unit, reason="vague number")

    def _count(self, match: re.Match[str], limit: int) -> Amount | None:
        span = match.span("low")
        if self._taken.overlap(span) or self._names.overlap(span):
            return None
        values = values_of(match)
        if values is None or self._is_label(match):
            return None
        last = match.end("high") if match["high"] else match.end("low")
        if self._belongs_to_name(match, values[0]) or YEAR_LIKE.fullmatch(match["low"]):
            return None
        noun = None if values == (1.0, None) else self._nouns.behind(last, limit)
        if noun:
            return Amount(start_of(match), noun[0], "count", *values, noun[1])
        total = OF_TOTAL.match(self._text, last, limit)
        if total and values[0] != 1 and (whole := self._nouns.behind(total.end(), limit)):
            return Amount(match.start(), last, "count", *values, whole[1], reason="unit of the total behind it")
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
        return Amount(start_of(match), match.end(), "count", *values, reason="no unit printed with it")

    def _is_label(self, match: re.Match[str]) -> bool:
        start = match.start("low")
        return LABEL.search(self._text, max(0, start - 16), start) is not None

    def _belongs_to_name(self, match: re.Match[str], value: float) -> bool:
        """«Galaxy 24 phones»; but «on Tuesday 24 phones» counts."""
        behind_time = match.start() - 1 in self._time_ends
        return match["low"].isdigit() and value < LARGER_THAN_LABELS and not behind_time and self._behind_name(match)

    def _behind_name(self, match: re.Match[str]) -> bool:
        """«Nikkei 225», «iPhone 12»: a number right behind a name belongs to it."""
        found = WORD_BEFORE.search(self._text, max(0, match.start() - 24), match.start())
        if found is None:
            return False
        word, first = found["word"], (found["before"] or ".") in ".!?"
        return any(char.isupper() for char in word[1:]) or (word[0].isupper() and not first)
