"""Patterns of quantities: a number or range with what stands before and behind it."""

import re
from typing import Final

from tasks.extract._numbers import DIGITS, SHORT_SCALES, WORDS
from tasks.extract._quantities_money import CODES, HUNDREDTHS, PLURALS, QUALIFIED, SHARED, SIGNS
from tasks.extract._quantities_money import WORDS as CURRENCY_WORDS
from tasks.extract._quantities_units import UNIT

_SCALE: Final = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_SHORT: Final = "|".join(sorted(SHORT_SCALES, key=len, reverse=True))
# «1.2bn», «300 million», «two hundred thousand»; not inside a word or a longer number.
NUMBER: Final = rf"(?:(?:{DIGITS})(?:[ -]{_SCALE}(?: {_SCALE})?\b)?|(?i:{WORDS})\b(?: and a half)?(?: {_SCALE}\b)?)"
SCALED: Final = rf"(?:{DIGITS})(?: ?(?i:{_SHORT})\b|[ -](?i:{_SCALE})s?\b)?|(?i:{WORDS})\b"
ABOUT: Final = (
    r"(?:(?:(?:well |just |slightly )?(?:over|under)|(?:no |slightly |far |much )?(?:more|less|fewer|greater|higher|lower) than|"
    r"at (?:least|most)|up to|about|around|approximately|nearly|almost|roughly|as (?:many|much|few|little) as|"
    r"an estimated) )?"
)
BEFORE: Final = r"(?<![\w.,/:+#$€£-])"
TO: Final = r"(?: ?[-–—] ?| to | and | or )"
SIGN: Final = "(?:" + "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)) + ")"
CODE: Final = "(?:" + "|".join(sorted(CODES)) + ")"
_QUALIFIERS: Final = sorted(
    {name for names in QUALIFIED.values() for name in names} | {"CFA", "Swiss", "Kenyan", "Turkish"},
    key=len,
    reverse=True,
)
_MONEY_WORDS: Final = sorted(
    {*CURRENCY_WORDS, *SHARED, *QUALIFIED, *HUNDREDTHS} - {"won", "real", "crown"}, key=len, reverse=True
)
MONEY_WORD: Final = (
    "(?:"
    + "|".join(f"{word}s?" for word in _MONEY_WORDS)
    + "|"
    + "|".join(PLURALS)
    + r"|won(?! (?:by|the|a|an|in|at|on)\b))"
)
QUALIFIER: Final = (
    "(?:" + "|".join(re.escape(name) for name in _QUALIFIERS) + r"|[A-Z][a-z]{2,14}(?:ian|an|ese|ish|i|an))"
)

MONEY_SIGN: Final = re.compile(
    rf"(?:(?P<between>between )|(?i:{ABOUT}))(?<![\w$€£])(?P<sign>{SIGN}|{CODE} ?) ?(?P<low>{SCALED})"
    rf"(?:{TO}(?:{SIGN}|{CODE} ?)? ?(?P<high>{SCALED}))?(?: (?P<us>US|Canadian|Australian)\b)?"
)
MONEY_NAMED: Final = re.compile(
    rf"(?:(?P<between>[Bb]etween )|(?i:{ABOUT})){BEFORE}(?P<low>{SCALED})(?:{TO}(?P<high>{SCALED}))?"
    rf"(?:[ -](?P<qualifier>{QUALIFIER}))?(?:[ -]?(?P<code>{CODE})|[ -](?P<word>{MONEY_WORD}))(?!\w)"
)
# «88 of 174 seats»
OF_TOTAL: Final = re.compile(rf" (?:out )?of (?:the |its |their |his |her |these |those )?(?P<total>{SCALED})")
# «two thirds», «three-quarters of»; «two quarters» are half a year.
FRACTION: Final = re.compile(
    rf"(?i:{ABOUT})\b(?i:(?P<above>one|two|three|four|five|six|seven|eight|nine)[ -](?P<below>third|quarter(?=s? of\b)|fifth|sixth|"
    r"seventh|eighth|ninth|tenth)s?)\b"
)
VAGUE: Final = re.compile(
    r"(?:(?:many|several|some|tens|hundreds|thousands) of )?(?P<vague>\b(?:dozens|scores|hundreds|thousands|millions|billions|trillions))"
    rf"(?: of (?:the |his |her |their |its |our )?(?:(?P<qualifier>{QUALIFIER}) )?(?P<word>{MONEY_WORD}\b)?|(?= [a-z]))",
    re.IGNORECASE,
)
PERCENT: Final = re.compile(
    rf"(?:(?P<between>[Bb]etween )|(?i:{ABOUT}))(?<![\w.,/:#$€£])(?P<low>{SCALED})(?: ?%| ?percent| per cent| ?pct?\b)?"
    rf"(?:{TO}(?P<high>{SCALED}))?(?: ?(?P<sign>%)|[ -]?(?P<word>percentage[ -]points?|points? percent|percent|per cent|pct\b|pc\b))(?![a-z])"
)
MEASURE: Final = re.compile(
    rf"(?:(?P<between>[Bb]etween )|(?i:{ABOUT}))(?<![\w.,/:+#$€£])(?P<minus>[-−–](?=\d)|minus )?(?P<low>{SCALED})"
    rf"(?:{TO}(?P<high>{SCALED}))?[ -]?(?:{UNIT})(?![\w²³])"
)
AGE: Final = re.compile(
    rf"(?i:{ABOUT}){BEFORE}(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?[ -](?P<unit>year|month|week|day)s?(?:[ -]olds?\b| of age\b)|"
    rf"\b(?:[Aa]ged?|[Aa]t the age of|[Aa]ge of|(?:man|woman|boy|girl|child) of)(?: between)? (?P<low2>{NUMBER})(?:{TO}(?P<high2>{NUMBER}))?(?![\w%]|[.,]\d)"
)
# «Musa Galadima, 44, a headmaster»
AGE_ALONE: Final = re.compile(r", (?P<age>\d{1,3})(?=[,.;)])")
COUNT: Final = re.compile(
    rf"(?:(?P<between>[Bb]etween )|(?i:{ABOUT})){BEFORE}(?P<low>{SCALED})(?:{TO}(?P<high>{SCALED}))?(?![\w%€]|[.,/:]\d|-\w| ?°)"
)
