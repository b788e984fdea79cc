"""Dates of a known precision, and the validity of a claim."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kg.model.axes import Holding

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, as a source says it: ``2018``, ``2018-06`` or ``2018-06-15``."""

    text: str

    def __post_init__(self) -> None:
        shape = _SHAPE.fullmatch(self.text)
        if shape is None:
            raise ValueError(f"{self.text!r} is not a date; write 2018, 2018-06 or 2018-06-15")
        year, month, day = shape.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError as wrong:
            raise ValueError(f"{self.text!r} is not a date: {wrong}") from None

    @property
    def datatype(self) -> str:
        """Local name of its XSD datatype: ``gYear``, ``gYearMonth`` or ``date``."""
        return {4: "gYear", 7: "gYearMonth", 10: "date"}[len(self.text)]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(int(self.text[:4]), int(self.text[5:7] or 1), int(self.text[8:10] or 1))

    @property
    def last(self) -> date:
        """Its last day."""
        year, month = int(self.text[:4]), int(self.text[5:7] or 12)
        day = int(self.text[8:10] or calendar.monthrange(year, month)[1])
        return date(year, month, day)

    def refines(self, other: PartialDate) -> bool:
        """Whether this is the other date, or the same said more finely: 2018-06 refines 2018."""
        return self.text.startswith(other.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Validity:
    """When a claim holds: what the text says, and the bounds that follow for filters.

    ``valid_from`` and ``valid_until`` are as stated. The four bounds are days; ``None`` means unknown.
    ``observed_on`` says that it held then, with neither start nor end implied.
    """

    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    observed_on: PartialDate | None = None
    earliest_start: date | None = None
    latest_start: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None

    @classmethod
    def of(
        cls,
        valid_from: PartialDate | None = None,
        valid_until: PartialDate | None = None,
        observed_on: PartialDate | None = None,
        *,
        earliest_start: date | None = None,
        latest_start: date | None = None,
        earliest_end: date | None = None,
        latest_end: date | None = None,
    ) -> Validity:
        """Validity with the bounds that the stated dates imply filled in; explicit bounds win.

        Raises:
            ValueError: the bounds are out of order.
        """
        if valid_from is not None:
            earliest_start = earliest_start or valid_from.first
            latest_start = latest_start or valid_from.last
        if valid_until is not None:
            earliest_end = earliest_end or valid_until.first
            latest_end = latest_end or valid_until.last
        for low, high, names in (
            (earliest_start, latest_start, "start"),
            (earliest_end, latest_end, "end"),
        ):
            if low is not None and high is not None and low > high:
                raise ValueError(f"the earliest {names} {low} is after the latest {names} {high}")
        if earliest_start is not None and latest_end is not None and earliest_start > latest_end:
            raise ValueError(f"it ends ({latest_end}) before it starts ({earliest_start})")
        return cls(valid_from, valid_until, observed_on, earliest_start, latest_start, earliest_end, latest_end)

    @property
    def stated(self) -> bool:
        """Whether anything at all is known about when it holds."""
        return self != UNDATED

    def on(self, day: date) -> Holding:
        """Whether the claim holds on a day.

        Known to hold between the latest start and the earliest end, and on an observed day; known not to hold
        before the earliest start or after the latest end; otherwise it may. Without any date it is unknown.
        """
        if not self.stated:
            return Holding.UNKNOWN
        if self.earliest_start is not None and day < self.earliest_start:
            return Holding.NOT
        if self.latest_end is not None and day > self.latest_end:
            return Holding.NOT
        seen = self.observed_on
        starts = [self.latest_start, seen.last if seen else None]
        ends = [self.earliest_end, seen.first if seen else None]
        start = min((each for each in starts if each is not None), default=None)
        end = max((each for each in ends if each is not None), default=None)
        if start is not None and end is not None and start <= day <= end:
            return Holding.HOLDS
        return Holding.MAY_HOLD

    def may_overlap(self, other: Validity) -> bool:
        """Whether both could hold at one time; unknown bounds are open."""
        return _before(self.earliest_start, other.latest_end) and _before(other.earliest_start, self.latest_end)


UNDATED = Validity()
"""Nothing is known about when it holds."""


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end
