"""Writers and readers of one home, killed at random: nobody ever sees an error, half a batch, or an older state."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.evidence import check_evidence
from storage.home import Home
from storage.publish import publish
from storage.reading import published
from storage.warehouse import Warehouse

CROWD = Path(__file__).with_name("crowd.py")
READERS = ("comer", "stayer", "command_line", "mistaken")


def start(role: str, home: Home, folder: Path) -> subprocess.Popen[bytes]:
    """A process that may do what a user may: root is not asked for permissions otherwise, and the mistaken would get in."""
    user = ["setpriv", "--bounding-set", "-dac_override"] if os.getuid() == 0 else []
    root = CROWD.parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    return subprocess.Popen([*user, sys.executable, str(CROWD), role, str(home.root), str(folder)], env=environment)


def live(home: Home, folder: Path, roles: Sequence[str], seconds: float, every: float) -> int:
    """Let the crowd live for some seconds from the first batch on, and kill one of them every few; gives the number killed."""
    crowd = {f"{role} {number}": start(role, home, folder) for number, role in enumerate(roles)}
    chance = random.Random(7)
    killed = 0
    try:
        wait_for_a_batch(folder)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not (folder / "errors").exists():
            time.sleep(every)
            name = chance.choice(sorted(crowd))
            crowd[name].send_signal(signal.SIGKILL)
            crowd[name].wait()
            killed += 1
            crowd[name] = start(name.partition(" ")[0], home, folder)
    finally:
        for process in crowd.values():
            process.kill()
            process.wait()
    return killed


def wait_for_a_batch(folder: Path) -> None:
    """Five programs take a while to start where others work, too."""
    deadline = time.monotonic() + 120
    while not any((folder / name).exists() for name in ("committed", "loaded", "errors")):
        assert time.monotonic() < deadline, "nothing was stored in two minutes"
        time.sleep(0.1)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def check_the_end(home: Home, folder: Path, roles: Sequence[str]) -> None:
    """No errors, everybody was there, and what was committed is there once."""
    assert not (folder / "errors").exists(), (folder / "errors").read_text()
    publish(Warehouse(home), datetime.now(UTC))
    with published(home) as con:
        check_evidence(con)
        stored = Counter(row[0] for row in con.execute("SELECT version_id FROM article_versions").fetchall())
        urls = Counter(row[0] for row in con.execute("SELECT document_url FROM article_versions").fetchall())
    assert max(stored.values()) == 1
    assert max(urls.values()) == 1
    assert set(lines(folder / "committed")) <= set(stored)
    assert set(lines(folder / "loaded")) <= set(urls)
    looks = Counter(lines(folder / "looks"))
    print(f"{len(stored)} texts stored, looks: {dict(looks)}")
    assert set(looks) == {role for role in roles if role in READERS}


def prepare(folder: Path) -> Home:
    home = Home(folder / "home")
    publish(Warehouse(home), datetime.now(UTC))
    return home


@pytest.mark.slow
def test_nobody_sees_an_error_while_two_write_and_three_read_and_any_is_killed(tmp_path: Path) -> None:
    home, roles = prepare(tmp_path), ("writer", "writer", "comer", "stayer", *permitted())
    assert live(home, tmp_path, roles, seconds=12, every=1.5) >= 5
    check_the_end(home, tmp_path, roles)


@pytest.mark.soak
def test_nobody_sees_an_error_in_five_minutes(tmp_path: Path) -> None:
    home, roles = prepare(tmp_path), ("writer", "loader", "comer", "stayer", "command_line", *permitted())
    killed = live(home, tmp_path, roles, seconds=300, every=2)
    print(f"{killed} killed")
    assert killed >= 60
    check_the_end(home, tmp_path, roles)


def permitted() -> tuple[str, ...]:
    """The mistaken one, where it can be made to ask for permission."""
    return ("mistaken",) if os.getuid() or shutil.which("setpriv") else ()
