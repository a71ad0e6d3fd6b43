"""The README's generated blocks: what the commands in it really print on the seeds. `make docs` writes them anew."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from articles import SEEDS
from whole_runs import dateline

from storage.queries import statement

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- output: (?P<name>[\w-]+) -->\n```\w*\n).*?(```\n)", re.DOTALL)


def outputs() -> dict[str, str]:
    """What each block has to show."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        loaded = dateline("load", SEEDS, "--home", home)
        assert loaded.returncode == 0, loaded.stderr
        query = statement("first_query")
        answer = dateline("sql", query, "--home", home).stdout
        context = (
            "SELECT context(version_id, start_char, end_char, 60) AS there FROM who_said_what "
            "WHERE speaker = 'Dmitry Peskov'"
        )
        there = dateline("sql", context, "--home", home).stdout
        shell = f'$ dateline sql "{context}"\n'
        return {"first-query": answer, "first-query-sql": query, "context": shell + there}


def with_outputs(text: str, blocks: dict[str, str]) -> str:
    """A text with its marked blocks filled."""
    return BLOCK.sub(lambda match: f"{match[1]}{blocks[match['name']]}{match[3]}", text)


if __name__ == "__main__":
    README.write_text(with_outputs(README.read_text(encoding="utf-8"), outputs()), encoding="utf-8")
    sys.exit(0)
