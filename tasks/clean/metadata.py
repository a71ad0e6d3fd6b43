"""What a page states about itself, each value with where it was stated."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml.etree import _Element

ARTICLE_TYPES: Final = frozenset(
    {  # schema.org/Article and its subtypes that news sites use
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)
MAX_JSON_LD_DEPTH: Final = 8

Json = dict[str, Any]


class Stated(NamedTuple):
    """A value and where it was stated, such as json-ld or og:title."""

    value: str
    origin: str


class PageMetadata(NamedTuple):
    """JSON-LD nodes, meta tags by lower-case name (first one wins), and the canonical link."""

    nodes: tuple[Json, ...]
    metas: dict[str, str]
    canonical: str | None

    @property
    def article(self) -> Json:
        """The JSON-LD node of the article; empty if there is none."""
        return next((node for node in self.nodes if types_of(node) & ARTICLE_TYPES), {})

    def stated(self, key: str, *names: str) -> Iterator[Stated]:
        """Texts of an article property in JSON-LD, then of meta tags, in the order asked for."""
        if value := text_of(self.article.get(key)):
            yield Stated(value, "json-ld")
        yield from (Stated(self.metas[name], name) for name in names if self.metas.get(name))


def read_metadata(tree: _Element) -> PageMetadata:
    """Everything a parsed page states in machine-readable form."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = str(meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, content)
    canonical = next((str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical"), None)
    return PageMetadata(tuple(_json_ld(tree)), metas, canonical)


def _json_ld(tree: _Element) -> Iterator[Json]:
    for script in tree.iter("script"):
        if str(script.get("type")).strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            # strict=False: line feeds inside strings are common in the wild.
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            # A broken block is as good as none; the other origins remain.
            continue
        yield from _nodes(data)


def _nodes(data: object, depth: int = 0) -> Iterator[Json]:
    """All typed nodes, outermost first."""
    if depth > MAX_JSON_LD_DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        if types_of(data):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key), depth + 1)


def types_of(node: Json) -> frozenset[str]:
    """schema.org types of a node, without the namespace."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1] for kind in listed if isinstance(kind, str))


def text_of(value: object) -> str | None:
    """A JSON-LD value as text: the string, its @value or name, or the first of a list."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), None)
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    return str(value).strip() or None if isinstance(value, (str, int, float)) else None
