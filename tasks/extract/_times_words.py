"""Pattern fragments of time expressions."""

from typing import Final

MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
# Without digits only full names: «Mar» and «Dec» are too short to stand alone.
MONTH_NAME: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MONTH_ALONE: Final = r"(?:January|February|April|June|July|August|September|October|November|December)"
WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|,\d{3}|\.\d|:\d)"
YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d)"
UNIT: Final = r"(?:second|minute|hour|day|fortnight|week|month|quarter|year|decade|centur(?:y|ie))"
CALENDAR_UNIT: Final = r"(?:day|weekend|week|month|quarter|year|decade|century)"
DAY_PART: Final = r"(?:morning|afternoon|evening|night)"
# «late November», «the end of 2027»: the part is dropped, the value is the whole.
EARLY: Final = (
    r"(?:(?:the )?(?:very )?(?:early|mid|late|beginning of|start of|middle of|end of|close of|(?:early|latter) part of)"
    r"(?: in)?[ -](?:the )?)?"
)
ABOUT: Final = (
    r"(?:(?:(?:well |just |slightly |little |a little )?(?:over|under)|(?:no |little |slightly |far |much )?(?:more|less|fewer|longer) "
    r"than|at (?:least|most)|up to|about|around|approximately|nearly|almost|roughly|some|as (?:long|many|much|little) as|"
    r"an estimated|an additional|another) )?"
)
