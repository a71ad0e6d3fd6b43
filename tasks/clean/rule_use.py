"""A site's rule at work: what its selectors take from a parsed page."""

from functools import cache
from typing import TYPE_CHECKING, Final

from lxml.etree import _Element

from storage.records import Published
from tasks.clean.authors import Credit
from tasks.clean.metadata import Stated
from tasks.clean.names import Names, read_names
from tasks.clean.printed_dates import read_date
from tasks.clean.site_rules import SiteRule
from tasks.clean.visible import words_of

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector

ORIGIN: Final = "site rule"


@cache
def _compiled(selector: str) -> "CSSSelector":
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def selected(selector: str, tree: _Element) -> list[_Element]:
    """The elements that a selector names, in document order; none for an empty one."""
    return list(_compiled(selector)(tree)) if selector else []


def rule_titles(rule: SiteRule, tree: _Element) -> list[Stated]:
    """The headline that the rule names."""
    return [Stated(text, ORIGIN) for element in selected(rule.title, tree)[:1] if (text := words_of(element))]


def rule_authors(rule: SiteRule, tree: _Element) -> list[Credit]:
    """The credit that the rule names: one name an element."""
    found = [read_names(words_of(element), whole=True) for element in selected(rule.author, tree)]
    names = tuple(dict.fromkeys(name for names in found for name in names.names))
    organisations = tuple(name for names in found for name in names.organisations)
    return [Credit(Names(names, organisations), ORIGIN)] if names else []


def rule_dates(rule: SiteRule, tree: _Element) -> tuple[Published, ...]:
    """The date that the rule names: the element's datetime or content attribute, or its words."""
    for element in selected(rule.date, tree)[:1]:
        printed = element.get("datetime") or element.get("content") or words_of(element, silent=frozenset())
        if date := read_date(str(printed), ORIGIN, str(tree.get("lang") or "")):
            return (date,)
    return ()


def apply_body_rule(rule: SiteRule, tree: _Element) -> _Element | None:
    """Drop what the rule drops, in place; a page with nothing but the rule's body, None where the rule names none."""
    from lxml import html

    for element in selected(rule.drop, tree):
        if element.getparent() is not None:
            element.drop_tree()
    bodies = selected(rule.body, tree)
    if not bodies:
        return None
    page: _Element = html.document_fromstring("<html><body><article></article></body></html>")
    article = page.find(".//article")
    for body in bodies:
        article.append(body)
    return page
