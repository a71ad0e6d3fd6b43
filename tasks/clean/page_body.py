"""The text of a page: what trafilatura finds, without boilerplate, with the captions and the structure of the page."""

from lxml.etree import _Element

from tasks.clean.body import Body, compose, normalised
from tasks.clean.boilerplate import link_lines, take_out_boxes, without_boilerplate
from tasks.clean.captions import mark_captions, with_captions
from tasks.clean.html_body import extract_main, html_lines
from tasks.clean.page import Page
from tasks.clean.rule_use import apply_body_rule
from tasks.clean.stated_body import judged, stated_body


def read_body(tree: _Element, page: Page, url: str) -> tuple[Body, str]:
    """The body of a parsed page, and which way it was found; takes elements out of the tree."""
    links = link_lines(tree)
    if (ruled := apply_body_rule(page.rule, tree)) is None:
        take_out_boxes(tree)
    told = tree if ruled is None else ruled
    captions = mark_captions(told)
    main = extract_main(told, url)
    found = [] if main is None else with_captions(normalised(html_lines(main)), captions)
    lines = without_boilerplate(found, page.title, page.authors, links)
    stated = stated_body(page.metadata)
    kept = judged(lines, stated)
    origin = "from json-ld articleBody" if kept and kept == stated else "from the page"
    return compose(kept), f"{origin}, by its site rule" if ruled is not None else origin
