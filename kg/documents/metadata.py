"""What a document says about itself: its date of publication and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?:date|dated|published|publication date|posted|issued|released)(?:\s+on)?\s*:?\s+", re.IGNORECASE
)
_TOP_LINES = 6
_TOP = 20_000
"""Characters in which these lines are looked for."""
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class About:
    """Metadata as far as a document carries it."""

    title: str | None = None
    published: PartialDate | None = None
    address: str | None = None
    language: str | None = None


def date_at(text: str, start: int = 0) -> tuple[PartialDate, int] | None:
    """The written-out day that stands exactly at an offset, and where it ends."""
    for shape, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        found = shape.match(text, start)
        if found:
            year, month, day = (found.group(each) for each in order)
            number = MONTHS.get(month.lower().rstrip(".")) or int(month)
            try:
                return PartialDate(f"{int(year):04}-{number:02}-{int(day):02}"), found.end()
            except ValueError:
                return None
    return None


def date_of(text: str | None) -> PartialDate | None:
    """The day that a metadata value begins with, such as ``2019-08-28T14:10:18+08:00``."""
    found = date_at(text.strip()) if text else None
    return found[0] if found else None


def date_line(text: str) -> tuple[PartialDate, int, int] | None:
    """A line at the top that a machine or an editor wrote for the date: the day, and the span of label and day.

    A label ("date", "Published:") must stand before the day, or the day must stand alone on its line; a day
    within a sentence is no date line.
    """
    start = 0
    seen = 0
    for line in text[:_TOP].splitlines(keepends=True):
        if line.strip():
            seen += 1
            label = _LABEL.match(line)
            begin = label.end() if label else len(line) - len(line.lstrip())
            found = date_at(line, begin)
            if found and (label or not line[found[1] :].strip()):
                lead = len(line) - len(line.lstrip())
                return found[0], start + lead, start + found[1]
        if seen >= _TOP_LINES:
            return None
        start += len(line)
    return None


def of_plain(text: str) -> About:
    """Metadata of a plain text: its date line, and its first line where that looks like a headline."""
    text = text[:_TOP]
    found = date_line(text)
    rest = text[: found[1]] + text[found[2] :] if found else text
    first = next((line.strip() for line in rest.splitlines() if line.strip()), "")
    headline = 0 < len(first) <= _LONGEST_TITLE and not first.endswith((".", "!", ",", ";", '"', "”"))
    return About(first if headline else None, found[0] if found else None)
