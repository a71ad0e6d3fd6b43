"""Clocks that jump, and clocks that are set to summer time: nothing is lost, doubled or put off for long."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from articles import NOW
from desk import Desk
from internet import Internet
from news_sites import Publisher

from flows.settings import Settings
from flows.upkeep import run_publish
from storage.publish import NotNow
from storage.warehouse import Warehouse

HOST = "127.0.1.7"
YEARS = timedelta(days=1500)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.mark.slow
def test_a_clock_that_ran_years_ahead_and_is_set_right_keeps_no_source_from_being_asked(
    desk: Desk, internet: Internet
) -> None:
    publisher = Publisher(internet, HOST, now=NOW)
    desk.follow(publisher.feed_url)
    publisher.publish("first", "The crane fell.")
    desk.ingest(YEARS)
    publisher.publish("second", "The bridge was closed.")
    assert desk.ingest(-YEARS).statuses["stored"] == 1
    assert desk.ingest(timedelta(minutes=1)).statuses == {}
    publisher.publish("third", "The ferry sank.")
    assert desk.ingest(timedelta(days=2)).statuses["stored"] == 1
    assert desk.sql("SELECT count(*), count(DISTINCT article_id) FROM article_versions") == [(3, 3)]


@pytest.mark.slow
def test_an_edit_under_a_clock_set_back_is_the_newer_version(desk: Desk, internet: Internet) -> None:
    publisher = Publisher(internet, HOST, now=NOW)
    desk.follow(publisher.feed_url)
    publisher.publish("crane", "The crane fell.")
    desk.ingest(timedelta(days=3))
    publisher.publish("crane", "The ferry sank.")
    desk.ingest(timedelta(days=-3), force=True)
    assert desk.sql("SELECT version_no, \"text\" LIKE '%ferry%' FROM current_versions") == [(2, True)]


@pytest.mark.parametrize("back", [timedelta(seconds=2), timedelta(hours=1), YEARS])
def test_a_publication_by_a_clock_that_ran_ahead_puts_the_next_one_off_for_no_longer_than_its_pace(
    tmp_path: Path, back: timedelta
) -> None:
    settings = Settings(home=tmp_path, publish_seconds=600)
    desk = Desk(tmp_path)
    desk.sql("SELECT 1")
    run_publish(settings, force=True, clock=lambda: NOW - timedelta(days=1) - back)
    run_publish(settings, force=True, clock=lambda: NOW)
    write(desk, NOW - back)
    assert not isinstance(run_publish(settings, clock=lambda: NOW - back), NotNow)
    write(desk, NOW - back + timedelta(seconds=601))
    done = run_publish(settings, clock=lambda: NOW - back + timedelta(seconds=602))
    assert not isinstance(done, NotNow) or back < timedelta(seconds=600)


def write(desk: Desk, at: datetime) -> None:
    """A run that ended then."""
    with Warehouse(desk.home).window() as con:
        con.execute(
            "INSERT INTO loads BY NAME SELECT ? AS load_id, 'load' AS flow, ? AS started_at, ? AS finished_at, "
            "'finished' AS status, '1' AS code_version, '' AS config_sha256",
            [at.isoformat(), at, at],
        )


def planned(name: str, first: datetime, number: int) -> list[datetime]:
    """When a deployment's schedule runs, by Prefect's own reckoning."""
    import asyncio

    from prefect.server.schemas.schedules import CronSchedule

    plan = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    (schedule,) = next(one for one in plan["deployments"] if one["name"] == name)["schedules"]
    cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    return [datetime.fromtimestamp(at.timestamp(), UTC) for at in asyncio.run(cron.get_dates(n=number, start=first))]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("change", [datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)])
def test_a_change_of_the_clocks_doubles_and_skips_no_run(change: datetime) -> None:
    start = change - timedelta(hours=12)
    quarters = planned("ingest", start, 96)
    assert {after - before for before, after in pairwise(quarters)} == {timedelta(minutes=15)}
    nights = planned("maintain", change - timedelta(days=2), 4)
    berlin = [at.astimezone(ZoneInfo("Europe/Berlin")) for at in nights]
    assert [(at.hour, at.minute) for at in berlin] == [(3, 20)] * 4
    assert [at.date() for at in berlin] == sorted({at.date() for at in berlin})
    (week, *_) = planned("quality", change - timedelta(days=1), 2)
    assert (week.astimezone(ZoneInfo("Europe/Berlin")).hour, week.date()) == (4, change.date())
