"""Chains in a network of costs: the cheapest in order, or all of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Costs: TypeAlias = Mapping[str, Mapping[str, int]]
"""For every node the nodes one step away, with the cost of the step. Costs are not negative. There is a step back for
every step, but it may cost something else."""

Nodes: TypeAlias = tuple[str, ...]


def cheapest(costs: Costs, start: str, goal: str, max_hops: int) -> Iterator[tuple[int, Nodes]]:
    """Chains without a repeated node and with at most ``max_hops`` steps, the cheapest first.

    Chains of one cost come in the order of their length, then of their nodes.
    :func:`networkx.shortest_simple_paths` knows no limit of steps, and with one a chain may cost more than a longer
    one that the limit forbids; so this is a best-first search over beginnings of chains, led by what the rest costs
    at least within the steps that are left.
    """
    rest = _least_rest(costs, goal, max_hops)
    if start not in rest[max_hops] or start == goal:
        return
    waiting: list[tuple[int, int, Nodes]] = [(rest[max_hops][start], 0, (start,))]
    ready: list[tuple[int, Nodes]] = []
    while waiting:
        least, spent, nodes = heapq.heappop(waiting)
        if ready and least > ready[0][0]:
            yield from _in_order(ready)
            ready = []
        if nodes[-1] == goal:
            ready.append((spent, nodes))
            continue
        left = max_hops - len(nodes)
        for node, cost in costs[nodes[-1]].items():
            if node not in nodes and node in rest[left]:
                heapq.heappush(waiting, (spent + cost + rest[left][node], spent + cost, (*nodes, node)))
    yield from _in_order(ready)


def chains(costs: Costs, start: str, goal: str, max_hops: int) -> Iterator[Nodes]:
    """Every chain without a repeated node and with at most ``max_hops`` steps, whatever it costs."""
    rest = _least_rest(costs, goal, max_hops)

    def onward(nodes: Nodes) -> Iterator[Nodes]:
        if nodes[-1] == goal:
            yield nodes
            return
        left = max_hops - len(nodes)
        for node in sorted(costs.get(nodes[-1], ())):
            if node not in nodes and node in rest[left]:
                yield from onward((*nodes, node))

    if start != goal and start in rest[max_hops]:
        yield from onward((start,))


def _in_order(ready: list[tuple[int, Nodes]]) -> list[tuple[int, Nodes]]:
    return sorted(ready, key=lambda each: (each[0], len(each[1]), each[1]))


def _least_rest(costs: Costs, goal: str, max_hops: int) -> list[dict[str, int]]:
    """For 0, 1 … ``max_hops`` steps: from where the goal can be reached with at most so many, and at what cost."""
    table = [{goal: 0}]
    changed = {goal}
    for _ in range(max_hops):
        known = dict(table[-1])
        better: set[str] = set()
        for node in changed:
            rest = table[-1][node]
            for before in costs.get(node, ()):
                cost = costs[before][node] + rest
                if cost < known.get(before, cost + 1):
                    known[before] = cost
                    better.add(before)
        table.append(known)
        changed = better
    return table
