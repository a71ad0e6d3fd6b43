"""What raises an alarm, and what must not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from articles import NOW
from newsroom import Made, bring, bring_table, facts_of, steady

from storage.pace import Pace
from storage.records import Load, Source
from storage.upkeep import Upkeep, note
from storage.warehouse import Warehouse
from storage.watch import Alarm, Facts, Publications, Room
from storage.web_records import Outcome, Poll
from tasks.watch._all import watch_all

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIB = 2**30


def alarms(warehouse: Warehouse, name: str, now: datetime = NOW) -> list[Alarm]:
    return [alarm for alarm in watch_all(facts_of(warehouse, now)) if alarm.name == name]


def poll(at: datetime, outcome: Outcome = "read", *, source: str = "post", detail: str | None = None) -> Poll:
    url = f"http://{source}.example/feed"
    status = 503 if outcome == "temporary" else 200
    return Poll(
        source_id=source,
        configured_url=url,
        url=url,
        polled_at=at,
        outcome=outcome,
        http_status=status,
        detail=detail,
        next_poll_at=at + HOUR,
    )


def note_polls(warehouse: Warehouse, *polls: Poll) -> None:
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_web("polls", polls)


def test_a_source_that_has_not_answered_for_a_day_is_dead(warehouse: Warehouse) -> None:
    answered = NOW - 25 * HOUR
    note_polls(warehouse, poll(answered), *(poll(answered + n * 8 * HOUR, "temporary") for n in (1, 2, 3)))
    (alarm,) = alarms(warehouse, "source_dead")
    assert (alarm.subject, alarm.since) == ("post", answered)
    assert alarm.detail == "post has not answered since 2026-10-14 11:00 UTC: HTTP 503"
    assert alarm.figures == {"hours": 25.0, "polls": 4.0, "http_status": 503.0}


def test_a_source_that_never_answered_is_dead_a_day_after_the_first_look(warehouse: Warehouse) -> None:
    note_polls(warehouse, poll(NOW - 24 * HOUR, "hard"), poll(NOW - HOUR, "hard", detail="no such host"))
    (alarm,) = alarms(warehouse, "source_dead")
    assert alarm.detail == "post has never answered since 2026-10-14 12:00 UTC: no such host"


@pytest.mark.parametrize(
    "polls",
    [
        [poll(NOW - 23 * HOUR), poll(NOW - HOUR, "hard")],
        [poll(NOW - 3 * DAY, "hard"), poll(NOW - HOUR)],
        [poll(NOW - 3 * DAY, "hard"), poll(NOW - HOUR, "not_modified")],
        [poll(NOW - 5 * DAY)],
        [poll(NOW - 23 * HOUR, "hard"), poll(NOW - HOUR, "hard")],
        [poll(NOW - 60 * DAY), poll(NOW - 50 * DAY, "hard")],
    ],
    ids=["not yet a day", "answers again", "nothing new", "not looked at", "new", "not followed any more"],
)
def test_a_source_is_not_dead_for_less(warehouse: Warehouse, polls: Sequence[Poll]) -> None:
    note_polls(warehouse, *polls)
    assert alarms(warehouse, "source_dead") == []


def test_a_source_that_was_switched_off_raises_no_alarm(warehouse: Warehouse) -> None:
    note_polls(warehouse, poll(NOW - 2 * DAY, "hard"), poll(NOW - HOUR, "hard"))
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_sources([Source(source_id="post", name="", kind="feed", url="", enabled=False)])
    assert alarms(warehouse, "source_dead") == []


def test_more_refusals_than_usual_raise_an_alarm_that_says_of_which_kind(warehouse: Warehouse) -> None:
    usual = [one._replace(status="paywalled" if n % 10 == 0 else "stored") for n, one in enumerate(steady("post", 700))]
    bring(warehouse, [*usual[:-20], *(one._replace(status="robots_denied") for one in usual[-20:])])
    (alarm,) = alarms(warehouse, "articles_refused")
    assert alarm.subject == "post"
    assert alarm.detail == (
        "post: 70% of the last 30 articles could not be stored, usually 10%; most of them: robots_denied"
    )


@pytest.mark.parametrize(
    ("past", "newest"),
    [
        (["stored"] * 670, ["paywalled"] * 5 + ["stored"] * 25),
        (["paywalled"] * 670, ["stored"] * 30),
        (["paywalled", "stored"] * 335, ["paywalled"] * 18 + ["stored"] * 12),
        (["stored"] * 400, ["paywalled"] * 30),
    ],
    ids=["a few", "fewer", "as always", "not known long enough"],
)
def test_refusals_raise_no_alarm_for_less(warehouse: Warehouse, past: list[str], newest: list[str]) -> None:
    statuses = [*past, *newest]
    made = steady("post", len(statuses))
    bring(warehouse, [one._replace(status=status) for one, status in zip(made, statuses, strict=True)])
    assert alarms(warehouse, "articles_refused") == []


def test_a_change_in_what_is_extracted_raises_one_alarm_with_all_that_changed(warehouse: Warehouse) -> None:
    usual = steady("post", 700)
    bring(warehouse, [*usual[:-30], *(one._replace(quotes=0, speakers=0, dated=False) for one in usual[-30:])])
    bring(warehouse, steady("echo", 700), flow="ingest")
    (alarm,) = alarms(warehouse, "extraction_drift")
    assert (alarm.subject, alarm.since) == ("post", usual[-30].at)
    assert alarm.detail == (
        "post: in the last 30 articles: with dates 0%, usually 100%; "
        "quotes in a typical one 0.0, usually 3.0; speakers in a typical one 0.0, usually 2.0"
    )
    assert alarm.figures["quotes"] == 0
    assert alarm.figures["quotes_usual"] == pytest.approx(3)


def test_twice_as_many_words_are_a_change_too(warehouse: Warehouse) -> None:
    usual = steady("post", 700)
    bring(warehouse, [*usual[:-30], *(one._replace(words=900) for one in usual[-30:])])
    (alarm,) = alarms(warehouse, "extraction_drift")
    assert alarm.detail == "post: in the last 30 articles: words in a typical one 900.0, usually 400.0"


def test_a_busy_source_is_judged_by_whole_days(warehouse: Warehouse) -> None:
    # Ten articles an hour; every night has no quotes.
    usual = [one._replace(quotes=0 if one.at.hour < 6 else 4) for one in steady("post", 240 * 26, hours=0.1)]
    morning = NOW.replace(hour=5, minute=59)
    bring(warehouse, [one for one in usual if one.at < morning])
    assert facts_of(warehouse, morning).changes
    assert alarms(warehouse, "extraction_drift", morning) == []


@pytest.mark.parametrize(
    "made",
    [
        steady("post", 730),
        [*steady("post", 400, until=NOW - 30 * HOUR), *steady("post", 30, quotes=0)],
        [*steady("post", 700, until=NOW - 8 * HOUR), *steady("post", 8, quotes=0)],
        [one._replace(quotes=n // 30 % 5) for n, one in enumerate(steady("post", 730))],
        [one._replace(quotes=0 if n < 700 else 1 if n % 4 == 0 else 0) for n, one in enumerate(steady("post", 730))],
        steady("post", 700, title=False, until=NOW - 30 * HOUR) + steady("post", 30),
    ],
    ids=["steady", "not known long enough", "eight articles", "changes all the time", "hardly any", "titles at last"],
)
def test_extraction_raises_no_alarm_for_less(warehouse: Warehouse, made: list[Made]) -> None:
    bring(warehouse, made)
    assert alarms(warehouse, "extraction_drift") == []


def test_what_a_backfill_brings_is_not_compared_with_the_news(warehouse: Warehouse) -> None:
    bring(warehouse, steady("post", 700))
    bring(warehouse, [one._replace(source_id="post") for one in steady("old", 30, quotes=0)], flow="backfill")
    assert alarms(warehouse, "extraction_drift") == []


def moody(seed: int, *, quotes_at_last: float = 1) -> pa.Table:
    """Two hundred sources, overdispersed as news are: each has its own mean, each day its own mood, each article its own
    length. The quotes of the last forty articles are multiplied."""
    chance = np.random.default_rng(seed)
    sources, count = 200, 900
    size = sources * count
    mean = np.repeat(chance.gamma(3, 1.2, sources), count)
    mood = np.repeat(chance.gamma(20, 1 / 20, size // 10), 10)
    quotes = chance.poisson(mean * mood * chance.gamma(1.5, 1 / 1.5, size))
    last = np.tile(np.arange(count) >= count - 40, sources)
    quotes = np.where(last, quotes * quotes_at_last, quotes).astype(int)
    refused = chance.random(size) < np.repeat(chance.beta(1, 6, sources), count)
    at = [NOW - timedelta(hours=count - n) + timedelta(seconds=1) for n in range(count)] * sources
    return pa.table(
        {
            "id": [f"{n}" for n in range(size)],
            "source_id": [f"s{n}" for n in range(sources) for _ in range(count)],
            "at": pa.array(at, pa.timestamp("us", "UTC")),
            "status": np.where(refused, "paywalled", "stored"),
            "words": (400 * mood * chance.gamma(3, 1 / 3, size)).astype(int),
            "quotes": quotes,
            "speakers": quotes * 2 // 3,
            "names": chance.poisson(10 * mood * chance.gamma(2, 1 / 2, size)),
            "title": chance.random(size) < 0.95,
            "dated": chance.random(size) < 0.9,
        }
    )


@pytest.mark.slow
def test_of_two_hundred_sources_that_are_as_always_one_at_most_raises_an_alarm(warehouse: Warehouse) -> None:
    bring_table(warehouse, moody(7))
    facts = facts_of(warehouse)
    assert len(facts.changes) > 1_000
    assert len([alarm for alarm in watch_all(facts) if alarm.name in {"articles_refused", "extraction_drift"}]) <= 1


@pytest.mark.slow
def test_of_sources_that_lose_their_quotes_two_in_three_and_more_raise_an_alarm(warehouse: Warehouse) -> None:
    bring_table(warehouse, moody(7, quotes_at_last=0))
    facts = facts_of(warehouse)
    known = {change.source_id for change in facts.changes if change.measure == "quotes"}
    drifted = [alarm for alarm in watch_all(facts) if alarm.name == "extraction_drift"]
    assert len(drifted) > 2 / 3 * len(known) > 100


def ended(warehouse: Warehouse, at: datetime) -> None:
    load = Load(load_id=f"{at:%Y%m%dT%H%M}", flow="ingest", started_at=at, code_version="1", config_sha256="")
    warehouse.start(load)
    warehouse.finish(load.load_id, "finished", at)


def published(warehouse: Warehouse, at: datetime, seconds: float = 1) -> None:
    with warehouse.window() as con:
        note(con, Upkeep("publication", "news-000001.duckdb", at, seconds))


def test_what_waits_for_its_publication_for_hours_raises_an_alarm(warehouse: Warehouse) -> None:
    published(warehouse, NOW - 6 * HOUR)
    ended(warehouse, NOW - 5 * HOUR)
    ended(warehouse, NOW - HOUR)
    (alarm,) = alarms(warehouse, "publication_old")
    assert alarm.since == NOW - 5 * HOUR
    assert alarm.detail == (
        "what was stored at 2026-10-15 07:00 UTC is not published yet: the last publication was at 2026-10-15 06:00 UTC"
    )


def test_a_warehouse_that_was_never_published_raises_an_alarm(warehouse: Warehouse) -> None:
    ended(warehouse, NOW - 4 * HOUR)
    (alarm,) = alarms(warehouse, "publication_old")
    assert alarm.detail.endswith("nothing is published")


def test_an_old_publication_of_all_there_is_raises_no_alarm(warehouse: Warehouse) -> None:
    ended(warehouse, NOW - 6 * DAY)
    published(warehouse, NOW - 5 * DAY)
    assert alarms(warehouse, "publication_old") == []


@pytest.mark.parametrize(
    ("facts", "late"),
    [
        (Publications(NOW - 6 * HOUR, 1, NOW - 2 * HOUR), False),
        (Publications(NOW - 6 * HOUR, 1, NOW - 4 * HOUR), True),
        (Publications(NOW - 6 * HOUR, 1, NOW - 5 * HOUR, Pace(seconds=86_400)), False),
        (Publications(NOW - 28 * HOUR, 1, NOW - 27 * HOUR, Pace(seconds=86_400)), True),
    ],
    ids=["two hours", "four hours", "held to one a day", "more than a day"],
)
def test_a_publication_is_late_only_after_its_time(facts: Publications, late: bool) -> None:
    found = watch_all(Facts(NOW, publications=facts))
    assert [alarm.name for alarm in found] == ["publication_old"] * late


@pytest.mark.parametrize(("free", "low"), [(20 * GIB, True), (21 * GIB, False)])
def test_a_disk_without_room_for_two_copies_and_a_day_is_low(free: int, low: bool) -> None:
    found = watch_all(Facts(NOW, room=Room("/srv/news", free, 10 * GIB)))
    assert [alarm.detail for alarm in found] == [
        "20.0 GiB are free for /srv/news, 21.0 GiB should be: room for two copies of the warehouse"
    ] * low


def test_an_empty_warehouse_raises_no_alarm(warehouse: Warehouse) -> None:
    facts = facts_of(warehouse)._replace(room=Room("/srv/news", 100 * GIB, 0))
    assert watch_all(facts) == ()
