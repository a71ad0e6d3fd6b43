"""From scores to spans: names, descriptions, sources, cues and contents, and which belong together."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from tasks.language.tagger.labels import LAYERS, LINK_WIDTH, LINKS
from tasks.language.tagger.model import Floats, Scores


def _slices() -> Iterator[tuple[str, slice]]:
    position = 0
    for name, labels in LAYERS.items():
        yield name, slice(position, position + len(labels))
        position += len(labels)


SLICES: Final = dict(_slices())
LINK_SLICES: Final = {name: slice(n * LINK_WIDTH, (n + 1) * LINK_WIDTH) for n, name in enumerate(LINKS)}
NONE: Final = 0
Best = tuple["Chunk | None", float]


class Chunk(NamedTuple):
    """Words first..last (columns of a window, 1 the first word) with one label and how sure it is, 0 to 1."""

    first: int
    last: int
    label: str
    confidence: float


class Said(NamedTuple):
    """A piece of content with its source and its cue, each None if it has none in the window, and how sure that is."""

    content: Chunk
    source: Chunk | None
    cue: Chunk | None
    confidence: float


def chunks(scores: Scores, layer: str) -> list[Chunk]:
    """The spans of a BIO layer; an I without a B before it begins a span too."""
    found = scores.layers[1:, SLICES[layer]]
    labels = found.argmax(-1) if len(found) else np.zeros(0, np.int64)
    marked = labels.nonzero()[0]
    if not len(marked):
        return []
    spans: list[tuple[int, int, str]] = []
    for column, label in zip((marked + 1).tolist(), labels[marked].tolist(), strict=True):
        prefix, _, kind = LAYERS[layer][label].partition("-")
        if prefix == "I" and spans and spans[-1][1:] == (column - 1, kind):
            spans[-1] = (spans[-1][0], column, kind)
        else:
            spans.append((column, column, kind))
    # Every marked word is in one span, so the words of a span follow each other here too.
    sure, position, result = _highest(found[marked]).tolist(), 0, []
    for first, last, kind in spans:
        words = last - first + 1
        result.append(Chunk(first, last, kind, sum(sure[position : position + words]) / words))
        position += words
    return result


def said(scores: Scores) -> list[Said]:
    """The pieces of content of a window, each with the source and the cue that fit it best."""
    contents = chunks(scores, "content")
    if not contents:
        return []
    sources, cues = chunks(scores, "source"), chunks(scores, "cue")
    firsts, lasts = [content.first for content in contents], [content.last for content in contents]
    by_source, by_cue = _linked(scores, "s", firsts, lasts, sources), _linked(scores, "c", firsts, lasts, cues)
    of_cues = _sources_of_cues(scores, cues, sources)
    found = []
    for content, direct, (cue, _) in zip(contents, by_source, by_cue, strict=True):
        source, sure = of_cues[cue] if cue and not direct[0] else direct
        found.append(Said(content, source, cue, content.confidence * sure))
    return found


def _linked(
    scores: Scores, kind: str, firsts: Sequence[int], lasts: Sequence[int], candidates: Sequence[Chunk]
) -> list[Best]:
    start, end = LINK_SLICES[f"q_{kind}_start"], LINK_SLICES[f"q_{kind}_end"]
    return _best(scores, kind, scores.links[firsts, start] + scores.links[lasts, end], candidates)


def _sources_of_cues(scores: Scores, cues: Sequence[Chunk], sources: Sequence[Chunk]) -> dict[Chunk, Best]:
    queries = scores.links[[cue.first for cue in cues], LINK_SLICES["c_s"]]
    return dict(zip(cues, _best(scores, "s", queries, sources), strict=True)) if cues else {}


def _best(scores: Scores, kind: str, queries: Floats, candidates: Sequence[Chunk]) -> list[Best]:
    """For each query the candidate that fits it best, and how sure that is."""
    columns = [NONE, *(candidate.first for candidate in candidates)]
    fits = queries @ scores.links[columns, LINK_SLICES[kind]].T
    chosen, sure = fits.argmax(-1).tolist(), _highest(fits).tolist()
    return [(candidates[best - 1] if best else None, how_sure) for best, how_sure in zip(chosen, sure, strict=True)]


def _highest(values: Floats) -> Floats:
    """The largest probability of each row, were they a softmax's."""
    result: Floats = 1 / np.exp(values - values.max(-1, keepdims=True)).sum(-1)
    return result
