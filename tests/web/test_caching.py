"""What servers say about time: how long an answer is fresh, and when to come back."""

from datetime import datetime, timedelta

import pytest
from articles import NOW
from hypothesis import given
from hypothesis import strategies as st

from tasks.web.caching import LONGEST, fresh_until, retry_at

HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"


def after(**time: float) -> datetime:
    return NOW + timedelta(**time)


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"cache-control": "max-age=600"}, after(minutes=10)),
        ({"cache-control": 'public, MAX-AGE="600"'}, after(minutes=10)),
        ({"cache-control": "max-age=600", "age": "540"}, after(minutes=1)),
        ({"cache-control": "max-age=600", "age": "9000"}, NOW),
        ({"cache-control": "max-age=600", "expires": after(hours=5).strftime(HTTP_DATE)}, after(minutes=10)),
        ({"expires": after(hours=5).strftime(HTTP_DATE)}, after(hours=5)),
        ({"cache-control": "max-age=31536000"}, NOW + LONGEST),
        ({"expires": after(days=300).strftime(HTTP_DATE)}, NOW + LONGEST),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": "0"}, None),
        ({}, None),
    ],
)
def test_an_answer_is_fresh_as_long_as_its_headers_say_and_no_longer_than_a_day(
    headers: dict[str, str], fresh: datetime | None
) -> None:
    assert fresh_until(headers, NOW) == fresh


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("120", after(minutes=2)),
        (" 120 ", after(minutes=2)),
        (after(hours=3).strftime(HTTP_DATE), after(hours=3)),
        ("31536000", NOW + LONGEST),
        (after(days=40).strftime(HTTP_DATE), NOW + LONGEST),
        ("0", NOW),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date_and_is_at_most_a_day(
    value: str | None, at: datetime | None
) -> None:
    assert retry_at(value, NOW) == at


@given(st.text(), st.text())
def test_no_header_breaks_the_reading_of_times(one: str, other: str) -> None:
    assert retry_at(one, NOW) is None or isinstance(retry_at(one, NOW), datetime)
    fresh = fresh_until({"cache-control": one, "age": other, "expires": other}, NOW)
    assert fresh is None or fresh <= NOW + LONGEST
