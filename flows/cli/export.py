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
    "--format", "form", type=click.Choice(["parquet", "csv", "geojson", "ninjs"]), default="parquet", show_default=True
)
@home_option
def command(folder: Path, form: "Form", home: Path | None) -> None:
    """Write what is published as files: Parquet (texts and rows by day), CSV, the places as GeoJSON, or the articles as ninjs 3.1; with
    descriptors (datapackage.json, croissant.json) that say what each column means.

    \b
    Examples:
      dateline export --to out
      dateline export --to map --format geojson
      dateline export --to wire --format ninjs
    """
    from flows.wiring import clock
    from storage.export import export
    from storage.reading import published

    with published(settings_for(home).place) as con:
        rows = export(con, folder, form, clock())
    click.echo(f"{rows} rows in {folder}")
