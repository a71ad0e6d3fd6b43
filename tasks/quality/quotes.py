"""Scores of quotes: are they found, are they whole, and is the speaker right."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from tasks.extract.quotes import Quote
from tasks.language.words import words
from tasks.quality.golden import Golden, GoldStatement, Spans
from tasks.quality.measure import Counts, Figure, f1, overlap_counts, ratio

# Least shares of characters in common (of all in either) for a statement to count as found; 0.3 and 0.8 as in
# Asr et al. (2021), «The Gender Gap Tracker: Using Natural Language Processing to measure gender bias in media».
OVERLAPS: Final = {"content_f1_overlap_30": 0.3, "content_f1_overlap_80": 0.8, "content_f1_exact": 1.0}
LAYERS: Final = ("source", "cue", "content")

FIGURES: Final[dict[str, Figure]] = {
    "direct_speaker_accuracy": ratio("direct.right", "direct.all"),
    "direct_speaker_precision": ratio("direct.right", "direct.answered"),
    "direct_found": ratio("direct.found", "direct.all"),
    "speaker_accuracy": ratio("all.right", "all.all"),
    "speaker_precision": ratio("all.right", "all.answered"),
    **{name: f1(name) for name in OVERLAPS},
    **{f"direct_{name}": f1(f"direct_{name}") for name in OVERLAPS},
    **{f"{layer}_token_f1": f1(f"{layer}_token") for layer in LAYERS},
}


def count(golden: Golden, found: Sequence[Quote]) -> Counts:
    """The counts of one document."""
    gold = golden.statements or ()
    counts: dict[str, float] = {}
    for which, statements in (("all", gold), ("direct", [g for g in gold if g.direct])):
        counts |= _speakers(which, [g for g in statements if g.source], found)
    contents = _contents(found)
    direct = [g for g in gold if g.direct]
    marked = [content for content in contents if _has_marks(golden.text, content)]
    for name, least in OVERLAPS.items():
        counts |= _matched(name, [g.content for g in gold], contents, least)
        counts |= _matched(f"direct_{name}", [g.content for g in direct], marked, least)
    return counts | _tokens(golden, found)


def _speakers(which: str, gold: Sequence[GoldStatement], found: Sequence[Quote]) -> dict[str, float]:
    """A speaker is right if the source given for the words overlaps the source in the gold data."""
    answers = [(g, max(found, key=partial(_common, g.content), default=None)) for g in gold]
    hits = [(g, q) for g, q in answers if q is not None and _common(g.content, q)]
    answered = [(g, q.speaker_start_char, q.speaker_end_char) for g, q in hits if q.speaker_start_char is not None]
    right = sum(any(s < (end or 0) and start < e for s, e in g.source) for g, start, end in answered)
    return {
        f"{which}.all": len(gold),
        f"{which}.found": len(hits),
        f"{which}.answered": len(answered),
        f"{which}.right": right,
    }


def _common(spans: Spans, quote: Quote) -> int:
    return sum(max(0, min(e, quote.end_char) - max(s, quote.start_char)) for s, e in spans)


def _contents(found: Sequence[Quote]) -> list[Spans]:
    """Pieces of one statement together."""
    pieces: dict[int, list[tuple[int, int]]] = {}
    for quote in found:
        pieces.setdefault(quote.statement_no, []).append((quote.start_char, quote.end_char))
    return [tuple(spans) for spans in pieces.values()]


def _has_marks(text: str, spans: Spans) -> bool:
    return any(mark in text[s:e] for s, e in spans for mark in '“”"«»')


def _matched(name: str, gold: Sequence[Spans], found: Sequence[Spans], least: float) -> dict[str, float]:
    """One-to-one matches, the best overlaps first."""
    characters = [[set(_positions(spans)) for spans in side] for side in (gold, found)]
    pairs = [
        (len(g & f) / len(g | f), i, j)
        for i, g in enumerate(characters[0])
        for j, f in enumerate(characters[1])
        if not g.isdisjoint(f)
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in sorted(pairs, reverse=True):
        if share >= least and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    return {f"{name}.both": len(taken[0]), f"{name}.gold": len(gold), f"{name}.found": len(found)}


def _positions(spans: Iterable[tuple[int, int]]) -> Iterable[int]:
    return (position for start, end in spans for position in range(start, end))


def _tokens(golden: Golden, found: Sequence[Quote]) -> dict[str, float]:
    theirs: dict[str, list[tuple[int, int]]] = {
        "source": [(q.speaker_start_char, q.speaker_end_char or 0) for q in found if q.speaker_start_char is not None],
        "cue": [(q.cue_start_char, q.cue_end_char or 0) for q in found if q.cue_start_char is not None],
        "content": [(q.start_char, q.end_char) for q in found],
    }
    counts: dict[str, float] = {}
    for layer in LAYERS:
        gold = [span for g in golden.statements or () for span in getattr(g, layer)]
        sides = (_words(golden.text, gold), _words(golden.text, theirs[layer]))
        counts |= overlap_counts(f"{layer}_token", *sides)
    return counts


def _words(text: str, spans: Iterable[tuple[int, int]]) -> set[object]:
    return {start for s, e in spans for start, end in words(text, s, e) if any(c.isalnum() for c in text[start:end])}
