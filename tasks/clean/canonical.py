"""The URL that a page states as its own."""

from urllib.parse import urlsplit

from tasks.clean.metadata import PageMetadata, Stated, text_of
from tasks.web.urls import url_key, web_url


def canonical_candidates(page: PageMetadata, document_url: str) -> tuple[list[Stated], str]:
    """The canonical URLs stated (RFC 6596), best first, and where the first one was stated or why there is none.

    A page fetched from one site may not claim to be an article of another: its copy would be lost.
    """
    stated = (
        (page.canonical, "link rel=canonical"),
        (page.metas.get("og:url"), "og:url"),
        (text_of(page.article.get("url")), "json-ld"),
    )
    found: list[Stated] = []
    problem = "not stated"
    for value, origin in stated:
        if not value:
            continue
        url = web_url(value, document_url if urlsplit(document_url).scheme != "file" else None)
        if url is None:
            problem = f"{origin} states no web address"
        elif _is_front_page(url) and not _is_front_page(document_url):
            problem = f"{origin} names the front page"
        elif _is_foreign(url, document_url):
            problem = f"{origin} names another site: {url}"
        else:
            found.append(Stated(url, origin))
    return found, f"from {found[0].origin}" if found else problem


def identity(canonical: str | None, document_url: str) -> str:
    """What tells an article from others: the key of its own URL, else of where it was read."""
    return url_key(canonical or document_url)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query and parts.scheme != "file"


def _is_foreign(url: str, document_url: str) -> bool:
    if urlsplit(document_url).scheme == "file":
        return False
    return _site(url) != _site(document_url)


def _site(url: str) -> str:
    return url_key(url).partition("/")[0]
