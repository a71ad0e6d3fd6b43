"""The headline: as readers see it above the article, else as the page or the feed states it."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from storage.records import FeedEntry
from tasks.clean.metadata import MAX_VALUE_CHARS, PageMetadata, Stated
from tasks.clean.normalise import normalise_line
from tasks.clean.visible import Headline, Visible

METAS: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
# What stands between a headline and the site's name; a bar is never part of a headline.
SEPARATOR: Final = re.compile(r"\s+(?:[|·•»«–—:~]|-{1,2}|::)\s+|\s*[|｜•»]\s*|:\s+(?=\S+$)")
BAR: Final = re.compile(r"\s*[|｜]\s*")
WORD: Final = re.compile(r"\w+")
MIN_WORDS: Final = 2
MIN_WORDS_BEFORE_BAR: Final = 3
# An h1 agrees with a stated title if they share this much of their words (Dice); an h2 must share more.
MIN_SHARED: Final = 0.5
MIN_SHARED_BELOW: Final = 0.7
# A headline stands above the text.
MOST_PARAGRAPHS_BEFORE: Final = 2
MIN_HOST_PART: Final = 4


def title_candidates(page: PageMetadata, visible: Visible, entry: FeedEntry | None, host: str) -> list[Stated]:
    """Every headline stated, the best first, without the site's name.

    The rule: the h1 that shares most words with what the page states wins; without one an h2 that says it is the headline; then an
    h1 that shares none, if it is the only one above the text. A stated title that differs only by a kicker or by marks gives the
    spelling. Then come JSON-LD, meta tags, microdata, the title element, the feed.
    """
    sites = site_keys(page, host)
    stated = [*page.stated("headline", *METAS), Stated(visible.title, "title")]
    if entry and entry.title:
        stated.append(Stated(entry.title, "feed"))
    cleaned = [Stated(_clean(value, sites), origin) for value, origin in stated]
    cleaned = [title for title in cleaned if title.value and key_of(title.value) not in sites]
    headline = _headline(visible.headlines, [title.value for title in cleaned], sites)
    if headline is None:
        return cleaned
    spelled = _better_spelled([title for title in cleaned if title.origin != "title"], headline)
    return [*spelled, Stated(headline, "h1"), *(title for title in cleaned if title not in spelled)]


def _headline(headlines: Iterable[Headline], stated: list[str], sites: frozenset[str]) -> str | None:
    lines = [h._replace(text=_clean(h.text, sites)) for h in headlines]
    lines = [h for h in lines if h.text and key_of(h.text) not in sites]
    firsts, seconds = [h for h in lines if h.rank < 2], [h for h in lines if h.rank == 2]
    for group, least in ((firsts, MIN_SHARED), (seconds, MIN_SHARED_BELOW)):
        best = max(group, key=lambda h: (_agreement(h.text, stated), -h.rank), default=None)
        if best and _agreement(best.text, stated) >= least:
            return best.text
    above = [h for h in firsts if h.paragraphs_before <= MOST_PARAGRAPHS_BEFORE]
    if len(above) == 1 and (len(_words(above[0].text)) >= MIN_WORDS or not stated):
        return above[0].text
    return None


def _agreement(line: str, stated: Sequence[str]) -> float:
    """Dice's coefficient of the words of the line and of the stated title most like it."""
    words = _words(line)
    pairs = ((len(words & other), len(words) + len(other)) for other in map(_words, stated) if other)
    return max((2 * both / total for both, total in pairs), default=0.0)


def _better_spelled(stated: list[Stated], headline: str) -> list[Stated]:
    """A stated title that is the h1 with more marks (they tell the kicker from the rest); without one that is as long as the h1, one
    that is the h1 without its kicker."""
    line = _letters(headline)
    same = [title for title in stated if _letters(title.value) == line]
    if same:
        return [title for title in same if _marks(title.value) > _marks(headline)][:1]
    ends = [title for title in stated if line.endswith(_letters(title.value)) and not _is_count(title.value, line)]
    return ends[:1]


def _is_count(stated: str, line: str) -> bool:
    """What the stated title lacks is a number or an article, or most of the headline: no kicker."""
    kicker = line[: -len(_letters(stated))]
    return len(kicker) <= 3 or kicker.isdigit() or len(kicker) >= len(_letters(stated))


def _marks(text: str) -> int:
    return sum(mark in ":–—-/|" for mark in text)


def _letters(text: str) -> str:
    return "".join(WORD.findall(text.casefold()))


def _clean(title: str, sites: frozenset[str]) -> str:
    return without_site(normalise_line(html.unescape(title[:MAX_VALUE_CHARS])), sites)


def without_site(title: str, sites: frozenset[str]) -> str:
    """The title without the site's name at its end or start, and without what stands behind a bar."""
    while True:
        parts = [(m.start(), m.end()) for m in SEPARATOR.finditer(title)]
        if parts and _is_site(title[parts[-1][1] :], sites) and title[: parts[-1][0]].strip():
            title = title[: parts[-1][0]].strip()
        elif parts and _is_site(title[: parts[0][0]], sites) and title[parts[0][1] :].strip():
            title = title[parts[0][1] :].strip()
        else:
            break
    bar = BAR.search(title)
    return title[: bar.start()] if bar and len(_words(title[: bar.start()])) >= MIN_WORDS_BEFORE_BAR else title


def _is_site(part: str, sites: frozenset[str]) -> bool:
    key = key_of(part)
    return key in sites or (
        len(key) >= MIN_HOST_PART and any(key.startswith(site) for site in sites if len(site) >= MIN_HOST_PART)
    )


def site_keys(page: PageMetadata, host: str) -> frozenset[str]:
    """Spellings of the site's name: as it states it, and the labels of its host; letters and digits only."""
    labels = host.lower().split(":")[0].split(".")
    spelled = [".".join(labels[start:]) for start in range(len(labels))] + labels[:-1]
    return frozenset(filter(None, map(key_of, [*page.site_names, *spelled])))


def key_of(text: str) -> str:
    """A name's letters and digits in lower case, without a leading «the»: what tells one site's name from another's."""
    return _letters(text).removeprefix("the")


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))
