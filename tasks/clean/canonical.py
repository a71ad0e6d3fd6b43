"""The URL that a page states as its own."""

from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from tasks.clean.metadata import PageMetadata, text_of

SITE_PREFIXES = ("www.", "m.", "amp.")


def canonical_url(page: PageMetadata, document_url: str) -> tuple[str | None, str]:
    """The canonical URL (RFC 6596) and where it was stated, or None and why.

    A page fetched from one site may not claim to be an article of another: its copy would be lost.
    """
    stated = (
        (page.canonical, "link rel=canonical"),
        (page.metas.get("og:url"), "og:url"),
        (text_of(page.article.get("url")), "json-ld"),
    )
    problem = "not stated"
    for value, origin in stated:
        if not value:
            continue
        url = _tidy(urljoin(document_url, value))
        if url is None:
            problem = f"{origin} states no web address"
        elif _is_foreign(url, document_url):
            problem = f"{origin} names another site: {url}"
        else:
            return url, f"from {origin}"
    return None, problem


def _tidy(url: str) -> str | None:
    """Scheme and host in lower case, no fragment; None if this is no http(s) URL."""
    try:
        parts = urlsplit(urldefrag(url).url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))


def _is_foreign(url: str, document_url: str) -> bool:
    if urlsplit(document_url).scheme == "file":
        return False
    return _site(url) != _site(document_url)


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    for prefix in SITE_PREFIXES:
        host = host.removeprefix(prefix)
    return host
