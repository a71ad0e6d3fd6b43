"""Lakes for tests: made once, then copied; and a PostgreSQL server on loopback for the catalogs of some."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from storage.home import Home
from storage.warehouse import Warehouse

# The tests on PostgreSQL that both have are a soak test, as two of each would take too long.
LAKES = ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.soak])]
BOTH_LAKES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
PROGRAMS = Path("/usr/lib/postgresql")
PASSWORD = "open sesame's \\ own"
USERS = ("postgres", "nobody")


class Template(NamedTuple):
    """An empty lake, and how its catalog is copied: from the folder of one home to that of another, which gives the setting."""

    home: Home
    copy_catalog: Callable[[Path], str]

    def copy(self, root: Path) -> Home:
        """A home with a lake like this."""
        shutil.copytree(self.home.lake, root / "lake")
        return Home(root, self.copy_catalog(root))


class Server(NamedTuple):
    """A PostgreSQL server on a port of loopback."""

    programs: Path
    port: int

    def catalog(self, database: str) -> str:
        """The setting for a catalog in one of its databases."""
        password = PASSWORD.replace("\\", "\\\\").replace("'", "\\'")
        return f"postgres:host=127.0.0.1 port={self.port} user=dateline password='{password}' dbname={database}"

    def run(self, sql: str, database: str = "postgres") -> str:
        """Run a statement as the owner."""
        command = [
            self.programs / "psql",
            "-qAt",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "dateline",
            "-d",
            database,
        ]
        done = subprocess.run(
            [*command, "-c", sql],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def new_database(self, template: str = "template0") -> str:
        """The name of a new database."""
        name = f"t{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name


def sqlite_lake(folder: Path) -> Template:
    """An empty lake with its catalog in SQLite."""
    return _made(Home(folder, "sqlite"), lambda _: "sqlite")


def postgres_lake(server: Server, folder: Path) -> Template:
    """An empty lake with its catalog in PostgreSQL."""
    name = server.new_database()
    return _made(Home(folder, server.catalog(name)), lambda _: server.catalog(server.new_database(name)))


def _made(home: Home, copy_catalog: Callable[[Path], str]) -> Template:
    from storage.lake.engine import forget_engine

    with Warehouse(home).window():
        pass
    # A database that is open can't be copied.
    forget_engine(home)
    return Template(home, copy_catalog)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, of the newest version."""
    found = [path.parent for path in PROGRAMS.glob("*/bin/postgres")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def missing() -> str | None:
    """Why there can be no server here."""
    if programs() is None:
        return "PostgreSQL is not installed (Debian: apt install postgresql)"
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL does not run as root, and setpriv is missing"
    return None


@contextmanager
def serve() -> Iterator[Server]:
    """A server with an empty data folder, as another user where we are root."""
    folder = programs()
    assert folder is not None
    # Outside of pytest's folders, which only we may enter.
    with tempfile.TemporaryDirectory(prefix="dateline-postgres-") as root:
        user = _user()
        if user:
            shutil.chown(root, user)
        data, secret = Path(root) / "data", Path(root) / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        as_user = ["setpriv", f"--reuid={user}", "--clear-groups"] if user else []
        initdb = [folder / "initdb", "-D", data, "-U", "dateline", "--auth=scram-sha-256", f"--pwfile={secret}"]
        subprocess.run([*as_user, *initdb, "--no-sync", "-E", "UTF8", "--locale=C"], check=True, capture_output=True)
        port = free_port()
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
        with (Path(root) / "log").open("w") as log:
            process = subprocess.Popen(
                [*as_user, folder / "postgres", "-D", data, "-p", str(port), *options], stdout=log, stderr=log
            )
        try:
            _wait(process, port)
            yield Server(folder, port)
        finally:
            # At once, without waiting for connections.
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _user() -> str | None:
    if os.getuid():
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in USERS if user in known)


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if (
            subprocess.run(
                [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
            ).returncode
            == 0
        ):  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not start")
