"""What cleaning makes of one page, told in full: for the people who write site rules."""

from collections.abc import Mapping
from typing import NamedTuple

from storage.records import Article, Document
from tasks.clean.article import examine, parse, rule_of
from tasks.clean.metadata import read_metadata
from tasks.clean.page_type import Decision
from tasks.clean.rule_use import selected
from tasks.clean.site_rules import SELECTORS, SiteRule
from tasks.clean.visible import words_of


class Inspection(NamedTuple):
    """An HTML page as an article, what it is taken for, and what each selector of its site's rule takes from it."""

    article: Article
    decision: Decision
    rule: SiteRule
    taken: dict[str, tuple[str, ...]]


def inspect(document: Document, rules: Mapping[str, SiteRule]) -> Inspection | None:
    """The inspection of a page; None where there is no HTML in it."""
    examined, tree = examine(document, "", rules), parse(document)
    if examined is None or tree is None:
        return None
    rule = rule_of(read_metadata(tree), document.url, rules)
    used = {name: getattr(rule, name) for name in SELECTORS if getattr(rule, name)}
    taken = {name: tuple(words_of(element) for element in selected(selector, tree)) for name, selector in used.items()}
    return Inspection(*examined, rule, taken)
