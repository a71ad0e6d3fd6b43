"""`dateline feed`: a query over what is published, as a feed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from storage.feed_of_query import FeedForm


@click.command("feed", context_settings={"ignore_unknown_options": True})
@click.argument("query")
@click.option("--to", "path", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: print]")
@click.option("--format", "form", type=click.Choice(["rss", "atom", "jsonfeed"]), default="atom", show_default=True)
@click.option("--title", default="Dateline", show_default=True, help="Title of the feed.")
@click.option("--link", default="http://localhost/", show_default=True, help="Address of the feed's page.")
@home_option
def command(  # noqa: PLR0913 - click gives each option as an argument
    query: str, path: Path | None, form: "FeedForm", title: str, link: str, home: Path | None
) -> None:
    """Give the rows of a query as RSS 2.0, Atom or JSON Feed, for feed readers: said again by a timer, it follows the news.

    QUERY is SQL, or a file that ends in .sql. It gives url and title, and may give id, published_at, summary and author; the first
    thousand rows are taken.

    \b
    Examples:
      dateline feed "SELECT url, title, published_at FROM search('water pipe') ORDER BY published_at DESC" --to water.xml
      dateline feed said-by-minister.sql --format rss --title "The minister said" --to minister.rss
    """
    import duckdb

    from flows.wiring import clock
    from storage.errors import DatelineError
    from storage.feed_of_query import Channel, feed, items_of
    from storage.reading import published

    sql = Path(query).read_text(encoding="utf-8") if query.endswith(".sql") and Path(query).is_file() else query
    with published(settings_for(home).place) as con:
        try:
            items = items_of(con, sql)
        except duckdb.Error as error:
            raise DatelineError(sql, "the query failed") from error
    text = feed(form, Channel(title, link, clock()), items)
    if path is None:
        click.echo(text, nl=False)
    else:
        # Readers of the file never see half of it.
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
        click.echo(f"{len(items)} items in {path}")
