"""Which page is an article."""

from typing import Final

from storage.records import Status
from tasks.clean.body import Body
from tasks.clean.metadata import PageMetadata, types_of

MIN_WORDS: Final = 25
# A teaser in front of a paywall has a paragraph or three.
MAX_TEASER_WORDS: Final = 200
OTHER_TYPES: Final = frozenset(
    {  # schema.org types of pages that list or sell, but tell no story
        "AboutPage",
        "CheckoutPage",
        "CollectionPage",
        "ContactPage",
        "FAQPage",
        "ItemPage",
        "ProfilePage",
        "SearchResultsPage",
    }
)
# Pages that state nothing about themselves need this much text to pass as articles.
MIN_WORDS_UNSTATED: Final = 100


def is_free(page: PageMetadata) -> bool | None:
    """schema.org isAccessibleForFree of the article, None where not stated."""
    stated = page.article.get("isAccessibleForFree")
    if isinstance(stated, bool):
        return stated
    return {"true": True, "false": False}.get(str(stated).lower())


def rejection(page: PageMetadata, body: Body) -> tuple[Status, str] | None:
    """Why a page is not taken as an article; None if it is one."""
    states_article = bool(page.article) or page.metas.get("og:type", "").lower() == "article"
    kinds = frozenset().union(*(types_of(node) for node in page.nodes))
    if not states_article and kinds & OTHER_TYPES:
        return "not_article", f"the page says it is a {min(kinds & OTHER_TYPES)}"
    if is_free(page) is False and body.words < MAX_TEASER_WORDS:
        return "paywalled", f"not free to read, {body.words} words shown"
    if not states_article and page.metas.get("og:type", "").lower() == "website" and body.words < MAX_TEASER_WORDS:
        return "not_article", "the page says it is a website, and has little text"
    if not states_article and body.words < MIN_WORDS_UNSTATED:
        return "not_article", f"nothing says it is an article, and it has {body.words} words"
    if body.words < MIN_WORDS:
        return "too_short", f"{body.words} words, fewer than {MIN_WORDS}"
    return None
