"""When a source is looked at again, and a candidate tried again."""

import random
from datetime import timedelta

import pytest
from articles import NOW
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Source
from storage.web_records import Outcome, Poll
from tasks.poll.retry import try_again_at
from tasks.poll.schedule import FULL_EVERY, Look, after, is_due, wants_full

FEED = Source(source_id="post", name="Post", kind="feed", url="http://post.example/feed")
NO_JITTER = random.Random(1)
OUTCOMES: list[Outcome] = ["read", "not_modified", "temporary", "soft", "hard", "gone"]


def look(last: Poll | None = None, outcome: Outcome = "read", **what: object) -> Poll:
    return after(FEED, last, Look(outcome, **what), last.next_poll_at if last else NOW, NO_JITTER)  # type: ignore[arg-type]


def many(number: int, outcome: Outcome, last: Poll | None = None, **what: object) -> Poll:
    for _ in range(number):
        last = look(last, outcome, **what)
    assert last is not None
    return last


def minutes(poll: Poll) -> float:
    return (poll.next_poll_at - poll.polled_at) / timedelta(minutes=1)


def test_a_source_full_of_news_is_soon_looked_at_every_ten_minutes() -> None:
    poll = many(6, "read", entries=20, new_entries=15)
    assert poll.interval_minutes == 10
    assert 9 <= minutes(poll) <= 11


def test_a_source_without_news_is_looked_at_once_a_day_in_the_end() -> None:
    assert many(12, "not_modified").interval_minutes == 24 * 60
    assert many(12, "read", entries=20, new_entries=0).interval_minutes == 24 * 60


def test_some_news_shortens_the_interval_a_little() -> None:
    assert look(entries=20, new_entries=1).interval_minutes == 48


def test_failures_weigh_by_their_class_and_make_the_pause_longer() -> None:
    assert [many(2, outcome).failures for outcome in ("temporary", "soft", "hard")] == [0.5, 1.0, 2.0]
    assert minutes(many(3, "hard")) > minutes(many(1, "hard")) > minutes(look(entries=9, new_entries=1))


def test_a_success_forgets_the_failures() -> None:
    assert look(many(5, "hard"), entries=3, new_entries=1).failures == 0


def test_an_undead_source_is_asked_every_thirty_days_and_can_come_back() -> None:
    dead = many(10, "hard")
    assert dead.next_poll_at - dead.polled_at == timedelta(days=30)
    back = look(dead, entries=9, new_entries=9)
    assert (back.failures, back.interval_minutes) == (0, 30)


def test_a_source_that_is_gone_for_good_is_retired_but_not_forgotten() -> None:
    gone = look(outcome="gone", http_status=410)
    assert gone.retired
    assert gone.next_poll_at - gone.polled_at == timedelta(days=30)
    assert not look(gone, entries=1, new_entries=1).retired


def test_a_permanent_move_is_followed_and_kept() -> None:
    moved = look(entries=1, new_entries=1, moved_to="http://post.example/rss")
    assert look(moved, "not_modified").url == "http://post.example/rss"


def test_a_move_to_where_nothing_can_be_read_is_not_kept() -> None:
    astray = look(outcome="hard", moved_to="http://post.example/sorry")
    assert astray.url == FEED.url


def test_a_source_that_is_lost_at_its_new_address_is_asked_at_the_configured_one() -> None:
    moved = look(entries=1, new_entries=1, moved_to="http://post.example/rss")
    assert look(moved, "temporary").url == "http://post.example/rss"
    assert [look(moved, outcome).url for outcome in ("hard", "gone")] == [FEED.url, FEED.url]


def test_a_new_address_in_the_configuration_starts_anew() -> None:
    moved = look(many(10, "hard"), "hard", moved_to="http://elsewhere.example/")
    changed = Source(source_id="post", name="Post", kind="feed", url="http://post.example/new")
    assert is_due(changed, moved, NOW)
    fresh = after(changed, moved, Look("read", entries=1, new_entries=1), NOW, NO_JITTER)
    assert (fresh.url, fresh.failures) == ("http://post.example/new", 0)


def test_what_the_server_asks_for_is_waited_for() -> None:
    later = NOW + timedelta(hours=20)
    assert look(entries=9, new_entries=9, not_before=later).next_poll_at == later
    assert look(outcome="temporary", not_before=later).next_poll_at == later


def test_conditions_are_kept_while_nothing_is_read_and_left_out_now_and_then() -> None:
    poll = look(entries=1, new_entries=1, etag='"1"', body_sha256="0")
    assert not wants_full(poll)
    poll = many(FULL_EVERY - 1, "not_modified", poll, full=False)
    assert (poll.etag, wants_full(poll)) == ('"1"', False)
    assert wants_full(look(poll, "not_modified", full=False))


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_whatever_happens_a_source_is_never_asked_too_soon_and_never_forgotten(
    history: list[tuple[Outcome, int, int]],
) -> None:
    poll: Poll | None = None
    for outcome, entries, news in history:
        poll = look(poll, outcome, entries=entries, new_entries=min(entries, news))
        assert 9 <= minutes(poll) <= 30 * 24 * 60
        assert 10 <= poll.interval_minutes <= 24 * 60


def test_tries_are_further_and_further_apart_and_end() -> None:
    pauses = []
    for attempt in range(1, 9):
        at = try_again_at("temporary", attempt, NOW)
        pauses.append(at and (at - NOW) / timedelta(minutes=1))
    assert pauses == [15, 30, 60, 120, 240, 480, 960, None]


@pytest.mark.parametrize(("outcome", "tries"), [("temporary", 8), ("soft", 4), ("hard", 2), ("gone", 1)])
def test_each_class_has_its_number_of_tries(outcome: Outcome, tries: int) -> None:
    again = [attempt for attempt in range(1, 12) if try_again_at(outcome, attempt, NOW)]
    assert again == list(range(1, tries))


def test_a_try_waits_for_what_the_host_asks() -> None:
    later = NOW + timedelta(hours=5)
    assert try_again_at("temporary", 1, NOW, later) == later
