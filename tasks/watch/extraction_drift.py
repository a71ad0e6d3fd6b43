"""Sources in whose articles the extractors suddenly find far more or far less than usual."""

from collections.abc import Iterator
from itertools import groupby

from storage.watch import SHARES, Alarm, Change, Facts
from tasks.watch._unusual import figure, in_words, is_unusual


def watch(facts: Facts) -> Iterator[Alarm]:
    """Sources whose newest articles differ from those before; an alarm names all that differs."""
    unusual = [change for change in facts.changes if change.measure != "refused" and is_unusual(change)]
    for source_id, group in groupby(sorted(unusual), key=lambda change: change.source_id):
        changes = list(group)
        size = changes[0].size
        what = "; ".join(map(_in_words, changes))
        figures = {str(change.measure): figure(change.measure, change.now) for change in changes}
        figures |= {f"{change.measure}_usual": figure(change.measure, change.usual) for change in changes}
        since = min(change.since for change in changes)
        yield Alarm("extraction_drift", source_id, f"{source_id}: in the last {size} articles: {what}", figures, since)


def _in_words(change: Change) -> str:
    """A change in words, such as `quotes in a typical one 0.1, usually 4.2`."""
    now, usual = in_words(change)
    what = f"with {change.measure}" if change.measure in SHARES else f"{change.measure} in a typical one"
    return f"{what} {now}, usually {usual}"
