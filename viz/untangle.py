"""Let nodes change places where that uncrosses lines, shortens them, or takes them off foreign nodes."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[Any]
Edges: TypeAlias = NDArray[np.int64]

LIMIT = 40_000
"""Nodes times edges above which nothing is exchanged: every exchange looks at all of both."""
SWEEPS = 6
REACH = 0.35
"""Nodes further apart than this share of the picture do not change places."""
CLEAR = 26.0
"""Distance in pixels below which a line touches a foreign node."""
CROSSING, TOUCH, LENGTH = 1.0, 1.2, 0.35


def untangle(points: Points, edges: Edges) -> Points:
    """The same places, shared out anew: node by node, with whom it gains most, in a fixed order."""
    count = len(points)
    if count < 3 or not len(edges) or count * len(edges) > LIMIT:
        return points
    points = points.copy()
    span = float(np.ptp(points, axis=0).max()) or 1.0
    own = [np.flatnonzero((edges == node).any(axis=1)) for node in range(count)]
    for _ in range(SWEEPS):
        gained = False
        for one in range(count):
            others = np.flatnonzero(np.sqrt(((points - points[one]) ** 2).sum(axis=1)) <= span * REACH)
            others = others[[other != one and len(own[one]) + len(own[other]) > 0 for other in others]]
            if not len(others):
                continue
            gain = _gains(points, edges, own, one, others, span / count**0.5)
            best = int(gain.argmax())
            if gain[best] > 1e-6:
                points[[one, others[best]]] = points[[others[best], one]]
                gained = True
        if not gained:
            break
    return points


def _gains(
    points: Points, edges: Edges, own: list[NDArray[np.int64]], one: int, others: NDArray[np.int64], unit: float
) -> Points:
    """By how much everything gets cheaper when ``one`` changes places with each of the others."""
    lines = [np.union1d(own[one], own[other]) for other in others]
    row_case = np.repeat(np.arange(len(others)), [len(each) for each in lines])
    row_edge = np.concatenate(lines)
    pairs = np.stack([np.full_like(others, one), others], axis=1)
    changed = np.repeat(points[None], len(others), axis=0)
    before = _costs(changed, edges, row_case, row_edge, pairs, unit)
    case = np.arange(len(others))
    changed[case, one], changed[case, others] = points[others], points[one]
    gains: Points = before - _costs(changed, edges, row_case, row_edge, pairs, unit)
    return gains


def _costs(
    cases: Points, edges: Edges, case: NDArray[np.int64], mine: NDArray[np.int64], pairs: Edges, unit: float
) -> Points:
    """For every case, a placing of all nodes, what its lines ``mine`` and its two nodes cost."""
    start, end = cases[:, edges[:, 0]], cases[:, edges[:, 1]]
    a, b = start[case, mine], end[case, mine]
    rows: Points = CROSSING * _crossings(a, b, start[case], end[case])
    rows = rows + TOUCH * _touches(a[:, None], b[:, None], cases[case], edges[mine][:, None], np.arange(cases.shape[1]))
    rows = rows + LENGTH * (np.sqrt(((b - a) ** 2).sum(axis=1)) / unit) ** 1.5
    total: Points = np.bincount(case, rows, minlength=len(cases))
    for side in (0, 1):
        node = pairs[:, side]
        place = cases[np.arange(len(cases)), node]
        total = total + TOUCH * _touches(start, end, place[:, None], edges[None], node[:, None])
    return total


def _crossings(a: Points, b: Points, c: Points, d: Points) -> Points:
    """For every line how many of its case it crosses; such as share an end do not cross."""

    def side(p: Points, q: Points, r: Points) -> Points:
        along, away = q - p, r - p
        turned: Points = along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0]
        return turned

    a, b = a[:, None], b[:, None]
    cross = (side(a, b, c) * side(a, b, d) < -1e-6) & (side(c, d, a) * side(c, d, b) < -1e-6)
    found: Points = cross.sum(axis=1).astype(float)
    return found


def _touches(a: Points, b: Points, points: Points, ends: Edges, names: NDArray[np.int64]) -> Points:
    """How far lines run into foreign nodes, a whole hit counted as one; the last axis is summed up."""
    along, away = b - a, points - a
    squared = np.maximum((along**2).sum(axis=-1), 1e-9)
    share = np.clip((away * along).sum(axis=-1) / squared, 0, 1)
    apart = away - share[..., None] * along
    near = np.clip(1 - np.sqrt((apart**2).sum(axis=-1)) / CLEAR, 0, None)
    near[(ends[..., 0] == names) | (ends[..., 1] == names)] = 0
    found: Points = near.sum(axis=-1)
    return found
