"""Dates in texts, resolved against the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import time
from kg.extract.dates import WEEKDAYS
from kg.model import PartialDate

WEDNESDAY = PartialDate("2019-08-28")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def only(text: str, published: str | None = "2019-08-28", future: bool = False) -> tuple[str | None, str | None, str]:
    found = time.find(text, PartialDate(published) if published else None, future=future)
    assert len(found) == 1, found
    return found[0].first, found[0].last, found[0].precision


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 2018-06-15", "2018-06-15", "2018-06-15", "day"),
        ("on 15 June 2018", "2018-06-15", "2018-06-15", "day"),
        ("on June 15th, 2018", "2018-06-15", "2018-06-15", "day"),
        ("on the 15th of June 2018", "2018-06-15", "2018-06-15", "day"),
        ("on August 18", "2019-08-18", "2019-08-18", "day"),
        ("on September 18", "2018-09-18", "2018-09-18", "day"),
        ("in June 2018", "2018-06", "2018-06", "month"),
        ("in June", "2019-06", "2019-06", "month"),
        ("in October", "2018-10", "2018-10", "month"),
        ("last June", "2019-06", "2019-06", "month"),
        ("next June", "2020-06", "2020-06", "month"),
        ("in early August", "2019-08-01", "2019-08-10", "part-of-month"),
        ("in late February 2016", "2016-02-21", "2016-02-29", "part-of-month"),
        ("in 2017", "2017", "2017", "year"),
        ("in mid-2017", "2017-05", "2017-08", "part-of-year"),
        ("early next year", "2020-01", "2020-04", "part-of-year"),
        ("last year", "2018", "2018", "year"),
        ("last month", "2019-07", "2019-07", "month"),
        ("last week", "2019-08-19", "2019-08-25", "week"),
        ("on Wednesday", "2019-08-28", "2019-08-28", "day"),
        ("on Thursday", "2019-08-22", "2019-08-22", "day"),
        ("next Wednesday", "2019-09-04", "2019-09-04", "day"),
        ("yesterday", "2019-08-27", "2019-08-27", "day"),
        ("two years ago", "2017", "2017", "year"),
        ("three months ago", "2019-05", "2019-05", "month"),
        ("in the first quarter of 2021", "2021-01", "2021-03", "part-of-year"),
        ("in Q4 2020", "2020-10", "2020-12", "part-of-year"),
        ("in the second half of next year", "2020-07", "2020-12", "part-of-year"),
        ("since 2014", "2014", None, "since"),
        ("until June 2020", None, "2020-06", "until"),
        ("by the end of the year", None, "2019-12", "by"),
        ("at end-2021", "2021-09", "2021-12", "part-of-year"),
        ("later this year", "2019-09", "2019-12", "part-of-year"),
        ("within two years", "2019-08-28", "2021-08", "part-of-year"),
        ("over the next six months", "2019-08-28", "2020-02", "part-of-year"),
        ("from March to June 2021", "2021-03", "2021-06", "month"),
        ("between November 2020 and May 2021", "2020-11", "2021-05", "month"),
        ("before the end of the year", None, "2019-12", "by"),
        ("in 2026 Q1", "2026-01", "2026-03", "part-of-year"),
        ("by 2026", None, "2026", "by"),
        ("before June 2018", None, "2018-06", "before"),
        ("after 2020", "2020", None, "after"),
        ("between 2014 and 2016", "2014", "2016", "year"),
        ("from 2014 to 2016", "2014", "2016", "year"),
    ],
)
def test_dates(text: str, first: str | None, last: str | None, precision: str) -> None:
    assert only(text) == (first, last, precision)


@pytest.mark.parametrize("text", ["It may march on.", "the 31st of June 2018", "version 2.2018", "x-2018", "12345"])
def test_no_dates(text: str) -> None:
    assert time.find(text, WEDNESDAY) == []


@pytest.mark.parametrize("text", ["last year", "in June", "on Wednesday", "yesterday", "early August", "August 18"])
def test_without_a_day_of_publication_relative_dates_are_left_out(text: str) -> None:
    assert time.find(text, None) == []


def test_a_plan_looks_ahead() -> None:
    assert only("in October", future=True)[0] == "2019-10"
    assert only("in June", future=True)[0] == "2020-06"
    assert only("on Monday", future=True)[0] == "2019-09-02"


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_within_the_last_week(today: date, name: str) -> None:
    first, last, precision = only(f"on {name.capitalize()}", today.isoformat())
    day = date.fromisoformat(first or "")
    assert (first, precision) == (last, "day")
    assert WEEKDAYS[day.weekday()] == name
    assert timedelta(0) <= today - day < timedelta(7)


@given(DAYS, DAYS)
def test_a_written_day_is_itself_whenever_it_is_read(today: date, day: date) -> None:
    for text in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", day.isoformat()):
        assert only(f"on {text}", today.isoformat()) == (day.isoformat(), day.isoformat(), "day")


@given(DAYS, st.integers(1, 12), st.integers(1, 31), st.booleans())
def test_a_day_without_a_year_is_near(today: date, month: int, number: int, future: bool) -> None:
    name = date(2000, month, 1).strftime("%B")
    for each in time.find(f"on {name} {number}", PartialDate(today.isoformat()), future=future):
        if each.precision == "day":
            day = date.fromisoformat(each.first or "")
            assert (day.month, day.day) == (month, number)
            # the 29th of February may be two years away
            assert abs((day - today).days) <= (366 if (month, number) != (2, 29) else 731)
            assert (day >= today) if future else (day <= today)


@given(st.text(max_size=60), st.one_of(st.none(), DAYS))
def test_any_text_is_read_without_harm(text: str, today: date | None) -> None:
    for each in time.find(text, PartialDate(today.isoformat()) if today else None):
        assert 0 <= each.start < each.end <= len(text)
        if each.first and each.last:
            assert PartialDate(each.first).first <= PartialDate(each.last).last


@given(DAYS, st.sampled_from(["last year", "this month", "last week", "in June", "early May", "two months ago"]))
def test_bounds_are_in_order(today: date, text: str) -> None:
    first, last, _ = only(text, today.isoformat())
    assert first is not None
    assert last is not None
    assert PartialDate(first).first <= PartialDate(last).last
