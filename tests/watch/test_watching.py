"""At the end of a run: alarms are told, noted, and counted for Prometheus, and nothing of that makes a run fail."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from articles import NOW, SEEDS
from desk import Desk
from filelock import FileLock
from newsroom import bring, steady
from prometheus_client.parser import text_string_to_metric_families
from whole_runs import dateline

from flows.metrics import HELP, exposition, write_metrics
from flows.settings import Settings
from flows.upkeep import run_maintain, run_publish
from flows.watching import look_after, plain
from storage.errors import SettingError
from storage.figures import Figure
from storage.home import Home
from storage.warehouse import Warehouse
from storage.web_records import Poll

HOUR = timedelta(hours=1)


def dead(source: str = "post", detail: str = "no such host") -> list[Poll]:
    """A source that has failed for a day."""
    url = f"http://{source}.example/feed"
    return [
        Poll(
            source_id=source,
            configured_url=url,
            url=url,
            polled_at=NOW - n * HOUR,
            outcome="hard",
            detail=detail,
            next_poll_at=NOW,
        )
        for n in (25, 1)
    ]


def note_polls(home: Home, polls: list[Poll]) -> None:
    with Warehouse(home).transaction("load", NOW) as transaction:
        transaction.add_web("polls", polls)


def told(home: Home) -> list[tuple[str, str, str]]:
    with Warehouse(home).window() as con:
        return con.execute('SELECT "name", subject, state FROM alarms ORDER BY told_at').fetchall()


def values(file: Path) -> dict[str, dict[tuple[str, ...], float]]:
    """The file as Prometheus reads it: values by labels, by name."""
    families = list(text_string_to_metric_families(file.read_text(encoding="utf-8")))
    assert all(family.documentation and family.type == "gauge" for family in families)
    return {
        family.name.removeprefix("dateline_"): {
            tuple(sample.labels.values()): sample.value for sample in family.samples
        }
        for family in families
    }


@pytest.mark.slow
def test_a_run_tells_an_alarm_once_and_its_end_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(tmp_path / "home")
    note_polls(desk.home, dead())
    with caplog.at_level(logging.INFO, "flows.watching"):
        desk.ingest()
        desk.ingest(after=HOUR)
        note_polls(desk.home, [replace(dead()[0], polled_at=NOW + HOUR, outcome="read")])
        desk.ingest(after=HOUR)
    assert [record.getMessage() for record in caplog.records] == [
        "Alarm: source dead: post has never answered since 2026-10-14 11:00 UTC: no such host",
        "Alarm is over: source dead: post has never answered since 2026-10-14 11:00 UTC: no such host",
    ]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert told(desk.home) == [("source_dead", "post", "raised"), ("source_dead", "post", "over")]


@pytest.mark.slow
@pytest.mark.parametrize("work", [run_publish, run_maintain])
def test_whatever_ends_looks_after_the_home(tmp_path: Path, work: object) -> None:
    home = Home(tmp_path / "home")
    note_polls(home, dead())
    work(Settings(home=home.root), clock=lambda: NOW)  # type: ignore[operator]
    assert told(home) == [("source_dead", "post", "raised")]


@pytest.mark.slow
def test_a_run_that_fails_looks_after_the_home_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path / "home")
    note_polls(desk.home, dead())
    monkeypatch.setattr("flows.runs.ingest", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.ingest()
    assert told(desk.home) == [("source_dead", "post", "raised")]


def test_what_can_not_be_looked_after_is_logged_and_fails_no_run(
    home: Home, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    home.prepare()
    with FileLock(home.lock):
        look_after(Settings(home=home.root, lock_seconds=0.1), NOW)
    (record,) = caplog.records
    assert (record.levelname, "another run has been writing" in record.getMessage()) == ("WARNING", True)
    assert "\n" not in record.getMessage()


@pytest.mark.slow
def test_a_command_tells_an_alarm_on_standard_error_and_doctor_fails_for_what_no_setting_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    usual = steady("post", 700, until=datetime.now(UTC))
    bring(Warehouse(home), [*usual[:-30], *(one._replace(status="robots_denied") for one in usual[-30:])])
    monkeypatch.setenv("DATELINE_SOURCES", str(SEEDS.parent / "sources.toml"))
    done = dateline("publish", "--home", home.root)
    assert done.returncode == 0, done.stderr
    assert "dateline: Alarm: articles refused: post: 100% of the last 30 articles could not be stored" in done.stderr
    assert "Alarm" not in dateline("publish", "--home", home.root).stderr
    checked = dateline("doctor", "--quick", "--home", home.root)
    assert checked.returncode == 1
    assert "FAIL alarms: articles_refused: post: 100% of the last 30 articles could not be stored" in checked.stdout


@pytest.mark.slow
def test_the_file_for_prometheus_says_what_there_is_and_how_the_last_runs_went(tmp_path: Path) -> None:
    file = tmp_path / "dateline.prom"
    desk = Desk(tmp_path / "home")
    desk.settings = {"metrics": file}
    page = tmp_path / "news" / "a.html"
    page.parent.mkdir()
    page.write_text("<p>Hi</p>")
    (tmp_path / "news" / "statement.txt").write_text((SEEDS / "statement.txt").read_text())
    note_polls(desk.home, [dead()[0], replace(dead()[0], source_id="echo", outcome="read")])
    desk.follow(page.parent.as_uri(), "files")
    desk.ingest()
    told = values(file)
    assert set(told) <= set(HELP)
    assert told["articles"] == {(): 1}
    assert told["rows"]["quotes",] > 0
    assert told["candidates"] == {("parse_error",): 1, ("stored",): 1}
    assert told["run_candidates"] == {("ingest", "parse_error"): 1, ("ingest", "stored"): 1}
    assert told["run_success"] == {("ingest",): 1}
    assert told["run_finished_timestamp_seconds"] == {("ingest",): NOW.timestamp()}
    assert told["source_last_success_timestamp_seconds"]["echo",] == (NOW - 25 * HOUR).timestamp()
    assert ("post",) not in told["source_last_success_timestamp_seconds"]
    assert told["alarms"]["source_dead",] == 1
    assert told["alarms"]["disk_low",] in {0, 1}
    assert told["publication_timestamp_seconds"] == {(): NOW.timestamp()}
    assert told["file_size_bytes"]["published",] == desk.home.published.stat().st_size
    assert told["file_size_bytes"]["archive",] > 0
    assert told["disk_free_bytes"][()] < told["disk_size_bytes"][()]
    assert list(tmp_path.glob(".dateline*")) == []
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_failed_run_counts_as_failed_for_prometheus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path / "home")
    desk.settings = {"metrics": tmp_path / "dateline.prom"}
    monkeypatch.setattr("flows.runs.ingest", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.ingest()
    assert values(tmp_path / "dateline.prom")["run_success"] == {("ingest",): 0}


def test_names_from_outside_can_not_break_the_format(tmp_path: Path) -> None:
    hostile = 'a"} 1\n# HELP x \\'
    file = tmp_path / "m.prom"
    write_metrics(file, [Figure("source_last_success_timestamp_seconds", 1.5, {"source": hostile})])
    assert values(file) == {"source_last_success_timestamp_seconds": {(hostile,): 1.5}}


def test_a_file_that_can_not_be_written_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "m.prom"
    write_metrics(file, [Figure("articles", 1)])
    with pytest.raises(KeyError):
        write_metrics(file, [Figure("articles", 2, {"of": {}["none"]})])
    with pytest.raises(UnicodeEncodeError):
        write_metrics(file, [Figure("articles", 2, {"of": "\ud800"})])
    assert values(file) == {"articles": {(): 1}}
    assert list(tmp_path.iterdir()) == [file]
    assert exposition([]) == "\n"


@pytest.mark.parametrize("place", ["no-such-folder/dateline.prom", "."])
def test_a_file_for_prometheus_that_can_not_be_is_a_wrong_setting(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from flows.configuration import read_settings

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_METRICS", place)
    with pytest.raises(SettingError, match=r"a file in a folder that exists.*DATELINE_METRICS"):
        read_settings()


def test_words_of_servers_are_told_as_one_plain_line() -> None:
    assert plain("<!channel> [x](http://e.example)\n\x1b[31m@everyone `") == (
        "‹!channel› (x)(http://e.example) (31m＠everyone '"
    )
    assert len(plain("a" * 1000)) == 400
