"""Who is credited with an article: people and organisations, from every place that names them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from storage.records import FeedEntry
from tasks.clean.metadata import Json, PageMetadata, text_of, types_of
from tasks.clean.names import Names, name_beside_date, read_names
from tasks.clean.title import key_of, site_keys
from tasks.clean.visible import Visible

METAS: Final = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "cxenseparse:author",
                "article:author_name", "twitter:data1", "author_name", "citation_author", "dc.creator.personalname")  # fmt: skip
MAX_AUTHORS: Final = 20
# Links to more people than this are a list of staff.
MOST_LINKS: Final = 4
# What Twitter's first label says where its first value is the author.
WRITTEN_BY: Final = frozenset({"escrito por", "verfasst von", "written by", "écrit par"})
PROFILE: Final = re.compile(r"/(?:schema/person|author|authors|autor|profile)/", re.IGNORECASE)
# Places that name the authors of this article and of no other.
FULLER: Final = frozenset({"author", "article:author", "article:author_name", "printed byline"})


class Credit(NamedTuple):
    """Names from one place."""

    names: Names
    origin: str


def author_candidates(page: PageMetadata, visible: Visible, entry: FeedEntry | None, host: str) -> list[Credit]:
    """Every credit, the best first.

    The rule: people before organisations, and of these in the order JSON-LD, meta tags, microdata, rel=author, byline elements, the feed.
    The site's own name is an author only where nobody else is credited, and then an organisation.
    """
    sites = site_keys(page, host)
    stated = list(_stated(page, visible, entry))
    found = [Credit(_without_sites(names, sites), origin) for names, origin in stated]
    found = sorted((credit for credit in found if credit.names.names), key=lambda credit: not credit.names.persons)
    only_site = [
        Credit(Names(names.names, names.names), origin) for names, origin in stated if _only_site(names, sites)
    ]
    return [*_fullest_first(found), *only_site] or _beside_date(visible)


def _beside_date(visible: Visible) -> list[Credit]:
    """A name beside the date above the text, where nothing else names anybody."""
    found = [read_names(name) for line in visible.above if (name := name_beside_date(line))]
    return [Credit(found[0], "beside the date")] if found and found[0].names else []


def _fullest_first(found: list[Credit]) -> list[Credit]:
    """The best credit, or one further down that names all of its people and more, or the same more fully («Todd», «Todd Bates»)."""
    if not found or not found[0].names.persons:
        return found
    others = [credit for credit in found[1:] if credit.origin in FULLER]
    fuller = next((credit for credit in others if _is_fuller(credit.names.persons, found[0].names.persons)), None)
    return [fuller, *(credit for credit in found if credit is not fuller)] if fuller else found


def _is_fuller(more: tuple[str, ...], less: tuple[str, ...]) -> bool:
    words = [frozenset(name.casefold().split()) for name in more]
    covered = all(any(frozenset(name.casefold().split()) <= other for other in words) for name in less)
    return (
        covered
        and set(more) != set(less)
        and len(less) <= len(more) <= MOST_LINKS
        and sum(map(len, more)) > sum(map(len, less))
    )


def _only_site(names: Names, sites: frozenset[str]) -> bool:
    return bool(names.names) and all(key_of(name) in sites for name in names.names)


def _stated(page: PageMetadata, visible: Visible, entry: FeedEntry | None) -> Iterator[tuple[Names, str]]:
    yield _joined(map(_json_ld, page.resolved(page.article.get("author")))), "json-ld"
    for name in METAS:
        values = page.all_metas.get(name, ())
        if name != "twitter:data1" or page.metas.get("twitter:label1", "").lower() in WRITTEN_BY:
            yield _joined(read_names(value) for value in values), name
    yield _joined(read_names(value) for value in page.microdata.get("author", ())[:2]), "microdata"
    for origin in ("rel=author", "byline", "author link", "printed byline", "signature"):
        lines = [line.value for line in visible.bylines if line.origin == origin]
        yield _nearest(lines, everyone=origin == "rel=author"), origin
    yield _only_person(page), "json-ld person"
    yield _joined(read_names(name) for name in (entry.authors if entry else ())), "feed"


def _only_person(page: PageMetadata) -> Names:
    """The one person that JSON-LD tells of, where it names no author: content management systems put the writer there."""
    people = {
        name
        for node in page.nodes
        if "Person" in types_of(node)
        and PROFILE.search(f"{node.get('@id')} {node.get('url')}")
        and (name := text_of(node.get("name")))
    }
    return read_names(people.pop(), whole=True) if len(people) == 1 else Names((), ())


def _nearest(lines: list[str], *, everyone: bool) -> Names:
    """The names in the first byline that has any, people before organisations. A byline inside it says more exactly where a name ends."""
    found = [(line, read_names(line, whole=everyone)) for line in lines]
    best = next((item for item in found if item[1].persons), next((item for item in found if item[1].names), None))
    if best is None:
        return Names((), ())
    inner = [names for line, names in found if line != best[0] and line in best[0] and names.persons]
    if inner and len(_joined(inner).persons) >= len(best[1].persons):
        return _joined(inner)
    return (
        _joined(names for _, names in found[:MOST_LINKS] if names.persons) if everyone and best[1].persons else best[1]
    )


def _json_ld(author: Json | str) -> Names:
    if isinstance(author, str):
        return read_names(author)
    names = read_names(text_of(author.get("name")) or "", whole=True)
    if "Person" not in types_of(author) and types_of(author) & {"Organization", "NewsMediaOrganization"}:
        return Names(names.names, names.names)
    return names


def _joined(many: Iterable[Names]) -> Names:
    listed = list(many)
    names = tuple(dict.fromkeys(name for names in listed for name in names.names))[:MAX_AUTHORS]
    organisations = {name for names in listed for name in names.organisations}
    return Names(names, tuple(name for name in names if name in organisations))


def _without_sites(names: Names, sites: frozenset[str]) -> Names:
    kept = tuple(name for name in names.names if key_of(name) not in sites)
    return Names(kept, tuple(name for name in names.organisations if name in kept))
