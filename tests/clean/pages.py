"""Small pages for the tests of cleaning."""

from articles import NOW

from storage.records import Article, Candidate, Document, FeedEntry
from tasks.clean.article import clean

SENTENCES = [
    f"The harbour council met for the {word} time this year and decided, after a long debate in which many spoke, "
    "to keep the old crane where it stands until the spring, the mayor said on Monday."
    for word in ("first", "second", "third", "fourth", "fifth")
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
URL = "https://www.harbour-post.example/news/2026/10/14/the-old-crane-stays-where-it-is"


def page(*, head: str = "", above: str = "", body: str = PARAGRAPHS, below: str = "", lang: str = "en") -> str:
    """A page with an article, and what stands above and below it."""
    return (
        f"<html lang={lang}><head>{head}</head><body><main>{above}<article>{body}</article>{below}</main></body></html>"
    )


def document(
    html: str | bytes, url: str = URL, entry: FeedEntry | None = None, media_type: str = "text/html"
) -> Document:
    """The page as fetched."""
    body = html if isinstance(html, bytes) else html.encode()
    candidate = Candidate(url=url, entry=entry)
    return Document(candidate=candidate, url=url, body=body, media_type=media_type, fetched_at=NOW)


def article(html: str | bytes, url: str = URL, entry: FeedEntry | None = None) -> Article:
    """The page cleaned."""
    cleaned = clean(document(html, url, entry), "key")
    assert isinstance(cleaned, Article), cleaned
    return cleaned


def lines_of(found: Article, kind: str) -> list[str]:
    """The lines of one kind of block."""
    return [found.text[b.start_char : b.end_char] for b in found.blocks if b.kind == kind]
