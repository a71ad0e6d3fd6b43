"""What readers see of a page's head: headlines, bylines, dates. Read before trafilatura takes elements out."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import _Element

from tasks.clean.metadata import Stated

MAX_HEADLINE_CHARS: Final = 400
MAX_BYLINE_CHARS: Final = 200
MAX_DATE_CHARS: Final = 120
MOST: Final = 12
MOST_ABOVE: Final = 120
MIN_PARAGRAPH_CHARS: Final = 120
# Elements whose text is not part of a headline or a byline.
SILENT: Final = frozenset(
    {"button", "iframe", "noscript", "script", "select", "style", "svg", "template", "time", "sup"}
)
BREAKS: Final = frozenset(
    {"br", "div", "li", "p", "section", "h1", "h2", "h3", "h4", "td", "tr", "ul", "dd", "dt", "figcaption"}
)
HIDDEN: Final = re.compile(
    r"(?<![\w-])(?:visually-?hidden|sr-only|screen-reader(?:-text)?|hidden)(?![\w-])|display:\s*none", re.IGNORECASE
)
WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
HEADLINE: Final = frozenset({"headline", "title", "titulo", "titre", "titel", "überschrift", "heading"})
BYLINE: Final = frozenset(
    {"author", "authors", "auteur", "auteurs", "autor", "autore", "autores", "autoren", "byline", "bylines", "writer", "contributor",
     "contributors", "verfasser", "forfatter", "redakteur", "skribent", "journalist", "firma", "yazar", "autorenname", "postauthor"}
)  # fmt: skip
DATE: Final = frozenset(
    {"date", "dateline", "datetime", "datum", "fecha", "published", "pubdate", "publish", "posted", "postdate", "time",
     "timestamp", "updated", "data", "publication", "veröffentlicht", "entrydate"}
)  # fmt: skip
NAMED: Final = BYLINE | DATE
UNNAMED: Final = frozenset({"article", "img", "input", "main", "meta", "script", "style"})
# A class with one of these is about something else than the article itself.
ELSEWHERE: Final = frozenset(
    {"aside", "comment", "comments", "footer", "latest", "menu", "more", "nav", "navigation", "newsletter", "popular", "promo",
     "recommended", "related", "sidebar", "teaser", "trending", "widget", "carousel", "card", "cards", "reply", "kommentar", "recent",
     "most", "next", "previous", "prev", "copyright"}
)  # fmt: skip


PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|by|byline|contributors?|columnists?|journalists?|people|person|profiles?|reporters?|staff|"
    r"writers?|redakteure|redaktion/person|team|firma|firmas|auteur|impressum/autoren)/[^/?#]+/?(?:[?#]|$)",
    re.IGNORECASE,
)
BY: Final = re.compile(
    r"(?-i:By(?=[A-Z][a-z]))|(?:by|von|par|por|di|door|av|af|przez|escribe)\s+\S|"
    r"(?:text|words|story|written|posted|reported|geschrieben|veröffentlicht|erstellt)\s+(?:by|von|par|por|di|de)\b|"
    r"(?:author|autor|autorin|autore|auteur|text|words|story|by|von|par|por|di|testo|texto)\s*:\s*\S|autor(?:in)?\s+[A-Z]",
    re.IGNORECASE,
)
# A byline below the text: said in so many words.
SIGNATURE: Final = re.compile(
    r"(?:written by|text|texte|texto|author|autor(?:in)?|auteur|geschrieben von|words by)\s*:?\s+[^\W\d_]",
    re.IGNORECASE,
)
SIGNED: Final = ("Written by", "Text:", "Author", "Autor", "Geschrieben von", "Words by")
MAX_SIGNED_CHARS: Final = 80
MOST_CHILDREN: Final = 8


class Headline(NamedTuple):
    """A line that may be the headline: its words, its rank (0 an h1 that says it is the headline, 1 another h1, 2 an h2 that says so),
    and how many paragraphs stand before it."""

    text: str
    rank: int
    paragraphs_before: int = 0


class Visible(NamedTuple):
    """Headlines, bylines and dates in document order, the title element's text, and the short lines above the text."""

    title: str
    headlines: tuple[Headline, ...]
    bylines: tuple[Stated, ...]
    dates: tuple[Stated, ...]
    above: tuple[str, ...]


def read_visible(tree: _Element) -> Visible:
    """The visible head of a parsed page."""
    title = tree.find(".//head/title")
    above = tuple(islice(_above_the_text(tree), MOST_ABOVE))
    named = list(_named(tree))
    return Visible(
        title=" ".join((title.text_content() if title is not None else "").split()),
        headlines=tuple(_headlines(tree)),
        bylines=tuple(_first(_bylines(tree, above, named))),
        dates=tuple(_first(_dates(tree, named))),
        above=above,
    )


def _named(tree: _Element) -> Iterator[tuple[_Element, frozenset[str]]]:
    """Elements named like a byline or a date, with the words of their names."""
    for element in tree.xpath("//body//*[@class or @id or @data-testid or @data-qa]"):
        names = _names(element)
        if not names.isdisjoint(NAMED) and element.tag not in UNNAMED and not _is_elsewhere(element):
            yield element, names


