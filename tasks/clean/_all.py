"""Clean over a batch."""

from collections.abc import Sequence

from storage.records import Article, Ending
from tasks.clean.article import clean
from tasks.steps import Archived, Cleaned


def clean_all(batch: Sequence[Archived]) -> Cleaned:
    """Articles of a batch, and the endings of the rest."""
    outcomes = [_clean(archived) for archived in batch]
    return Cleaned(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Article)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Ending)),
    )


def _clean(archived: Archived) -> Article | Ending:
    try:
        return clean(archived.document, archived.archive_key)
    except Exception as error:  # noqa: BLE001 - one page's surprise must not cost the batch
        return Ending(
            candidate=archived.document.candidate,
            status="parse_error",
            stage="clean",
            detail=f"{type(error).__name__}: {error}",
            bytes=len(archived.document.body),
        )
