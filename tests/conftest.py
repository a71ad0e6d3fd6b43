"""What all tests share: a home of their own, and the language model, loaded once."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from internet import Internet, start

from storage.home import Home
from storage.warehouse import Warehouse
from tasks.language.contract import Reader
from tasks.web.client import WebClient
from tasks.web.limits import WebLimits

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("repeatable")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home folder of the test's own."""
    return Home(tmp_path / "home")


@pytest.fixture
def warehouse(home: Home) -> Warehouse:
    """An empty warehouse."""
    return Warehouse(home, lock_seconds=5)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The language model's reader, loaded once."""
    from tasks.language.read import load_reader

    return load_reader()


@pytest.fixture
def internet() -> Iterator[Internet]:
    """An Internet of the test's own, on loopback."""
    world = Internet()
    stop = start(world)
    yield world
    stop()


@pytest.fixture
def browse(internet: Internet) -> Iterator[Callable[..., WebClient]]:
    """Web clients for that Internet: `browse(host_delay=0.2)`; they may talk to loopback, as they find nothing else there."""
    clients: list[WebClient] = []

    def open_client(now: Callable[[], datetime] = lambda: datetime.now(UTC), **limits: object) -> WebClient:
        values: dict[str, object] = {"host_delay": 0.0, "allowed": ("127.0.0.0/8",), "respect_tdm": False}
        client = WebClient(WebLimits(**(values | limits)), now, look_up=internet.look_up)  # type: ignore[arg-type]
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no DATELINE_ settings of whoever runs them."""
    for name in [name for name in os.environ if name.startswith("DATELINE_")]:
        monkeypatch.delenv(name)
