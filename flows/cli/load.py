"""`dateline load`: files and folders, in this process."""

import sys
from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--batch-size", type=click.IntRange(1, 1000), help="Articles a batch.  [default: 100]")
@home_option
def command(paths: tuple[Path, ...], batch_size: int | None, home: Path | None) -> None:
    """Load articles from files and folders (.txt .md .html .jsonl .warc[.gz], and .xml feeds).

    Exits with 1 if a path can't be read, or nothing in it is an article.

    \b
    Examples:
      dateline load seeds
      dateline load statement.txt saved-pages/ --home /srv/news
    """
    from flows.cli._progress import progress_bar, say
    from flows.report import print_summary
    from flows.runs import Manner, run_ingest
    from flows.stopping import stoppable
    from tasks.sources.read import path_sources

    settings = settings_for(home, batch_size=batch_size)
    missing = [path for path in paths if not path.exists()]
    for path in missing:
        click.echo(f"dateline: no such file or folder: {path}", err=True)
    with progress_bar("Loading") as progress, stoppable(say) as stop:
        summary = run_ingest("load", settings, path_sources(paths), Manner(progress=progress, stop=stop))
    print_summary(summary)
    sys.exit(0 if summary.usable and not missing else 1)
