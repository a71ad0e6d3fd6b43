"""The contract of a source kind: one file in this folder with a function `discover(source, web) -> Discovered`."""

from typing import NamedTuple, Protocol

from storage.records import Candidate, Ending, Source
from tasks.web.client import WebClient


class Discovered(NamedTuple):
    """Candidates in reading order, and what already ended (such as a feed that can't be parsed)."""

    candidates: tuple[Candidate, ...] = ()
    endings: tuple[Ending, ...] = ()


class Discover(Protocol):
    """Finds what a source offers now. Whatever goes wrong outside is an ending, not an exception."""

    def __call__(self, source: Source, web: WebClient) -> Discovered: ...
