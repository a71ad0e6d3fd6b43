"""The body of an HTML page, as trafilatura finds it, with its structure."""

import logging
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from tasks.clean.body import Body, Line, compose

HEADING = "head"
BLOCKS = frozenset({"ab", "code", "item", "p", "quote", "cell"})
CONTAINERS = frozenset({"body", "div", "list", "main", "row", "table"})


def extract_main(tree: _Element, url: str | None) -> Any | None:
    """trafilatura's Document of a parsed page (metadata and `body`), or None where it finds no main text."""
    from trafilatura import bare_extraction

    # trafilatura logs every page without text; the ledger says that already.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return bare_extraction(tree, url=url, with_metadata=False, include_comments=False, include_tables=True)


def read_html_body(main: Any) -> Body:
    """Paragraphs and headings of trafilatura's body."""
    return compose(_lines(main.body))


def _lines(element: _Element) -> Iterator[Line]:
    for child in element:
        if child.tag == HEADING:
            yield Line(_words(child), is_heading=True, level=_level(child))
        elif child.tag in CONTAINERS or _has_blocks(child):
            yield from _lines(child)
        else:
            # Line breaks inside a paragraph separate paragraphs: pages that know only <br> do so.
            yield from (Line(text) for text in _words(child).split("\n"))
        if child.tail and child.tail.strip():
            yield Line(child.tail)


def _has_blocks(element: _Element) -> bool:
    return any(child.tag in BLOCKS or child.tag in CONTAINERS for child in element)


def _words(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _words(child))
        parts.append(child.tail or "")
    # Line feeds of the HTML source are no line breaks.
    return "".join(part if part == "\n" else part.replace("\n", " ").replace("\r", " ") for part in parts)


def _level(element: _Element) -> int | None:
    rend = str(element.get("rend") or "")
    return int(rend[1]) if len(rend) == 2 and rend[0] == "h" and rend[1] in "123456" else None
