"""Figures with intervals: counts a document, figures from their sums, and resampled documents for the interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

RESAMPLES: Final = 1000
SEED: Final = 7
# 95 % interval, percentile method: Efron and Tibshirani (1993), «An Introduction to the Bootstrap», chapter 13.
LOW, HIGH = 2.5, 97.5

Counts = Mapping[str, float]
Figure = Callable[[Counts], float | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % interval over documents."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one task on one data set; `n` is the number of documents, `cases` what the figures count over."""

    task: str
    dataset: str
    split: str
    n: int
    metrics: dict[str, Measured] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)


def measure(documents: Sequence[Counts], figures: Mapping[str, Figure]) -> dict[str, Measured]:
    """Each figure over the summed counts; a figure that is not defined (nothing to count) is left out."""
    names = sorted({name for counts in documents for name in counts})
    table = np.array([[counts.get(name, 0.0) for name in names] for counts in documents])
    rows = np.random.default_rng(SEED).integers(0, len(documents), (RESAMPLES, len(documents)))
    sums = [dict(zip(names, table[row].sum(0).tolist(), strict=True)) for row in rows]
    found = {}
    for name, figure in figures.items():
        value = figure(dict(zip(names, table.sum(0).tolist(), strict=True)))
        if value is not None:
            values = [v for v in (figure(counts) for counts in sums) if v is not None]
            low, high = np.percentile(values, [LOW, HIGH]).tolist()
            found[name] = Measured(value, low, high)
    return found


def ratio(part: str, whole: str) -> Figure:
    """The share of one count in another."""
    return lambda counts: counts.get(part, 0.0) / counts[whole] if counts.get(whole) else None


def f1(name: str) -> Figure:
    """F1 from the counts `name.both`, `name.gold` and `name.found`."""

    def figure(counts: Counts) -> float | None:
        gold, found = counts.get(f"{name}.gold", 0.0), counts.get(f"{name}.found", 0.0)
        return 2 * counts.get(f"{name}.both", 0.0) / (gold + found) if gold + found else None

    return figure


def overlap_counts(name: str, gold: set[object], found: set[object]) -> dict[str, float]:
    """The three counts that `f1` takes, of two sets."""
    return {f"{name}.both": len(gold & found), f"{name}.gold": len(gold), f"{name}.found": len(found)}


def with_prefix(prefix: str, counts: Counts) -> dict[str, float]:
    """The counts of another system beside ours."""
    return {prefix + name: value for name, value in counts.items()}


def without_prefix(prefix: str, figure: Figure) -> Figure:
    """The figure of that other system."""
    return lambda counts: figure({k.removeprefix(prefix): v for k, v in counts.items() if k.startswith(prefix)})
