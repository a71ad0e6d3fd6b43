"""The command `dateline`: a thin face over the flows. Each module of this folder is one command."""

import logging
import sys
from importlib import import_module

import click

from storage.errors import DatelineError
from storage.registry import part_names

NOT_COMMANDS = frozenset({"main"})


class Commands(click.Group):
    """Commands by module name, imported when asked for; `a_b` is the command `a-b`, `import_` the command `import`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a module; None if there is none."""
        module = modules().get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"flows.cli.{module}").command
        return command


def modules() -> dict[str, str]:
    """Module of each command."""
    names = (name for name in part_names("flows.cli") if name not in NOT_COMMANDS)
    return {name.rstrip("_").replace("_", "-"): name for name in names}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def cli() -> None:
    """A news warehouse whose every row can be checked.

    \b
    Examples:
      dateline load seeds
      dateline sql "FROM who_said_what LIMIT 10"
      dateline show 000_f3864c178bfaef39
    """


def main() -> None:
    """Run the command line: 0 if all is well, 1 with one clear line on failure, 2 for wrong use."""
    _tell_on_standard_error()
    try:
        # Left to itself, click says «Aborted!» at Ctrl-C and ends with 1.
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DatelineError as error:
        click.echo(f"dateline: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt, RuntimeError) as error:
        from flows.stopping import interrupted

        if not (isinstance(error, click.Abort) or interrupted(error)):
            raise
        click.echo("dateline: stopped; finished batches are kept", err=True)
        sys.exit(130)


def _tell_on_standard_error() -> None:
    """What flows have to tell beside a command's output, such as alarms."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("dateline: %(message)s"))
    logger = logging.getLogger("flows")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


if __name__ == "__main__":
    main()
