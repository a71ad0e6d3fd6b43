"""The body of an HTML page, as trafilatura finds it, with its structure."""

import logging
from collections.abc import Iterator
from typing import Any, Final

from lxml.etree import _Element

from storage.records import BlockKind
from tasks.clean.body import Line

BLOCKS: Final = frozenset({"ab", "head", "item", "p", "quote", "row"})
CONTAINERS: Final = frozenset({"body", "div", "list", "main", "table"})
KINDS: Final[dict[str, BlockKind]] = {"item": "list_item", "quote": "quote", "code": "code"}
# Tables with longer cells are page layouts: their cells are paragraphs.
MAX_CELL_CHARS: Final = 200
# trafilatura's second, more generous answer must have this much more text than its first.
MIN_ADDED_CHARS: Final = 1_000
MIN_ADDED_SHARE: Final = 1.15
ASIDES: Final = frozenset({"aside", "nav", "footer", "form", "header"})

CELL_MARK: Final = " | "


def extract_main(tree: _Element, url: str | None) -> _Element | None:
    """trafilatura's body of a parsed page, or None where it finds no main text.

    Where much prose of the page is left out, trafilatura is asked again to favour recall; its answer counts if it adds more than a
    stray paragraph or two.
    """
    from trafilatura import bare_extraction

    # trafilatura logs every page without text; the ledger says that already.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any | None = bare_extraction(tree, url=url, include_comments=False)
    size = _size(found)
    if _prose(tree) < size + MIN_ADDED_CHARS:
        return None if found is None else found.body
    more: Any | None = bare_extraction(tree, url=url, include_comments=False, favor_recall=True, fast=True)
    best = more if _size(more) >= max(size + MIN_ADDED_CHARS, MIN_ADDED_SHARE * size) else found
    return None if best is None else best.body


def _size(found: Any | None) -> int:
    return 0 if found is None else len(" ".join(found.body.itertext()))


def _prose(tree: _Element) -> int:
    """Characters of text, not of links, in the page's paragraphs, items and quotations outside of navigation."""
    total = 0
    for element in tree.iter("p", "li", "blockquote"):
        if not any(parent.tag in ASIDES for parent in element.iterancestors()):
            total += len(element.text_content()) - 2 * sum(len(link.text_content()) for link in element.iter("a"))
    return total


def html_lines(element: _Element, kind: BlockKind | None = None) -> Iterator[Line]:
    """The lines of trafilatura's body; `kind` is what the element around them is."""
    for child in element:
        if child.tag == "head":
            yield Line(_words(child), "heading", _level(child))
        elif child.tag == "row":
            yield from _row(child)
        elif child.tag in CONTAINERS or _has_blocks(child):
            inner = KINDS.get(child.tag, kind)
            yield Line(child.text or "", inner)
            yield from html_lines(child, inner)
        else:
            # Line breaks inside a paragraph separate paragraphs: pages that know only <br> do so.
            yield from (Line(text, KINDS.get(child.tag, kind)) for text in _words(child).split("\n"))
        if child.tail and child.tail.strip():
            yield Line(child.tail, kind)


def _row(row: _Element) -> Iterator[Line]:
    cells = [" ".join(_words(cell).split()) for cell in row]
    if any(len(cell) > MAX_CELL_CHARS for cell in cells):
        for cell in row:
            yield from html_lines(cell) if _has_blocks(cell) else (Line(text) for text in _words(cell).split("\n"))
    else:
        yield Line(CELL_MARK.join(filter(None, cells)), "table_row")


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
