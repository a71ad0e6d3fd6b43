"""Everything that scheduled runs need on one machine: Prefect's server, the deployments, a worker; started and ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final, Literal

from filelock import FileLock, Timeout

from flows.deploying import POOL, answers, wait_for
from storage.errors import ServiceError

Part = Literal["server", "deploy", "worker"]

START_SECONDS: Final = 120.0
# For runs to write down that they were stopped; what they have not finished, the next ones do.
GRACE_SECONDS: Final = 15.0
RESTART_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.5


class Stopped(Exception):  # noqa: N818 - no error
    """Somebody wants it to end."""


@contextmanager
def alone(home: Path, api: str) -> Iterator[str | None]:
    """None for the one process that is up in this home; for others the address of that one. The kernel frees its place when it dies."""
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    address = folder / "address"
    lock = FileLock(folder / "up.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield address.read_text(encoding="utf-8")
        return
    try:
        address.write_text(api.removesuffix("/api"), encoding="utf-8")
        yield None
    finally:
        lock.release()


def command(part: Part, home: Path, port: int) -> list[str]:
    """The command line of one part, as it is started here, in a container or by systemd."""
    return [sys.executable, "-m", "flows.cli.main", "up", part, "--home", str(home), "--port", str(port)]


def become_server(port: int) -> None:
    """Become Prefect's server."""
    _become("server", "start", "--port", str(port))


def become_worker(api: str) -> None:
    """Become a worker, as soon as the server answers. Raises ServiceError."""
    wait_for(api, START_SECONDS)
    _become("worker", "start", "--pool", POOL, "--type", "process", "--install-policy", "never")


def _become(*arguments: str) -> None:
    os.execv(sys.executable, [sys.executable, "-m", "prefect", *arguments])  # noqa: S606 - no shell is wanted


def run_all(home: Path, port: int, api: str, tell: Callable[[str], None]) -> None:
    """Start server, deployments and worker, start again what ends by itself, and end all of it on SIGTERM or Ctrl-C. Raises
    ServiceError if something else is at the port, or the server does not start."""
    if answers(api):
        raise ServiceError(api, "another server of Prefect answers already (--port takes another port)")
    # Ctrl-C too: a shell starts what is in its background deaf to it.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    parts: dict[Part, subprocess.Popen[bytes]] = {}
    try:
        parts["server"] = _start("server", home, port)
        _wait_for_server(parts["server"], api)
        if subprocess.run(command("deploy", home, port), check=False).returncode:  # noqa: S603 - our own command
            raise ServiceError(api, "the deployments could not be created")
        parts["worker"] = _start("worker", home, port)
        tell(f"Dateline is up: {api.removesuffix('/api')} (Ctrl-C ends it)")
        while True:
            time.sleep(LOOK_SECONDS)
            for part in [part for part, process in parts.items() if process.poll() is not None]:
                tell(f"The {part} has ended with {parts[part].returncode}; it is started again.")
                time.sleep(RESTART_SECONDS)
                parts[part] = _start(part, home, port)
    except Stopped:
        tell("Stopping")
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        # The worker first: its runs tell the server that they were stopped.
        end([parts[part] for part in ("worker", "server") if part in parts])


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _start(part: Part, home: Path, port: int) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C in the terminal reaches us alone, and we end them in order.
    return subprocess.Popen(command(part, home, port), process_group=0)  # noqa: S603 - our own command


def _wait_for_server(server: subprocess.Popen[bytes], api: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(api):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServiceError(api, "Prefect's server did not start; what it said stands above")
        time.sleep(LOOK_SECONDS)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes with all their children, one after the other: first asked to, then killed."""
    for process in processes:
        _signal_group(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while _lives(process) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS / 5)
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def _lives(process: subprocess.Popen[bytes]) -> bool:
    """True while anything of the process's group is alive."""
    process.poll()
    return _signal_group(process.pid, 0)


def _signal_group(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True
