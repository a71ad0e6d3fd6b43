"""Endings of this stage, and its one limit."""

from typing import Final

from storage.records import Candidate, Ending, Status
from tasks.web.limits import MIB

MAX_BODY_BYTES: Final = 15 * MIB  # miniflux's default for a response


def ending(candidate: Candidate, status: Status, detail: str) -> Ending:
    """An ending at this stage."""
    return Ending(candidate=candidate, status=status, stage="fetch", detail=detail)
