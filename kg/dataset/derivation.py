"""What is derived from claims: facts, reported facts and conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from kg.model import Holding, Knowledge, Ref, Term

Triple: TypeAlias = tuple[Ref, str, Term]


class Strength(StrEnum):
    """How firmly a link stands, from a fact down."""

    FACT = "fact"
    REPORTED = "reported"
    HEDGED = "hedged"
    """Planned, possible, conditional or suggested only."""
    EVALUATIVE = "evaluative"
    """A judgement, never a fact, whoever says it."""
    WITHHELD = "withheld"
    """An equal or stronger rival contradicts it."""
    DENIED = "denied"


class ConflictKind(StrEnum):
    """What rivals differ in. Kinds that need judgement are curated, not derived."""

    VALUE = "value"
    DATE = "date"
    POLARITY = "polarity"


class Resolution(StrEnum):
    """How a conflict stands."""

    OPEN = "open"
    RANKED = "ranked"
    """A curator preferred one side, with a reason."""
    OUTWEIGHED = "outweighed"
    """One side has the stronger voice."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a claim alone comes to, with all that contradicts it."""

    strength: Strength
    weight: int
    """Of its voice, see :mod:`kg.dataset.voices`."""
    against: tuple[str, ...] = ()
    """Ids of the claims that contradict it and are not deprecated."""
    resolution: Resolution | None = None
    """How it lost: by rank, by weight, or to an equal (open); ``None`` where nothing beats it."""

    @property
    def stands(self) -> bool:
        """Whether no rival beats it."""
        return self.resolution is None

    @property
    def disputed(self) -> bool:
        """Whether a weaker voice contradicts it, or it contradicts a stronger one, undecided by rank."""
        return bool(self.against) and self.resolution is not Resolution.RANKED


@dataclass(frozen=True, slots=True)
class Link:
    """A triple with its strength and the claims for and against it (ids, sorted)."""

    triple: Triple
    strength: Strength
    supporting: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    disputed: bool = False
    """A weaker voice contradicts it."""
    holding: Holding | None = None
    """With an as-of date: whether it holds then."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all hold."""

    id: str
    kind: ConflictKind
    sides: tuple[tuple[str, ...], ...]
    """Ids of the claims that say the same, a tuple for each thing said."""
    resolution: Resolution
    winner: str | None = None

    @property
    def rivals(self) -> tuple[str, ...]:
        """Ids of all its claims, sorted."""
        return tuple(sorted(id for side in self.sides for id in side))


@dataclass(frozen=True, slots=True)
class Derivation:
    """Every link that the claims speak of, in its strongest reading, and the conflicts among them."""

    links: Mapping[Triple, Link]
    conflicts: tuple[Conflict, ...]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """What each claim that takes part comes to, by id."""

    def taking_part(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge with only the claims that took part: accepted, and within the clocks."""
        return replace(knowledge, claims={id: knowledge.claims[id] for id in knowledge.claims if id in self.outcomes})

    def of_strength(self, *strengths: Strength) -> tuple[Link, ...]:
        """Links of the given strengths, in the order of the derivation."""
        return tuple(link for link in self.links.values() if link.strength in strengths)
