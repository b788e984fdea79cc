"""Spread nodes evenly over a rectangle, so that no corner stays empty while the middle is crowded."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[Any]
Edges: TypeAlias = NDArray[np.int64]

ROOM = 1.0
"""Area of the rectangle against that of all boxes: lines need room too."""
SAMPLES = 24
"""Points of the rectangle that are shared out, for every node."""
STEPS = 36
PULL = 0.1
"""How much neighbours draw each other together, against the share of the room that each node takes."""


def frame(boxes: Points, aspect: float) -> Points:
    """Width and height of a rectangle of a shape that has room for all boxes."""
    area = float(boxes.prod(axis=1).sum()) * ROOM
    low: Points = boxes.max(axis=0)
    size: Points = np.maximum(np.array([(area * aspect) ** 0.5, (area / aspect) ** 0.5]), low)
    return size


def fill(points: Points, size: Points) -> Points:
    """Stretch points over the rectangle, half of the way by rank so that outliers do not take it all."""
    filled = np.empty_like(points)
    for axis in (0, 1):
        values = points[:, axis]
        span = max(float(np.ptp(values)), 1e-9)
        by_place = (values - values.min()) / span - 0.5
        order = np.lexsort((points[:, 1 - axis], values))
        by_rank = np.empty(len(values))
        by_rank[order] = (np.arange(len(values)) + 0.5) / len(values) - 0.5
        filled[:, axis] = (0.5 * by_place + 0.5 * by_rank) * size[axis] * 0.94
    return filled


def even(points: Points, boxes: Points, edges: Edges, size: Points) -> Points:
    """Move every node towards the middle of the part of the rectangle that lies nearest to it (Lloyd's way).

    Nearness is measured by the node's own box: a wide label takes a wide part, a long one a large part.
    """
    step = float(size.prod() / (SAMPLES * len(points))) ** 0.5
    grid = [np.arange(-size[axis] / 2 + step / 2, size[axis] / 2, step) for axis in (0, 1)]
    samples = np.stack(np.meshgrid(*grid), axis=2).reshape(-1, 2)
    half = np.minimum(boxes / 2, size / 2)
    for _ in range(STEPS):
        away = np.zeros((len(samples), len(points)))
        for axis in (0, 1):
            away += ((samples[:, None, axis] - points[None, :, axis]) / boxes[None, :, axis]) ** 2
        owner = away.argmin(axis=1)
        count = np.bincount(owner, minlength=len(points))
        middle = (
            np.stack([np.bincount(owner, samples[:, axis], minlength=len(points)) for axis in (0, 1)], axis=1)
            / np.maximum(count, 1)[:, None]
        )
        way = np.where(count[:, None] > 0, middle - points, 0.0) * 0.7
        points = points + way + _together(points, boxes, edges)
        points = np.clip(points, -size / 2 + half, size / 2 - half)
    return points


def _together(points: Points, boxes: Points, edges: Edges) -> Points:
    """What draws the ends of long lines to each other; a hub moves less than a leaf."""
    pull = np.zeros_like(points)
    if not len(edges):
        return pull
    one, other = edges[:, 0], edges[:, 1]
    line = points[other] - points[one]
    length = np.maximum(np.sqrt((line**2).sum(axis=1)), 1e-6)
    near = (boxes[one].mean(axis=1) + boxes[other].mean(axis=1)) / 2
    force = line * (np.clip(length - near, 0, None) / length)[:, None] * PULL
    np.add.at(pull, one, force)
    np.add.at(pull, other, -force)
    degree = np.bincount(edges.ravel(), minlength=len(points))
    pull /= np.maximum(degree, 1)[:, None] ** 0.5
    return pull
