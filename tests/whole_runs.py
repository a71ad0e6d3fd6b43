"""Whole runs for end-to-end tests, and what they left behind."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from flows.runs import run_ingest
from flows.settings import Settings
from storage.home import Home
from storage.summary import Summary
from storage.warehouse import Warehouse
from tasks.sources.read import path_sources

# Columns that say when and by which run, not what.
RUN_COLUMNS = ("load_id", "archive_key", "seen_at", "first_seen_at", "ended_at", "ms")
FACT_TABLES = (
    "article_versions",
    "articles",
    "credits",
    "entities",
    "mentions",
    "places",
    "quantities",
    "quotes",
    "roles",
    "times",
)


def load_into(home: Home, *paths: Path, batch_size: int = 100) -> Summary:
    """Load paths in this process."""
    settings = Settings(
        home=home.root, catalog=SecretStr(home.catalog), batch_size=batch_size, sources=Path("none"), lock_seconds=30
    )
    return run_ingest("load", settings, path_sources(paths))


def extracted_rows(home: Home, tables: Sequence[str] = FACT_TABLES) -> dict[str, Counter[str]]:
    """All facts in a warehouse, by table, without when and by which run."""
    facts: dict[str, Counter[str]] = {}
    with Warehouse(home).window() as con:
        for table in tables:
            columns = [name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall() if name not in RUN_COLUMNS]
            quoted = ", ".join(f'"{name}"' for name in columns)
            result: list[tuple[Any, ...]] = con.execute(f"SELECT {quoted} FROM {table}").fetchall()
            facts[table] = Counter(repr(row) for row in result)
    return facts


def stored_in(home: Home) -> int:
    """Texts in the writer's warehouse; 0 before there is one."""
    if not home.warehouse.exists():
        return 0
    with Warehouse(home, lock_seconds=30).window() as con:
        return len(con.execute("SELECT version_id FROM article_versions").fetchall())


def start_dateline(*arguments: str | Path, new_group: bool = False) -> subprocess.Popen[str]:
    """The command line in a process of its own; in a `new_group` with all that it starts, as a terminal would have it."""
    command = [sys.executable, "-m", "flows.cli.main", *map(str, arguments)]
    root = Path(__file__).parents[1]
    return subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "160"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=new_group,
    )


def dateline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line and wait for its end."""
    process = start_dateline(*arguments)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
