"""`dateline config`: which settings are in force, and who set them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option

if TYPE_CHECKING:
    from rich.table import Table

    from flows.configuration import Effective


@click.command("config")
@click.option("--json", "as_json", is_flag=True, help="One object: the file, and each setting with value and origin.")
@home_option
def command(as_json: bool, home: Path | None) -> None:
    """Show every setting in force with its origin: command line, environment, file (dateline.toml) or default.

    Passwords and other secrets are not shown.

    \b
    Examples:
      dateline config
      DATELINE_CONFIG=/etc/dateline.toml dateline config --json
    """
    from flows.configuration import effective
    from flows.settings import config_file
    from flows.terminal import console

    settings, file = list(effective(**({"home": home} if home else {}))), config_file()
    if as_json:
        told = {one.name: {"value": one.value, "origin": one.origin} for one in settings}
        click.echo(json.dumps({"file": str(file.absolute()) if file else None, "settings": told}, indent=2))
        return
    click.echo(f"Settings file: {file.absolute() if file else 'none (dateline.toml here, or DATELINE_CONFIG)'}")
    console().print(_table(settings))


def _table(settings: "list[Effective]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Settings", title_justify="left")
    for column in ("setting", "value", "origin"):
        table.add_column(column, overflow="fold")
    for one in settings:
        value = Text("" if one.value is None else str(one.value))
        table.add_row(one.name, value, Text(one.origin, style="" if one.origin == "default" else "bold"))
    return table
