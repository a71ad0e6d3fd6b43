"""Which page is an article, and what the others are."""

import re
from typing import Final, NamedTuple

from storage.records import PageType, Status
from tasks.clean.access import MAX_TEASER_WORDS, is_free
from tasks.clean.metadata import PageMetadata

MIN_WORDS: Final = 25
# Pages of other kinds have a line or two around their player, pictures or form.
MAX_SIDE_WORDS: Final = 150
ERROR: Final = re.compile(
    r"\b(?:404|403|410|50[0234])\b|(?:page|seite|page web|p[áa]gina)\b.{0,20}\b(?:not found|nicht gefunden|introuvable|no encontrada|non trovata)|not found$|"
    r"access denied|forbidden|just a moment|attention required|are you a (?:robot|human)|verify you are|captcha|bot verification|service unavailable|"
    r"enable javascript", re.IGNORECASE
)  # fmt: skip
CONSENT: Final = re.compile(
    r"before you continue|bevor sie (?:fortfahren|weiter)|we value your privacy|your privacy choices|accept all cookies|mit werbung (?:weiter)?lesen|"
    r"wir ben[öo]tigen ihre (?:zustimmung|einwilligung)|zustimmen (?:und|&) weiter|nous respectons votre vie priv[ée]e|accepter et continuer|"
    r"consent to|privacy (?:gate|wall)|cookie (?:consent|wall)|su privacidad", re.IGNORECASE
)  # fmt: skip
SEARCH: Final = re.compile(
    r"^(?:search results?|search:|suchergebnis|suche nach|r[ée]sultats? de recherche|resultados de (?:la )?b[úu]squeda)",
    re.IGNORECASE,
)
LIVE: Final = re.compile(
    r"live[ -]?(?:blog|ticker|updates?|news)\b|\bliveticker\b|news-?ticker|\ben direct\b|minuto a minuto|\blive:|as it happened",
    re.IGNORECASE,
)
GALLERY_ADDRESS: Final = re.compile(
    r"/(?:photo-?)?galler(?:y|ies)/|/photos?/|/pictures/|bilderstrecke|fotostrecke|/galerie|/fotogaleria"
)
# schema.org types of whole pages that tell no story.
LISTING_TYPES: Final = frozenset(
    {"AboutPage", "CheckoutPage", "CollectionPage", "ContactPage", "ItemPage", "ProfilePage"}
)
LIVE_STAMP: Final = re.compile(r"^\W*\d{1,2}[.:h]\d\d\b")
MIN_LIVE_STAMPS: Final = 3

# A logistic regression on the developers' part of WCXB (Murrough-Foley, CC BY 4.0: 260 articles, 150 other pages): F1 .93 in tenfold
# cross-validation. The weights are for the signs of page_signs.py.
WEIGHTS: Final = {
    "says_article": 1.1, "og_article": 1.0, "says_goods": -1.4, "says_list": -0.4, "says_forum": -0.3, "says_other": -0.2,
    "many_articles": -0.5, "one_article": 1.0, "controls": -1.4, "front_page": -1.8, "section_page": -1.7, "slug": 1.4, "query": -0.3,
    "address_of_articles": 0.9, "address_of_forum": -2.4, "address_of_goods": -0.5, "address_of_manual": -2.9, "address_of_list": 0.3,
    "dated": 0.5, "signed": 0.5, "words": 1.4, "tiny": -1.1, "long_paragraphs": 0.4, "prose": -0.2, "headings": 1.0, "sentences": 0.5,
    "us": -0.5,
}  # fmt: skip
BIAS: Final = -1.8
# A page that a feed or a news sitemap lists is rarely anything else; nor is a file that somebody loads by hand.
LISTED: Final = 3.0
KINDS: Final = (
    ("address_of_forum", "forum"), ("says_forum", "forum"), ("says_goods", "product"), ("says_list", "listing"), ("front_page", "listing"),
    ("section_page", "listing"), ("many_articles", "listing"), ("address_of_manual", "manual"),
)  # fmt: skip


class Decision(NamedTuple):
    """What a page is; `status` is None where it goes on, and `detail` says why it is taken for that."""

    page_type: PageType
    status: Status | None
    detail: str


