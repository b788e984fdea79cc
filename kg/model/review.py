"""A decision on a candidate, kept for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.candidate import CandidateClaim


class Decision(StrEnum):
    """What a reviewer can decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the review log: the candidate as it was judged, beside the reviewer's own version.

    ``judged`` is the digest of the candidate's content and evidence. A review stands for a later extraction
    as long as the source's text or the candidate's content is still the same.
    """

    candidate: CandidateClaim
    judged: str
    decision: Decision
    by: str
    on: date
    reason: str | None = None
    edited: CandidateClaim | None = None

    @property
    def outcome(self) -> CandidateClaim | None:
        """The claim that stands after the decision, or ``None`` where it was rejected."""
        if self.decision is Decision.REJECT:
            return None
        return self.edited or self.candidate
