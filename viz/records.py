"""The view model: what the page shows, as frozen records without any HTML.

Every text here is plain and unescaped; whoever writes it somewhere escapes it for that place, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.dataset.derivation import Strength
from kg.model import Holding, Modality, Polarity, Rank, Voice


@dataclass(frozen=True, slots=True)
class Group:
    """A family of classes that share a shape and a colour."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class that occurs in the view, with the group that draws it."""

    id: str
    label: str
    definition: str
    group: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation that occurs in the view, in both reading directions."""

    id: str
    label: str
    inverse_label: str
    definition: str
    group: str
    """Label of its group in the ontology."""
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. ``node_class`` is the first of its classes: it decides shape, colour and filter."""

    id: str
    label: str
    node_class: str
    group: str
    x: int
    y: int
    classes: tuple[str, ...] = ()
    """Labels of all its classes."""
    names: tuple[tuple[str, str], ...] = ()
    """Further names with their language."""
    description: str | None = None
    same_as: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    document: str | None = None
    """Title of the source to which a vague group belongs."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two entities, with the claims for and against it."""

    id: str
    subject: str
    predicate: str
    object: str
    label: str
    inverse_label: str
    strength: Strength
    style: str
    """How the line is drawn: see :data:`viz.words.STYLES`."""
    claims: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    disputed: bool = False
    holding: Holding | None = None
    why: str = ""
    """Why it is set aside, in words; empty for every other link."""
    curve: float = 0.0
    """Bend that keeps parallel edges apart; positive to the right of the way from subject to object."""

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Claims for it, then claims against it."""
        return self.claims + self.opposing


@dataclass(frozen=True, slots=True)
class Attribute:
    """A link to a literal or a concept: shown on the subject's card, not as a node."""

    id: str
    subject: str
    predicate: str
    value: str
    label: str
    strength: Strength
    style: str
    claims: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    disputed: bool = False
    holding: Holding | None = None
    language: str | None = None
    why: str = ""
    """As for an edge."""

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Claims for it, then claims against it."""
        return self.claims + self.opposing


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands in its source."""

    place: str
    """In words: paragraph, offsets, text version."""
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim that cannot hold beside another, and how that stands."""

    claim: str
    statement: str
    who: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """Everything that a reader needs to judge a claim."""

    id: str
    link: str
    statement: str
    qualifiers: tuple[tuple[str, str], ...]
    voice: Voice
    who: str
    speaker: str | None
    """Node of the speaker, where the view holds it."""
    anonymous: bool
    modality: Modality
    polarity: Polarity
    hedge: str | None
    condition: str | None
    holds: str
    said: str
    published: str
    """ISO date of the source, for sorting."""
    source: str
    passages: tuple[Passage, ...]
    review: str
    rank: Rank
    rank_reason: str | None
    rivals: tuple[Rival, ...]
    note: str | None
    key: str | None
    citation: str


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A published document, as far as a reader of a claim needs it."""

    id: str
    title: str
    type: str
    publisher: str | None
    authors: tuple[str, ...]
    published: str
    address: str
    reliability: str
    language: str
    relays: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What the view holds."""

    entities: int
    links: int
    attributes: int
    claims: int
    sources: int


@dataclass(frozen=True, slots=True)
class View:
    """One picture of the graph with all that stands behind it, every part sorted."""

    title: str
    version: str
    data_date: date
    licence: str
    description: str | None
    focus: str | None
    groups: tuple[Group, ...]
    classes: tuple[NodeClass, ...]
    predicates: tuple[Predicate, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    attributes: tuple[Attribute, ...]
    claims: tuple[ClaimCard, ...]
    sources: tuple[SourceCard, ...]
    counts: Counts
