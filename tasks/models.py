"""The reader and the extractors, loaded once a process, however many threads ask."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.extract.contract import Extractor
    from tasks.language.contract import Reader
    from tasks.language.tagger.model import Device

_loading = Lock()


def language(device: "Device" = "cpu") -> "tuple[Reader, tuple[Extractor, ...]]":
    """The reader, whose network runs on `device`, and the extractors."""
    with _loading:
        return _language(device)


@cache
def _language(device: "Device") -> "tuple[Reader, tuple[Extractor, ...]]":
    from tasks.extract._run import load_extractors
    from tasks.language.read import load_reader

    return load_reader(device), load_extractors()
