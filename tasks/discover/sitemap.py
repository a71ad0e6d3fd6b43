"""Kind `sitemap`: sitemaps (sitemaps.org), their indexes, and Google's news sitemaps; also gzip."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, Final

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll
from tasks.clean.printed_dates import parse_date
from tasks.discover._entries import MAX_ENTRIES, beyond, candidate_of, entry_of, sorted_out
from tasks.discover._polled import look_at, not_read, parsed
from tasks.discover.contract import Discovered, Reach
from tasks.web.answers import Ask, Page

# sitemaps.org: at most 50,000 URLs and 50 MB uncompressed a file.
MAX_XML_BYTES: Final = 50 * 1024 * 1024
GZIP_MAGIC: Final = b"\x1f\x8b"
# Of an index, the sitemaps that changed last; of a sitemap, what is not older than this. The rest is for a backfill.
MAX_CHILDREN: Final = 5
NEWS_AGE: Final = timedelta(days=3)
# Marks a candidate that is a sitemap in an index; none of them is ever fetched as an article.
CHILD: Final = "\0sitemap"


async def discover(source: Source, last: Poll | None, reach: Reach) -> Discovered:
    """Candidates of a sitemap, or of the newest sitemaps of an index."""
    found = await look_at(source, last, reach, parse_sitemap)
    children = [c for c in found.candidates if c.url_key is None and c.entry and c.entry.title == CHILD]
    if children:
        pages = [await _child(source, child, reach) for child in _newest(children)[:MAX_CHILDREN]]
        candidates = tuple(chain.from_iterable(page.candidates for page in pages))
        endings = (*found.endings, *chain.from_iterable(page.endings for page in pages))
        look = found.look._replace(entries=len(candidates) + len(endings)) if found.look else None
        found = Discovered(candidates, endings, look)
    now = reach.web.clock()
    news = tuple(c for c in found.candidates if _is_news(c, now))
    endings = (*found.endings, *beyond(source, source.url, len(news)))
    return found._replace(candidates=news[:MAX_ENTRIES], endings=endings)


async def _child(source: Source, child: Candidate, reach: Reach) -> Discovered:
    answer = await reach.web.get(Ask(child.url))
    if not isinstance(answer, Page):
        detail = getattr(answer, "detail", "not modified")
        return Discovered((), (not_read(source, child.url, f"sitemap of an index: {detail}"),))
    found = await parsed(source, answer, reach, parse_sitemap)
    return found._replace(candidates=tuple(c for c in found.candidates if not (c.entry and c.entry.title == CHILD)))


def parse_sitemap(source: Source, url: str, body: bytes) -> Discovered:
    """Candidates from a sitemap's bytes."""
    from lxml import etree

    try:
        xml = _unzipped(body)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, zlib.error, ValueError) as error:
        return Discovered((), (not_read(source, url, f"no sitemap that can be read: {error}"),))
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in {"urlset", "sitemapindex"}:
        return Discovered((), (not_read(source, url, f"no sitemap, but <{kind}>"),))
    return sorted_out(_entries(source, url, root, is_index=kind == "sitemapindex"))


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(GZIP_MAGIC):
        return body
    xml = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_XML_BYTES + 1)
    if len(xml) > MAX_XML_BYTES:
        raise ValueError(f"over {MAX_XML_BYTES} bytes")
    return xml


def _entries(source: Source, url: str, root: Any, *, is_index: bool) -> Iterator[Candidate | Ending]:
    for number, element in enumerate(root, start=1):
        stated = {_name(node): (node.text or "").strip() for node in element.iter() if isinstance(node.tag, str)}
        said = {
            "title": CHILD if is_index else stated.get("news:title"),
            "published": stated.get("news:publication_date"),
            "updated": stated.get("lastmod"),
        }
        outcome = candidate_of(source, url, stated.get("loc"), number, entry_of(url, said))
        yield replace(outcome, url_key=None) if is_index and isinstance(outcome, Candidate) else outcome


def _name(node: Any) -> str:
    """Local name of an element, with `news:` for those of Google's news sitemaps."""
    namespace, _, name = str(node.tag).rpartition("}")
    return f"news:{name}" if "sitemap-news" in namespace else name


def _newest(children: list[Candidate]) -> list[Candidate]:
    """Those with the latest lastmod first; without one, the last of the index first, where most sites add new ones."""
    dated = [(_date(child) or datetime.min.replace(tzinfo=UTC), number, child) for number, child in enumerate(children)]
    return [child for _, _, child in sorted(dated, key=lambda item: item[:2], reverse=True)]


def _is_news(candidate: Candidate, now: datetime) -> bool:
    stated = _date(candidate)
    return stated is None or now - stated <= NEWS_AGE


def _date(candidate: Candidate) -> datetime | None:
    """Date of a sitemap entry: its last change, else its publication."""
    entry = candidate.entry
    stated = parse_date((entry.updated or entry.published or "") if entry else "", "sitemap")
    return stated.at if stated else None
