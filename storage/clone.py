"""Copies of files."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

COPY_CHUNK: Final = 2**30


def clone(source: Path, target: Path) -> None:
    """Copy inside the kernel where it can: on file systems with copy-on-write (Btrfs, XFS) that copies no data at all."""
    if hasattr(os, "copy_file_range"):
        # What the kernel can't do here is done below, and fails there if it must.
        with suppress(OSError), source.open("rb") as old, target.open("wb") as new:
            while os.copy_file_range(old.fileno(), new.fileno(), COPY_CHUNK):
                pass
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, target)
