"""Put components beside each other: the largest in the middle, the others where they cost least room."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[Any]

ASPECT = 1.05
"""Width to height of the picture; the page stretches it further where its window is wider."""
GAP = 10.0
GRID = 30.0
"""Places are tried this far apart; in a large picture further, some fifty to a side."""
SEARCH_LIMIT = 120
"""More components than this are set in rows."""


def pack(blocks: list[Points], boxes: Points) -> Points:
    """Coordinates of all blocks one after the other; ``boxes`` holds width and height of every point."""
    if len(blocks) < 2:
        return blocks[0] if blocks else np.zeros((0, 2))
    ends = np.cumsum([len(block) for block in blocks])
    sizes = [boxes[end - len(block) : end] for block, end in zip(blocks, ends, strict=True)]
    searched = min(len(blocks), SEARCH_LIMIT)
    placed, taken = blocks[0], sizes[0]
    for block, size in zip(blocks[1:searched], sizes[1:searched], strict=True):
        offset = _best_place(placed, taken, block, size)
        placed, taken = np.concatenate([placed, block + offset]), np.concatenate([taken, size])
    placed = _rows(placed, taken, blocks[searched:], sizes[searched:])
    sized = np.concatenate(sizes) / 2
    centred: Points = placed - ((placed - sized).min(axis=0) + (placed + sized).max(axis=0)) / 2
    return centred


def _best_place(placed: Points, taken: Points, block: Points, size: Points) -> Points:
    """The free offset on a grid that grows the picture's frame least; near the middle among equals."""
    low, high = (placed - taken / 2).min(axis=0), (placed + taken / 2).max(axis=0)
    span = (size.max(axis=0) + np.ptp(block, axis=0)) / 2 + GAP
    step = max(GRID, float((high - low).max()) / 50)
    xs = np.arange(low[0] - span[0] - step, high[0] + span[0] + step, step)
    ys = np.arange(low[1] - span[1] - step, high[1] + span[1] + step, step)
    offsets = np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2)
    free = np.ones(len(offsets), dtype=bool)
    for point, room in zip(block, size, strict=True):
        need = (taken + room) / 2 + GAP
        beside = np.abs(offsets[:, None, 0] + point[0] - placed[None, :, 0]) < need[None, :, 0]
        above = np.abs(offsets[:, None, 1] + point[1] - placed[None, :, 1]) < need[None, :, 1]
        free &= ~(beside & above).any(axis=1)
    offsets = offsets[free]
    grown_low = np.minimum(low, offsets + (block - size / 2).min(axis=0))
    grown_high = np.maximum(high, offsets + (block + size / 2).max(axis=0))
    width, height = (grown_high - grown_low).T
    frame = np.maximum(width, height * ASPECT)
    middle = (low + high) / 2
    far = np.sqrt((((offsets - middle) / np.array([ASPECT, 1.0])) ** 2).sum(axis=1))
    best: Points = offsets[np.lexsort((offsets[:, 0], offsets[:, 1], far.round(3), frame.round(3)))[0]]
    return best


def below(placed: Points, taken: Points, boxes: Points) -> Points:
    """Single nodes in rows below the picture, whose middle stays (0, 0)."""
    if not len(boxes):
        return placed
    if not len(placed):
        return pack([np.zeros((1, 2))] * len(boxes), boxes)
    return _rows(placed, taken, [np.zeros((1, 2))] * len(boxes), [box[None] for box in boxes])


def _rows(placed: Points, taken: Points, blocks: list[Points], sizes: list[Points]) -> Points:
    """The many small rest below the others, row by row."""
    if not blocks:
        return placed
    low, high = (placed - taken / 2).min(axis=0), (placed + taken / 2).max(axis=0)
    total = sum(float(_extent(block, size).prod()) for block, size in zip(blocks, sizes, strict=True))
    width = max(high[0] - low[0], (total * ASPECT) ** 0.5)
    left, top, row = low[0], high[1] + 2 * GAP, 0.0
    parts = [placed]
    for block, size in zip(blocks, sizes, strict=True):
        extent = _extent(block, size)
        if left > low[0] and left + extent[0] > low[0] + width:
            left, top, row = low[0], top + row + GAP, 0.0
        corner = (block - size / 2).min(axis=0)
        parts.append(block + np.array([left, top]) - corner)
        left, row = left + extent[0] + GAP, max(row, float(extent[1]))
    return np.concatenate(parts)


def _extent(block: Points, size: Points) -> Points:
    extent: Points = (block + size / 2).max(axis=0) - (block - size / 2).min(axis=0)
    return extent
