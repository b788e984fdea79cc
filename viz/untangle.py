"""Let nodes change places where that uncrosses lines, shortens them, or takes them off foreign nodes."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[Any]
Edges: TypeAlias = NDArray[np.int64]

LIMIT = 24_000
"""Nodes times edges above which nothing is exchanged: every exchange looks at all of both."""
SWEEPS = 4
REACH = 0.33
"""Nodes further apart than this share of the picture do not change places."""
CLEAR = 26.0
"""Distance in pixels below which a line touches a foreign node."""
CROSSING, TOUCH, LENGTH = 1.0, 1.2, 1.0


def untangle(points: Points, edges: Edges) -> Points:
    """The same places, shared out anew; the first best exchange counts, in a fixed order."""
    count = len(points)
    if count < 3 or not len(edges) or count * len(edges) > LIMIT:
        return points
    points = points.copy()
    unit = float(np.ptp(points, axis=0).max()) / count**0.5 or 1.0
    reach = float(np.ptp(points, axis=0).max()) * REACH
    own = [np.flatnonzero((edges == node).any(axis=1)) for node in range(count)]
    for _ in range(SWEEPS):
        gained = False
        for one in range(count):
            far = np.sqrt(((points - points[one]) ** 2).sum(axis=1))
            for other in range(one + 1, count):
                if far[other] > reach:
                    continue
                mine = np.union1d(own[one], own[other])
                if not len(mine):
                    continue
                before = _cost(points, edges, mine, (one, other), unit)
                points[[one, other]] = points[[other, one]]
                if _cost(points, edges, mine, (one, other), unit) < before - 1e-6:
                    gained = True
                    far = np.sqrt(((points - points[one]) ** 2).sum(axis=1))
                else:
                    points[[one, other]] = points[[other, one]]
        if not gained:
            break
    return points


def _cost(points: Points, edges: Edges, mine: NDArray[np.int64], pair: tuple[int, int], unit: float) -> float:
    """What the lines ``mine`` and the two nodes of ``pair`` cost where they lie."""
    start, end = points[edges[:, 0]], points[edges[:, 1]]
    a, b = start[mine], end[mine]
    length = np.sqrt(((b - a) ** 2).sum(axis=1)) / unit
    nodes = np.array(pair)
    touching = _touches(a, b, points, edges[mine]) + _touches(start, end, points[nodes], edges, nodes)
    return CROSSING * _crossings(a, b, start, end) + TOUCH * touching + LENGTH * float((length**1.5).sum()) * 0.35


def _crossings(a: Points, b: Points, c: Points, d: Points) -> float:
    """Pairs of lines of both lists that cross; such as share an end do not."""

    def side(p: Points, q: Points, r: Points) -> Points:
        turned: Points = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )
        return turned

    a, b, c, d = a[:, None], b[:, None], c[None], d[None]
    cross = (side(a, b, c) * side(a, b, d) < -1e-6) & (side(c, d, a) * side(c, d, b) < -1e-6)
    return float(cross.sum())


def _touches(a: Points, b: Points, points: Points, ends: Edges, names: NDArray[np.int64] | None = None) -> float:
    """How far lines run into foreign nodes, whole hits counted as one."""
    along = b - a
    squared = np.maximum((along**2).sum(axis=1), 1e-9)
    names = np.arange(len(points)) if names is None else names
    share = np.clip(((points[None] - a[:, None]) * along[:, None]).sum(axis=2) / squared[:, None], 0, 1)
    foot = a[:, None] + share[:, :, None] * along[:, None]
    near = np.clip(1 - np.sqrt(((points[None] - foot) ** 2).sum(axis=2)) / CLEAR, 0, None)
    near[(ends[:, 0, None] == names[None]) | (ends[:, 1, None] == names[None])] = 0
    return float(near.sum())
