"""From what a list says of an item to a candidate, or to the reason why it is none."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from storage.records import Candidate, Ending, FeedEntry, Source, storable
from tasks.discover.contract import Discovered
from tasks.fetch.file import path_of
from tasks.web.urls import url_key, web_url, without_markup

MAX_ENTRIES = 5_000
# What servers take at most (Apache: 8,190 bytes for the request line).
MAX_URL_CHARS = 8_000
# What a feed says of an item is evidence for metadata; a whole article belongs into its page.
MAX_SUMMARY_CHARS = 2_000
MAX_FIELD_CHARS = 500
# As for a whole page; more than this is no article.
MAX_CONTENT_CHARS = 400_000


def entry_of(list_url: str, said: Mapping[str, object], authors: Iterable[object] = ()) -> FeedEntry:
    """What a list says of an item (title, published, updated, summary, content), as text of bounded length."""
    return FeedEntry(
        feed_url=list_url,
        title=_text(said.get("title"), MAX_FIELD_CHARS),
        published=_text(said.get("published"), MAX_FIELD_CHARS),
        updated=_text(said.get("updated"), MAX_FIELD_CHARS),
        authors=tuple(name for name in (_text(author, MAX_FIELD_CHARS) for author in authors) if name),
        summary=_text(said.get("summary"), MAX_SUMMARY_CHARS),
        content=_text(said.get("content"), MAX_CONTENT_CHARS),
    )


def _text(value: object, most: int) -> str | None:
    return storable(str(value)).strip()[:most] or None if isinstance(value, str | int | float) else None


def candidate_of(source: Source, list_url: str, link: object, number: int, entry: FeedEntry) -> Candidate | Ending:
    """The candidate of the item with this number and link. Relative links are resolved against the list's URL."""
    itself = Candidate(url=f"{list_url}#entry-{number}", source_id=source.source_id)
    stated = without_markup(storable(link)) if isinstance(link, str) else ""
    if not stated:
        return Ending(candidate=itself, status="parse_error", stage="discover", detail="a feed entry without a link")
    if len(stated) > MAX_URL_CHARS:
        detail = f"a link of {len(stated)} characters; up to {MAX_URL_CHARS} are followed"
        return Ending(candidate=itself, status="too_large", stage="discover", detail=detail)
    if (url := web_url(stated, list_url if _is_web(list_url) else None)) is not None:
        return Candidate(url=url, source_id=source.source_id, entry=entry, url_key=url_key(url))
    url = _joined(list_url, stated)
    if url is None:
        detail = f"no address that can be read: {stated[:MAX_FIELD_CHARS]}"
        return Ending(candidate=itself, status="parse_error", stage="discover", detail=detail)
    candidate = Candidate(url=url, source_id=source.source_id, entry=entry)
    if _is_in_folder_of(list_url, url):
        return candidate
    detail = "a feed may not point to local files outside its own folder"
    return Ending(candidate=candidate, status="blocked_address", stage="discover", detail=detail)


def _joined(list_url: str, link: str) -> str | None:
    try:
        return urljoin(list_url, link)
    except ValueError:
        return None


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"}


def _is_in_folder_of(list_url: str, url: str) -> bool:
    """A list that is a local file may name local files in its own folder; one from the web may name none."""
    if urlsplit(url).scheme != "file" or urlsplit(list_url).scheme != "file":
        return False
    folder = path_of(list_url).parent.resolve()
    return path_of(url).resolve().is_relative_to(folder)


def sorted_out(outcomes: Iterable[Candidate | Ending]) -> Discovered:
    """Candidates and endings, each in their order."""
    listed = list(outcomes)
    return Discovered(
        tuple(outcome for outcome in listed if isinstance(outcome, Candidate)),
        tuple(outcome for outcome in listed if isinstance(outcome, Ending)),
    )


def beyond(source: Source, list_url: str, count: int) -> Iterator[Ending]:
    """The ending that tells of the items of a list that are not read, if it has more than are read."""
    if count > MAX_ENTRIES:
        itself = Candidate(url=f"{list_url}#entry-{MAX_ENTRIES + 1}", source_id=source.source_id)
        detail = f"{count - MAX_ENTRIES} more items; {MAX_ENTRIES} of a list are read"
        yield Ending(candidate=itself, status="too_large", stage="discover", detail=detail)
