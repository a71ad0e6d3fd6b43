"""Signs by which an article is told from other pages: what the page says of itself, its address, its make-up, and the text found in it."""

import math
import re
from typing import Final
from urllib.parse import urlsplit

from lxml.etree import _Element

from tasks.clean.body import Body, lines_with_kinds
from tasks.clean.metadata import PageMetadata

LISTS: Final = frozenset({"Blog", "CategoryCodeSet", "CollectionPage", "ItemList", "SearchResultsPage"})
GOODS: Final = frozenset(
    {
        "AggregateOffer",
        "Event",
        "LocalBusiness",
        "Offer",
        "Product",
        "ProductGroup",
        "Service",
        "SoftwareApplication",
        "Store",
    }
)
FORUMS: Final = frozenset({"Comment", "DiscussionForumPosting", "QAPage", "Question"})
OTHERS: Final = frozenset(
    {"AboutPage", "APIReference", "CheckoutPage", "ContactPage", "FAQPage", "ItemPage", "ProfilePage"}
)
ADDRESSES: Final = {
    "address_of_articles": re.compile(
        r"news|/articles?/|/stor(?:y|ies)/|blog|/posts?/|/(?:19|20)\d\d/|opinion|magazine|insights|/p/[a-z]"
    ),
    "address_of_forum": re.compile(
        r"(?:^|\.)(?:forums?|community|discuss)\.|forum|/threads?/|/talk/|showthread|viewtopic|/questions/|/comments/|/t/"
    ),
    "address_of_goods": re.compile(
        r"product|/dp/|shop|store|/items?/|/buy|pricing|cart|services?/|solutions|/about|contact|careers"
    ),
    "address_of_manual": re.compile(
        r"(?:^|\.)(?:docs?|wiki|support|help)\.|/docs?/|documentation|reference|/api|manual|/wiki/|readthedocs|/stable/"
    ),
    "address_of_list": re.compile(
        r"categor|/tags?/|search|archive|collections?/|/topics?/|/page/|directory|index|list"
    ),
}
SECTION: Final = re.compile(r"[a-z]{3,19}")
WORD: Final = re.compile(r"\w+")
US: Final = re.compile(r"\b(?:we|our|us|unser\w*|wir|nous|notre|nos|nuestr\w+)\b", re.IGNORECASE)
SENTENCE_END: Final = (".", "!", "?", "…", "。", ".”", "”", "’", '"', "»")
LONG_PARAGRAPH: Final = 25


def page_signs(page: PageMetadata, tree: _Element, url: str) -> dict[str, float]:
    """Signs outside of the text, each 0 to 1. Read before the body: finding it takes elements out of the tree."""
    kinds, kind = page.kinds, page.og_type
    articles = sum(1 for _ in tree.iter("article"))
    controls = sum(1 for _ in tree.iter("form", "input", "button", "select"))
    return {
        "says_article": bool(page.article),
        "og_article": kind == "article",
        "says_goods": bool(kinds & GOODS) or "product" in kind,
        "says_list": bool(kinds & LISTS),
        "says_forum": bool(kinds & FORUMS),
        "says_other": bool(kinds & OTHERS),
        "many_articles": articles > 3,
        "one_article": articles == 1,
        "controls": min(controls, 80) / 80,
        **_address_signs(url, says_article=page.says_article),
    }


def _address_signs(url: str, *, says_article: bool) -> dict[str, float]:
    parts = urlsplit(url)
    steps = [step for step in parts.path.lower().split("/") if step]
    last = steps[-1] if steps else ""
    address = f"{parts.hostname or ''}{parts.path}".lower()
    return {
        "front_page": not steps and not parts.query,
        "section_page": not says_article and len(steps) == 1 and SECTION.fullmatch(last) is not None,
        "slug": min(last.count("-") + last.count("_"), 8) / 8,
        "query": bool(parts.query),
        **{name: bool(pattern.search(address)) for name, pattern in ADDRESSES.items()},
    }


def text_signs(body: Body, *, dated: bool, signed: bool) -> dict[str, float]:
    """Signs of the text found, each about 0 to 1; `dated` and `signed`: a date and a person as author were found."""
    lines = list(lines_with_kinds(body.text, body.blocks))
    prose = [line for kind, line in lines if kind in {None, "quote"} and line]
    words = [len(WORD.findall(line)) for line in prose]
    return {
        "dated": dated,
        "signed": signed,
        "words": math.log1p(body.words) / 8,
        "tiny": body.words < 60,
        "long_paragraphs": min(sum(count >= LONG_PARAGRAPH for count in words), 20) / 20,
        "prose": sum(words) / max(1, body.words),
        "headings": sum(kind == "heading" for kind, _ in lines) / len(lines),
        "sentences": sum(line.endswith(SENTENCE_END) for line in prose) / max(1, len(prose)),
        "us": sum(bool(US.search(line)) for line in prose) / max(1, len(prose)),
    }
