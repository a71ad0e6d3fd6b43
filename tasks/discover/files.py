"""Kind `files`: a file, or all readable files under a folder. Feeds, JSON Lines and WARC files among them are read as lists."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll
from tasks.discover._polled import look_at_file
from tasks.discover._records import JSONL_SUFFIXES, WARC_SUFFIXES, list_lines, list_warc
from tasks.discover.contract import Discovered, Reach
from tasks.discover.feed import parse_feed
from tasks.fetch.file import MEDIA_TYPES, path_of

FEED_SUFFIXES = (".atom", ".rss", ".xml")


async def discover(source: Source, _: Poll | None, reach: Reach) -> Discovered:
    """Candidates of a path. In a folder, feeds come first (they know more of an article than its file does), and files
    of other kinds are passed over; a file given by itself is always a candidate."""
    path = path_of(source.url)
    if not path.is_dir():
        return await _discover_file(source, path, reach)
    try:
        paths = sorted(_walk(path))
    except OSError as error:
        candidate = Candidate(url=source.url, source_id=source.source_id)
        return Discovered((), (Ending(candidate=candidate, status="parse_error", stage="discover", detail=str(error)),))
    feeds = [path for path in paths if path.name.lower().endswith(FEED_SUFFIXES)]
    others = [path for path in paths if path.name.lower().endswith((*MEDIA_TYPES, *JSONL_SUFFIXES, *WARC_SUFFIXES))]
    found = [await _discover_file(source, path, reach) for path in (*feeds, *others)]
    return Discovered(
        tuple(chain.from_iterable(one.candidates for one in found)),
        tuple(chain.from_iterable(one.endings for one in found)),
    )


async def _discover_file(source: Source, path: Path, reach: Reach) -> Discovered:
    name = path.name.lower()
    if name.endswith(FEED_SUFFIXES):
        return await look_at_file(source, path.as_uri(), reach, parse_feed)
    if name.endswith(JSONL_SUFFIXES):
        return list_lines(source, path)
    if name.endswith(WARC_SUFFIXES):
        return list_warc(source, path)
    return Discovered((Candidate(url=path.as_uri(), source_id=source.source_id),))


def _walk(folder: Path) -> Iterator[Path]:
    """Files under a folder; hidden ones and links that lead outside are left alone."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            yield path
