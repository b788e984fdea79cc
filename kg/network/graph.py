"""The network as a networkx graph, for whoever wants to go on with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.dataset.derivation import Derivation, Strength
from kg.errors import UsageError
from kg.model import Knowledge
from kg.network.edges import Network, network
from kg.network.rules import LINKING
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(
    knowledge: Knowledge,
    derivation: Derivation,
    vocabulary: Vocabulary,
    *,
    include: Collection[str] = (),
) -> nx.MultiDiGraph[str]:
    """Facts as a directed multigraph; ``include`` adds ``"reported"`` or ``"hedged"`` links.

    A node is an entity's id, or ``concept:`` and a concept's id, with ``label``, ``classes`` and ``kind`` (``"entity"``
    or ``"concept"``). Every entity is a node, linked or not. An edge's key is its predicate, or predicate and qualifier
    where a qualifier names the second party (``holdsPosition/organization``). It has ``predicate``, ``qualifier``,
    ``label``, ``strength``, ``claims`` (ids), ``voices``, ``sources``, ``disputed`` and ``holding``. Nodes and edges
    come in the order of their ids.

    Raises:
        UsageError: ``include`` names something that is no strength of links.
    """
    return of_network(network(knowledge, derivation, vocabulary), include=include)


def of_network(net: Network, *, include: Collection[str] = ()) -> nx.MultiDiGraph[str]:
    """The same of a network at hand."""
    import networkx as nx

    for name in include:
        if name not in LINKING:
            raise UsageError(f"{name!r} is not a strength of links; use {', '.join(LINKING)}")
    strengths = {Strength.FACT, *(Strength(name) for name in include)}
    edges = [edge for edge in net.edges if edge.strength in strengths]
    ends = {end for edge in edges for end in (edge.subject, edge.object)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in net.nodes:
        if node in net.knowledge.entities or node in ends:
            kind = "entity" if node in net.knowledge.entities else "concept"
            graph.add_node(node, label=net.label(node), classes=net.types(node), kind=kind)
    for edge in edges:
        claims = [net.knowledge.claims[id] for id in edge.claims]
        graph.add_edge(
            edge.subject,
            edge.object,
            key=edge.predicate if edge.qualifier is None else f"{edge.predicate}/{edge.qualifier}",
            predicate=edge.predicate,
            qualifier=edge.qualifier,
            label=net.words(edge),
            strength=edge.strength.value,
            claims=edge.claims,
            voices=tuple(sorted({claim.voice.value for claim in claims})),
            sources=tuple(sorted({claim.source for claim in claims})),
            disputed=edge.disputed,
            holding=edge.holding and edge.holding.value,
        )
    return graph
