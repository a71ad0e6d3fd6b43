"""`dateline sources`: the list of sources, checked, extended, exchanged."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._inspect import command as inspect_command
from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from rich.table import Table

    from flows.looks import Checked
    from storage.records import Source

sources_option = click.option(
    "--sources", type=click.Path(path_type=Path, dir_okay=False), help="List of sources.  [default: sources.toml]"
)


@click.group("sources")
def command() -> None:
    """Check and extend the list of sources.

    \b
    Examples:
      dateline sources check
      dateline sources add https://www.example.org
      dateline sources inspect saved.html
      dateline sources import feeds.opml
      dateline sources export > feeds.opml
    """


command.add_command(inspect_command)


@command.command("check")
@click.option("--source", "names", multiple=True, help="Only this source, by its key; may be given several times.")
@sources_option
@home_option
def check(names: tuple[str, ...], sources: Path | None, home: Path | None) -> None:
    """Look at each source now, store nothing, and say what it offers. Exits with 1 if any has a problem.

    \b
    Examples:
      dateline sources check
      dateline sources check --source harbour-post
    """
    from rich.console import Console

    from flows.looks import check_sources
    from tasks.sources.read import read_sources, select_sources

    settings = settings_for(home, sources=sources)
    configured = read_sources(settings.sources)
    for problem in configured.problems:
        click.echo(f"dateline: {problem}", err=True)
    checked = check_sources(settings, select_sources(configured.sources, names))
    Console(soft_wrap=False).print(_table(checked))
    bad = sum(bool(one.problem) for one in checked) + len(configured.problems)
    click.echo(f"{len(checked)} sources looked at, {bad} with a problem.")
    sys.exit(1 if bad else 0)


def _table(checked: "list[Checked]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Sources", title_justify="left")
    for column in ("source", "kind", "status", "entries", "newest", "failures", "next look", "problem"):
        table.add_column(column, overflow="fold", justify="right" if column in {"entries", "failures"} else "left")
    for one in checked:
        cells = (
            one.source.source_id,
            one.source.kind,
            one.status,
            one.entries,
            one.newest,
            one.failures,
            one.next_look,
        )
        # Text: names and messages from outside are no console markup.
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in (*cells, one.problem)))
    return table


@command.command("add")
@click.argument("url")
@click.option("--all", "take_all", is_flag=True, help="Add every feed that the page announces, not only the first.")
@sources_option
def add(url: str, take_all: bool, sources: Path | None) -> None:
    """Add the feed at URL, or the feed that the page at URL announces, to the list of sources.

    \b
    Examples:
      dateline sources add https://www.example.org
      dateline sources add --all https://www.example.org/world
    """
    from flows.looks import discover_feeds

    settings = settings_for(None, sources=sources)
    found = discover_feeds(settings, url)
    _append(settings.sources, found if take_all else found[:1])
    for other in () if take_all else found[1:]:
        click.echo(f"also announced: {other.url} {other.name}")


@command.command("import")
@click.argument("opml", type=click.Path(path_type=Path, dir_okay=False))
@sources_option
def import_(opml: Path, sources: Path | None) -> None:
    """Add the feeds of an OPML file that are not in the list of sources yet."""
    from tasks.sources.opml import read_opml

    _append(settings_for(None, sources=sources).sources, read_opml(opml))


@command.command("export")
@sources_option
def export(sources: Path | None) -> None:
    """Write the feeds in the list of sources as OPML to standard output."""
    from flows.wiring import clock
    from tasks.sources.opml import write_opml
    from tasks.sources.read import read_sources

    configured = read_sources(settings_for(None, sources=sources).sources)
    click.echo(write_opml(configured.sources, clock()).decode(), nl=False)


def _append(path: Path, found: "tuple[Source, ...]") -> None:
    from tasks.sources.read import read_sources
    from tasks.sources.write import append_sources

    known = read_sources(path).sources if path.exists() else ()
    written = append_sources(path, known, found)
    for source in written:
        click.echo(f"added [{source.source_id}] {source.url}")
    click.echo(f"{len(written)} added to {path}, {len(found) - len(written)} already there.")
