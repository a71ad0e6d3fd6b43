"""Articles of the corpus with other names: the same sentences about people and places from everywhere."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tasks.language.tagger.labels import LAYERS
from tasks.train.markup import NAME_TYPES, Annotated, Attribution, Mark
from tasks.train.samples import Sample

SWAPPED: Final = frozenset({"PERSON", "GPE", "ORG"})
# Share of the entities of an article that get another name.
SHARE: Final = 0.7
MAX_ACRONYM: Final = 6
MAX_NAME_WORDS: Final = 6

Pool = dict[str, list[tuple[str, ...]]]


def names_in(articles: Sequence[Annotated]) -> Pool:
    """Names by type, each as its longest form's words."""
    pool: Pool = {kind: [] for kind in SWAPPED}
    for article in articles:
        for (kind, _), forms in _forms(article).items():
            longest = max(forms, key=len).split()
            if kind != "PERSON" or len(longest) > 1:
                pool[kind].append(tuple(longest))
    return {kind: sorted(set(names)) for kind, names in pool.items()}


def names_of(samples: Sequence[Sample], kind: str) -> list[tuple[str, ...]]:
    """Names of one type in corpora that are sure of it."""
    begin = 1 << LAYERS["entity"].index(f"B-{kind}")
    inside = 1 << LAYERS["entity"].index(f"I-{kind}")
    found: set[tuple[str, ...]] = set()
    for sample in samples:
        name: list[str] = []
        for word, allowed in zip((*sample.words, None), (*sample.entity, 0), strict=True):
            if name and allowed != inside:
                found.add(tuple(name))
                name = []
            if word is not None and (allowed == begin or (name and allowed == inside)):
                name.append(sample.text[word.start_char : word.end_char])
    return sorted(name for name in found if _is_usual(name))


def _is_usual(name: tuple[str, ...]) -> bool:
    """True for names as newspapers print them."""
    return (
        len(name) <= MAX_NAME_WORDS
        and name[0][0].isupper()
        and all(re.fullmatch(r"[^\W\d_][\w.’'&-]*", w) for w in name)
    )


def renamed(article: Annotated, pool: Pool, random_: random.Random) -> Annotated:
    """The article with other names of the same kinds; all offsets are those of the new text."""
    new_forms: dict[tuple[str, str], dict[str, str]] = {}
    for (kind, name_id), forms in _forms(article).items():
        if pool.get(kind) and random_.random() < SHARE:
            new_forms[kind, name_id] = _new_forms(kind, sorted(forms), random_.choice(pool[kind]))
    edits: list[tuple[int, int, str]] = []
    for mark in article.marks:
        words = article.text[mark.start_char : mark.end_char]
        new = new_forms.get((mark.kind, mark.ids[0]), {}).get(words) if mark.kind in SWAPPED else None
        if new is not None and not any(start < mark.end_char and mark.start_char < end for start, end, _ in edits):
            edits.append((mark.start_char, mark.end_char, new))
    return _edited(article, sorted(edits))


def _forms(article: Annotated) -> dict[tuple[str, str], set[str]]:
    """How each person, place or organisation is written; names with other names inside them stay as they are."""
    nested = {m for m in article.marks for n in article.marks if n is not m and m.kind in SWAPPED and _holds(m, n)}
    found: dict[tuple[str, str], set[str]] = {}
    for mark in article.marks:
        if mark.kind in SWAPPED and mark not in nested:
            found.setdefault((mark.kind, mark.ids[0]), set()).add(article.text[mark.start_char : mark.end_char])
    return found


def _holds(outer: Mark, inner: Mark) -> bool:
    inside = outer.start_char <= inner.start_char and inner.end_char <= outer.end_char
    return inner.kind in NAME_TYPES and inside


def _new_forms(kind: str, forms: Sequence[str], name: tuple[str, ...]) -> dict[str, str]:
    """New words for each form: a full name for a full name, a surname for a surname, an acronym for an acronym."""
    longest = max(forms, key=len)
    new = {}
    for form in forms:
        if form == longest:
            new[form] = " ".join(name)
        elif kind == "PERSON":
            new[form] = name[0] if longest.startswith(form) else name[-1]
        elif form.isupper() and len(form) <= MAX_ACRONYM and len(name) > 1:
            new[form] = "".join(word[0].upper() for word in name if word[0].isalpha())
        else:
            new[form] = " ".join(name)
        if form.isupper() and len(form) > MAX_ACRONYM:
            new[form] = new[form].upper()
    return {form: words for form, words in new.items() if words}


def _edited(article: Annotated, edits: Sequence[tuple[int, int, str]]) -> Annotated:
    parts, position = [], 0
    for start, end, words in edits:
        parts += [article.text[position:start], words]
        position = end
    parts.append(article.text[position:])

    def moved(offset: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, words in edits:
            if offset >= end if is_end else offset > start:
                shift += len(words) - (end - start)
        return offset + shift

    def spans(found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((moved(start, is_end=False), moved(end, is_end=True)) for start, end in found)

    marks = tuple(
        replace(m, start_char=moved(m.start_char, is_end=False), end_char=moved(m.end_char, is_end=True))
        for m in article.marks
    )
    attributions = tuple(
        Attribution(a.number, spans(a.source), spans(a.cue), spans(a.content)) for a in article.attributions
    )
    return Annotated(article.header, "".join(parts), marks, attributions)
