"""Kind `files`: a file, or all readable files under a folder. Feeds among them are read as feeds."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from storage.records import Candidate, Ending, Source
from tasks.discover.contract import Discovered
from tasks.discover.feed import discover_feed
from tasks.fetch.file import path_of
from tasks.web.client import WebClient

ARTICLE_SUFFIXES = frozenset({".htm", ".html", ".md", ".txt", ".xhtml"})
FEED_SUFFIXES = frozenset({".atom", ".rss", ".xml"})


def discover(source: Source, web: WebClient) -> Discovered:
    """Candidates of a path. In a folder, feeds come first (they know more of an article than its file does), and files
    of other kinds are passed over; a file given by itself is always a candidate."""
    path = path_of(source.url)
    if path.is_dir():
        return _discover_folder(source, path, web)
    if path.suffix.lower() in FEED_SUFFIXES:
        return discover_feed(source, source.url, web)
    return Discovered((Candidate(url=source.url, source_id=source.source_id),))


def _discover_folder(source: Source, folder: Path, web: WebClient) -> Discovered:
    try:
        paths = sorted(_walk(folder))
    except OSError as error:
        candidate = Candidate(url=source.url, source_id=source.source_id)
        return Discovered((), (Ending(candidate=candidate, status="parse_error", stage="discover", detail=str(error)),))
    feeds = [discover_feed(source, p.as_uri(), web) for p in paths if p.suffix.lower() in FEED_SUFFIXES]
    plain = tuple(
        Candidate(url=p.as_uri(), source_id=source.source_id) for p in paths if p.suffix.lower() in ARTICLE_SUFFIXES
    )
    return Discovered(
        (*chain.from_iterable(feed.candidates for feed in feeds), *plain),
        tuple(chain.from_iterable(feed.endings for feed in feeds)),
    )


def _walk(folder: Path) -> Iterator[Path]:
    """Files under a folder; hidden ones and links that lead outside are left alone."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            yield path
