"""Extracting stored texts again: a difference first, then a switch that loses and doubles nothing."""

import signal
import time
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from articles import SEEDS
from whole_runs import dateline, extracted_rows, load_into, start_dateline

from flows.reextraction import Outcome, Wish, run_reextract
from flows.runner import Runner
from flows.runners import build_runner
from flows.settings import Settings
from storage.errors import EvidenceError, LockError, SettingError
from storage.evidence import violations
from storage.home import Home
from storage.records import Extraction
from storage.staging import Plan, staging
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow

AGED = """
UPDATE quotes SET extractor_version = '0.1', speaker_name = 'Nobody' WHERE speaker_name IS NOT NULL;
DELETE FROM times WHERE start_char = (SELECT min(start_char) FROM times);
UPDATE times SET extractor_version = '0.1';
INSERT INTO credits BY NAME SELECT * REPLACE (start_char + 1 AS start_char, substr(exact, 2) AS exact)
FROM credits WHERE length(exact) > 3 LIMIT 1;
"""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("seeds"))
    load_into(home, SEEDS)
    return home.root


@pytest.fixture
def loaded(home: Home, seeds: Path) -> Home:
    copytree(seeds, home.root)
    return home


ALL = Wish()


def again(home: Home, wish: Wish = ALL, *, apply: bool = False) -> Outcome:
    return run_reextract(Settings(home=home.root, lock_seconds=30, batch_size=5), wish, apply=apply)


def age(home: Home) -> None:
    """Make the rows those of older extractors: other values, one row missing, one too many."""
    with Warehouse(home).window() as con:
        con.execute(AGED)


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with Warehouse(home).window() as con:
        return con.execute(query).fetchall()


def changes(outcome: Outcome) -> dict[str, dict[str, int]]:
    return {one.table: one.counts for one in outcome.differences if any(one.counts.values())}


def test_stored_texts_give_the_same_rows_again_and_the_switch_changes_nothing(loaded: Home) -> None:
    before = extracted_rows(loaded)
    outcome = again(loaded, apply=True)
    assert outcome.texts > 10
    assert changes(outcome) == {}
    assert extracted_rows(loaded) == before
    assert rows(loaded, "FROM replaced_rows") == []


