"""The best chains of links between two things, and a count of those that were left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise
from math import log
from typing import TypeAlias

from kg.dataset.derivation import Strength
from kg.errors import UsageError
from kg.network.chains import Answer, Chain, Hop, LeftOut
from kg.network.edges import Edge, Network
from kg.network.rules import LINKING, UNIT, Selection
from kg.network.search import Costs, Nodes, chains, cheapest

MOST_COUNTED = 1000
"""Chains beyond so many are not counted: "more than 1,000" says enough."""

MOST_SEEN = 20 * MOST_COUNTED
"""Nor are more than so many looked at to find those that count."""

Steps: TypeAlias = Mapping[str, Mapping[str, tuple[Edge, ...]]]
"""For every node its neighbours, and the edges between in either direction, the strongest first."""


def paths(
    network: Network,
    start: str,
    end: str,
    *,
    include: Collection[str] = (),
    through: Collection[str] = (),
    only: str | None = None,
    k: int = 3,
    max_hops: int = 4,
) -> Answer:
    """The ``k`` best chains of links between two entities, links read in either direction.

    Without options only facts link, and places, topics, kinds, hubs and groups without names are no inner nodes.
    ``include`` adds links (``"reported"``, ``"hedged"``), ``through`` opens passages (``"places"`` …), ``only``
    restricts the links to ``"ownership"`` or ``"vendors"``. What a chain costs stands in ``chains.toml``.

    Raises:
        UsageError: an option has an unknown value, or both ends are one thing.
    """
    _check(network, start, end, include, through, only, k, max_hops)
    selection = network.rules.selections[only] if only else None
    edges = [edge for edge in network.edges if edge.subject != edge.object and _selected(edge, selection)]
    steps = _steps(edges)
    strengths = {Strength.FACT, *(Strength(name) for name in include)}
    opened = {
        name for name, passage in network.rules.passages.items() if name in through or passage.opened_by in include
    }
    closed = {
        node for node in network.nodes if node not in (start, end) and not opened.issuperset(network.passages[node])
    }
    wide = _costs(network, steps, end, set(LINKING), frozenset())
    admitted = _costs(network, steps, end, strengths, closed)
    found = [
        Chain(tuple(_hop(network, steps, a, b, strengths) for a, b in pairwise(nodes)), cost / UNIT)
        for cost, nodes in islice(cheapest(admitted, start, end, max_hops), k)
    ]
    in_all = sum(1 for _ in islice(chains(admitted, start, end, max_hops), MOST_COUNTED + k))
    left_out = _left_out(network, steps, chains(wide, start, end, max_hops), strengths, opened)
    return Answer(
        start,
        end,
        tuple(found),
        in_all - len(found),
        sum(edge.strength in strengths for edge in edges),
        left_out,
        max_hops,
        tuple(strength.value for strength in LINKING if strength.value in include),
        tuple(name for name in network.rules.passages if name in through),
        only,
    )


def _check(
    network: Network,
    start: str,
    end: str,
    include: Iterable[str],
    through: Iterable[str],
    only: str | None,
    k: int,
    max_hops: int,
) -> None:
    for given, known, what in (
        (include, [strength.value for strength in LINKING], "a strength of links"),
        (through, network.rules.passages, "something that chains can be led through"),
        ([only] if only else [], network.rules.selections, "a network of certain links"),
    ):
        for name in given:
            if name not in known:
                raise UsageError(f"{name!r} is not {what}; use {', '.join(known)}")
    if k < 1 or max_hops < 1:
        raise UsageError("the number of chains and of links in a chain must be at least 1")
    for node in (start, end):
        if node not in network.neighbours:
            raise UsageError(f"{node!r} is not an entity of the graph")
    if start == end:
        raise UsageError(f"both ends of the path are {network.label(start)}; give two different things")


def _selected(edge: Edge, selection: Selection | None) -> bool:
    if selection is None:
        return True
    return edge.predicate in selection.predicates and (edge.qualifier is None or edge.qualifier in selection.qualifiers)


def _steps(edges: Iterable[Edge]) -> Steps:
    found: dict[str, dict[str, list[Edge]]] = {}
    for edge in sorted(edges, key=lambda each: (LINKING.index(each.strength), each.key)):
        found.setdefault(edge.subject, {}).setdefault(edge.object, []).append(edge)
        found.setdefault(edge.object, {}).setdefault(edge.subject, []).append(edge)
    return {node: {other: tuple(links) for other, links in each.items()} for node, each in found.items()}


def _costs(
    network: Network,
    steps: Steps,
    end: str,
    strengths: Collection[Strength],
    closed: Collection[str],
) -> Costs:
    """The cost of every admitted step: of its strongest link, and of passing through what it leads to."""
    passing = {
        node: 0 if node == end else round(log(max(len(near), 1)) * UNIT) for node, near in network.neighbours.items()
    }
    return {
        node: {
            other: network.rules.costs[edges[0].strength] + passing[other]
            for other, edges in each.items()
            if other not in closed and edges[0].strength in strengths
        }
        for node, each in steps.items()
        if node not in closed
    }


def _hop(
    network: Network,
    steps: Steps,
    start: str,
    end: str,
    strengths: Collection[Strength],
) -> Hop:
    return Hop(start, end, tuple(edge for edge in steps[start][end] if edge.strength in strengths))


def _left_out(
    network: Network,
    steps: Steps,
    every: Iterator[Nodes],
    strengths: Collection[Strength],
    opened: Collection[str],
) -> LeftOut:
    through: Counter[str] = Counter()
    include: Counter[str] = Counter()
    count = 0
    for seen, nodes in enumerate(every):
        if seen == MOST_SEEN or count == MOST_COUNTED:
            return _counted(network, count, through, include, more=True)
        passages = {name for node in nodes[1:-1] for name in network.passages[node]} - set(opened)
        weaker = {steps[a][b][0].strength for a, b in pairwise(nodes)} - set(strengths)
        if not passages and not weaker:
            continue
        count += 1
        through.update(passages)
        include.update(strength.value for strength in weaker)
    return _counted(network, count, through, include, more=False)


def _counted(network: Network, count: int, through: Counter[str], include: Counter[str], *, more: bool) -> LeftOut:
    return LeftOut(
        count,
        tuple((name, through[name]) for name in network.rules.passages if through[name]),
        tuple((strength.value, include[strength.value]) for strength in LINKING if include[strength.value]),
        more,
    )
