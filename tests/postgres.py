"""A PostgreSQL server of a test's own, on loopback."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from service import free_port


def _programs() -> Path:
    """Folder of Debian's newest PostgreSQL; skips the test if there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not folders:
        pytest.skip("PostgreSQL is not installed")
    return folders[-1].parent


@contextmanager
def postgres() -> Iterator[int]:
    """A server with the user and database `postgres` and no password; gives its port. It does not run as root: then `postgres` does."""
    programs, folder, port = _programs(), Path(mkdtemp(prefix="postgres")), free_port()
    nobody: dict[str, str] = {}
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        nobody = {"user": "postgres", "group": "postgres"}

    def run(*command: str | Path) -> None:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60, **nobody)  # type: ignore[call-overload]

    data = folder / "data"
    run(programs / "initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = (programs / "pg_ctl", "--pgdata", data, "--log", folder / "log", "--wait")
    run(*control, "--options", options, "start")
    try:
        yield port
    finally:
        run(*control, "--mode", "immediate", "stop")
        shutil.rmtree(folder)
