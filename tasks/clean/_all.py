"""Clean over a batch, in worker processes."""

from collections.abc import Mapping, Sequence

from storage.records import Article, Document, Ending
from tasks.clean.article import clean
from tasks.clean.joined import join_pages
from tasks.clean.site_rules import SiteRule
from tasks.steps import Archived, Cleaned
from tasks.workers import WorkError, Workers, WorkTimeoutError


def clean_all(workers: Workers, rules: Mapping[str, SiteRule], batch: Sequence[Archived]) -> Cleaned:
    """Articles of a batch, and the endings of the rest. A page that hangs or kills its parser costs only itself."""
    work = [(archived, rules) for archived in batch]
    outcomes = [
        _failed(archived.document, outcome) if isinstance(outcome, WorkError) else outcome
        for archived, outcome in zip(batch, workers.map(_clean, work), strict=True)
    ]
    articles, further = join_pages([outcome for outcome in outcomes if isinstance(outcome, Article)])
    return Cleaned(tuple(articles), (*(o for o in outcomes if isinstance(o, Ending)), *further))


def _clean(work: tuple[Archived, Mapping[str, SiteRule]]) -> Article | Ending:
    archived, rules = work
    return clean(archived.document, archived.archive_key, rules)


def _failed(document: Document, error: WorkError) -> Ending:
    return Ending(
        candidate=document.candidate,
        status="timeout" if isinstance(error, WorkTimeoutError) else "parse_error",
        stage="clean",
        detail=str(error),
        bytes=len(document.body),
    )
