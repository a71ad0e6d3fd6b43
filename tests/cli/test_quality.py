"""`dateline quality`: figures of the shipped extractors, for people and for programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli.main import cli
from storage.home import Home
from storage.warehouse import Warehouse

GOLD = Path(__file__).parents[1] / "quality/gold/articles"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("quotes", {"direct_speaker_accuracy", "direct_speaker_precision", "content_f1_overlap_30", "source_token_f1"}),
        ("entities", {"f1", "precision", "recall", "f1_span_only", "f1_PER", "f1_ORG", "f1_LOC"}),
        ("coreference", {"conll_f1", "baseline_conll_f1", "b_cubed_f1"}),
    ],
)
def test_json_is_one_object_with_values_and_intervals(task: str, names: set[str]) -> None:
    done = CliRunner().invoke(cli, ["quality", task, "--data", str(GOLD), "--json", "--no-baseline"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert set(report) == {"task", "dataset", "split", "n", "metrics"}
    assert report["task"] == task
    assert names <= set(report["metrics"])
    for measured in report["metrics"].values():
        assert 0 <= measured["low"] <= measured["value"] <= measured["high"] <= 1


def test_all_writes_a_page_and_the_table(tmp_path: Path) -> None:
    folder = tmp_path / "sets/ours"
    folder.mkdir(parents=True)
    attribution = {"source": [[6, 15]], "cue": [[16, 20]], "content": [[21, 34]], "direct": False}
    record = {"text": "Later Anna Lind said that it rains.", "attributions": [attribution]}
    (folder / "dev.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (folder / "train.jsonl").write_text("not read", encoding="utf-8")
    page, home = tmp_path / "quality.md", tmp_path / "home"
    arguments = ["quality", "all", "--data", str(tmp_path), "--markdown", str(page), "--home", str(home)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert "## quotes: ours (dev), 1 documents" in page.read_text(encoding="utf-8")
    with Warehouse(Home(home)).window() as con:
        rows = con.execute("SELECT DISTINCT extractor, dataset, split, n FROM quality").fetchall()
    assert rows == [("quotes", "ours", "dev", 1)]


def test_data_without_answers_for_the_task_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text('{"text": "a", "attributions": []}', encoding="utf-8")
    done = CliRunner().invoke(cli, ["quality", "entities", "--data", str(path)])
    assert done.exit_code != 0
    assert "no answers for entities" in str(done.exception)
