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
    if not labels.any():
        return []
    names = LAYERS[layer]
    spans: list[tuple[int, int, str]] = []
    for column in (np.flatnonzero(labels) + 1).tolist():
        name = names[labels[column - 1]]
        goes_on = name[0] == "I" and spans and spans[-1][1] == column - 1 and spans[-1][2] == name[2:]
        if goes_on:
            spans[-1] = (spans[-1][0], column, name[2:])
        else:
            spans.append((column, column, name[2:]))
    sums = np.concatenate(([0.0], _softmax(found).max(-1).cumsum())).tolist()
    return [Chunk(a, b, name, (sums[b] - sums[a - 1]) / (b - a + 1)) for a, b, name in spans]


def said(scores: Scores) -> list[Said]:
    """The pieces of content of a window, each with the source and the cue that fit it best."""
    contents = chunks(scores, "content")
    if not contents:
        return []
    sources, cues = chunks(scores, "source"), chunks(scores, "cue")
    found = []
    for content in contents:
        source, sure = _linked(scores, "s", content, sources)
        cue, _ = _linked(scores, "c", content, cues)
        if source is None and cue is not None:
            source, sure = _source_of_cue(scores, cue, sources)
        found.append(Said(content, source, cue, content.confidence * sure))
    return found


def _linked(scores: Scores, kind: str, content: Chunk, candidates: Sequence[Chunk]) -> tuple[Chunk | None, float]:
    query = (
        scores.links[content.first, LINK_SLICES[f"q_{kind}_start"]]
        + scores.links[content.last, LINK_SLICES[f"q_{kind}_end"]]
    )
    return _best(scores, kind, query, candidates)


def _source_of_cue(scores: Scores, cue: Chunk, sources: Sequence[Chunk]) -> tuple[Chunk | None, float]:
    return _best(scores, "s", scores.links[cue.first, LINK_SLICES["c_s"]], sources)


def _best(scores: Scores, kind: str, query: Floats, candidates: Sequence[Chunk]) -> tuple[Chunk | None, float]:
    columns = [NONE, *(candidate.first for candidate in candidates)]
    fits = scores.links[columns, LINK_SLICES[kind]] @ query
    best = int(fits.argmax())
    return candidates[best - 1] if best else None, float(_softmax(fits)[best])


def _softmax(values: Floats) -> Floats:
    shifted = np.exp(values - values.max(-1, keepdims=True))
    result: Floats = shifted / shifted.sum(-1, keepdims=True)
    return result
