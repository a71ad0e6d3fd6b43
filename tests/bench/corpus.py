"""News pages for measurements: made of the paragraphs of our gold corpus and seeds, each page another.

Paragraphs of several articles are drawn into one of 300 to 1,200 words; the people in them get other surnames and the numbers other
digits, so that nothing that is cached for one article helps with the next, and the registry of names grows as it does in practice.
Each stands in the frame of a news site; one page in twenty is a page that was there before, saved again.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from pathlib import Path
from typing import NamedTuple

from lxml import html

from tasks.train.markup import read_article

TESTS = Path(__file__).parents[1]
GOLD, SEEDS = TESTS / "quality/gold/articles", TESTS.parent / "seeds"
FEWEST_WORDS, MOST_WORDS, DUPLICATES = 300, 1200, 0.05
REPORTERS = ("Mina Ek", "Ola Berg", "Ada Stone", "Luc Durand", "Priya Nair", "Tom Okafor")
SITES = 50
# Years stay, or dates would make no sense.
NUMBER = re.compile(r"(?<![\w.])(?!(?:19|20)\d\d\b)\d[\d,.]*\d|\b\d\b")
SYLLABLES = (
    "ba be bor dan del fa gar hol in ka kel lan lo mar men na nor o pel ra ros sa sten ta tor u val vik war zo".split()
)


class Paragraph(NamedTuple):
    """A paragraph, and the surnames of the people in its article."""

    text: str
    surnames: frozenset[str]


class Made(NamedTuple):
    """A page: its address, its HTML, the words of its article, and whether it was there before."""

    url: str
    body: bytes
    words: int
    again: bool


def paragraphs() -> list[Paragraph]:
    """What the pages are made of."""
    found = []
    for path in sorted(GOLD.glob("*.txt")):
        article = read_article(path)
        people = (article.text[mark.start_char : mark.end_char] for mark in article.marks if mark.kind == "PERSON")
        surnames = frozenset(name.split()[-1] for name in people if " " in name)
        found += [Paragraph(line, surnames) for line in article.text.split("\n") if len(line.split()) > 12]
    for page in sorted(SEEDS.glob("*/*.html")):
        texts = (p.text_content().strip() for p in html.fromstring(page.read_bytes()).iter("p"))
        found += [Paragraph(text, frozenset()) for text in texts if len(text.split()) > 12]
    return found


def made_pages(seed: int = 7, words: tuple[int, int] = (FEWEST_WORDS, MOST_WORDS)) -> Iterator[Made]:
    """Pages without end; `words` are the fewest and the most that an article has."""
    chance, pool = random.Random(seed), paragraphs()
    before: list[Made] = []
    for number in count():
        if before and chance.random() < DUPLICATES:
            yield chance.choice(before)._replace(again=True)
            continue
        text = made_text(pool, chance.randint(*words), chance)
        url = f"https://www.post{number % SITES}.example/2026/10/{number % 28 + 1:02}/story-number-{number}"
        author, data = chance.choice(REPORTERS), [chance.randint(0, 10**6) for _ in range(400)]
        made = Made(url, framed(text, url, number, author, data), len(text.split()), again=False)
        before = [*before[-500:], made]
        yield made


def made_text(pool: list[Paragraph], words: int, chance: random.Random) -> str:
    """Paragraphs under a headline, with about so many words."""
    chosen: list[Paragraph] = []
    while sum(len(paragraph.text.split()) for paragraph in chosen) < words:
        chosen.append(chance.choice(pool))
    others = {surname: surname_of(chance) for paragraph in chosen for surname in sorted(paragraph.surnames)}
    lines = [renamed(paragraph.text, others) for paragraph in chosen]
    headline = " ".join(lines[0].split()[:9]).rstrip(",.;:")
    return "\n".join([headline, *(NUMBER.sub(lambda found: redrawn(found[0], chance), line) for line in lines)])


def surname_of(chance: random.Random) -> str:
    """A name that nobody may have had before."""
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize()


def renamed(text: str, others: dict[str, str]) -> str:
    """A text with other surnames in it."""
    names = "|".join(map(re.escape, sorted(others, key=len, reverse=True)))
    return re.sub(rf"\b(?:{names})\b", lambda found: others[found[0]], text) if names else text


def redrawn(number: str, chance: random.Random) -> str:
    """A number with other digits."""
    return "".join(str(chance.randint(1, 9)) if digit.isdigit() else digit for digit in number)


def framed(text: str, url: str, number: int, author: str, data: Sequence[int]) -> bytes:
    """An article in the frame of a news site: navigation, meta tags, JSON-LD, related stories, comments, scripts with `data`."""
    title, *lines = [line for line in text.split("\n") if line.strip()] or [""]
    stated = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Post"},
            {"@type": "NewsArticle", "headline": title, "author": {"@type": "Person", "name": author}, "keywords": ["news"],
             "datePublished": f"2026-10-{number % 28 + 1:02}T08:30:00+02:00", "publisher": {"name": "The Post"}},
        ],
    }  # fmt: skip
    links = "".join(f"<li class=nav-item><a href=/s/{n}>Section {n}</a></li>" for n in range(60))
    teasers = "".join(
        f"<div class='card teaser'><a href=/t/{n}><img src=/i/{n}.jpg><h3>Story {n} of {number}</h3></a><span class=date>Oct {n % 28 + 1}</span></div>"
        for n in range(30)
    )
    comments = "".join(
        f"<div class=comment><span class=author>reader{n}</span><p>I agree with number {n}.</p></div>"
        for n in range(20)
    )
    body = "".join(f"<p class='article-text'>{escape(line)}</p>" for line in lines)
    script = f"<script>window.data = {json.dumps([*data])};</script>"
    said = escape(title, quote=True)
    return (
        f"<!doctype html><html lang=en><head><title>{said} | The Post</title><meta property='og:title' content=\"{said} - The Post\">"
        f"<link rel=canonical href='{url}'>"
        f"<meta property='og:type' content='article'><script type='application/ld+json'>{json.dumps(stated)}</script>{script * 4}</head>"
        f"<body><nav><ul>{links}</ul></nav><main><article><h1 class=headline>{said}</h1><div class=byline>By {author}</div>"
        f"<figure><img src=/a.jpg><figcaption>Picture {number}. Photo: The Post</figcaption></figure>{body}"
        f"<div class=newsletter-signup><p>Get our newsletter number {number}.</p></div></article></main>"
        f"<aside>{teasers}</aside><section class=comments>{comments}</section><footer><ul>{links}</ul></footer></body></html>"
    ).encode()


def save(folder: Path, number: int, words: tuple[int, int] = (FEWEST_WORDS, MOST_WORDS)) -> int:
    """That many pages as files, in an order that their names keep; gives the words of all articles."""
    folder.mkdir(parents=True)
    words_in_all = 0
    for position, page in zip(range(number), made_pages(words=words), strict=False):
        (folder / f"{position:06}.html").write_bytes(page.body)
        words_in_all += page.words
    return words_in_all
