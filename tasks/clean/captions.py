"""Captions of pictures: kept at their place in the text, marked, so that nobody reads them as sentences of the article.

trafilatura leaves figures out. A marked paragraph in the figure's place goes through it, and its mark says afterwards what it is.
"""

from collections.abc import Sequence
from typing import Final

from lxml.etree import SubElement, _Element

from tasks.clean.body import Line
from tasks.clean.visible import words_of

# Private use characters: no page prints them with a meaning that others know (Unicode, chapter 23.5).
OPEN: Final = "\ue0c1"
CLOSE: Final = "\ue0c2"
MIN_CAPTION_CHARS: Final = 15
MAX_CAPTION_CHARS: Final = 600
MOST_CAPTIONS: Final = 60


def mark_captions(tree: _Element) -> bool:
    """Put a marked paragraph behind each figure that has a caption, in place; whether there were any."""
    found = 0
    for figure in list(tree.iter("figure")):
        caption = figure.find(".//figcaption")
        parent = figure.getparent()
        if caption is None or parent is None or found >= MOST_CAPTIONS or figure.find(".//p//p") is not None:
            continue
        text = words_of(caption)
        if MIN_CAPTION_CHARS <= len(text) <= MAX_CAPTION_CHARS:
            paragraph = SubElement(parent, "p")
            paragraph.text = f"{OPEN}{text}{CLOSE}"
            paragraph.tail, figure.tail = figure.tail, None
            parent.insert(parent.index(figure) + 1, paragraph)
            found += 1
    return found > 0


def with_captions(lines: Sequence[Line], marked: bool) -> list[Line]:
    """The lines, marked ones as captions without their marks; captions before the first and behind the last line of text are left out:
    they belong to pictures around the article."""
    if not marked:
        return list(lines)
    read = [
        Line(line.text.replace(OPEN, "").replace(CLOSE, "").strip(), "caption")
        if OPEN in line.text or CLOSE in line.text
        else line
        for line in lines
    ]
    last = max((number for number, line in enumerate(read) if line.kind != "caption"), default=-1)
    return [line for line in read[: last + 1] if line.text]
