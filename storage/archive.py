"""The raw archive: every body once, by its hash, compressed, never changed."""

import gzip
import os
import tempfile
from pathlib import Path

from storage.errors import HomeError


class Archive:
    """A folder of gzip files named by the SHA-256 of what is inside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        """Where the body with this key is."""
        return self._folder / key[:2] / key[2:4] / f"{key}.gz"

    def put(self, body: bytes, sha256: str) -> str:
        """Keep a body and give its key. Written under another name first: a killed run leaves no half file."""
        path = self.path(sha256)
        if path.exists():
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                # mtime 0: the same body gives the same file.
                file.write(gzip.compress(body, compresslevel=6, mtime=0))
            Path(name).replace(path)
        except OSError as error:
            raise HomeError(str(path), "the raw document can't be archived") from error
        return sha256

    def get(self, key: str) -> bytes:
        """The body with this key. Raises HomeError if it is not there or not readable."""
        try:
            return gzip.decompress(self.path(key).read_bytes())
        except OSError as error:
            raise HomeError(str(self.path(key)), "the raw document can't be read back") from error
