"""A progress bar on the terminal; nothing where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


def say(words: str) -> None:
    """A line on standard error, above the bar."""
    click.echo(words, err=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives the function that moves the bar: candidates done, candidates found."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        job = bar.add_task(what, total=None)

        def move(done: int, total: int) -> None:
            bar.update(job, completed=done, total=total)

        yield move
