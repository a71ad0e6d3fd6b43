"""What all tests share: a home of their own, and the language model, loaded once."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from internet import Internet, start
from lakes import Server, Template, missing, postgres_lake, serve, sqlite_lake

from storage.home import Home
from storage.warehouse import Warehouse
from tasks.language.contract import Reader
from tasks.web.client import WebClient
from tasks.web.limits import WebLimits

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("repeatable")


@pytest.fixture
def home(tmp_path: Path, backend: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home folder of the test's own; commands that the test starts keep their warehouse in the same way."""
    if backend == "file":
        return Home(tmp_path / "home")
    template: Template = request.getfixturevalue(f"{backend}_template")
    home = template.copy(tmp_path / "home")
    monkeypatch.setenv("DATELINE_CATALOG", home.catalog)
    return home


@pytest.fixture
def backend(request: pytest.FixtureRequest, no_settings_from_outside: None) -> str:
    """What the warehouse is kept in: file, sqlite or postgres (both: a lake)."""
    return str(getattr(request, "param", "file"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `backends` run on each, but for those of a marked module that are marked `file_only`. Those on a lake take
    minutes in all: they are a soak test but for the ones marked `backends(daily=True)`."""
    marker = metafunc.definition.get_closest_marker
    backends = marker("backends")
    if backends and not marker("file_only") and "backend" in metafunc.fixturenames:
        when = [] if backends.kwargs.get("daily") else [pytest.mark.soak]
        sqlite = pytest.param("sqlite", marks=when)
        postgres = pytest.param("postgres", marks=[*when, pytest.mark.postgres])
        metafunc.parametrize("backend", ["file", sqlite, postgres], indirect=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty lake with its catalog in SQLite, to be copied."""
    return sqlite_lake(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of the tests' own; whoever needs it is skipped where it is not installed."""
    if reason := missing():
        pytest.skip(reason)
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An empty lake with its catalog in PostgreSQL, to be copied."""
    return postgres_lake(postgres_server, tmp_path_factory.mktemp("postgres"))


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
