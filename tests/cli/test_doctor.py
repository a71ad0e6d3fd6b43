"""`dateline doctor`, as a monitor uses it."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from articles import NOW, SEEDS
from filelock import FileLock
from whole_runs import dateline, load_into

from flows.checks import CHECKS, Finding
from flows.examination import examine
from storage.home import Home
from storage.publish import publish
from storage.records import Load, Source
from storage.running import running
from storage.warehouse import Warehouse
from storage.web_records import Poll


def found(home: Home, now: datetime = NOW, *, quick: bool = True) -> dict[str, Finding]:
    """What each check finds; quickly, without the model."""
    return {result.name: result.finding for result in examine(home.root, now, quick=quick, seconds=60)}


def follow(warehouse: Warehouse, name: str, failures: int, *, retired: bool = False, enabled: bool = True) -> None:
    url = f"https://{name}.example/feed"
    source = Source(source_id=name, name=name, kind="feed", url=url, enabled=enabled)
    poll = Poll(
        source_id=name,
        configured_url=url,
        url=url,
        polled_at=NOW,
        outcome="hard",
        failures=failures,
        next_poll_at=NOW,
        retired=retired,
    )
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_sources([source])
        transaction.add_web("polls", [poll])


def run(load_id: str) -> Load:
    return Load(load_id=load_id, flow="ingest", started_at=NOW, code_version="1", config_sha256="0" * 64)


@pytest.mark.slow
def test_a_monitor_gets_one_object_with_every_check(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load_into(home, SEEDS / "statement.txt")
    done = dateline("doctor", "--json", "--home", home.root)
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert answer["ok"] is True
    assert [check["name"] for check in answer["checks"]] == list(CHECKS)
    assert all(check.keys() == {"name", "ok", "detail", "figures", "seconds"} for check in answer["checks"])
    figures = {check["name"]: check["figures"] for check in answer["checks"]}
    assert figures["evidence"] == {"texts": 1}
    assert figures["published"]["bytes"] == home.published.stat().st_size
    assert 0 <= figures["published"]["age_seconds"] < 60


@pytest.mark.slow
def test_a_check_that_hangs_does_not_hang_the_monitor(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.prepare()
    monkeypatch.setenv("DATELINE_LOCK_SECONDS", "600")
    started = time.monotonic()
    with FileLock(home.lock):
        done = dateline("doctor", "--json", "--timeout", "2", "--home", home.root)
    assert time.monotonic() - started < 20
    assert done.returncode == 1
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["disk"]["ok"]
    assert "no answer in" in checks["schema"]["detail"]
    assert checks["evidence"]["detail"] == "not looked at: the time was used up"
    assert checks.keys() == CHECKS.keys()


def test_a_wrong_setting_is_a_finding_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOEM", "/srv")
    (name, finding), *rest = found(home).items()
    assert (name, finding.ok, rest) == ("settings", False, [])
    assert "did you mean DATELINE_HOME?" in finding.detail


def test_a_home_that_can_not_be_written_fails_and_the_other_checks_say_so_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    findings = found(Home(tmp_path / "file"))
    assert not findings["home"].ok
    assert "can't be written" in findings["home"].detail
    assert findings.keys() == CHECKS.keys()


def test_a_publication_older_than_the_setting_is_found(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(warehouse, NOW - timedelta(hours=3))
    assert found(home)["published"].ok
    monkeypatch.setenv("DATELINE_DOCTOR_AGE_HOURS", "4")
    assert found(home)["published"].ok
    monkeypatch.setenv("DATELINE_DOCTOR_AGE_HOURS", "2")
    finding = found(home)["published"]
    assert (finding.ok, finding.figures["age_seconds"]) == (False, 3 * 3600)
    assert finding.detail == "news-000001.duckdb, 3.0 hours old, 2 allowed"


def test_nothing_published_is_only_wrong_where_an_age_is_wanted(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(home)["published"] == Finding("nothing yet")
    monkeypatch.setenv("DATELINE_DOCTOR_AGE_HOURS", "2")
    assert not found(home)["published"].ok


def test_what_waits_for_its_publication_is_a_figure(warehouse: Warehouse, home: Home) -> None:
    publish(warehouse, NOW - timedelta(hours=3))
    with running(home, "load"):
        warehouse.start(run("load"))
        warehouse.finish("load", "finished", NOW - timedelta(hours=1))
    assert found(home)["published"].figures["waiting_seconds"] == 3600


def test_a_published_file_that_can_not_be_opened_is_found(warehouse: Warehouse, home: Home) -> None:
    file = publish(warehouse, NOW).file
    file.chmod(0o644)
    file.write_bytes(b"no database" * 1000)
    findings = found(home)
    assert not findings["published"].ok
    assert "can't be opened" in findings["published"].detail
    assert findings["archive"].ok


def test_a_full_disk_is_found_before_it_is_full(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DOCTOR_FREE_GIB", "1e9")
    finding = found(home)["disk"]
    assert not finding.ok
    assert 0 < finding.figures["free_bytes"] < finding.figures["total_bytes"]


def test_dead_sources_are_found_and_those_switched_off_or_only_failing_are_not(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SOURCES", str(home.root / "none.toml"))
    follow(warehouse, "well", 0)
    follow(warehouse, "failing", 9)
    follow(warehouse, "given-up", 12, enabled=False)
    assert found(home)["sources"].ok
    follow(warehouse, "mute", 10)
    follow(warehouse, "gone", 1, retired=True)
    finding = found(home)["sources"]
    assert not finding.ok
    assert finding.detail == "1 failing, 1 off, 1 retired, 1 undead, 1 well (dead: gone, mute)"
    assert finding.figures == {"failing": 1, "off": 1, "retired": 1, "undead": 1, "well": 1, "dead": 2, "unusable": 0}
    monkeypatch.setenv("DATELINE_DOCTOR_DEAD_SOURCES", "2")
    assert found(home)["sources"].ok


def test_an_entry_of_the_list_of_sources_that_can_not_be_used_is_found(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = tmp_path / "sources.toml"
    monkeypatch.setenv("DATELINE_SOURCES", str(listed))
    listed.write_text('[well]\nurl = "http://post.example/feed"\n')
    follow(warehouse, "well", 0)
    assert found(home)["sources"].ok
    listed.write_text('[well]\nurl = "http://post.example/feed"\n[typo]\nulr = "x"\n')
    finding = found(home)["sources"]
    assert (finding.ok, finding.figures["unusable"]) == (False, 1)
    assert "[typo]: unknown key 'ulr'" in finding.detail


def test_a_source_that_is_listed_no_more_is_not_looked_at(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(warehouse, "mute", 10)
    follow(warehouse, "well", 0)
    listed = home.root / "sources.toml"
    listed.write_text('[well]\nurl = "https://well.example/feed"\n')
    monkeypatch.setenv("DATELINE_SOURCES", str(listed))
    assert found(home)["sources"] == Finding("1 well", {"well": 1, "dead": 0, "unusable": 0})


def test_a_run_whose_process_is_gone_is_found_until_the_next_run(warehouse: Warehouse, home: Home) -> None:
    with running(home, "alive"):
        warehouse.start(run("alive"))
        assert found(home)["runs"].ok
    finding = found(home)["runs"]
    assert (finding.ok, finding.figures) == (False, {"vanished": 1})
    assert "alive" in finding.detail
    with running(home, "next"):
        warehouse.start(run("next"))
        assert found(home)["runs"].ok


@pytest.mark.slow
def test_a_sample_of_what_is_published_finds_damage_without_a_lock(home: Home) -> None:
    load_into(home, SEEDS / "statement.txt")
    now = datetime.now(UTC)
    assert found(home, now)["evidence"].figures == {"texts": 1}
    warehouse = Warehouse(home)
    with warehouse.window() as con:
        con.execute("UPDATE quotes SET start_char = start_char + 1")
    publish(warehouse, now)
    finding = found(home, now)["evidence"]
    assert not finding.ok
    assert "but there stands" in finding.detail
