"""Scores of names: PER, ORG and LOC, exact and by span alone."""

from collections.abc import Sequence
from typing import Final

from tasks.extract.mentions import Mention
from tasks.quality.golden import COARSE, Golden
from tasks.quality.measure import Counts, Figure, f1, overlap_counts, ratio

TYPES: Final = ("PER", "ORG", "LOC")
Names = Sequence[tuple[int, int, str]]

FIGURES: Final[dict[str, Figure]] = {
    "f1": f1("all"),
    "precision": ratio("all.both", "all.found"),
    "recall": ratio("all.both", "all.gold"),
    "f1_span_only": f1("span"),
    **{f"f1_{kind}": f1(kind) for kind in TYPES},
}


def names_of(mentions: Sequence[Mention]) -> Names:
    """Names found, in the coarse types."""
    return [
        (m.start_char, m.end_char, COARSE[m.entity_type])
        for m in mentions
        if m.mention_kind == "name" and m.entity_type in COARSE
    ]


def count(golden: Golden, found: Names) -> Counts:
    """The counts of one document."""
    gold = golden.names or ()
    counts = overlap_counts("all", set(gold), set(found))
    counts |= overlap_counts("span", {n[:2] for n in gold}, {n[:2] for n in found})
    for kind in TYPES:
        counts |= overlap_counts(kind, {n for n in gold if n[2] == kind}, {n for n in found if n[2] == kind})
    return counts
