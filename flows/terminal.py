"""Where output for people goes."""

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

# Columns of tables that go to a file or pipe.
WIDTH_OF_FILES: Final = 120


@cache
def console() -> "Console":
    """Standard output, as wide as the terminal, or 120 columns where there is none."""
    from rich.console import Console

    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=WIDTH_OF_FILES)
