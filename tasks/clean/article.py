"""Clean: a document's bytes become an article's text and metadata, or an ending."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from lxml.etree import _Element

from storage.records import Article, Document, Ending, PageType, Status
from tasks.clean.access import has_paywall, is_free, partial_reason
from tasks.clean.body import Body
from tasks.clean.decode import BYTE_ORDER_MARKS, decode, looks_binary
from tasks.clean.language import detect_language
from tasks.clean.metadata import NO_METADATA, PageMetadata, read_metadata
from tasks.clean.page import NOTHING_VISIBLE, Page, page_columns, read_page
from tasks.clean.page_body import read_body
from tasks.clean.page_signs import page_signs, text_signs
from tasks.clean.page_type import Decision, Looks, decide
from tasks.clean.plain_text import read_plain_text, without_marks
from tasks.clean.site_rules import NO_RULE, NO_RULES, SiteRule, rule_for
from tasks.clean.visible import read_visible

HTML_TYPES: Final = frozenset({"application/xhtml+xml", "text/html"})
PLAIN_TYPES: Final = frozenset({"text/markdown", "text/plain"})
# Ten times the longest reportage; more is a book, a log or an attack.
MAX_TEXT_CHARS: Final = 400_000
MIN_PLAIN_WORDS: Final = 3


class Found(NamedTuple):
    """A text, why it is what it is by column, and what its page is."""

    body: Body
    reasons: dict[str, str]
    page_type: PageType = "article"


def clean(document: Document, archive_key: str, rules: Mapping[str, SiteRule] = NO_RULES) -> Article | Ending:
    """The article in a document. What is no readable article is an ending with the reason."""
    if not document.body.strip():
        return _ending(document, "too_short", "empty")
    if looks_binary(document.body):
        return _ending(document, "wrong_type", "binary content")
    if document.media_type in HTML_TYPES:
        return _clean_html(document, archive_key, rules)
    if document.media_type in PLAIN_TYPES:
        return _clean_plain_text(document, archive_key)
    return _ending(document, "wrong_type", f"{document.media_type} is not read")


def _clean_plain_text(document: Document, archive_key: str) -> Article | Ending:
    text, guessed = decode(document.body, document.charset)
    body = read_plain_text(without_marks(text) if document.media_type == "text/markdown" else text)
    if body.words < MIN_PLAIN_WORDS:
        return _ending(document, "too_short", f"{body.words} words, fewer than {MIN_PLAIN_WORDS}")
    page = read_page(NO_METADATA, NOTHING_VISIBLE, None, document, NO_RULE)
    found = Found(body, {"text": guessed} if guessed else {})
    return _not_too_large(document, _article(document, archive_key, page, found))


def _clean_html(document: Document, archive_key: str, rules: Mapping[str, SiteRule]) -> Article | Ending:
    examined = examine(document, archive_key, rules)
    if examined is None:
        return _ending(document, "parse_error", "no HTML in it")
    article, decision = examined
    if decision.status is not None:
        return _ending(document, decision.status, decision.detail)
    return _not_too_large(document, article)


def examine(
    document: Document, archive_key: str, rules: Mapping[str, SiteRule] = NO_RULES
) -> tuple[Article, Decision] | None:
    """What an HTML page would be as an article, and whether it is one; None where there is no HTML in it."""
    if (tree := parse(document)) is None:
        return None
    # lxml makes a Python object each time that it hands out an element, unless one is still alive: 5 % of the whole time.
    alive = list(tree.iter())
    # Read first: finding the body takes boxes out of the tree.
    metadata = read_metadata(tree)
    page = read_page(metadata, read_visible(tree), tree, document, rule_of(metadata, document.url, rules))
    signs = page_signs(page.metadata, tree, document.url)
    paywall = is_free(metadata) is False and has_paywall(tree)
    body, origin = read_body(tree, page, document.url)
    del alive
    decision = decide(_looks(page, document, body, signs))
    partial = partial_reason(page.metadata, body, document.candidate.entry, paywall=paywall)
    reasons = {"text": f"{origin}, from the feed" if document.from_feed else origin, "page_type": decision.detail}
    reasons |= {"is_partial": partial} if partial else {}
    return _article(document, archive_key, page, Found(body, reasons, decision.page_type)), decision


def rule_of(metadata: PageMetadata, url: str, rules: Mapping[str, SiteRule]) -> SiteRule:
    """The rule of a page's site; of a saved page the site is the one that it states as its own."""
    host = urlsplit(url).hostname or urlsplit(metadata.canonical or metadata.metas.get("og:url", "")).hostname
    return rule_for(rules, host or "")


def _looks(page: Page, document: Document, body: Body, signs: dict[str, float]) -> Looks:
    people = page.credits[0].names.persons if page.credits else ()
    told = text_signs(body, dated=bool(page.dates), signed=bool(people))
    candidate = document.candidate
    listed = candidate.entry is not None or candidate.url.startswith("file:")
    title = page.visible.title or page.title or ""
    return Looks(page.metadata, title, document.url, body.text, body.words, signs | told, listed)


def parse(document: Document) -> _Element | None:
    """The parsed page: as text where HTTP or a byte order mark says how it is encoded (HTML Standard, 13.2.3.2), else the page's own
    word in a meta element counts, and then a guess. None where there is no HTML in it."""
    from trafilatura import load_html

    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if document.body.startswith(mark)), document.charset)
    try:
        tree: _Element | None = load_html(document.body.decode(marked) if marked else document.body)
    except (UnicodeDecodeError, LookupError):
        tree = load_html(document.body)
    return tree


def _article(document: Document, archive_key: str, page: Page, found: Found) -> Article:
    import trafilatura

    language, why = detect_language(found.body.text)
    is_html = document.media_type in HTML_TYPES
    columns, stated = page_columns(page, document)
    return Article(
        candidate=document.candidate,
        document_url=document.url,
        text=found.body.text,
        blocks=found.body.blocks,
        raw_sha256=document.raw_sha256,
        archive_key=archive_key,
        cleaner="trafilatura" if is_html else "plain_text",
        cleaner_version=trafilatura.__version__ if is_html else "1.0",
        seen_at=document.fetched_at,
        language=language,
        page_type=found.page_type,
        is_partial="is_partial" in found.reasons,
        from_feed=document.from_feed,
        reasons=tuple(sorted((stated | {"language": why} | found.reasons).items())),
        **columns,
    )


def _not_too_large(document: Document, article: Article) -> Article | Ending:
    if len(article.text) <= MAX_TEXT_CHARS:
        return article
    return _ending(document, "too_large", f"{len(article.text)} characters of text, over {MAX_TEXT_CHARS}")


def _ending(document: Document, status: Status, detail: str) -> Ending:
    return Ending(
        candidate=document.candidate,
        status=status,
        stage="clean",
        detail=detail,
        http_status=document.http_status,
        bytes=len(document.body),
        milliseconds=document.milliseconds,
    )
