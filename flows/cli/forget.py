"""`dateline forget`: take an article or a source down, for good."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from storage.forget import Target


@click.command("forget")
@click.option("--article", "articles", multiple=True, help="Id of an article, or of a version of it.")
@click.option("--url", "urls", multiple=True, help="Address of an article, in any form; also one not stored yet.")
@click.option("--source", help="Everything of a source, by its key in sources.toml; it is not asked again.")
@click.option("--dry-run", is_flag=True, help="Say what would go, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@home_option
def command(
    articles: tuple[str, ...], urls: tuple[str, ...], source: str | None, dry_run: bool, yes: bool, home: Path | None
) -> None:
    """Remove text, rows and archived pages everywhere, keep a hash so that they never come back, and compact.

    Files that were exported before are not touched.

    \b
    Examples:
      dateline forget --url https://post.example/2026/a-story --dry-run
      dateline forget --article 3f1c0a5b0c9e4d7f8a6b5c4d3e2f1a0b --yes
      dateline forget --source harbour-post --home /srv/news
    """
    from flows.wiring import clock
    from storage.forget import Target, find, forget
    from storage.warehouse import Warehouse
    from tasks.web.urls import url_key

    if not (articles or urls or source):
        raise click.UsageError("Say what: --article, --url or --source.")
    settings = settings_for(home)
    target = Target(articles, tuple(map(url_key, urls)), source)
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    found = find(warehouse, target, url_key)
    click.echo(f"{len(found.article_ids)} articles in {len(found.version_ids)} versions")
    _refuse_unknown(target, len(found.article_ids))
    if dry_run or not (yes or click.confirm("Remove them for good?")):
        click.echo("Nothing was changed.")
        return
    done = forget(warehouse, target, url_key, clock())
    click.echo(
        f"Removed {done.versions} versions of {done.articles} articles, {done.rows} rows and {done.archived} archived bodies; "
        f"the warehouse has {done.bytes_after / 2**20:.1f} MiB (before: {done.bytes_before / 2**20:.1f})."
    )


def _refuse_unknown(target: "Target", found: int) -> None:
    """An id that nothing has is a mistake in typing; an address or a source may be refused before anything of it is stored."""
    from storage.errors import DatelineError

    if target.article_ids and not found:
        raise DatelineError(", ".join(target.article_ids), "no article has this id")
