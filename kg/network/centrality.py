"""How central things are in the network of facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.network.edges import Network
from kg.network.graph import of_network

WORK = 2_000_000
"""Nodes and links that may be visited for betweenness, a few seconds' worth. Exact values visit all of them once from
every node; larger networks are estimated from a seeded sample of nodes, as Brandes and Pich, "Centrality Estimation in
Large Networks" (2007), do."""

LEAST_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Central:
    """A thing, how many others it is linked to, and how often it lies on the shortest chain between two others."""

    id: str
    label: str
    neighbours: int
    betweenness: float


def central(net: Network, *, top: int = 10, include: Collection[str] = ()) -> tuple[Central, ...]:
    """The ``top`` entities by number of neighbours, betweenness deciding among equals.

    Links count without direction, several between two things once: whether a source says "owns" or "is a subsidiary
    of" is grammar. For the same reason there is no PageRank, which follows arrows. Concepts do not count: that two
    things are of one kind is no link between them.
    """
    import networkx as nx

    if top < 1:
        return ()
    wide = of_network(net, include=include)
    graph: nx.Graph[str] = nx.Graph()
    entities = sorted(net.knowledge.entities)
    graph.add_nodes_from(entities)
    graph.add_edges_from(sorted((a, b) for a, b in wide.edges() if a != b and graph.has_node(a) and graph.has_node(b)))
    linked = [node for node in entities if graph.degree(node)]
    sample = max(LEAST_SAMPLE, WORK // (len(entities) + graph.size() + 1))
    between = nx.betweenness_centrality(graph, k=sample if sample < len(entities) else None, seed=1)
    found = [Central(node, net.label(node), graph.degree(node), round(between[node], 6)) for node in linked]
    return tuple(sorted(found, key=lambda each: (-each.neighbours, -each.betweenness, each.id))[:top])
