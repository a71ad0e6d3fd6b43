"""A cleaner that hangs on one page, and a parser of feeds that always does, for the tests of the time limit; worker processes
import them by name."""

import time
from collections.abc import Mapping

from storage.records import Article, Ending, Source
from tasks.clean.article import clean as really_clean
from tasks.clean.site_rules import SiteRule
from tasks.discover.contract import Discovered
from tasks.steps import Archived


def clean(work: tuple[Archived, Mapping[str, SiteRule]]) -> Article | Ending:
    """Clean, unless the page is to hang."""
    archived, rules = work
    if archived.document.url.endswith("/hang"):
        time.sleep(600)
    return really_clean(archived.document, archived.archive_key, rules)


def parse(source: Source, url: str, body: bytes) -> Discovered:
    """Read a feed, and never end."""
    time.sleep(600)
    return Discovered()
