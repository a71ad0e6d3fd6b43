"""Plain text: paragraphs, and lines that are headings."""

import re
from itertools import pairwise
from typing import Final

from tasks.clean.body import Body, Line, compose
from tasks.clean.normalise import split_lines

# A heading is a short line without a sentence's end, followed by a longer paragraph.
MAX_HEADING_WORDS: Final = 14
MIN_PARAGRAPH_TO_HEADING: Final = 2.0
SENTENCE_ENDS: Final = (".", "!", "?", "…", ":", ";", ",", "”", '"', "’", "'", ")", "]", "-", "–", "—")
MARKDOWN_HEADING: Final = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
BYLINE: Final = re.compile(r"(?:By|Par|Por|Von)\s+[^\W\d_a-z]")
QUOTED: Final = re.compile(r">\s+(\S.*)$")
PICTURE: Final = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
LINK: Final = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
EMPHASIS: Final = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*|___|__|_)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*])")
RULE: Final = re.compile(r"^ {0,3}(?:[-*_] *){3,}$", re.MULTILINE)
FRONT_MATTER: Final = re.compile(r"\A---\n.{0,5000}?\n---\n", re.DOTALL)
LIST_ITEM: Final = re.compile(r"(?:[-*•–—]|\d{1,2}[.)])\s")

# Text wrapped by hand or by mail programs: most lines that go on are nearly as long as the longest.
WRAP_COLUMNS: Final = range(45, 101)
MIN_WRAPPED_SHARE: Final = 0.6
MIN_WRAPPED_LINES: Final = 3


def read_plain_text(text: str) -> Body:
    """Body of a plain text or Markdown document."""
    paragraphs = _paragraphs(split_lines(text))
    return compose(_as_line(paragraphs, number) for number in range(len(paragraphs)))


def without_marks(markdown: str) -> str:
    """Markdown without its marks inside lines: links and emphasis leave their words, pictures and rules nothing (CommonMark 0.31)."""
    text = PICTURE.sub("", LINK.sub(r"\1", PICTURE.sub("", markdown)))
    text = EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", text))
    return RULE.sub("", FRONT_MATTER.sub("", text)).replace("`", "")


def _paragraphs(lines: list[str]) -> list[str]:
    """Each line is a paragraph, unless the text is hard-wrapped: then blank lines separate paragraphs."""
    if not _is_wrapped(lines):
        return [line for line in lines if line]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [" ".join(paragraph) for paragraph in paragraphs if paragraph]


def _is_wrapped(lines: list[str]) -> bool:
    followed = [line for line, following in pairwise(lines) if line and following]
    if len(followed) < MIN_WRAPPED_LINES:
        return False
    wrapped = sum(len(line) in WRAP_COLUMNS for line in followed)
    return wrapped >= MIN_WRAPPED_SHARE * len(followed) and max(map(len, lines)) < WRAP_COLUMNS.stop


def _as_line(paragraphs: list[str], number: int) -> Line:
    paragraph = paragraphs[number]
    if markdown := MARKDOWN_HEADING.match(paragraph):
        return Line(markdown[2], "heading", len(markdown[1]))
    if quoted := QUOTED.match(paragraph):
        return Line(quoted[1], "quote")
    if LIST_ITEM.match(paragraph):
        return Line(paragraph, "list_item")
    following = [line for line in paragraphs[number + 1 : number + 4] if not BYLINE.match(line)]
    return Line(paragraph, "heading" if _is_heading(paragraph, following[:2]) else None)


def _is_heading(line: str, following: list[str]) -> bool:
    """A short title right before a paragraph, or with one more short title in between (headline and kicker)."""
    if not _is_short_title(line) or not following:
        return False
    paragraph = following[-1] if _is_short_title(following[0]) else following[0]
    return paragraph.endswith(SENTENCE_ENDS) and len(paragraph) >= MIN_PARAGRAPH_TO_HEADING * len(line)


def _is_short_title(line: str) -> bool:
    return (
        (line[0].isupper() or line[0].isdigit())
        and not line.endswith(SENTENCE_ENDS)
        and not LIST_ITEM.match(line)
        and not BYLINE.match(line)
        and len(line.split()) <= MAX_HEADING_WORDS
    )