class Looks(NamedTuple):
    """What the decision is made from: what the page states, its title and address, its text, and the signs of page_signs.py."""

    page: PageMetadata
    title: str
    url: str
    text: str
    words: int
    signs: dict[str, float]
    listed: bool


def decide(looks: Looks) -> Decision:
    """The page's type. Articles and live blogs go on; the rest ends with the reason."""
    for rule in (_error_or_wall, _other_medium, _teaser, _live_blog, _listing):
        if (decision := rule(looks)) is not None:
            return decision
    if looks.words < MIN_WORDS and looks.page.says_article:
        return Decision("article", "too_short", f"{looks.words} words, fewer than {MIN_WORDS}")
    if looks.words < MIN_WORDS:
        return Decision("other", "not_article", f"nothing says it is an article, and it has {looks.words} words")
    score = BIAS + LISTED * looks.listed + sum(WEIGHTS[name] * looks.signs[name] for name in WEIGHTS)
    if score > 0:
        return Decision("article", None, f"looks like an article: {_foremost(looks, 1)}")
    kind = next((kind for sign, kind in KINDS if looks.signs[sign]), "other")
    return Decision(
        "listing" if kind == "listing" else "other",
        "not_article",
        f"looks like no article ({kind}): {_foremost(looks, -1)}",
    )


def _foremost(looks: Looks, side: int) -> str:
    """The three signs that say most for (1) or against (-1) an article."""
    says = sorted(WEIGHTS, key=lambda name: -side * WEIGHTS[name] * looks.signs[name])
    told = [name.replace("_", " ") for name in says if side * WEIGHTS[name] * looks.signs[name] > 0][:3]
    return ", ".join(told) or "nothing says that it is one"


def _error_or_wall(looks: Looks) -> Decision | None:
    if looks.words >= MAX_SIDE_WORDS:
        return None
    if ERROR.search(looks.title) and not looks.page.article:
        return Decision("error_page", "not_article", f"an error page: {looks.title[:80]}")
    if wall := CONSENT.search(f"{looks.title} {looks.text[:400]}"):
        return Decision("consent_wall", "not_article", f"a consent wall: {wall[0]}")
    if SEARCH.search(looks.title) or "SearchResultsPage" in looks.page.kinds:
        return Decision("search_page", "not_article", "search results")
    return None


def _other_medium(looks: Looks) -> Decision | None:
    if looks.words >= MAX_SIDE_WORDS or looks.page.article:
        return None
    kinds, kind = looks.page.kinds, looks.page.og_type
    if kinds & {"ImageGallery", "MediaGallery"} or GALLERY_ADDRESS.search(looks.url.lower()):
        return Decision("gallery", "not_article", f"a gallery with {looks.words} words")
    if kinds & {"AudioObject", "PodcastEpisode", "RadioEpisode"} or kind.startswith("music"):
        return Decision("audio", "not_article", f"an audio page with {looks.words} words")
    if "VideoObject" in kinds or kind.startswith("video"):
        return Decision("video", "not_article", f"a video page with {looks.words} words")
    return None


def _teaser(looks: Looks) -> Decision | None:
    if is_free(looks.page) is False and looks.words < MAX_TEASER_WORDS:
        return Decision("paywall_teaser", "paywalled", f"not free to read, {looks.words} words shown")
    return None


def _live_blog(looks: Looks) -> Decision | None:
    if "LiveBlogPosting" in looks.page.kinds and looks.words >= MAX_SIDE_WORDS:
        return Decision("live_blog", None, "JSON-LD says LiveBlogPosting")
    stamps = sum(bool(LIVE_STAMP.match(line)) for line in looks.text.split("\n"))
    if stamps >= MIN_LIVE_STAMPS and (told := LIVE.search(f"{looks.title} {looks.url}")):
        return Decision("live_blog", None, f"«{told[0]}» and {stamps} entries with a time")
    return None


def _listing(looks: Looks) -> Decision | None:
    kinds = looks.page.kinds & LISTING_TYPES
    if kinds and not looks.page.says_article:
        return Decision("listing", "not_article", f"the page says it is a {min(kinds)}")
    return None
