"""Scores of who is who inside an article: clusters of mentions of people.

MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF with entity similarity (Luo 2005); their mean is the CoNLL
score (Pradhan et al. 2012). Gold mentions are whole noun phrases («U.S. President Anna Lind ’s»), ours are names without titles:
a mention of ours stands for the shortest gold mention that ends with it, a possessive left out. People mentioned once are left out.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from tasks.extract.mentions import Mention
from tasks.language.words import words
from tasks.quality.golden import Golden, Spans
from tasks.quality.measure import Counts, Figure

POSSESSIVE: Final = re.compile(r"\s?['’]s?$")
METRICS: Final = ("muc", "b_cubed", "ceaf_e")
Clusters = Sequence[Spans]


def clusters_of(mentions: Sequence[Mention]) -> Clusters:
    """Mentions of people by entity."""
    found: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.entity_type == "PERSON" and mention.entity_id:
            found.setdefault(mention.entity_id, []).append((mention.start_char, mention.end_char))
    return [tuple(sorted(set(spans))) for spans in found.values() if len(set(spans)) > 1]


def by_surname(text: str, mentions: Sequence[Mention]) -> Clusters:
    """The baseline: names of people that end with the same word."""
    found: dict[str, list[tuple[int, int]]] = {}
    for m in mentions:
        if m.entity_type == "PERSON" and m.mention_kind == "name":
            *_, (start, end) = words(text, m.start_char, m.end_char)
            found.setdefault(text[start:end].casefold(), []).append((m.start_char, m.end_char))
    return [tuple(spans) for spans in found.values() if len(spans) > 1]


def count(golden: Golden, found: Clusters, prefix: str = "") -> Counts:
    """The counts of one document."""
    gold = golden.people or ()
    found = [_aligned(golden.text, gold, cluster) for cluster in found]
    counts: dict[str, float] = {}
    for metric, sides in (("muc", _muc), ("b_cubed", _b_cubed)):
        for side, (a, b) in (("recall", (gold, found)), ("precision", (found, gold))):
            part, whole = sides(a, b)
            counts |= {f"{prefix}{metric}.{side}.part": part, f"{prefix}{metric}.{side}.whole": whole}
    similar = _ceaf_e(gold, found)
    counts |= {f"{prefix}ceaf_e.{s}.part": similar for s in ("recall", "precision")}
    return counts | {
        f"{prefix}ceaf_e.recall.whole": len(gold),
        f"{prefix}ceaf_e.precision.whole": len(found),
    }


def _aligned(text: str, gold: Clusters, cluster: Spans) -> Spans:
    """A cluster with the spans of the gold mentions that its mentions stand for, where there are such."""
    by_end: dict[int, tuple[int, int]] = {}
    for start, end in sorted(span for people in gold for span in people):
        by_end[end] = (start, end)
        if possessive := POSSESSIVE.search(text, start, end):
            by_end.setdefault(possessive.start(), (start, end))
    exact = {span for people in gold for span in people}
    return tuple(
        span if span in exact or by_end.get(span[1], span)[0] > span[0] else by_end.get(span[1], span)
        for span in cluster
    )


def _muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Links of the key that the response has, and all links of the key."""
    owner = {span: number for number, cluster in enumerate(response) for span in cluster}
    part = whole = 0
    for cluster in key:
        parts = {owner.get(span, -1 - n) for n, span in enumerate(cluster)}
        part += len(cluster) - len(parts)
        whole += len(cluster) - 1
    return part, whole


def _b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Sum over the key's mentions of the share of their cluster that the response has with them, and their number."""
    owner = {span: set(cluster) for cluster in response for span in cluster}
    part = sum(len(set(cluster) & owner[span]) / len(cluster) for cluster in key for span in cluster if span in owner)
    return part, sum(map(len, key))


def _ceaf_e(key: Clusters, response: Clusters) -> float:
    """The best one-to-one similarity of clusters."""
    if not key or not response:
        return 0.0
    similar = np.array([[2 * len(set(k) & set(r)) / (len(k) + len(r)) for r in response] for k in key])
    return _assignment(similar)


def _assignment(similar: np.ndarray) -> float:
    """Sum of the best one-to-one assignment (Hungarian method with potentials)."""
    cost = -similar if similar.shape[0] <= similar.shape[1] else -similar.T
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    match = np.zeros(m + 1, int)
    for row in range(1, n + 1):
        match[0], column = row, 0
        least, way, used = np.full(m + 1, np.inf), np.zeros(m + 1, int), np.zeros(m + 1, bool)
        while True:
            used[column] = True
            here = match[column]
            free = ~used[1:]
            slack = cost[here - 1] - u[here] - v[1:]
            better = free & (slack < least[1:])
            least[1:][better], way[1:][better] = slack[better], column
            following = int(np.argmin(np.where(free, least[1:], np.inf))) + 1
            delta = least[following]
            u[match[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column], column = match[way[column]], int(way[column])
    return float(-sum(cost[match[j] - 1, j - 1] for j in range(1, m + 1) if match[j]))


def _f1(metric: str) -> Figure:
    def figure(counts: Counts) -> float | None:
        shares = [
            counts[f"{metric}.{side}.part"] / counts[f"{metric}.{side}.whole"]
            if counts.get(f"{metric}.{side}.whole")
            else 0.0
            for side in ("recall", "precision")
        ]
        return 2 * shares[0] * shares[1] / sum(shares) if sum(shares) else 0.0

    return figure


def _conll(prefix: str) -> Figure:
    parts = [_f1(prefix + metric) for metric in METRICS]
    return lambda counts: sum(part(counts) or 0.0 for part in parts) / len(parts)


BASELINE: Final = "baseline_"
FIGURES: Final[dict[str, Figure]] = {
    **{f"{prefix}{metric}_f1": _f1(prefix + metric) for prefix in ("", BASELINE) for metric in METRICS},
    **{f"{prefix}conll_f1": _conll(prefix) for prefix in ("", BASELINE)},
}


def figures_of(genre: str) -> dict[str, Figure]:
    """The CoNLL scores over documents of one genre."""
    return {f"{genre}_{prefix}conll_f1": _conll(f"{genre}_{prefix}") for prefix in ("", BASELINE)}
