"""Scoring the shipped extractors on data with answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.wiring import clock
from tasks.models import language

if TYPE_CHECKING:
    from tasks.quality.measure import Report
    from tasks.quality.score import Tagger


def score_extractors(task: str, data: Sequence[Path], tagger: "Tagger | None" = None) -> "Iterator[Report]":
    """A report for each file of `data`; with the task `all` for whatever each dev or test file below its folders has answers for."""
    from tasks.quality.score import answered, score

    reader, extractors = language()
    wanted = [e for e in extractors if e.name in {"mentions", "roles", "quotes"}]
    jobs = [(task, path) for path in data]
    if task == "all":
        jobs = [(name, path) for folder in data for path in answers_below(folder) for name in answered(path)]
    for name, path in jobs:
        yield score(name, path, reader, wanted, tagger if name == "entities" else None)


def score_cleaning(data: Sequence[Path], set_name: str | None) -> "Iterator[Report]":
    """A report for each set of saved pages below `data`, or for the set of that name."""
    from tasks.quality.pages import page_sets, score_pages

    for folder in data:
        for path in page_sets(folder, set_name):
            yield score_pages(path, clock())


def answers_below(folder: Path) -> list[Path]:
    """The dev and test files below a folder, and folders of annotated articles; a file is taken as it is."""
    if folder.is_file():
        return [folder]
    files = [p for p in folder.rglob("*") if p.suffix in {".jsonl", ".conll"} and p.stem in {"dev", "test"}]
    return sorted([*files, *(p for n in ("articles", "unseen") for p in folder.rglob(n) if p.is_dir())])
