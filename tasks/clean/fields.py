"""Section, keywords, site name, image and licence: every value that a page states, the best first."""

import html
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from tasks.clean.metadata import PageMetadata, Stated, text_of
from tasks.clean.normalise import normalise_line
from tasks.web.urls import web_url

SECTION_METAS = ("article:section", "parsely-section", "sailthru.section", "cxenseparse:section")
KEYWORD_METAS = ("news_keywords", "parsely-tags", "sailthru.tags", "keywords")
IMAGE_METAS = ("og:image:secure_url", "og:image", "twitter:image", "twitter:image:src", "parsely-image-url")
LICENCE_METAS = ("dcterms.license", "dc.rights.license", "dc.rights")
MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
MAX_KEYWORDS = 50
MAX_KEYWORD_CHARS = 100


def sections(page: PageMetadata) -> list[Stated]:
    """JSON-LD's articleSection, then meta tags, then microdata."""
    return _lines(page.stated("articleSection", *SECTION_METAS))


def site_names(page: PageMetadata) -> list[Stated]:
    """og:site_name, then the publisher in JSON-LD, then the name for home screens."""
    publisher = next((name for node in page.resolved(page.article.get("publisher")) if (name := text_of(node))), None)
    stated = [
        (page.metas.get("og:site_name"), "og:site_name"),
        (publisher, "json-ld"),
        (page.metas.get("application-name"), "application-name"),
    ]
    return _lines(Stated(value, origin) for value, origin in stated if value)


def images(page: PageMetadata, document_url: str) -> list[Stated]:
    """Addresses of the lead image."""
    stated = [Stated(_address(item), "json-ld") for item in page.resolved(page.article.get("image"))]
    stated += [Stated(page.metas[name], name) for name in IMAGE_METAS if name in page.metas]
    stated.append(Stated(page.links.get("image_src", ""), "link rel=image_src"))
    return _addresses(stated, document_url)


def licences(page: PageMetadata, document_url: str) -> list[Stated]:
    """Addresses of the licence; words about rights are no licence."""
    stated = [Stated(_address(item), "json-ld") for item in page.resolved(page.article.get("license"))]
    stated.append(Stated(page.links.get("license", ""), "link rel=license"))
    stated += [Stated(page.metas[name], name) for name in LICENCE_METAS if name in page.metas]
    return _addresses(stated, document_url)


def keywords(page: PageMetadata) -> tuple[tuple[str, ...], str]:
    """Keywords, and where they were stated: JSON-LD, article:tag, other meta tags."""
    listed = page.article.get("keywords")
    places: list[tuple[Iterable[str], str]] = [
        (map(str, listed) if isinstance(listed, list) else str(listed or "").split(","), "json-ld")
    ]
    places.append((page.all_metas.get("article:tag", ()), "article:tag"))
    places += [(page.metas.get(name, "").split(","), name) for name in KEYWORD_METAS]
    for words, origin in places:
        clean = (normalise_line(html.unescape(word)) for word in words)
        if kept := tuple(dict.fromkeys(word for word in clean if word and len(word) <= MAX_KEYWORD_CHARS)):
            return kept[:MAX_KEYWORDS], f"from {origin}"
    return (), "not stated"


def others(page: PageMetadata) -> dict[str, list[Stated]]:
    """What is stated of columns that are not chosen from what is stated alone, or not from one text."""
    locale = page.metas.get("og:locale", "")
    listed = page.article.get("keywords")
    words = ", ".join(map(str, listed)) if isinstance(listed, list) else str(listed or "")
    tagged = ", ".join(page.all_metas.get("article:tag", ()))
    return {
        "language": [
            *page.stated("inLanguage"),
            *_said(
                (page.language, "html lang"), (locale, "og:locale"), (page.metas.get("content-language", ""), "meta")
            ),
        ],
        "modified_at": list(page.stated("dateModified", *MODIFIED_METAS)),
        "keywords": _said(
            (words, "json-ld"), (tagged, "article:tag"), *((page.metas.get(n, ""), n) for n in KEYWORD_METAS)
        ),
        "is_accessible_for_free": _said(
            (str(page.article.get("isAccessibleForFree", "")), "json-ld"),
            (page.metas.get("article:content_tier", ""), "article:content_tier"),
        ),
    }


def _said(*pairs: tuple[str, str]) -> list[Stated]:
    return [Stated(value, origin) for value, origin in pairs if value]


def _lines(stated: Iterator[Stated]) -> list[Stated]:
    clean = (Stated(normalise_line(html.unescape(value)), origin) for value, origin in stated)
    return [value for value in clean if value.value]


def _addresses(stated: list[Stated], document_url: str) -> list[Stated]:
    base = document_url if urlsplit(document_url).scheme != "file" else None
    found = (Stated(web_url(value.strip(), base) or "", origin) for value, origin in stated if value.strip())
    return [value for value in found if value.value]


def _address(item: object) -> str:
    if isinstance(item, dict):
        return text_of(item.get("url") or item.get("contentUrl") or item.get("@id")) or ""
    return str(item)
