"""`dateline doctor`: is this home in order?"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from storage.warehouse import Warehouse


class Check(NamedTuple):
    """A question, and what answers it: a line of good news, or an exception."""

    question: str
    answer: "Callable[[Warehouse], str]"


@click.command("doctor")
@home_option
def command(home: Path | None) -> None:
    """Check the home folder, the warehouse, every row's evidence, what is published, and the language model.

    Exits with 1 if anything is wrong.

    \b
    Example:
      dateline doctor --home /srv/news
    """
    from storage.errors import DatelineError
    from storage.home import Home
    from storage.warehouse import Warehouse

    settings = settings_for(home)
    warehouse = Warehouse(Home(settings.home), lock_seconds=settings.lock_seconds)
    healthy = True
    for check in CHECKS:
        try:
            answer, mark = check.answer(warehouse), "ok  "
        except DatelineError as error:
            answer, mark, healthy = str(error), "FAIL", False
        click.echo(f"{mark} {check.question}: {answer}")
    sys.exit(0 if healthy else 1)


def _home(warehouse: "Warehouse") -> str:
    import shutil

    free = shutil.disk_usage(warehouse.home.root).free / 2**30
    return f"{warehouse.home.root.absolute()} can be written, {free:.1f} GiB free"


def _schema(warehouse: "Warehouse") -> str:
    from storage.migrate import migration_names

    with warehouse.window():
        return f"up to date, {len(migration_names())} migrations"


def _evidence(warehouse: "Warehouse") -> str:
    from storage.evidence import check_evidence
    from storage.queries import statement

    with warehouse.window() as con:
        check_evidence(con)
        rows = con.execute(statement("count_versions")).fetchone() or (0,)
        return f"every row of {rows[0]} texts says what stands at its offsets"


def _archive(warehouse: "Warehouse") -> str:
    from storage.archive import Archive
    from storage.queries import statement

    archive = Archive(warehouse.home.archive)
    with warehouse.window() as con:
        keys = [str(row[0]) for row in con.execute(statement("archive_keys")).fetchall()]
    for key in keys:
        archive.get(key)
    return f"{len(keys)} newest raw documents can be read back"


def _published(warehouse: "Warehouse") -> str:
    from storage.queries import statement
    from storage.reading import published

    if not warehouse.home.published.exists():
        return "nothing yet"
    with published(warehouse.home) as con:
        row = con.execute(statement("last_finished")).fetchone() or (None,)
        return f"{warehouse.home.published.resolve().name}, last run finished {row[0] or 'never'}"


def _model(_: "Warehouse") -> str:
    from flows.wiring import language

    extractors = language()[1]
    return "loaded; extractors: " + ", ".join(f"{part.name} {part.version}" for part in extractors)


CHECKS = (
    Check("home", _home),
    Check("schema", _schema),
    Check("evidence", _evidence),
    Check("archive", _archive),
    Check("published", _published),
    Check("language model", _model),
)
