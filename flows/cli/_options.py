"""What all commands share: the home folder, and settings that are wrong in one clear line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from flows.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


def home_option(function: F) -> F:
    """The option --home."""
    option = click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        help="Home folder.  [default: $DATELINE_HOME or ./data]",
    )
    return option(function)


def settings_for(home: Path | None, **changes: object) -> "Settings":
    """The settings, with what the command line says on top. Raises SettingError."""
    from flows.configuration import read_settings

    return read_settings(**{key: value for key, value in {"home": home, **changes}.items() if value is not None})
