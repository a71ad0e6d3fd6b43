"""The contract of what reads articles: a language model behind one method."""

from collections.abc import Sequence
from typing import Protocol

from storage.records import Article
from tasks.language.reading import Reading


class Reader(Protocol):
    """Reads a batch of articles, one Reading an article, in order. Loaded once a process; never raises on any text."""

    def read(self, articles: Sequence[Article]) -> Sequence[Reading]: ...
