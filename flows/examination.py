"""All checks of `dateline doctor`, within a time that is bounded whatever hangs."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from flows.checks import CHECKS, Finding, Look
from flows.configuration import read_settings
from storage.errors import DatelineError

TOO_LATE: Final = Finding("not looked at: the time was used up", ok=False)


class Result(NamedTuple):
    """What a check found, and how many seconds it took; `hung`: it has not answered, and goes on until the process ends."""

    name: str
    finding: Finding
    seconds: float = 0.0
    hung: bool = False


def examine(home: Path | None, now: datetime, *, quick: bool, seconds: float) -> Iterator[Result]:
    """Every check's result. Nothing is raised: what fails is a finding. When the seconds are used up, what has not answered
    counts as failed, and so does all behind it."""
    deadline = time.monotonic() + seconds
    try:
        look = Look(read_settings(**({"home": home} if home else {})), now, quick)
    except DatelineError as error:
        yield Result("settings", Finding(str(error), ok=False))
        return
    hung = False
    for name, check in CHECKS.items():
        result = Result(name, TOO_LATE) if hung else _ask(name, check, look, deadline)
        hung = hung or result.hung
        yield result


def _ask(name: str, check: Callable[[Look], Finding], look: Look, deadline: float) -> Result:
    """The answer, from a thread that nobody waits for beyond the deadline."""
    answers: list[Finding] = []
    started = time.monotonic()

    def answer() -> None:
        try:
            answers.append(check(look))
        except Exception as error:  # noqa: BLE001 - whatever breaks a check is what it found
            told = str(error) if isinstance(error, DatelineError) else f"{type(error).__name__}: {error}"
            answers.append(Finding(" ".join(told.split()), ok=False))

    thread = threading.Thread(target=answer, name=name, daemon=True)
    thread.start()
    # Until its end, not its answer: an interpreter that ends while a thread closes DuckDB aborts.
    thread.join(max(deadline - started, 0))
    seconds = time.monotonic() - started
    if thread.is_alive():
        return Result(name, Finding(f"no answer in {seconds:.0f} s", ok=False), seconds, hung=True)
    return Result(name, answers[0], seconds)
