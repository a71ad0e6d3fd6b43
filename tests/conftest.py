"""What all tests share: a home of their own, and the language model, loaded once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from storage.home import Home
from storage.warehouse import Warehouse
from tasks.language.contract import Reader

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


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no DATELINE_ settings of whoever runs them."""
    for name in [name for name in os.environ if name.startswith("DATELINE_")]:
        monkeypatch.delenv(name)
