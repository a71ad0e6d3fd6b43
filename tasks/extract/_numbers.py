"""English numbers in digits and words: «1,200», «1.5 million», «two hundred», «half a dozen», «2 1/2»."""

import re
from typing import Final

ONES: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
# Short forms that British and American papers print behind digits.
SHORT_SCALES: Final = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
FRACTIONS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

_SMALL: Final = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SCALE: Final = "|".join(SCALES)
# «two hundred and five», but «two and five» are two numbers.
_AND: Final = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion)) and "
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,15})(?:\.\d{1,9})?(?: ?[½¼¾⅓⅔⅛]| \d/\d(?!\d))?|[½¼¾⅓⅔⅛]"
WORDS: Final = (
    rf"(?:(?:an? )?(?:half|quarter)(?: an?| of a)?[ -](?:{_SCALE})(?!s)|an? (?:{_SCALE})(?!s)(?: (?:{_SCALE}))?|"
    rf"(?:{_SMALL})(?:(?:{_AND}|[ -])(?:{_SMALL}|{_SCALE})\b){{0,9}})"
)
NUMBER: Final = rf"(?:{DIGITS})(?:[ -](?:{_SCALE})\b)?|(?i:{WORDS})\b(?: and a half)?"


PART: Final = re.compile(r"(?:an? )?(?P<part>half|quarter)\b")


def number(words: str) -> float | None:
    """The value of digits or number words; None where the words add up to no number («two three»)."""
    words = words.strip().lower().replace("-", " ")
    extra = 0.0
    if words.endswith(" and a half"):
        words, extra = words.removesuffix(" and a half"), 0.5
    if words[:1].isdigit() or words[:1] in FRACTIONS:
        value = _digits(words)
    elif part := PART.match(words):
        value = SCALES[words.split()[-1]] * (0.5 if part["part"] == "half" else 0.25)
    else:
        value = _words([word for word in words.split() if word != "and"])
    return None if value is None else value + extra


def _digits(words: str) -> float | None:
    parts = re.findall(r"[\d.,]*\d|[½¼¾⅓⅔⅛]|/|[a-z]+", words)
    value = 0.0
    for index, part in enumerate(parts):
        if part in FRACTIONS:
            value += FRACTIONS[part]
        elif part in SCALES:
            value *= SCALES[part]
        elif part == "/" or parts[index - 1 : index] == ["/"]:
            continue
        elif parts[index + 1 : index + 2] == ["/"]:
            below = float(parts[index + 2]) if len(parts) > index + 2 else 0.0
            if not below:
                return None
            value += float(part) / below
        elif part[0].isdigit():
            value += float(part.replace(",", ""))
        else:
            return None
    return value


def _words(words: list[str]) -> float | None:
    """Sums up as English reads: ones and tens add, hundreds multiply, thousands and more close a group."""
    total, group, last = 0.0, 0.0, 0.0
    for word in words:
        if word in {"a", "an"}:
            group = 1.0
        elif word in ONES or word in TENS:
            value = float(ONES.get(word, TENS.get(word, 0)))
            fits = not last or last >= 100 or (20 <= last < 100 and value < 10 and word in ONES)
            if not fits:
                return None
            group, last = group + value, value
        elif word in SCALES:
            scale = SCALES[word]
            last = scale
            if scale < 1000:
                group = (group or 1.0) * scale
            else:
                total, group = total + (group or 1.0) * scale, 0.0
        else:
            return None
    return total + group if words else None
