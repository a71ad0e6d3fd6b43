"""Words between quotation marks that nobody said: titles of works and programmes, nicknames, «so-called» things."""

import re
from typing import Final

from tasks.extract._frame import Frame
from tasks.language.reading import Quotation

OPENING_MARKS: Final = '“„«"‘'
CLOSING_MARKS: Final = '”“»"’'
# Small words that English titles write in lower case.
SMALL_WORDS: Final = frozenset(
    "a an and as at but by for from in into nor of off on or out over per the to up upon via vs with".split()
)
MAX_TITLE_WORDS: Final = 10
MAX_NICKNAME_WORDS: Final = 3
CONTEXT_CHARS: Final = 60
# What stands before the title of a work or programme.
BEFORE_TITLE: Final = re.compile(
    r"(?:\b(?:album|band|billed as|book|called|comedy|co-author of|documentary|drama|entitled|essay|exhibition|film|hit"
    r"|magazine|memoir|movie|musical|named|novel|opera|painting|play|podcast|poem|program|programme|sequel|series"
    r"|show|single|sitcom|song|titled|track)"
    r"|\b(?:host|author|director|star|writer|co-author|editor|creator|episode|edition|cast|broadcast|taping|clip) of|\b(?:in|on))\s*,?\s*$",
    re.IGNORECASE,
)
NAMING: Final = re.compile(
    r"\b(?:billed as|entitled|named|so-called|so called|titled|nicknamed)\s*,?\s*$", re.IGNORECASE
)
BROADCASTER: Final = re.compile(r"[A-Z][\w.&]*[’']s?\s*$")


def is_unsaid(frame: Frame, quotation: Quotation) -> bool:
    """True for words that stand between quotation marks for another reason than that somebody said them."""
    reading = frame.reading
    before = reading.text[max(0, quotation.start_char - CONTEXT_CHARS) : quotation.start_char]
    before = before.rsplit("\n", 1)[-1]
    behind = reading.text[quotation.end_char : quotation.end_char + CONTEXT_CHARS]
    words = reading.words(quotation).strip(OPENING_MARKS + CLOSING_MARKS).rstrip(",.").split()
    if NAMING.search(before):
        return True
    return _is_nickname(words, before, behind) or (_is_title(words) and _names_a_work(frame, quotation, before))


def _is_nickname(words: list[str], before: str, behind: str) -> bool:
    """«Anna “The Knife” Lind»."""
    if not 0 < len(words) <= MAX_NICKNAME_WORDS:
        return False
    names_before = re.search(r"(?:^|\s)[A-Z][\w’'-]*\.?\s$", before)
    return bool(names_before and re.match(r"\s[A-Z][\w’'-]+", behind) and words[0][:1].isupper())


def _is_title(words: list[str]) -> bool:
    """Capitals like a title: each word but small ones."""
    if not 0 < len(words) <= MAX_TITLE_WORDS or not (words[0][:1].isupper() or words[0][:1].isdigit()):
        return False
    return all(not word[:1].islower() or word.lower() in SMALL_WORDS for word in words)


def _names_a_work(frame: Frame, quotation: Quotation, before: str) -> bool:
    if BEFORE_TITLE.search(before):
        return True
    if not BROADCASTER.search(before):
        return False
    end = len(before.rstrip()) - len(before) + quotation.start_char
    owners = (frame.name_ending(end - 1), frame.name_ending(end - 2))
    return not any(name.entity_type == "PERSON" for name in owners if name)
