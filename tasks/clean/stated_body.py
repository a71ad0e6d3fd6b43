"""JSON-LD's articleBody: the publisher's own word on what the text is. It has no structure, so it judges lines and seldom replaces them."""

import html
import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.body import Line, normalised
from tasks.clean.metadata import PageMetadata, text_of

WORD: Final = re.compile(r"\w+")
TAG: Final = re.compile(r"<(/?p|br|/?div|/?h\d|/?li)\b[^>]*>", re.IGNORECASE)
ANY_TAG: Final = re.compile(r"<[^>]{1,500}>")
GRAM: Final = 4
MIN_WORDS: Final = 100
# The stated body is believed about single lines if it has this share of the text found, ...
MIN_COVERED: Final = 0.6
# ... and lines of which it has less than this share are not part of the article.
MIN_LINE_COVERED: Final = 0.2
# It replaces a text of which it has nearly all, and that much more.
MIN_INSIDE: Final = 0.6
MIN_LONGER: Final = 2.0
# Stated bodies lack a first paragraph now and then, so a longer line is never left out on their word.
MAX_LINE_CHARS: Final = 250
# A stated body that is shorter than this may be cut off.
MIN_WHOLE: Final = 0.8
ENDS: Final = (".", "!", "?", "”", '"', "’", "»", "。", ")")


def stated_body(page: PageMetadata) -> list[Line]:
    """The paragraphs of the articleBody, empty if there is none worth the name."""
    stated = html.unescape(text_of(page.article.get("articleBody")) or "")
    text = ANY_TAG.sub(" ", TAG.sub("\n", stated))
    return normalised(map(Line, text.split("\n"))) if len(WORD.findall(text)) >= MIN_WORDS else []


def judged(lines: Sequence[Line], stated: Sequence[Line]) -> list[Line]:
    """The lines without paragraphs that the stated body does not have; the stated body itself where it has far more."""
    if not stated or not lines:
        return list(lines)
    known = _grams(" ".join(line.text for line in stated))
    covered = [_share(line, known) for line in lines]
    sizes = [len(line.text) for line in lines]
    inside = sum(share * size for share, size in zip(covered, sizes, strict=True)) / sum(sizes)
    longer = sum(len(line.text) for line in stated) / sum(sizes)
    if inside >= MIN_INSIDE and longer >= MIN_LONGER:
        return list(stated)
    if inside < MIN_COVERED or longer < MIN_COVERED:
        return list(lines)
    last = max(number for number, share in enumerate(covered) if share >= MIN_LINE_COVERED)
    end = len(lines) if longer >= MIN_WHOLE and stated[-1].text.endswith(ENDS) else last
    return [
        line
        for number, (line, share) in enumerate(zip(lines, covered, strict=True))
        if line.kind is not None or share >= MIN_LINE_COVERED or number > end or len(line.text) > MAX_LINE_CHARS
    ]


def _share(line: Line, known: frozenset[tuple[str, ...]]) -> float:
    grams = _grams(line.text)
    return len(grams & known) / len(grams) if grams else 1.0


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return frozenset(zip(*(words[n:] for n in range(GRAM)), strict=False))
