"""The contract of a way to fetch: one file in this folder a URL scheme."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol

from storage.records import Candidate, Document, Ending
from tasks.web.client import WebClient


class Fetch(Protocol):
    """Gets the bytes of a candidate. Whatever goes wrong outside is an ending, not an exception."""

    def __call__(self, candidate: Candidate, now: datetime, web: WebClient) -> Awaitable[Document | Ending]: ...
