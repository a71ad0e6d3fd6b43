"""The contract of a source kind: one file in this folder with a function `discover(source, last, reach) -> Discovered`."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll
from tasks.poll.schedule import Look
from tasks.web.client import WebClient
from tasks.workers import Workers


class Discovered(NamedTuple):
    """Candidates in reading order, and what already ended (such as a feed that can't be parsed). `look` is None for sources that
    are not polled, such as local files."""

    candidates: tuple[Candidate, ...] = ()
    endings: tuple[Ending, ...] = ()
    look: Look | None = None


class Reach(NamedTuple):
    """What a kind works with: the web, and processes that parse under a time limit."""

    web: WebClient
    workers: Workers


class Discover(Protocol):
    """Finds what a source offers now; `last` is the last look at it. Whatever goes wrong outside is an ending, not an exception."""

    def __call__(self, source: Source, last: Poll | None, reach: Reach) -> Awaitable[Discovered]: ...


# Reads what a source gave: its configuration, the URL of the body, the body.
Parse = Callable[[Source, str, bytes], Discovered]
