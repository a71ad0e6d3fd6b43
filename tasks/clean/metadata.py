"""What a page states about itself in machine-readable form, each value with where it was stated."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml.etree import _Element

ARTICLE_TYPES: Final = frozenset(
    {  # schema.org/Article and its subtypes that news sites use
        "AdvertiserContentArticle",
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
        "ScholarlyArticle",
        "TechArticle",
    }
)
MAX_JSON_LD_DEPTH: Final = 8
# A high surrogate without a low one after it, or a low one without a high one before it, escaped.
HALF: Final = re.compile(
    r"\\ud[89ab][\da-f]{2}(?!\\ud[c-f][\da-f]{2})|(?<!\\ud[89ab][\da-f]{2})\\ud[c-f][\da-f]{2}", re.IGNORECASE
)
# More is a data dump or an attack.
MAX_NODES: Final = 2_000
MAX_VALUE_CHARS: Final = 2_000
# Nodes inside these are other things: an article that is cited is not the page's own.
OTHER_PARTS: Final = frozenset(
    {"citation", "comment", "hasPart", "isBasedOn", "isPartOf", "itemListElement", "mentions", "relatedLink", "review"}
)

Json = dict[str, Any]


class Stated(NamedTuple):
    """A value and where it was stated, such as json-ld or og:title."""

    value: str
    origin: str


class PageMetadata(NamedTuple):
    """JSON-LD nodes, the page's own first, and the one of the article (empty if there is none); meta tags and microdata by lower-case
    name; links by relation."""

    nodes: tuple[Json, ...]
    article: Json
    metas: dict[str, str]
    canonical: str | None
    all_metas: dict[str, tuple[str, ...]]
    microdata: dict[str, tuple[str, ...]]
    links: dict[str, str]
    language: str

    @property
    def kinds(self) -> frozenset[str]:
        """schema.org types of all nodes."""
        return frozenset().union(*map(types_of, self.nodes))

    @property
    def og_type(self) -> str:
        """Open Graph's type of the page in lower case, empty where not stated."""
        return self.metas.get("og:type", "").lower()

    @property
    def says_article(self) -> bool:
        """The page says in JSON-LD or Open Graph that it is an article."""
        return bool(self.article) or self.og_type == "article"

    def stated(self, key: str, *names: str) -> Iterator[Stated]:
        """Texts of an article property in JSON-LD, then of meta tags, in the order asked for, then of microdata."""
        if value := text_of(self.article.get(key)):
            yield Stated(value, "json-ld")
        yield from (Stated(self.metas[name], name) for name in names if self.metas.get(name))
        yield from (Stated(value, "microdata") for value in self.microdata.get(key.lower(), ())[:1])

    def resolved(self, value: object) -> list[Json | str]:
        """A JSON-LD value as a list; references by @id are replaced by the node that they name."""
        listed = value if isinstance(value, list) else [value]
        return [self._named(item) if isinstance(item, dict) else str(item) for item in listed if item]

    def _named(self, item: Json) -> Json:
        if "name" in item or "@id" not in item:
            return item
        return next((node for node in self.nodes if node.get("@id") == item["@id"] and "name" in node), item)

    @property
    def site_names(self) -> tuple[str, ...]:
        """What the site calls itself, wherever it says so."""
        names = [
            self.metas.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")
        ]
        publishers = self.resolved(self.article.get("publisher")) + [
            node for node in self.nodes if types_of(node) & {"WebSite", "NewsMediaOrganization"}
        ]
        for publisher in publishers:
            if isinstance(publisher, dict):
                names += [text_of(publisher.get(key)) or "" for key in ("name", "alternateName")]
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


NO_METADATA: Final = PageMetadata((), {}, {}, None, {}, {}, {}, "")


def read_metadata(tree: _Element) -> PageMetadata:
    """Everything a parsed page states in machine-readable form."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = str(meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, []).append(content[:MAX_VALUE_CHARS])
    links = {
        relation: str(link.get("href"))
        for link in tree.iter("link")
        for relation in str(link.get("rel") or "").lower().split()
        if link.get("href")
    }
    nodes = tuple(_json_ld(tree))
    return PageMetadata(
        nodes=nodes,
        article=next((node for node in nodes if types_of(node) & ARTICLE_TYPES), {}),
        metas={name: values[0] for name, values in metas.items()},
        canonical=next((str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical"), None),
        all_metas={name: tuple(values) for name, values in metas.items()},
        microdata=_microdata(tree),
        links=links,
        language=str(tree.get("lang") or "").lower(),
    )


def _microdata(tree: _Element) -> dict[str, tuple[str, ...]]:
    """Values of microdata properties (HTML Standard, chapter 5) by lower-case name, in document order; comments' are left out."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//*[@itemprop][not(ancestor-or-self::*[contains(@itemtype, 'Comment')])]"):
        value = element.get("content") or element.get("datetime")
        if value is None and element.tag in {"meta", "link", "img"}:
            value = element.get("href") or element.get("src")
        text = " ".join(str(value or "".join(element.itertext())).split())[:MAX_VALUE_CHARS]
        for name in str(element.get("itemprop")).lower().split():
            if text:
                found.setdefault(name, []).append(text)
    return {name: tuple(values) for name, values in found.items()}


def _json_ld(tree: _Element) -> Iterator[Json]:
    found: list[Json] = []
    for script in tree.iter("script"):
        if "ld+json" not in str(script.get("type")).lower() or not script.text:
            continue
        try:
            # strict=False: line feeds inside strings are common in the wild.
            data = json.loads(
                _whole_characters(script.text.strip().removeprefix("<!--").removesuffix("-->")), strict=False
            )
        except (ValueError, RecursionError):
            # A broken block is as good as none; the other origins remain.
            continue
        found += _nodes(data)
        if len(found) > MAX_NODES:
            break
    yield from found[:MAX_NODES]


def _whole_characters(text: str) -> str:
    """JSON without escaped halves of surrogate pairs, which scripts leave that cut a headline in the middle of an emoji."""
    return HALF.sub(r"\\ufffd", text) if r"\ud" in text.lower() else text


def _nodes(data: object, depth: int = 0) -> Iterator[Json]:
    """All nodes with a type or an id, outermost first."""
    if depth > MAX_JSON_LD_DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        if types_of(data) or "@id" in data:
            yield data
        for key, value in data.items():
            if key not in OTHER_PARTS and isinstance(value, (dict, list)):
                yield from _nodes(value, depth + 1)


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
