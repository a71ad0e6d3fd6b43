"""The weekly look at how right the extractors are: figures are kept, and lower ones are told of."""

import shutil
from pathlib import Path

import pytest
from service import ROOT

from flows.settings import Settings
from storage.errors import SettingError
from storage.home import Home
from storage.warehouse import Warehouse
from tasks.quality.golden import is_held_out

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_figures_are_kept_and_a_lower_one_is_named(tmp_path: Path) -> None:
    from flows.quality import run_quality, told

    gold = ROOT / "tests/quality/gold/articles"
    (tmp_path / "data/articles").mkdir(parents=True)
    for article in [path for path in sorted(gold.glob("*.txt")) if is_held_out(path)][:3]:
        shutil.copy(article, tmp_path / "data/articles")
    settings = Settings(home=tmp_path / "home")
    first = run_quality(settings, tmp_path / "data")
    assert first
    assert {one.before for one in first} == {None}
    assert run_quality(settings, tmp_path / "data") == tuple(one._replace(before=one.value) for one in first)
    with Warehouse(Home(settings.home)).window() as con:
        con.execute("UPDATE quality SET value = value + 0.02 WHERE metric = 'entities: f1'")
    assert "lower than before: entities: f1 on data articles" in told(run_quality(settings, tmp_path / "data"))


def test_a_folder_without_answers_is_a_clear_error(tmp_path: Path) -> None:
    from flows.quality import run_quality

    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(SettingError, match="no data with answers"):
            run_quality(Settings(home=tmp_path / "home"), folder)
