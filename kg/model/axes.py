"""The closed axes of a claim. Each is a SKOS scheme in ``ontology/schemes.ttl``; the tests hold both equal."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Who says it."""

    OWN_VOICE = "OwnVoice"
    """The document itself."""
    NAMED = "Named"
    """A person or organisation that the document names."""
    UNNAMED = "Unnamed"
    """A voice that is not named: "a source", "officials"."""
    RELAYED = "Relayed"
    """Hearsay of another publication: "media reports said"."""


class Modality(StrEnum):
    """What kind of saying it is."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    CONDITIONAL = "Conditional"
    SUGGESTED = "Suggested"


class Polarity(StrEnum):
    """Yes or no."""

    AFFIRMED = "Affirmed"
    DENIED = "Denied"


class ReviewStatus(StrEnum):
    """Our decision on a claim."""

    CANDIDATE = "Candidate"
    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    SUPERSEDED = "Superseded"
    RETRACTED = "Retracted"


class Rank(StrEnum):
    """How a claim stands among its rivals."""

    PREFERRED = "Preferred"
    NORMAL = "Normal"
    DEPRECATED = "Deprecated"


class Holding(StrEnum):
    """Whether something holds at a date, as far as its claims tell."""

    HOLDS = "holds"
    MAY_HOLD = "may hold"
    UNKNOWN = "unknown"
    NOT = "does not hold"
