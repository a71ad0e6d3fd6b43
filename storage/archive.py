"""The raw archive: every body once, in WARC files that any tool opens, never changed."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from storage.erase import erase
from storage.errors import HomeError
from storage.records import Document
from storage.warc import read_at, write_document, write_info
from storage.web_records import ArchivedBody

SUFFIX: Final = ".warc.gz"
# Gives the archive keys of the bodies with these hashes, of those that are there.
Find = Callable[[Iterable[str]], Mapping[str, str]]


class Archive:
    """A folder of WARC files, one a batch; a key is the file's path in it, a number sign, and the offset of the record.

    `run` names the files of one run. What was written is unsettled until it is known that it may be kept (`settle`), and then waits
    to be noted in the warehouse (`take_new`); until it is noted, this archive itself remembers it. Batches are written, settled
    and noted in turn, each in another thread if need be.
    """

    def __init__(self, folder: Path, run: str = "", find: Find = lambda _: {}, software: str = "Dateline") -> None:
        self._folder = folder
        self._run = run
        self._find = find
        self._software = software
        self._files = 0
        self._unsettled: list[ArchivedBody] = []
        self._settled: deque[ArchivedBody] = deque()
        self._noted_last: list[ArchivedBody] = []
        self._keys: dict[str, str] = {}

    def put(self, documents: Sequence[Document]) -> dict[str, str]:
        """Keep the bodies of a batch and give their keys by hash. Written under another name first and flushed to disk: a killed
        run leaves no half file. Raises HomeError."""
        asked = {document.raw_sha256 for document in documents}
        # In this order: what is being noted now is in one of the two.
        remembered = {digest: key for digest, key in dict(self._keys).items() if digest in asked}
        keys = dict(self._find(asked)) | remembered
        # Of several documents with one body, the first one is kept.
        fresh = {document.raw_sha256: document for document in reversed(documents) if document.raw_sha256 not in keys}
        if fresh:
            written = self._write(list(reversed(fresh.values())))
            self._unsettled += [ArchivedBody(raw_sha256=digest, archive_key=key) for digest, key in written.items()]
            self._keys |= written
            keys |= written
        return keys

    def _write(self, documents: Sequence[Document]) -> dict[str, str]:
        day = documents[0].fetched_at
        path = self._folder / f"{day:%Y/%m/%d}" / f"{self._run}-{self._files:05d}{SUFFIX}"
        self._files += 1
        partial = path.with_name(f".{path.name}.partial")
        name = path.relative_to(self._folder).as_posix()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                write_info(file, path.name, self._software)
                keys = {document.raw_sha256: f"{name}#{write_document(file, document)}" for document in documents}
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        except OSError as error:
            raise HomeError(str(path), "the raw documents can't be archived") from error
        return keys

    def take_back(self, keys: Iterable[str]) -> None:
        """Take unsettled bodies out again that must not be kept. Raises HomeError."""
        doomed = {body.archive_key: body.raw_sha256 for body in self._unsettled if body.archive_key in set(keys)}
        for name in {key.partition("#")[0] for key in doomed}:
            erase(self._folder / name, lambda body: body.digest in doomed.values())
        self._unsettled = [body for body in self._unsettled if body.archive_key not in doomed]
        for digest in doomed.values():
            self._keys.pop(digest, None)

    def settle(self) -> None:
        """What was written so far may be kept."""
        self._settled += self._unsettled
        self._unsettled = []

    def take_new(self) -> list[ArchivedBody]:
        """What was settled since this was asked last; what was taken then is noted now."""
        for body in self._noted_last:
            self._keys.pop(body.raw_sha256, None)
        self._noted_last = [self._settled.popleft() for _ in range(len(self._settled))]
        return self._noted_last

    def get(self, key: str) -> bytes:
        """The body with this key. Raises HomeError if it is not there or not readable."""
        name, _, offset = key.partition("#")
        path = self._folder / name
        try:
            stored = read_at(path, int(offset))
        except (OSError, ValueError) as error:
            raise HomeError(str(path), "the raw document can't be read back") from error
        if stored is None:
            raise HomeError(key, "the archive has no such document")
        return stored.body
