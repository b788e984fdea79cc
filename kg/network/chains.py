"""Chains of links between two things, as records."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dataset.derivation import Strength
from kg.network.edges import Edge
from kg.network.rules import LINKING


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain, with every admitted link between the two things, the strongest first."""

    start: str
    end: str
    edges: tuple[Edge, ...]

    @property
    def strength(self) -> Strength:
        """The strength of the strongest link."""
        return self.edges[0].strength

    def forward(self, edge: Edge) -> bool:
        """Whether an edge of the step is read from its subject to its object."""
        return edge.subject == self.start


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps from one thing to another, and what they cost."""

    hops: tuple[Hop, ...]
    cost: float

    @property
    def nodes(self) -> tuple[str, ...]:
        """The things on the way, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    @property
    def strength(self) -> Strength:
        """A chain is as strong as its weakest step."""
        return max((hop.strength for hop in self.hops), key=LINKING.index)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Chains that the options left out, and what of them needs which option."""

    count: int
    through: tuple[tuple[str, int], ...]
    """Passage and number of chains through it; a chain may need several."""
    include: tuple[tuple[str, int], ...]
    """Strength and number of chains that have a link of no better one."""
    more: bool = False
    """Whether counting stopped at a limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, the best chains, how many more there are, and what was left out."""

    start: str
    end: str
    chains: tuple[Chain, ...]
    others: int
    links: int
    """How many links there were to make chains of."""
    left_out: LeftOut
    max_hops: int
    include: tuple[str, ...]
    through: tuple[str, ...]
    only: str | None
