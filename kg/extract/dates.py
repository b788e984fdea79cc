"""Resolving a date as it was found: its words to a first and a last date. One reader a kind of expression."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from kg.documents.metadata import MONTHS
from kg.model import PartialDate

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1}
Resolved = tuple[str, str, str, bool]


def resolve(kind: str, match: re.Match[str], today: date | None, future: bool) -> Resolved | None:
    """First and last date, precision, and whether the year stands in the text; nothing for no date."""
    part = {key: value for key, value in match.groupdict().items() if value}
    try:
        return _READERS[kind](part, today, future)
    except (ValueError, OverflowError):
        return None  # the 31st of June


def _iso(part: dict[str, str], today: date | None, future: bool) -> Resolved:
    return _same(PartialDate(f"{part['y']}-{part['m']}-{part['d']}").text, "day", True)


def _span(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    return (part["y"], part["y2"], "year", True) if part["y"] <= part["y2"] else None


def _months(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    first = f"{part.get('y', part['y2'])}-{MONTHS[part['mn'].lower()]:02}"
    last = f"{part['y2']}-{MONTHS[part['mn2'].lower()]:02}"
    return (first, last, "month", True) if first <= last else None


def _ahead(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    """Some time from now to the end of so many days, weeks, months or years."""
    if today is None:
        return None
    count = NUMBERS.get(part["n"].lower()) or int(part["n"])
    unit = part["unit"].lower()
    if unit in ("day", "week"):
        last = (today + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    else:
        months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
        last = f"{months // 12:04}-{months % 12 + 1:02}"
    return today.isoformat(), last, "part-of-year", False


def _day(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    month = MONTHS[(part.get("mn") or part["mn2"]).lower()]
    number = int(part.get("d") or part["d2"])
    year = part.get("y") or part.get("y2")
    if year:
        return _same(date(int(year), month, number).isoformat(), "day", True)
    if today is None:
        return None
    return _same(_nearest(today, month, number, future).isoformat(), "day", False)


def _nearest(today: date, month: int, number: int, future: bool) -> date:
    years = (today.year, today.year + 1) if future else (today.year, today.year - 1)
    for year in years:
        if number > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, number)
        if (found >= today) if future else (found <= today):
            return found
    return date(years[-1], month, number)


def _month_year(part: dict[str, str], today: date | None, future: bool) -> tuple[int, int] | None:
    month = MONTHS[part["mn"].lower()]
    if "y" in part:
        return int(part["y"]), month
    if today is None:
        return None
    relative = part.get("rel", "").lower()
    year = today.year
    if relative == "next" or (future and not relative):
        year += month < today.month or (relative == "next" and month == today.month)
    elif relative == "last":
        year -= month >= today.month
    elif not relative:
        year -= month > today.month
    return year, month


def _month(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    found = _month_year(part, today, future)
    return _same(f"{found[0]:04}-{found[1]:02}", "month", "y" in part) if found else None


def _part(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    found = _month_year(part, today, future)
    if found is None:
        return None
    year, month = found
    low, high = {"e": (1, 10), "m": (11, 20), "l": (21, 31)}[_third(part["part"])]
    high = min(high, calendar.monthrange(year, month)[1])
    return date(year, month, low).isoformat(), date(year, month, high).isoformat(), "part-of-month", "y" in part


def _third(words: str) -> str:
    words = words.lower().removeprefix("the ")
    return {"beginning of": "e", "start of": "e", "end of": "l", "end": "l"}.get(words, words[0])


def _part_year(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    year = _year_of(part, today)
    if year is None:
        return None
    low, high = {"e": ("01", "04"), "m": ("05", "08"), "l": ("09", "12")}[_third(part["part"])]
    return f"{year:04}-{low}", f"{year:04}-{high}", "part-of-year", "rel" not in part


def _year_of(part: dict[str, str], today: date | None) -> int | None:
    if "rel" not in part:
        return int(part["y"])
    return today.year + {"last": -1, "next": 1}.get(part["rel"].lower(), 0) if today else None


def _quarter(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    year = _year_of(part, today)
    if year is None:
        return None
    half = part.get("unit", "").lower() == "half"
    order = ("first", "second") if half else ("first", "second", "third", "fourth")
    word = part["q"].lower()
    number = int(word) if word.isdigit() else (len(order) if word == "last" else order.index(word) + 1)
    months = 6 if half else 3
    return (
        f"{year:04}-{(number - 1) * months + 1:02}",
        f"{year:04}-{number * months:02}",
        "part-of-year",
        "rel" not in part,
    )


def _ago(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    if today is None:
        return None
    count = NUMBERS.get(part["n"].lower()) or int(part["n"])
    unit = part["unit"].lower()
    if unit == "year":
        return _same(f"{today.year - count:04}", "year", False)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return _same(f"{months // 12:04}-{months % 12 + 1:02}", "month", False)
    if unit == "week":
        return _week(today - timedelta(weeks=count))
    return _same((today - timedelta(days=count)).isoformat(), "day", False)


def _week(day: date) -> Resolved:
    monday = day - timedelta(days=day.weekday())
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week", False


def _relative(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    if today is None:
        return None
    step = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[part["rel"].lower()]
    unit = part["unit"].lower()
    if unit == "year":
        return _same(f"{today.year + step:04}", "year", False)
    if unit == "week":
        return _week(today + timedelta(weeks=step))
    size = 1 if unit == "month" else 3
    months = today.year * 12 + (today.month - 1) // size * size + step * size
    first = f"{months // 12:04}-{months % 12 + 1:02}"
    if size == 1:
        return _same(first, "month", False)
    months += 2
    return first, f"{months // 12:04}-{months % 12 + 1:02}", "part-of-year", False


def _weekday(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    if today is None:
        return None
    wanted = WEEKDAYS.index(part["wd"].lower())
    relative = part.get("rel", "").lower()
    if relative == "next" or (future and relative != "last"):
        ahead = (wanted - today.weekday()) % 7 or (7 if relative == "next" else 0)
        return _same((today + timedelta(days=ahead)).isoformat(), "day", False)
    back = (today.weekday() - wanted) % 7 or (7 if relative == "last" else 0)
    return _same((today - timedelta(days=back)).isoformat(), "day", False)


def _near(part: dict[str, str], today: date | None, future: bool) -> Resolved | None:
    if today is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(part["rel"].lower(), 0)
    return _same((today + timedelta(days=step)).isoformat(), "day", False)


def _year(part: dict[str, str], today: date | None, future: bool) -> Resolved:
    return _same(part["y"], "year", True)


def _same(text: str, precision: str, dated: bool) -> Resolved:
    return PartialDate(text).text, text, precision, dated


_READERS = {
    "iso": _iso,
    "span": _span,
    "months": _months,
    "ahead": _ahead,
    "day": _day,
    "part": _part,
    "part-year": _part_year,
    "month": _month,
    "quarter": _quarter,
    "ago": _ago,
    "relative": _relative,
    "weekday": _weekday,
    "near": _near,
    "year": _year,
}
