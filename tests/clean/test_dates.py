"""When an article was published: precision, zone, the publisher's own day, and never the day of the crawl."""

from datetime import UTC, date, datetime

import pytest
from clean.pages import article, page
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.printed_dates import days_in, parse_date, read_date

PLAIN_URL = "https://www.harbour-post.example/news/the-old-crane-stays-where-it-is"


@pytest.mark.parametrize(
    ("printed", "at", "precision", "zone"),
    [
        ("2026-10-14T08:30:05+02:00", "2026-10-14T06:30:05", "second", True),
        ("2026-10-14T08:30:05.123Z", "2026-10-14T08:30:05.123000", "second", True),
        ("20261014T083005Z", "2026-10-14T08:30:05", "second", True),
        ("2026-10-14 08:30", "2026-10-14T08:30:00", "minute", False),
        ("2026-10-14", "2026-10-14T00:00:00", "day", False),
        ("2026-10", "2026-10-01T00:00:00", "month", False),
        ("Wed, 14 Oct 2026 08:30:05 +0200", "2026-10-14T06:30:05", "second", True),
        ("Wed, Oct 14 2026 08:30:05 EDT", "2026-10-14T12:30:05", "second", True),
    ],
)
def test_stated_dates_keep_their_precision_and_zone(printed: str, at: str, precision: str, zone: bool) -> None:
    found = parse_date(printed, "json-ld")
    assert found is not None
    assert (found.at, found.precision, found.tz_known) == (datetime.fromisoformat(f"{at}+00:00"), precision, zone)


@pytest.mark.parametrize("printed", ["", "yesterday", "2026-13-01", "2026-02-30", "0000-01-01", "14:30", "9999999999"])
def test_what_is_no_date_is_none(printed: str) -> None:
    assert read_date(printed, "time") is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("October 14, 2026", (2026, 10, 14)),
        ("Oct. 14th 2026, 5:01 pm", (2026, 10, 14)),
        ("Mittwoch, 14. Oktober 2026 um 8 Uhr", (2026, 10, 14)),
        ("14 octobre 2026", (2026, 10, 14)),
        ("14 de octubre de 2026", (2026, 10, 14)),
        ("14 października 2026", (2026, 10, 14)),
        ("14 Ekim 2026", (2026, 10, 14)),
        ("14 октября 2026", (2026, 10, 14)),
        ("2026年10月14日", (2026, 10, 14)),
        ("14.10.2026, 08:30 Uhr", (2026, 10, 14)),
        ("14/10/2026", (2026, 10, 14)),
        ("10/14/2026", (2026, 10, 14)),
        ("۲۰۲۶/۱۰/۱۴", (2026, 10, 14)),
    ],
)
def test_printed_dates_are_read_in_many_languages(printed: str, day: tuple[int, int, int]) -> None:
    assert list(days_in(printed)) == [date(*day)]


def test_which_number_is_the_month_depends_on_the_pages_language() -> None:
    assert list(days_in("3/4/2026", "en-us")) == [date(2026, 3, 4)]
    assert list(days_in("3/4/2026", "en-gb")) == [date(2026, 4, 3)]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back_from_its_iso_form(day: date) -> None:
    found = parse_date(day.isoformat(), "url")
    assert found is not None
    assert (found.day, found.at) == (day, datetime(day.year, day.month, day.day, tzinfo=UTC))


def test_the_day_is_the_one_that_readers_saw_where_the_instant_is_in_utc() -> None:
    head = '<meta property="article:published_time" content="2026-10-14T02:30:00Z">'
    found = article(page(head=head, above="<h1>The crane stays</h1><time>October 13, 2026</time>"), PLAIN_URL).published
    assert found is not None
    assert (found.at.isoformat(), found.day) == ("2026-10-14T02:30:00+00:00", date(2026, 10, 13))


def test_a_change_is_no_publication() -> None:
    above = '<h1>The crane stays</h1><div class="date">Updated October 16, 2026</div><div class="date">October 14, 2026</div>'
    found = article(page(above=above), PLAIN_URL)
    assert found.published is not None
    assert found.published.day == date(2026, 10, 14)
    assert found.modified_at == datetime(2026, 10, 16, tzinfo=UTC)


def test_a_page_without_any_date_has_none_and_not_the_day_of_the_crawl() -> None:
    found = article(page(), PLAIN_URL)
    assert (found.published, dict(found.reasons)["published_at"]) == (None, "not stated")


def test_the_address_gives_the_day_where_the_page_gives_none() -> None:
    found = article(page()).published
    assert found is not None
    assert (found.day, found.origin, found.precision) == (date(2026, 10, 14), "url", "day")


def test_all_dates_stated_are_kept_best_first() -> None:
    head = (
        '<meta property="article:published_time" content="2026-10-14T08:30:00+02:00">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-10-13"}</script>'
    )
    origins = [candidate.origin for candidate in article(page(head=head)).published_candidates]
    assert origins == ["article:published_time", "json-ld", "url"]
