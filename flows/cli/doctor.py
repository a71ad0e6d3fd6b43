"""`dateline doctor`: is this home in order?"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option

if TYPE_CHECKING:
    from flows.examination import Result


@click.command("doctor")
@click.option(
    "--json", "as_json", is_flag=True, help="One object for monitors: each check's name, ok, detail, figures."
)
@click.option(
    "--quick", is_flag=True, help="The evidence of a thousand published texts only, without a lock; no model."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    help="Seconds for all checks; what has not answered by then counts as failed.",
)
@home_option
def command(as_json: bool, quick: bool, timeout: float, home: Path | None) -> None:
    """Check settings, home, disk, warehouse, what is published, runs, sources, alarms, the archive, the model, and every row's evidence.

    Exits with 1 if anything is wrong. What counts as too old, too full, too many: the settings DATELINE_DOCTOR_...

    \b
    Examples:
      dateline doctor --home /srv/news
      dateline doctor --quick --json --timeout 20
    """
    from flows.examination import examine
    from flows.wiring import clock

    now, results = clock(), []
    for result in examine(home, now, quick=quick, seconds=timeout):
        results.append(result)
        if not as_json:
            click.echo(f"{'ok  ' if result.finding.ok else 'FAIL'} {result.name}: {result.finding.detail}")
    if as_json:
        click.echo(_as_json(results, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
    _leave(results)


def _as_json(results: "list[Result]", checked_at: str) -> str:
    checks = [
        {
            "name": result.name,
            "ok": result.finding.ok,
            "detail": result.finding.detail,
            "figures": dict(result.finding.figures),
            "seconds": round(result.seconds, 3),
        }
        for result in results
    ]
    return json.dumps({"ok": all(one["ok"] for one in checks), "checked_at": checked_at, "checks": checks}, indent=2)


def _leave(results: "list[Result]") -> None:
    code = 0 if all(result.finding.ok for result in results) else 1
    sys.stdout.flush()
    if any(result.hung for result in results):
        # An orderly end would wait for what hangs.
        os._exit(code)
    sys.exit(code)
