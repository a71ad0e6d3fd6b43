"""Clean over a batch, in worker processes."""

from collections.abc import Sequence

from storage.records import Article, Document, Ending
from tasks.clean.article import clean
from tasks.steps import Archived, Cleaned
from tasks.workers import WorkError, Workers, WorkTimeoutError


def clean_all(workers: Workers, batch: Sequence[Archived]) -> Cleaned:
    """Articles of a batch, and the endings of the rest. A page that hangs or kills its parser costs only itself."""
    outcomes = [
        _failed(archived.document, outcome) if isinstance(outcome, WorkError) else outcome
        for archived, outcome in zip(batch, workers.map(_clean, batch), strict=True)
    ]
    return Cleaned(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Article)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Ending)),
    )


def _clean(archived: Archived) -> Article | Ending:
    return clean(archived.document, archived.archive_key)


def _failed(document: Document, error: WorkError) -> Ending:
    return Ending(
        candidate=document.candidate,
        status="timeout" if isinstance(error, WorkTimeoutError) else "parse_error",
        stage="clean",
        detail=str(error),
        bytes=len(document.body),
    )
