"""How precisely a candidate's time is known → the validity of the claim it becomes. One table for all who need it."""

from __future__ import annotations

from kg.model.candidate import CandidateClaim, CandidateTime
from kg.model.time import UNDATED, PartialDate, Validity

EXACT = ("day", "month", "year", "since", "unknown")
"""The dates are those on which it begins and ends, as the text says."""

WITHIN = ("week", "part-of-month", "part-of-year")
"""Some time between both dates."""

PRECISIONS = (*EXACT, *WITHIN, "as-of", "after", "by", "before", "until")


def validity(time: CandidateTime | None) -> Validity:
    """When a candidate holds, as a claim says it.

    Raises:
        ValueError: the precision is not one of :data:`PRECISIONS`, or a date cannot be read or is out of order.
    """
    if time is None:
        return UNDATED
    start = PartialDate(time.start) if time.start else None
    end = PartialDate(time.end) if time.end else None
    low = start.first if start else None
    high = end.last if end else None
    match time.precision:
        case "as-of":
            return Validity.of(observed_on=end or start)
        case "after":
            return Validity.of(earliest_start=start.last if start else None, latest_end=high)
        case "by":
            return Validity.of(latest_start=high)
        case "before":
            return Validity.of(latest_end=high)
        case "until":
            return Validity.of(None, end)
        case precision if precision in WITHIN:
            return Validity.of(earliest_start=low, latest_end=high)
        case precision if precision in EXACT:
            return Validity.of(start, end)
    raise ValueError(f"the precision {time.precision!r} is not one of {', '.join(PRECISIONS)}")


def holds(candidate: CandidateClaim) -> Validity:
    """When the claim that a candidate becomes holds.

    A dated fact ("was founded in June 2018") has its date for its object: it is true ever since, so it has no bounds.

    Raises:
        ValueError: as :func:`validity`.
    """
    return UNDATED if candidate.object.type == "date" else validity(candidate.time)
