"""The claim: who says what, how firmly, when it holds, and where it stands.

A claim asserts nothing. Facts are derived from claims in :mod:`kg.dataset.facts`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field

from kg.model.axes import Modality, Polarity, Rank, ReviewStatus, Voice
from kg.model.evidence import Evidence
from kg.model.origin import Origin
from kg.model.term import Ref, Term, Value
from kg.model.time import UNDATED, PartialDate, Validity


@dataclass(frozen=True, slots=True)
class Method:
    """How a claim came to be: ``HandCuration``, ``Import`` or ``Extraction``, by which rule, in which version."""

    kind: str = "HandCuration"
    name: str | None = None
    version: str | None = None


BY_HAND = Method()


@dataclass(frozen=True, slots=True)
class Claim:
    """A triple with its qualifiers on separate axes. ``id`` is a digest of what is said, not of where."""

    id: str
    source: str
    subject: Ref
    predicate: str
    object: Term
    qualifiers: tuple[tuple[str, Term], ...] = ()
    voice: Voice = Voice.OWN_VOICE
    speaker: str | None = None
    anonymous: bool = False
    modality: Modality = Modality.ACTUAL
    hedge: str | None = None
    condition: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    validity: Validity = UNDATED
    said_on: PartialDate | None = None
    evidence: tuple[Evidence, ...] = ()
    method: Method = BY_HAND
    curator: str | None = None
    review_status: ReviewStatus = ReviewStatus.ACCEPTED
    rank: Rank = Rank.NORMAL
    rank_reason: str | None = None
    note: str | None = None
    key: str | None = None
    """The curator's own name for it within its source."""
    origin: Origin | None = field(default=None, compare=False)

    @property
    def accepted(self) -> bool:
        """Whether the claim takes part in facts and conflicts."""
        return self.review_status is ReviewStatus.ACCEPTED

    def qualifier(self, name: str) -> Term | None:
        """The value of a qualifier, or ``None``."""
        return next((value for key, value in self.qualifiers if key == name), None)


def claim_id(
    *,
    source: str,
    subject: Ref,
    predicate: str,
    object: Term,
    qualifiers: tuple[tuple[str, Term], ...],
    identifying: Collection[str],
    validity: Validity,
    voice: Voice,
    speaker: str | None,
    modality: Modality,
    polarity: Polarity,
    condition: str | None,
) -> str:
    """Digest of what is said and who says it; 20 hex digits.

    The source counts, its snapshot does not; of the qualifiers only the ``identifying`` ones. The voice counts
    beside the speaker, since the document itself and an unknown voice both have none.
    """
    parts = [
        source,
        _canonical(subject),
        predicate,
        _canonical(object),
        sorted([name, _canonical(value)] for name, value in qualifiers if name in identifying),
        _validity(validity),
        voice.value,
        speaker,
        modality.value,
        polarity.value,
        condition,
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _canonical(term: Term) -> list[str | None]:
    if isinstance(term, Value):
        return ["value", term.text, term.datatype, term.language]
    return [term.space, term.id]


def _validity(validity: Validity) -> list[str | None]:
    days = (
        validity.valid_from,
        validity.valid_until,
        validity.observed_on,
        validity.earliest_start,
        validity.latest_start,
        validity.earliest_end,
        validity.latest_end,
    )
    return [None if day is None else str(day) for day in days]
