"""Which runs are alive: each holds a lock on a file of its own, which the kernel frees when it dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from storage.home import Home


@contextmanager
def running(home: Home, load_id: str) -> Iterator[None]:
    """Be known as alive for the length of a run."""
    path = home.running / load_id
    with FileLock(path):
        yield
    path.unlink(missing_ok=True)


def living(home: Home) -> list[str]:
    """Load ids of the runs that are alive; files of dead ones are removed."""
    alive = []
    for path in sorted(home.running.iterdir()):
        try:
            with FileLock(path, timeout=0):
                path.unlink(missing_ok=True)
        except Timeout:
            alive.append(path.name)
    return alive
