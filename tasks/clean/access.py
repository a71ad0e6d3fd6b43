"""Is an article free to read, and is all of it here?"""

import re
from typing import Final

from lxml.etree import _Element

from storage.records import FeedEntry
from tasks.clean.body import Body
from tasks.clean.metadata import PageMetadata

# A teaser in front of a paywall has a paragraph or three.
MAX_TEASER_WORDS: Final = 200
TIERS: Final = {"free": True, "metered": None, "locked": False, "paid": False, "premium": False}
NAMES: Final = (
    "paywall",
    "pay-wall",
    "regwall",
    "piano-offer",
    "subscriber-only",
    "premium-content",
    "premium-wall",
    "article-locked",
)
PAYWALL: Final = (
    "//*[" + " or ".join(f"contains(@class, '{name}') or contains(@id, '{name}')" for name in NAMES) + "][1]"
)
CUT_OFF: Final = ("…", "...", "[…]", "[...]")
# A text shorter than this share of what the feed tells of it is not the whole.
MIN_SHARE_OF_SUMMARY: Final = 0.9
MIN_SUMMARY_CHARS: Final = 200
TAG: Final = re.compile(r"<[^>]{1,500}>")


def is_free(page: PageMetadata) -> bool | None:
    """schema.org isAccessibleForFree of the article, else Facebook's article:content_tier; None where neither is stated."""
    stated = page.article.get("isAccessibleForFree")
    if isinstance(stated, bool):
        return stated
    told = {"true": True, "false": False}.get(str(stated).lower())
    return TIERS.get(page.metas.get("article:content_tier", "").lower()) if told is None else told


def has_paywall(tree: _Element) -> bool:
    """An element of the page is named like a paywall. Read before the body: finding it takes elements out of the tree."""
    return bool(tree.xpath(PAYWALL))


def partial_reason(page: PageMetadata, body: Body, entry: FeedEntry | None, *, paywall: bool) -> str | None:
    """Why the text is taken for a part of the article; None where nothing says so."""
    summary = TAG.sub(" ", (entry.summary or "") if entry else "")
    if len(summary) >= MIN_SUMMARY_CHARS and len(body.text) < MIN_SHARE_OF_SUMMARY * len(" ".join(summary.split())):
        return "shorter than what the feed tells of it"
    if body.words < 2 * MAX_TEASER_WORDS and body.text.endswith(CUT_OFF):
        return "breaks off"
    if is_free(page) is False and paywall and body.words < 2 * MAX_TEASER_WORDS:
        return "not free to read, and the page has a paywall"
    return None
