"""An operator is told once that something is wrong, and once that it is over."""

from datetime import timedelta

from articles import NOW

from storage.warehouse import Warehouse
from storage.watch import Alarm, Told, note_told, read_told
from tasks.watch._all import news

DEAD = Alarm("source_dead", "post", "post has not answered", {"hours": 25.0}, NOW - timedelta(hours=25))
HOUR = timedelta(hours=1)


def test_a_new_alarm_is_told_once() -> None:
    told = news([DEAD], [], NOW)
    assert told == (Told("raised", DEAD, NOW),)
    assert news([DEAD._replace(detail="still dead")], told, NOW + HOUR) == ()


def test_the_end_of_an_alarm_is_told_once() -> None:
    over = news([], [Told("raised", DEAD, NOW)], NOW + HOUR)
    assert over == (Told("over", DEAD, NOW + HOUR),)
    assert news([], over, NOW + 2 * HOUR) == ()


def test_what_comes_and_goes_is_not_told_each_time() -> None:
    over = [Told("over", DEAD, NOW)]
    assert news([DEAD], over, NOW + 11 * HOUR) == ()
    assert news([DEAD], over, NOW + 12 * HOUR) == (Told("raised", DEAD, NOW + 12 * HOUR),)


def test_what_was_told_is_kept_and_the_last_counts(warehouse: Warehouse) -> None:
    other = DEAD._replace(subject="echo", figures={})
    with warehouse.window() as con:
        note_told(con, [Told("raised", DEAD, NOW), Told("raised", other, NOW)])
        note_told(con, [Told("over", DEAD, NOW + HOUR)])
    with warehouse.window() as con:
        assert read_told(con) == (Told("raised", other, NOW), Told("over", DEAD, NOW + HOUR))
