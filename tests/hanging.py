"""A cleaner that hangs on one page, for the tests of the time limit; worker processes import it by name."""

import time
from collections.abc import Mapping

from storage.records import Article, Ending
from tasks.clean.article import clean as really_clean
from tasks.clean.site_rules import SiteRule
from tasks.steps import Archived


def clean(work: tuple[Archived, Mapping[str, SiteRule]]) -> Article | Ending:
    """Clean, unless the page is to hang."""
    archived, rules = work
    if archived.document.url.endswith("/hang"):
        time.sleep(600)
    return really_clean(archived.document, archived.archive_key, rules)
