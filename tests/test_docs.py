"""What is written about the project is true."""

import re
from pathlib import Path

import pytest
from readme import BLOCK, README, outputs, with_outputs

from storage.registry import part_names

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_outputs_in_the_readme_are_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert BLOCK.search(text)
    assert text == with_outputs(text, outputs()), "run: make docs"


def test_the_readme_names_every_command() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in part_names("flows.cli") if name != "main" and f"dateline {name}" not in text]
    assert missing == []


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "seeds/README.md",
        "docs/cleaning.md",
        "docs/fetching.md",
        "docs/tagger.md",
        "tests/quality/gold/README.md",
    ],
)
def test_files_that_are_named_in_the_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http|#)([^)]+)\)", text)
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name}: make {target}"
