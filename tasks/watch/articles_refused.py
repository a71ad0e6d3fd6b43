"""Sources of which a far larger share of articles is refused than usual."""

from collections.abc import Iterator

from storage.watch import Alarm, Facts
from tasks.watch._unusual import is_unusual


def watch(facts: Facts) -> Iterator[Alarm]:
    """Sources whose newest candidates are refused far more often than those before."""
    for change in facts.changes:
        if change.measure != "refused" or not is_unusual(change):
            continue
        detail = (
            f"{change.source_id}: {change.now:.0%} of the last {change.size} articles could not be stored, "
            f"usually {change.usual:.0%}; most of them: {change.detail}"
        )
        figures = {"now": change.now, "usual": change.usual, "articles": float(change.size)}
        yield Alarm("articles_refused", change.source_id, detail, figures, change.since)
