"""Those who write and read one home at the same time, each a process: `python crowd.py ROLE HOME FOLDER`.

Whatever any of them does not expect goes to FOLDER/errors; what a writer has committed to FOLDER/committed.
"""

import os
import random
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import duckdb
import pytest
from articles import article_of

from flows.runs import run_ingest
from flows.settings import Settings
from storage.compact import compact
from storage.home import Home
from storage.pace import Pace
from storage.publish import publish_if_due
from storage.reading import published
from storage.records import Candidate, Ending, Finding, Load, Version
from storage.warehouse import Warehouse
from tasks.extract.quotes import Quote
from tasks.sources.read import path_sources

BATCH: Final = 5
WORDS: Final = "“The crane fell into the harbour at noon,” said Mina Ek."
# One row: texts, batches in part, texts without article or ledger row, rows whose words do not stand at their offsets.
STATE: Final = """
    SELECT
        (SELECT count(*) FROM article_versions) AS texts,
        (SELECT count(*) FROM (
            SELECT keywords[1] FROM article_versions WHERE len(keywords) > 0 GROUP BY ALL HAVING count(*) <> 5
        )) AS in_part,
        (SELECT count(*) FROM article_versions WHERE article_id NOT IN (SELECT article_id FROM articles)) AS orphans,
        (SELECT count(*) FROM article_versions WHERE version_id NOT IN (
            SELECT version_id FROM ledger WHERE version_id IS NOT NULL
        )) AS unledgered,
        (SELECT count(*) FROM quotes AS q INNER JOIN article_versions AS v ON q.version_id = v.version_id
         WHERE substring(v.text, q.start_char + 1, q.end_char - q.start_char) IS DISTINCT FROM q.exact) AS unproved
"""


def store_batch(warehouse: Warehouse, batch: str) -> list[str]:
    """A run with one batch of five articles with a quote each; gives their ids."""
    now = datetime.now(UTC)
    warehouse.start(Load(load_id=batch, flow="crowd", started_at=now, code_version="1", config_sha256="0" * 64))
    versions = [
        Version(
            article=article_of(f"{WORDS} Number {number}.", url=f"file:///{batch}/{number}", keywords=(batch,)),
            version_id=f"{batch}-{number}",
            version_no=1,
        )
        for number in range(BATCH)
    ]
    with warehouse.transaction(batch, now) as transaction:
        transaction.add_versions(versions)
        quote = Quote(start_char=0, end_char=41, kind="direct")
        found = Finding(record=quote, extractor="crowd", extractor_version="1", exact=WORDS[:41], sentence_no=0)
        transaction.add_findings([(version.version_id, found) for version in versions])
        transaction.add_endings([ending(version) for version in versions])
    warehouse.finish(batch, "finished", datetime.now(UTC))
    return [version.version_id for version in versions]


def ending(version: Version) -> Ending:
    url = version.article.document_url
    candidate = Candidate(url=url)
    return Ending(candidate=candidate, status="stored", stage="append", version_id=version.version_id)


def writer(home: Home, folder: Path) -> None:
    """Stores batches, publishes when that is due, compacts now and then."""
    warehouse = Warehouse(home)
    while True:
        batch = uuid4().hex
        ids = store_batch(warehouse, batch)
        note(folder / "committed", *ids)
        publish_if_due(warehouse, datetime.now(UTC), Pace(share=0.3))
        if random.random() < 0.03:
            compact(warehouse, datetime.now(UTC))
        time.sleep(random.random() / 2)


def loader(home: Home, folder: Path) -> None:
    """The whole way of an article, from a file on disk to what is published."""
    inbox = folder / f"inbox-{os.getpid()}"
    inbox.mkdir()
    while True:
        path = inbox / f"{uuid4().hex}.txt"
        path.write_text(f"{path.stem} falls\n\n{WORDS} " + "The harbour was closed on Monday, police said. " * 8)
        summary = run_ingest("load", Settings(home=home.root, lock_seconds=60), path_sources([path]))
        assert summary.statuses == {"stored": 1}, summary
        note(folder / "loaded", path.as_uri())
        time.sleep(random.random())


def comer(home: Home, folder: Path) -> None:
    """Opens what is published, looks, and closes it, again and again."""
    before = 0
    while True:
        with published(home) as con:
            before = look(con.execute(STATE).fetchone(), before, folder)
        time.sleep(random.random() / 10)


def stayer(home: Home, folder: Path) -> None:
    """Holds what is published open for long: nothing in it ever changes."""
    before = 0
    while True:
        with published(home) as con:
            until = time.monotonic() + random.uniform(2, 60)
            opened = con.execute(STATE).fetchone()
            before = look(opened, before, folder)
            while time.monotonic() < until:
                assert con.execute(STATE).fetchone() == opened
                note(folder / "looks", "stayer")
                time.sleep(0.3)


def command_line(home: Home, folder: Path) -> None:
    """DuckDB's own command line."""
    program = shutil.which("duckdb", path=str(Path(sys.executable).parent)) or "duckdb"
    before = 0
    while True:
        command = [program, "-readonly", "-csv", "-noheader", str(home.published), "-c", STATE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        before = look(tuple(map(int, done.stdout.split(","))), before, folder)
        time.sleep(random.random() / 3)


def mistaken(home: Home, folder: Path) -> None:
    """Opens what is published for writing; the system does not allow it, and nobody else notices."""
    before = 0
    while True:
        with pytest.raises(duckdb.IOException, match=r"Permission denied|read-only"):
            duckdb.connect(str(home.published)).close()
        with published(home) as con:
            before = look(con.execute(STATE).fetchone(), before, folder)
        time.sleep(random.random() / 5)


def look(state: tuple[int, ...] | None, before: int, folder: Path) -> int:
    """Check a state against the one seen before; gives its number of texts."""
    assert state is not None
    texts, *wrong = state
    assert wrong == [0, 0, 0, 0], state
    assert texts >= before, f"{texts} texts after {before}"
    note(folder / "looks", sys.argv[1])
    return texts


def note(path: Path, *lines: str) -> None:
    """Append lines, all or none."""
    with path.open("a") as file:
        file.write("".join(f"{line}\n" for line in lines))


@contextmanager
def errors_to(path: Path) -> Iterator[None]:
    """Keep what goes wrong."""
    try:
        yield
    except BaseException:
        note(path, sys.argv[1], traceback.format_exc())
        raise


ROLES: Final[dict[str, Callable[[Home, Path], None]]] = {
    role.__name__: role for role in (writer, loader, comer, stayer, command_line, mistaken)
}

if __name__ == "__main__":
    with errors_to(Path(sys.argv[3]) / "errors"):
        ROLES[sys.argv[1]](Home(Path(sys.argv[2])), Path(sys.argv[3]))
