"""Quality is measured and may not fall: precision and recall on the gold answers beside the English seeds.

The floors are what was measured, less two points. `make quality` prints the scores.
"""

import json
from pathlib import Path

import pytest
from articles import SEEDS
from quality.scores import Score, score
from whole_runs import load_into

from storage.home import Home
from storage.reading import published

pytestmark = pytest.mark.slow

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    home = Home(tmp_path_factory.mktemp("quality"))
    load_into(home, SEEDS)
    with published(home) as con:
        return score(con, SEEDS)


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_precision_and_recall_do_not_fall(scores: dict[str, Score], kind: str) -> None:
    found = scores[kind]
    floor = FLOORS[kind]
    print(f"{kind:13} n {found.gold:4}  precision {found.precision:.3f}  recall {found.recall:.3f}")
    assert found.precision >= floor["precision"], found
    assert found.recall >= floor["recall"], found
