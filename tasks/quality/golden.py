"""Documents with answers: the shapes of the public sets, and our own corpus."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from storage.errors import GoldError
from tasks.train.markup import Annotated, is_held_out, read_article

Spans = tuple[tuple[int, int], ...]
# Labels of other schemes as PER, ORG and LOC; labels that are not here are no names to the score.
COARSE: Final = {
    **dict.fromkeys(("PER", "PERSON", "Person", "person"), "PER"),
    **dict.fromkeys(("ORG", "Organization", "organization", "organisation"), "ORG"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "Location", "Facility", "location"), "LOC"),
}


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """An attribution; `direct`: its content holds double quotation marks."""

    source: Spans
    cue: Spans
    content: Spans
    direct: bool


@dataclass(frozen=True, slots=True)
class Golden:
    """A document with the answers it has; None: it has none of that kind. `names`: start, end, PER, ORG or LOC.
    `people`: clusters of mentions of one person."""

    text: str
    genre: str | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    statements: tuple[GoldStatement, ...] | None = None
    people: tuple[Spans, ...] | None = None


def read_golden(path: Path) -> list[Golden]:
    """Documents of a file (.jsonl, .conll or one article of our corpus) or of a folder of our corpus' articles (its
    held-out part). Raises GoldError with the place of what can't be read."""
    try:
        if path.is_dir():
            return [_annotated(read_article(p)) for p in sorted(path.glob("*.txt")) if is_held_out(p)]
        if path.suffix == ".txt":
            return [_annotated(read_article(path))]
        if path.suffix == ".conll":
            return list(_conll(path))
        lines = path.read_text(encoding="utf-8").split("\n")
        return [_record(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(str(path), f"no gold data that can be read: {error!r}") from error


def _record(record: dict[str, Any]) -> Golden:
    text = record["text"]
    if "attributions" in record:
        return Golden(text, statements=tuple(_statement(text, a) for a in record["attributions"] if a["content"]))
    entities = record["entities"]
    if any("cluster" in entity for entity in entities):
        return Golden(text, genre=record.get("genre"), people=tuple(_people(entities)))
    names = {(e["start"], e["end"], COARSE[e["label"]]) for e in entities if e["label"] in COARSE}
    return Golden(text, names=tuple(sorted(names)))


def _statement(text: str, a: dict[str, Any]) -> GoldStatement:
    source, cue, content = (tuple((s, e) for s, e in a[part]) for part in ("source", "cue", "content"))
    return GoldStatement(source, cue, content, bool(a["direct"]))


def _people(entities: list[dict[str, Any]]) -> Iterator[Spans]:
    clusters: dict[int, list[tuple[int, int]]] = {}
    for entity in entities:
        if entity["type"] == "person" and entity["cluster"] is not None:
            clusters.setdefault(entity["cluster"], []).append((entity["start"], entity["end"]))
    return (tuple(sorted(set(spans))) for spans in clusters.values())


def _conll(path: Path) -> Iterator[Golden]:
    """Sentences of word TAB label, 20 a document, a line a sentence."""
    sentences = [
        [line.split() for line in block.split("\n") if line.strip()]
        for block in path.read_text(encoding="utf-8").split("\n\n")
    ]
    sentences = [s for s in sentences if s and s[0][0] != "-DOCSTART-"]
    for start in range(0, len(sentences), 20):
        yield _words(sentences[start : start + 20])


def _words(sentences: list[list[list[str]]]) -> Golden:
    text = ""
    names: list[tuple[int, int, str]] = []
    for sentence in sentences:
        for word, *_, label in sentence:
            begin, text = len(text), text + word + " "
            kind = COARSE.get(label[2:])
            if label.startswith("I-") and names and names[-1][1] == begin - 1 and names[-1][2] == kind:
                names[-1] = (names[-1][0], len(text) - 1, kind)
            elif kind:
                names.append((begin, len(text) - 1, kind))
        text = text[:-1] + "\n"
    return Golden(text, names=tuple(names))


def _annotated(article: Annotated) -> Golden:
    text = article.text
    names = {(m.start_char, m.end_char, COARSE[m.kind]) for m in article.marks if m.kind in COARSE}
    statements = tuple(
        GoldStatement(a.source, a.cue, a.content, any(c in text[s:e] for s, e in a.content for c in '“”"«»'))
        for a in article.attributions
    )
    clusters: dict[str, list[tuple[int, int]]] = {}
    for mark in article.marks:
        if mark.kind in {"PERSON", "NOM", "PRO"}:
            clusters.setdefault(mark.ids[0], []).append((mark.start_char, mark.end_char))
    people = tuple(tuple(spans) for spans in clusters.values() if len(spans) > 1)
    return Golden(text, article.header.get("style"), tuple(sorted(names)), statements, people)