@pytest.mark.parametrize("runner", ["local", "dask"])
def test_the_runner_of_the_settings_extracts_with_the_same_rows(
    loaded: Home, runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = extracted_rows(loaded)
    age(loaded)
    used: list[Runner] = []

    def noting(settings: Settings) -> Runner:
        used.append(build_runner(settings))
        return used[-1]

    monkeypatch.setattr("flows.reextraction.build_runner", noting)
    settings = Settings(
        home=loaded.root, lock_seconds=30, batch_size=3, runner=runner, processes=2, dask_workers=1  # type: ignore[arg-type]
    )  # fmt: skip
    outcome = run_reextract(settings, ALL, apply=True)
    assert outcome.texts > 10
    assert extracted_rows(loaded) == fresh
    assert [one.slots > 1 for one in used] == [True]


def test_a_text_on_which_extraction_fails_keeps_the_rows_that_it_has(
    loaded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(loaded)
    aged = extracted_rows(loaded)

    def failing(settings: Settings) -> Runner:
        return Runner(
            lambda articles: [Extraction(article=article, failed=True) for article in articles], 2, lambda: None
        )

    monkeypatch.setattr("flows.reextraction.build_runner", failing)
    outcome = again(loaded, apply=True)
    assert (outcome.failed, changes(outcome)) == (outcome.texts, {})
    assert extracted_rows(loaded) == aged


def test_the_difference_is_shown_before_anything_is_switched_and_old_rows_stay_by_version(loaded: Home) -> None:
    fresh = extracted_rows(loaded)
    age(loaded)
    aged = extracted_rows(loaded)
    (said,) = rows(loaded, "SELECT count(*) FROM quotes WHERE extractor_version = '0.1'")

    shown = again(loaded)
    assert changes(shown) == {
        "credits": {"added": 0, "gone": 1, "changed": 0},
        "quotes": {"added": 0, "gone": 0, "changed": said[0]},
        "times": {"added": 1, "gone": 0, "changed": 0},
    }
    (quotes,) = (one for one in shown.differences if one.table == "quotes")
    assert '"speaker_name":"Nobody"' in str(quotes.samples["changed"][0].was)
    assert '"speaker_name":"Nobody"' not in str(quotes.samples["changed"][0].becomes)
    assert extracted_rows(loaded) == aged

    switched = again(loaded, apply=True)
    assert switched.texts == 0, "what the first run had staged was extracted again"
    assert extracted_rows(loaded) == fresh
    of_old = "FROM rows_of_version('quotes', 'quotes', '0.1')"
    assert rows(loaded, f"SELECT count(*) {of_old} WHERE (\"row\" ->> 'speaker_name') = 'Nobody'") == [said]
    assert rows(loaded, f"SELECT DISTINCT replaced_by {of_old}") == [(switched.load_id,)]
    of_new = "FROM rows_of_version('quotes', 'quotes', (SELECT max(extractor_version) FROM quotes))"
    assert rows(loaded, f"SELECT count(*) {of_new}") == rows(loaded, "SELECT count(*) FROM quotes")
    assert again(loaded, Wish(outdated=True), apply=True).texts == 0
    with Warehouse(loaded).window() as con:
        assert list(violations(con)) == []


def test_only_what_is_asked_for_is_extracted_again(loaded: Home) -> None:
    age(loaded)
    (outdated,) = rows(loaded, "SELECT count(DISTINCT version_id) FROM times WHERE extractor_version = '0.1'")
    of_times = again(loaded, Wish(("times",), outdated=True), apply=True)
    assert of_times.texts == outdated[0]
    assert {one.table for one in of_times.differences} == {"times"}
    assert rows(loaded, "SELECT count(*) > 0 FROM quotes WHERE speaker_name = 'Nobody'") == [(True,)]
    assert again(loaded, Wish(source="nobody")).texts == 0
    assert again(loaded, Wish(until=date(1900, 1, 1))).texts == 0
    with pytest.raises(SettingError, match="no such extractor"):
        again(loaded, Wish(("horoscopes",)))


def test_new_rows_without_evidence_are_not_switched_to(loaded: Home) -> None:
    age(loaded)
    aged = extracted_rows(loaded)
    again(loaded)
    with Warehouse(Home(loaded.staged)).window() as con:
        con.execute("UPDATE times SET exact = 'never' WHERE start_char = (SELECT min(start_char) FROM times)")
    with pytest.raises(EvidenceError, match="never"):
        again(loaded, apply=True)
    assert extracted_rows(loaded) == aged
    assert rows(loaded, "FROM replaced_rows") == []


def test_two_at_once_do_not_mix(loaded: Home) -> None:
    with staging(loaded, Plan(())), pytest.raises(LockError, match="another reextract"):
        again(loaded)


def test_a_killed_run_is_finished_by_the_next(loaded: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = extracted_rows(loaded)
    age(loaded)
    (texts,) = rows(loaded, "SELECT count(*) FROM article_versions")
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "1")
    process = start_dateline("reextract", "--apply", "--home", loaded.root)
    try:
        deadline = time.monotonic() + 60
        while staged(loaded) < 2 and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert 0 < again(loaded, apply=True).texts < texts[0]
    assert extracted_rows(loaded) == fresh
    assert not loaded.staged.exists()


def staged(home: Home) -> int:
    """Batches that the killed run has committed, counted from outside: its warehouse grows with each."""
    file = Home(home.staged).warehouse
    if not file.exists():
        return 0
    with Warehouse(Home(home.staged), lock_seconds=30).window() as con:
        return len(con.execute("FROM article_versions").fetchall())


def test_the_command_shows_the_rows_and_what_to_do_next(loaded: Home) -> None:
    age(loaded)
    done = dateline("reextract", "--outdated", "--home", loaded.root)
    assert done.returncode == 0, done.stderr
    assert "Nobody" in done.stdout
    assert "not switched to yet (--apply)" in done.stdout
    wrong = dateline("reextract", "--extractor", "horoscopes", "--home", loaded.root)
    assert wrong.returncode == 1
    assert wrong.stderr.count("\n") == 1
