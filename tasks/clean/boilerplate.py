"""What stands in or around an article and is no part of it: boxes taken out of the page, lines taken out of the text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from tasks.clean.body import Line
from tasks.clean.normalise import normalise_line

# Words in the class or id of boxes beside the text: HTML has no element for most of them.
BOX: Final = re.compile(
    r"newsletter|sign-?up|subscri(?:be|ption)-|related|recirc|recommend|read-?(?:more|next|also)|more-?(?:from|on|stories)|most-?(?:read|popular)|trending|"
    r"(?<![a-z])(?:share|sharing|social)|author-?(?:bio|box|info|card|desc|about)|about-?(?:the-?)?author|(?<![a-z])bio(?:graphy)?(?![a-z])|byline-?bio|"
    r"comment|disqus|promo(?!ted-content)|(?<![a-z])(?:ad|ads|advert\w*|sponsor\w*)(?![a-z])|outbrain|taboola|cookie|consent-|breadcrumb|"
    r"live-?ticker-nav|teaser|pull-?quote|correction-form|print-only|kicker-box|topics?-list|tag-?(?:list|cloud)",
    re.IGNORECASE,
)
KEPT_TAGS: Final = frozenset({"html", "body", "main", "article", "head", "p", "h1"})
# A box with more of the page's paragraphs than this is the article with an unlucky name.
MAX_BOX_SHARE: Final = 0.25
MAX_BOX_PROSE: Final = 150
PROSE_BOX: Final = re.compile(
    r"comment|disqus|author|about|bio|newsletter|byline|cookie|consent|related|recirc|teaser", re.IGNORECASE
)
CALL: Final = re.compile(
    r"^\W*(?:advertisement|anzeige|werbung|publicidad|publicité|advertentie|annons|reklame?|sponsored|story continues below.*|article continues .*|"
    r"(?:also read|read (?:more|next|also)|zum artikel|zum thema|passer la publicité)\b.*|more:.*|related(?: (?:articles?|stories|content))?:.*|related|see also:?.*|don[’']t miss:?.*|watch:? .{0,80}|click here .*|"
    r"sign up (?:for|to|here).*|subscribe (?:to|now|here|today).*|follow (?:us|@).*|share this.*|join (?:our|the conversation).*|recommended(?: videos)?|"
    r"lesen sie (?:auch|mehr|hier).*|mehr (?:zum thema|dazu|lesen).*|lire aussi.*|à lire aussi.*|lea también.*|leia (?:mais|também).*|leggi anche.*|lees (?:ook|meer).*|"
    r"czytaj (?:też|także|więcej).*|les også.*|läs (?:även|mer|också).*|loading\.*|table of contents|recommended videos|scroll (?:to|down).*|"
    r"originally published as .*|this article (?:originally|first) appeared .*|copyright \d{4}.*|©.*|all rights reserved.*|tap here to.*|get the .{0,60}(?:app|newsletter)\b.*)$",
    re.IGNORECASE,
)
MARKUP: Final = re.compile(
    r"</?(?:script|noscript|style|div|iframe|span)\b|^\s*[{\[]\s*\"\w+\"\s*:|(?:function\s*\(|window\.\w+\s*=)"
)
MAX_CALL_CHARS: Final = 250
MIN_REPEATED_CHARS: Final = 40
LAST_LINES: Final = 4
BIO: Final = re.compile(
    r"\b(?:is an?|is the|was an?|covers|writes|reports|joined|has (?:been|worked|written|covered)|ist (?:eine?|der|die)|schreibt|berichtet|est|es (?:un|una)|can be reached|"
    r"contributed|send (?:him|her|them|tips)|follow|reach)\b", re.IGNORECASE
)  # fmt: skip


def take_out_boxes(tree: _Element) -> None:
    """Remove boxes from a parsed page, in place: newsletters, related articles, share bars, author boxes, comments, advertisements."""
    total = sum(len(p.text_content()) for p in tree.iter("p")) or 1
    for element in tree.xpath("//*[@class or @id]"):
        if element.tag in KEPT_TAGS or element.getparent() is None:
            continue
        word = _box_word(f"{element.get('class', '')} {element.get('id', '')}")
        if word and not _is_article(element, total, word):
            element.drop_tree()


@lru_cache(8_192)
def _box_word(named: str) -> str:
    """The word by which a class or id says that its element is a box, empty where it says none."""
    box = BOX.search(named)
    return box[0] if box else ""


def _is_article(element: _Element, total: int, word: str) -> bool:
    """The box has the headline, a good part of the page's paragraphs, or prose of its own though its name says it is no box of prose."""
    if next(element.iter("h1"), None) is not None:
        return True
    prose = sum(len(p.text_content()) - sum(len(a.text_content()) for a in p.iter("a")) for p in element.iter("p"))
    return prose > MAX_BOX_SHARE * total or (prose > MAX_BOX_PROSE and not PROSE_BOX.match(word))


def link_lines(tree: _Element) -> frozenset[str]:
    """Paragraphs that are one link and no sentence: teasers of other articles."""
    found = set()
    for paragraph in tree.iter("p"):
        links = paragraph.findall(".//a")
        if len(links) == 1:
            text = normalise_line(paragraph.text_content())
            if text and len(normalise_line(links[0].text_content())) > 0.9 * len(text) and text[-1] not in '.!?…”"’»':
                found.add(text)
    return frozenset(found)


def without_boilerplate(
    lines: Sequence[Line], title: str | None, authors: Sequence[str], links: frozenset[str]
) -> list[Line]:
    """Lines (normalised) that belong to the article: without its title, calls to act, other articles' teasers, markup, author boxes."""
    heads = {_key(title)} if title else set()
    kept: list[Line] = []
    seen: set[str] = set()
    for line in lines:
        repeated = len(line.text) >= MIN_REPEATED_CHARS and line.text in seen
        is_title = len(kept) < LAST_LINES and _is_title(line, heads)
        is_link = line.text in links and line.kind != "list_item"
        if not (repeated or is_title or is_link or _is_call(line) or MARKUP.search(line.text[:2_000])):
            kept.append(line)
        seen.add(line.text)
    while kept and (kept[-1].kind == "heading" or _is_bio(kept[-1], authors)):
        kept.pop()
    return kept


def _is_title(line: Line, heads: set[str]) -> bool:
    """The line is the headline, or a heading of which the headline is the end, behind a kicker."""
    key = _key(line.text)
    return key in heads or (line.kind == "heading" and any(head and key.endswith(head) for head in heads))


def _is_call(line: Line) -> bool:
    return len(line.text) <= MAX_CALL_CHARS and CALL.match(line.text) is not None


def _is_bio(line: Line, authors: Sequence[str]) -> bool:
    return any(line.text.startswith(author) for author in authors) and BIO.search(line.text) is not None


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
