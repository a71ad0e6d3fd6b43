"""`dateline export`: what is published, as plain files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from storage.export import Form


@click.command("export")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write."
)
@click.option(
    "--format", "form", type=click.Choice(["parquet", "csv", "geojson"]), default="parquet", show_default=True
)
@home_option
def command(folder: Path, form: "Form", home: Path | None) -> None:
    """Write what is published as files: Parquet (texts and rows by day), CSV, or the places as GeoJSON; with a descriptor
    (datapackage.json) that says what each column means.

    \b
    Examples:
      dateline export --to out
      dateline export --to map --format geojson
    """
    from flows.wiring import clock
    from storage.export import export
    from storage.home import Home
    from storage.reading import published

    with published(Home(settings_for(home).home)) as con:
        rows = export(con, folder, form, clock())
    click.echo(f"{rows} rows in {folder}")
