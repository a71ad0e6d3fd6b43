"""Clean: a document's bytes become an article's text and metadata, or an ending."""

from typing import Any, Final

from lxml.etree import _Element

from storage.records import Article, Document, Ending, Published, Status
from tasks.clean.authors import read_authors
from tasks.clean.body import Body
from tasks.clean.canonical import canonical_url, identity
from tasks.clean.dates import modified_at, published_candidates
from tasks.clean.decode import BYTE_ORDER_MARKS, decode, looks_binary
from tasks.clean.html_body import extract_main, read_html_body
from tasks.clean.language import detect_language
from tasks.clean.metadata import PageMetadata, read_metadata
from tasks.clean.page_type import is_free, rejection
from tasks.clean.plain_text import read_plain_text
from tasks.clean.title import read_title

HTML_TYPES: Final = frozenset({"application/xhtml+xml", "text/html"})
PLAIN_TYPES: Final = frozenset({"text/markdown", "text/plain"})
# Ten times the longest reportage; more is a book, a log or an attack.
MAX_TEXT_CHARS: Final = 400_000
MIN_PLAIN_WORDS: Final = 3
NO_METADATA: Final = PageMetadata((), {}, None)


def clean(document: Document, archive_key: str) -> Article | Ending:
    """The article in a document. What is no readable article is an ending with the reason."""
    if not document.body.strip():
        return _ending(document, "too_short", "empty")
    if looks_binary(document.body):
        return _ending(document, "wrong_type", "binary content")
    if document.media_type in HTML_TYPES:
        return _clean_html(document, archive_key)
    if document.media_type in PLAIN_TYPES:
        return _clean_plain_text(document, archive_key)
    return _ending(document, "wrong_type", f"{document.media_type} is not read")


def _clean_plain_text(document: Document, archive_key: str) -> Article | Ending:
    text, guessed = decode(document.body, document.charset)
    body = read_plain_text(text)
    if body.words < MIN_PLAIN_WORDS:
        return _ending(document, "too_short", f"{body.words} words, fewer than {MIN_PLAIN_WORDS}")
    reasons = {"text": guessed} if guessed else {}
    return _article(document, archive_key, body, NO_METADATA, reasons)


def _clean_html(document: Document, archive_key: str) -> Article | Ending:
    from trafilatura import load_html

    tree: _Element | None = load_html(_markup(document))
    if tree is None:
        return _ending(document, "parse_error", "no HTML in it")
    # Read first: trafilatura takes scripts and links out of the tree.
    page = read_metadata(tree)
    main: Any | None = extract_main(tree, document.url)
    body = Body("", ()) if main is None else read_html_body(main)
    if rejected := rejection(page, body):
        return _ending(document, *rejected)
    return _article(document, archive_key, body, page, {})


def _markup(document: Document) -> str | bytes:
    """The body as text where HTTP or a byte order mark says how it is encoded (HTML Standard, 13.2.3.2); else the page's own word
    in a meta element counts, and then a guess."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if document.body.startswith(mark)), document.charset)
    try:
        return document.body.decode(marked) if marked else document.body
    except (UnicodeDecodeError, LookupError):
        return document.body


def _article(
    document: Document, archive_key: str, body: Body, page: PageMetadata, reasons: dict[str, str]
) -> Article | Ending:
    import trafilatura

    if len(body.text) > MAX_TEXT_CHARS:
        return _ending(document, "too_large", f"{len(body.text)} characters of text, over {MAX_TEXT_CHARS}")
    entry = document.candidate.entry
    title, reasons["title"] = read_title(page, entry)
    authors, reasons["authors"] = read_authors(page, entry)
    own_url, reasons["canonical_url"] = canonical_url(page, document.url)
    language, reasons["language"] = detect_language(body.text)
    dates = published_candidates(page, entry, document.fetched_at)
    reasons["published_at"] = _date_reason(dates)
    return Article(
        candidate=document.candidate,
        document_url=document.url,
        identity=identity(own_url, document.url),
        text=body.text,
        headings=body.headings,
        raw_sha256=document.raw_sha256,
        archive_key=archive_key,
        cleaner="trafilatura" if page is not NO_METADATA else "plain_text",
        cleaner_version=trafilatura.__version__ if page is not NO_METADATA else "1.0",
        seen_at=document.fetched_at,
        canonical_url=own_url,
        title=title,
        authors=authors,
        published=dates[0] if dates else None,
        published_candidates=dates,
        modified_at=modified_at(page, document.fetched_at),
        language=language,
        section=next((stated.value for stated in page.stated("articleSection", "article:section")), None),
        keywords=_keywords(page),
        is_accessible_for_free=is_free(page),
        reasons=tuple(sorted(reasons.items())),
    )


def _date_reason(dates: tuple[Published, ...]) -> str:
    if not dates:
        return "not stated"
    zone = "" if dates[0].tz_known else "; no zone stated, taken as UTC"
    return f"from {dates[0].origin}{zone}"


def _keywords(page: PageMetadata) -> tuple[str, ...]:
    listed = page.article.get("keywords")
    if isinstance(listed, list):
        return tuple(str(word).strip() for word in listed if str(word).strip())
    stated = next((value for value, _ in page.stated("keywords", "news_keywords", "keywords")), "")
    return tuple(word.strip() for word in stated.split(",") if word.strip())


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
