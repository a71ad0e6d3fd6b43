"""Doors go one way: flows -> tasks -> storage."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"storage": set(), "tasks": {"storage"}, "flows": {"storage", "tasks"}}
FORBIDDEN = {
    "storage": {"prefect", "spacy", "trafilatura", "feedparser"},
    "tasks": {"prefect", "duckdb"},
    "flows": set(),
}
ROOMS = sorted(MAY_IMPORT)


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_imports_through_a_door_the_wrong_way(room: str) -> None:
    wrong = (set(ROOMS) - MAY_IMPORT[room] - {room}) | FORBIDDEN[room]
    found = {str(path.relative_to(ROOT)): imported(path) & wrong for path in (ROOT / room).rglob("*.py")}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_can_be_imported_alone(room: str) -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / room).glob("*.py")
        if path.name != "__init__.py" and "\nfrom prefect" not in path.read_text(encoding="utf-8")
    )
    for module in modules:
        script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}"
        done = subprocess.run([sys.executable, "-Ic", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{module}: {done.stderr}"
        if room == "storage":
            break


def test_the_project_names_no_registry_and_no_path_of_one_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    hosts = ("pypi" + ".org", "python" + "hosted.org", "/root" + "/")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".lock", ".md", ".yaml", ".sql", ""} and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not [host for host in hosts if host in text], name
