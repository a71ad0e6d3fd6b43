"""Kind `page`: one page that changes, such as a live blog; each change is a new version of the article."""

from hashlib import sha256

from storage.records import Source
from storage.web_records import Poll
from tasks.discover._entries import candidate_of, entry_of, sorted_out
from tasks.discover._polled import look_at
from tasks.discover.contract import Discovered, Reach


async def discover(source: Source, last: Poll | None, reach: Reach) -> Discovered:
    """The page itself, if its body has changed."""
    return await look_at(source, last, reach, parse_page)


def parse_page(source: Source, url: str, body: bytes) -> Discovered:
    """The page as a candidate; another body is another entry."""
    changed = entry_of(url, {"updated": sha256(body).hexdigest()})
    return sorted_out([candidate_of(source, url, url, 1, changed)])
