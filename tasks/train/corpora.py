"""Readers of the corpora that the tagger can learn from, each with its own labels for names.

A corpus that tells PER, ORG and LOC only says less than we ask: such a label allows several of ours, and the network may choose
among them (a marginal likelihood, as in Greenberg et al. (2018), «Marginal Likelihood Training of BiLSTM-CRF»).
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tasks.language.tagger.labels import LAYERS
from tasks.train.markup import NAME_TYPES, Annotated
from tasks.train.samples import NONE, Link, Sample, from_text, from_words

LABELS: Final = LAYERS["entity"]
SENTENCES_A_SAMPLE: Final = 12
OTHERS: Final = ("NORP", "EVENT", "PRODUCT", "WORK")
PLACES: Final = ("GPE", "LOC", "FAC")
# What the labels of a corpus may be in ours; "O" among them: it may be no name to us.
COARSE: Final = {
    **dict.fromkeys(("PER", "person"), ("PERSON",)),
    **dict.fromkeys(("ORG", "organisation"), ("ORG",)),
    **dict.fromkeys(("LOC", "location"), PLACES),
    **dict.fromkeys(("MISC", "misc"), (*OTHERS, "O")),
}
CROSSNER: Final = {
    **dict.fromkeys(("person", "politician", "writer", "researcher", "scientist", "musicalartist"), ("PERSON",)),
    **dict.fromkeys(("organisation", "politicalparty", "university", "band"), ("ORG",)),
    **dict.fromkeys(("book", "poem", "album", "song"), ("WORK",)),
    **dict.fromkeys(("magazine", "academicjournal"), ("WORK", "ORG")),
    **dict.fromkeys(("election", "event", "conference"), ("EVENT",)),
    "country": ("GPE",),
    "location": PLACES,
    "product": ("PRODUCT", "WORK"),
    "misc": (*OTHERS, "O"),
    "award": ("EVENT", "WORK", "O"),
}
WNUT: Final = {
    "person": ("PERSON",),
    "location": PLACES,
    "corporation": ("ORG",),
    "group": ("ORG", "NORP"),
    "product": ("PRODUCT",),
    "creative-work": ("WORK",),
}


def from_annotated(article: Annotated) -> Sample:
    """An annotated article as a sample: all layers but the parse are known."""
    sample = from_text(article.text)
    sample.entity = [1] * len(sample.words)
    for mark in article.marks:
        if mark.kind in NAME_TYPES:
            _allow(sample, sample.words_of(mark.start_char, mark.end_char), (mark.kind,))
    sample.known("description", "source", "cue", "content")
    names = {(m.start_char, m.end_char) for m in article.marks if m.kind in NAME_TYPES}
    for kind in ("NOM", "ROLE"):
        found = [(m.start_char, m.end_char) for m in article.marks if m.kind == kind]
        sample.mark("description", kind, [span for span in found if span not in names])
    for attribution in article.attributions:
        _attribute(sample, attribution.source, attribution.cue, attribution.content)
    sample.linked = True
    return sample


Spans = Sequence[tuple[int, int]]


def _attribute(sample: Sample, source: Spans, cue: Spans, content: Spans) -> None:
    sample.mark("source", "S", source)
    sample.mark("cue", "C", cue)
    sample.mark("content", "Q", content)
    first_source = sample.first_word(source[0][0]) if source else NONE
    first_cue = sample.first_word(cue[0][0]) if cue else NONE
    for start, end in content:
        words = sample.words_of(start, end)
        if words:
            sample.links.append(Link(words[0], words[-1], first_source, first_cue))
    if cue:
        sample.cue_links.append((first_cue, first_source))


def polnear(path: Path) -> Iterator[Sample]:
    """PolNeAR documents: attributions only. Not licensed for shipping; for comparison."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sample = from_text(record["text"])
        if not sample.words:
            continue
        sample.known("source", "cue", "content")
        for a in record["attributions"]:
            if a["content"]:
                _attribute(sample, *(_lines(record["text"], a[part]) for part in ("source", "cue", "content")))
        sample.linked = True
        yield sample


def _lines(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Spans cut at line ends."""
    found = []
    for start, end in spans:
        position = start
        for line in text[start:end].split("\n"):
            if line.strip():
                found.append((position + len(line) - len(line.lstrip()), position + len(line.rstrip())))
            position += len(line) + 1
    return found


def conll(
    path: Path, types: dict[str, tuple[str, ...]], outside: tuple[str, ...] = (), column: int = -1
) -> Iterator[Sample]:
    """A file with a word and its label a line. `types`: what a label allows; `outside`: our types that the corpus does
    not label, so that its O may be one of them."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if line.startswith("# ") or (fields and fields[0] == "-DOCSTART-"):
            continue
        if not fields:
            if sentences[-1]:
                sentences.append([])
            continue
        word, label = (fields[1], fields[2]) if column > 0 else (fields[0], fields[-1])
        sentences[-1].append((word, label))
    for start in range(0, len(sentences), SENTENCES_A_SAMPLE):
        group = [sentence for sentence in sentences[start : start + SENTENCES_A_SAMPLE] if sentence]
        if group:
            yield _named(group, types, outside, 1 + start // SENTENCES_A_SAMPLE % 3)


def _named(
    sentences: Sequence[Sequence[tuple[str, str]]],
    types: dict[str, tuple[str, ...]],
    outside: tuple[str, ...],
    block: int,
) -> Sample:
    sample = from_words([[word for word, _ in sentence] for sentence in sentences], block)
    nothing = _bits(("O", *(f"{p}-{t}" for t in outside for p in "BI")))
    sample.entity = [nothing] * len(sample.words)
    index = 0
    for sentence in sentences:
        previous = "O"
        start = index
        for number, (_, label) in enumerate(sentence):
            kind = label[2:]
            goes_on = label.startswith("I-") and previous[2:] == kind and number > 0
            if label != "O" and label != "-":
                if not goes_on:
                    start = index
                _allow(sample, range(start, index + 1), types.get(kind, (*OTHERS, "O")))
            previous = label
            index += 1
    return sample


def from_labelled(lines: Sequence[Sequence[tuple[str, tuple[str, ...], bool]]]) -> Sample:
    """A sample of lines of words, each with the types it may have (none: no name) and whether it begins a name."""
    sample = from_words([[word for word, _, _ in line] for line in lines], 1)
    sample.entity = [1] * len(sample.words)
    position = 0
    for line in lines:
        for word, (_, types, begins) in enumerate(line, position):
            if types:
                sample.entity[word] = _bits(tuple(f"{'B' if begins else 'I'}-{name}" for name in types))
        position += len(line)
    return sample


def _allow(sample: Sample, words: range, types: Sequence[str]) -> None:
    for number, index in enumerate(words):
        prefix = "B" if number == 0 else "I"
        sample.entity[index] = _bits(tuple(t if t == "O" else f"{prefix}-{t}" for t in types))


def _bits(labels: Sequence[str]) -> int:
    return sum(1 << LABELS.index(label) for label in labels)
