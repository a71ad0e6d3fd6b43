"""Reads an article of the gold corpus: header lines, an empty line, and a text with annotations in it.

The rules of annotation are in tests/quality/gold/README.md. `[PERSON:lind|Anna Lind]` is a mention, `[ROLE:lind:tornby|mayor]`
a printed role, `<s1>…</s1>`, `<c1>…</c1>`, `<q1>…</q1>` are source, cue and content of attribution 1.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

NAME_TYPES: Final = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK")
OTHER_TYPES: Final = ("NOM", "PRO", "ROLE")
HEADER: Final = ("outlet", "region", "topic", "style", "date")
TOKEN: Final = re.compile(
    r"\[(?P<kind>[A-Z]+):(?P<ids>[^|\[\]]*)\||(?P<close>\])|<(?P<end>/?)(?P<layer>[scq])(?P<number>\d+)>"
)
LEFT_OVER: Final = re.compile(r"</?[scq]\d|\[[A-Z]+:")
HELD_OUT_ONE_IN: Final = 8
UNSEEN: Final = "unseen"


class MarkupError(ValueError):
    """An annotated article that breaks the rules, with its path and line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention or a role; offsets are code points into `Annotated.text`. `ids` are the ids behind the type."""

    kind: str
    ids: tuple[str, ...]
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) is said by which words (cue) to have said what (content); a part may lie in several pieces."""

    number: int
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article of the corpus: its header, its plain text, and what is marked in it."""

    header: dict[str, str]
    text: str
    marks: tuple[Mark, ...]
    attributions: tuple[Attribution, ...]


def is_held_out(path: Path) -> bool:
    """True for the part of the corpus that nothing is trained on: one in eight of the folder `articles`, by a checksum of
    the file's name, and all of the folder `unseen`."""
    return path.parent.name == UNSEEN or crc32(path.name.encode()) % HELD_OUT_ONE_IN == 0


def read_article(path: Path) -> Annotated:
    """The article in a file. Raises MarkupError, which says where a rule is broken."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    if missing := [name for name in HEADER if not header.get(name)]:
        raise MarkupError(f"{path}: header lacks {', '.join(missing)}")
    return _parse(path, header, body.strip("\n") + "\n")


Layers = defaultdict[int, dict[str, list[tuple[int, int]]]]


class _Body:
    """Goes through a body once, taking the markup out."""

    def __init__(self, path: Path, body: str) -> None:
        self._path = path
        self._body = body
        self._position = 0
        self._length = 0
        self._open_marks: list[tuple[str, tuple[str, ...], int]] = []
        self._open_layers: dict[str, int] = {}
        self.marks: list[Mark] = []
        self.layers: Layers = defaultdict(lambda: {"s": [], "c": [], "q": []})

    def text(self) -> str:
        """The text without markup; marks and layers are filled."""
        parts: list[str] = []
        for token in TOKEN.finditer(self._body):
            parts.append(self._body[self._position : token.start()])
            self._length += token.start() - self._position
            self._position = token.end()
            if token["kind"]:
                self._open_mark(token["kind"], token["ids"])
            elif token["close"]:
                self._close_mark()
            else:
                self._layer(token["layer"], token["number"], ends=bool(token["end"]))
        parts.append(self._body[self._position :])
        if self._open_marks or self._open_layers:
            raise self._wrong(f"never closed: {[m[0] for m in self._open_marks] + list(self._open_layers)}")
        return "".join(parts)

    def _open_mark(self, kind: str, ids: str) -> None:
        if kind not in NAME_TYPES + OTHER_TYPES:
            raise self._wrong(f"no such type: {kind}")
        self._open_marks.append((kind, tuple(ids.split(":")), self._length))

    def _close_mark(self) -> None:
        if not self._open_marks:
            raise self._wrong("a ] that closes nothing")
        kind, ids, start = self._open_marks.pop()
        self.marks.append(Mark(kind, ids, start, self._length))

    def _layer(self, layer: str, number: str, *, ends: bool) -> None:
        key = layer + number
        if ends != (key in self._open_layers):
            raise self._wrong(f"</{key}> closes nothing" if ends else f"<{key}> opened twice")
        if ends:
            self.layers[int(number)][layer].append((self._open_layers.pop(key), self._length))
        else:
            self._open_layers[key] = self._length

    def _wrong(self, what: str) -> MarkupError:
        line = self._body.count("\n", 0, self._position) + 1
        return MarkupError(f"{self._path}: body line {line}: {what}")


def _parse(path: Path, header: dict[str, str], body: str) -> Annotated:
    reader = _Body(path, body)
    text = reader.text()
    _check_spans(path, text, reader)
    _check_ids(path, text, reader.marks)
    found = tuple(
        Attribution(number, tuple(spans["s"]), tuple(spans["c"]), tuple(spans["q"]))
        for number, spans in sorted(reader.layers.items())
    )
    return Annotated(header, text, tuple(sorted(reader.marks, key=lambda m: (m.start_char, -m.end_char))), found)


def _check_spans(path: Path, text: str, reader: _Body) -> None:
    for number, layers in reader.layers.items():
        if not layers["q"]:
            raise MarkupError(f"{path}: attribution {number} has no content")
    spans = [(f"{m.kind}:{':'.join(m.ids)}", m.start_char, m.end_char) for m in reader.marks]
    spans += [(f"{k}{n}", s, e) for n, by in reader.layers.items() for k, found in by.items() for s, e in found]
    for what, start, end in spans:
        words = text[start:end]
        if not words.strip() or words != words.strip():
            raise MarkupError(f"{path}: {what} is empty or has spaces at its edge: {words!r}")
        if "\n" in words:
            raise MarkupError(f"{path}: {what} runs over a line end: {words[:60]!r}")


def _check_ids(path: Path, text: str, marks: list[Mark]) -> None:
    named = {m.ids[0] for m in marks if m.kind in NAME_TYPES}
    for mark in marks:
        if not all(re.fullmatch(r"[a-z0-9_-]+", i) for i in mark.ids):
            raise MarkupError(f"{path}: {mark.kind} has a bad id: {mark.ids}")
        if mark.kind == "ROLE" and len(mark.ids) > 1 and mark.ids[1] not in named:
            raise MarkupError(
                f"{path}: ROLE of {mark.ids[0]} names an organisation that is never marked: {mark.ids[1]}"
            )
    if LEFT_OVER.search(text):
        raise MarkupError(f"{path}: markup left in the text")