def _first(stated: Iterator[Stated]) -> list[Stated]:
    found: dict[str, Stated] = {}
    for value in stated:
        found.setdefault(value.value, value)
        if len(found) == MOST:
            break
    return list(found.values())


def _headlines(tree: _Element) -> Iterator[Headline]:
    paragraphs = 0
    for heading in tree.iter("h1", "h2", "p"):
        if heading.tag == "p":
            paragraphs += len(heading.text_content()) >= MIN_PARAGRAPH_CHARS
            continue
        names = _names(heading)
        says = heading.get("itemprop") == "headline" or bool(names & HEADLINE)
        if heading.tag == "h2" and not (says and names.isdisjoint(ELSEWHERE)):
            continue
        text = words_of(heading)
        if text and len(text) <= MAX_HEADLINE_CHARS:
            yield Headline(text, 2 if heading.tag == "h2" else 1 - says, paragraphs)


def _bylines(
    tree: _Element, above: Sequence[str], named: Sequence[tuple[_Element, frozenset[str]]]
) -> Iterator[Stated]:
    for link in tree.iter("a"):
        is_author = "author" in link.get("rel", "").split()
        if (is_author or PROFILE.search(link.get("href", ""))) and not _is_elsewhere(link):
            yield Stated(words_of(link)[:MAX_BYLINE_CHARS], "rel=author" if is_author else "author link")
    yield from (Stated(line, "printed byline") for line in above if BY.match(line))
    for element, names in named:
        if not names.isdisjoint(BYLINE) and element.tag not in SILENT:
            text = words_of(element)
            if text and len(text) <= MAX_BYLINE_CHARS:
                yield Stated(text, "byline")
    for element in tree.iter("p", "div", "span", "em", "li"):
        if not (element.text or "").lstrip().startswith(SIGNED):
            continue
        text = words_of(element)
        if len(text) <= MAX_SIGNED_CHARS and SIGNATURE.match(text) and not _is_elsewhere(element):
            yield Stated(text, "signature")


def _above_the_text(tree: _Element) -> Iterator[str]:
    """Short lines between the first heading and the second long paragraph."""
    started, paragraphs = False, 0
    for element in tree.iter(
        "h1", "h2", "p", "div", "span", "li", "address", "em", "i", "strong", "b", "small", "h3", "h4", "h5", "a"
    ):
        started = started or element.tag in {"h1", "h2"}
        if not started or (element.text is None and element.tag in {"div", "li"}):
            continue
        line = words_of(element) if element.tag != "div" or len(element) < MOST_CHILDREN else ""
        paragraphs += element.tag == "p" and len(line) >= MIN_PARAGRAPH_CHARS
        if paragraphs > 1:
            return
        if 0 < len(line) <= MAX_BYLINE_CHARS:
            yield line


def _dates(tree: _Element, named: Sequence[tuple[_Element, frozenset[str]]]) -> Iterator[Stated]:
    for element in tree.iter("time"):
        if not _is_elsewhere(element):
            for value in (element.get("datetime"), words_of(element, silent=SILENT - {"time"})):
                if value and len(value) <= MAX_DATE_CHARS:
                    yield Stated(value, "time")
    for element, names in named:
        if not names.isdisjoint(DATE) and element.tag != "time":
            text = words_of(element, silent=SILENT - {"time"})
            if text and len(text) <= MAX_DATE_CHARS and any(map(str.isdigit, text)):
                yield Stated(text, "visible date")


def _names(element: _Element) -> frozenset[str]:
    """The words that an element's class, id and test id are made of."""
    get = element.get
    return _words_in(f"{get('class', '')} {get('id', '')} {get('data-testid', '')} {get('data-qa', '')}"[:500])


@lru_cache(8_192)
def _words_in(named: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORDS.findall(named))


def _is_elsewhere(element: _Element) -> bool:
    """Inside something that is not the article: navigation, comments, boxes of other articles."""
    current: _Element | None = element
    while current is not None and current.tag not in {"body", "main", "html"}:
        if current.tag in {"aside", "nav", "footer"} or not _names(current).isdisjoint(ELSEWHERE):
            return True
        current = current.getparent()
    return False


def words_of(element: _Element, silent: frozenset[str] = SILENT) -> str:
    """The visible text of an element on one line."""
    parts: list[str] = []
    _collect(element, silent, parts)
    return " ".join("".join(parts).split())


def _collect(element: _Element, silent: frozenset[str], parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in silent and not _is_hidden(child):
            if child.tag in BREAKS:
                parts.append(" ")
            _collect(child, silent, parts)
            if child.tag in BREAKS:
                parts.append(" ")
        parts.append(child.tail or "")


def _is_hidden(element: _Element) -> bool:
    if not element.attrib:
        return False
    return element.get("hidden") is not None or _says_hidden(f"{element.get('class', '')} {element.get('style', '')}")


@lru_cache(8_192)
def _says_hidden(named: str) -> bool:
    return HIDDEN.search(named) is not None
