"""Whether two times agree: those of the gold and those of a prediction."""

from __future__ import annotations

import calendar
import re
from typing import TypeAlias

from kg.model import CandidateTime

Day: TypeAlias = tuple[int, int, int]

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_WHOLE = frozenset({"day", "month", "year", "date", "gYear", "gYearMonth"})
"""Precisions of which one bound stands for both."""


def is_date(text: str) -> bool:
    """Whether a text begins with a year, a month or a day that there is."""
    found = _DATE.match(text)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def agreement(gold: CandidateTime, ours: CandidateTime | None) -> tuple[bool, bool]:
    """Whether the bounds are equal, and whether all bounds that both give agree at the coarser precision."""
    if ours is None:
        return False, False
    wanted, found = _bounds(gold), _bounds(ours)
    exact = all(
        _day(one, last) == _day(other, last) for one, other, last in zip(wanted, found, (False, True), strict=True)
    )
    shared = [(one, other) for one, other in zip(wanted, found, strict=True) if one and other]
    agreeing = bool(shared) and all(one.startswith(other) or other.startswith(one) for one, other in shared)
    return exact, exact or agreeing


def _bounds(time: CandidateTime) -> tuple[str | None, str | None]:
    if time.start and not time.end and time.precision in _WHOLE:
        return time.start, time.start
    return time.start, time.end


def _day(text: str | None, last: bool) -> Day | None:
    """The first or last day that a year, a month or a day stands for."""
    found = _DATE.match(text) if text else None
    if found is None:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] else 12 if last else 1
    if found[3]:
        return year, month, int(found[3])
    return year, month, calendar.monthrange(year, month)[1] if last else 1
