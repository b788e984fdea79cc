"""Where every node stands: computed once, seeded, the same for the same graph however it is handed over.

networkx gives the first placing; then distances in the picture are brought near distances in the graph
(stress), boxes that hold node and label are pushed apart, nodes are moved off foreign lines, and the
components are packed into one landscape. A picture that can be read as a whole is then spread evenly over its
frame and untangled. What has no link is hidden at first: it stands below and takes no room from the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viz.even import even, fill, frame
from viz.labels import label_size
from viz.pack import ASPECT, below, pack
from viz.untangle import untangle

Points: TypeAlias = NDArray[Any]
Graph: TypeAlias = Any

SEED = 11
STEP = 50.0
"""Pixels between neighbours in the first placing."""
STRESS_LIMIT = 499
"""Components above this size keep the spring layout: stress needs all distances, and networkx's spring layout
turns to scipy at 500."""
SWEEP_LIMIT = 1500
"""Components above this size are not freed of overlaps: labels are culled at drawing then."""
LINE_LIMIT = 60_000
"""Nodes times edges above which nodes are not moved off foreign lines."""
LINE_SWEEPS = 160
EVEN_LIMIT = 400
"""Pictures of more linked nodes than this are not spread evenly: nobody reads them as a whole."""
HUB = 5
"""Neighbours from which a node counts as a landmark; static/captions.js draws its label larger."""
BODY = 30.0
"""Height kept free for a node's own body."""


def layout(labels: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Whole-pixel coordinates of every node, around (0, 0). A pair of one node says that it has a link of its own."""
    import networkx as nx

    pairs = sorted({(min(pair), max(pair)) for pair in pairs})
    graph: Graph = nx.Graph()
    graph.add_nodes_from(sorted(labels))
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    spoken_of = {name for pair in pairs for name in pair}
    linked = [sorted(each) for each in nx.connected_components(graph) if not spoken_of.isdisjoint(each)]
    linked.sort(key=lambda each: (-len(each), each[0]))
    alone = [name for name in sorted(labels) if name not in spoken_of]
    names = [name for block in linked for name in block]
    boxes = _boxes(graph, names, labels)
    placed = pack([_place(_ordered(graph, block), block, labels) for block in linked], boxes)
    if 4 < len(names) <= EVEN_LIMIT:
        placed = _filled(placed, boxes, _edges(graph, names))
    placed = below(placed, boxes, _boxes(graph, alone, labels))
    return {name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names + alone, placed, strict=True)}


def _filled(points: Points, boxes: Points, edges: NDArray[np.int64]) -> Points:
    """All components together, evenly over one frame; again after nodes changed places and brought other labels."""
    size = frame(boxes, ASPECT)
    points = untangle(even(fill(points, size), boxes, edges, size), edges)
    return _spread(even(points, boxes, edges, size), boxes, edges)


def _ordered(graph: Graph, names: list[str]) -> Graph:
    """The part with nodes and edges in sorted order: networkx layouts read the order."""
    import networkx as nx

    part: Graph = nx.Graph()
    part.add_nodes_from(names)
    part.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges(names)))
    return part


def _place(graph: Graph, names: list[str], labels: Mapping[str, str]) -> Points:
    if len(names) == 1:
        return np.zeros((1, 2))
    points = _spring(graph, names)
    if len(names) <= STRESS_LIMIT:
        points = _stress(graph, names, points)
    points = _landscape(points)
    if len(names) <= SWEEP_LIMIT:
        points = _spread(points, _boxes(graph, names, labels), _edges(graph, names))
    centred: Points = points - (points.min(axis=0) + points.max(axis=0)) / 2
    return centred


def _spring(graph: Graph, names: list[str]) -> Points:
    import networkx as nx

    count = len(names)
    if count > STRESS_LIMIT:
        # networkx's ForceAtlas2 needs numpy only, at every size.
        found: dict[str, Points] = nx.forceatlas2_layout(graph, seed=SEED, max_iter=60 if count < 1200 else 25)
    else:
        found = nx.spring_layout(graph, seed=SEED, iterations=120, k=1.6 / count**0.5, method="force")
    points = np.array([found[name] for name in names], dtype=np.float64)
    width = float(np.ptp(points, axis=0).max()) or 1.0
    scaled: Points = points / width * STEP * count**0.5 * 1.3
    return scaled


def _stress(graph: Graph, names: list[str], points: Points) -> Points:
    """Bring distances in the picture near those in the graph, near pairs first (majorization, one by one axis).

    Links between two hubs are longer than links to leaves, so that clusters come apart.
    """
    import networkx as nx

    for one, other in graph.edges:
        less, more = sorted((graph.degree(one), graph.degree(other)))
        graph[one][other]["length"] = 0.85 + 0.22 * np.log2(less) + 0.13 * np.log2(more)
    found = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    apart = np.array([[found[one][other] for other in names] for one in names]) * STEP
    np.fill_diagonal(apart, 1.0)
    weight = apart**-2
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)[:, None]
    for _ in range(250):
        delta = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-6)
        pull = points[None, :, :] + delta * (apart / distance)[:, :, None]
        moved = (weight[:, :, None] * pull).sum(axis=1) / total
        change = float(np.abs(moved - points).max())
        points = moved
        if change < 0.05:
            break
    return points


def _landscape(points: Points) -> Points:
    """Turn the long axis level, heavy ends right and down, and come near the shape of a window."""
    centred = points - points.mean(axis=0)
    xx, yy = (centred**2).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    turn = 0.5 * np.arctan2(2 * xy, xx - yy)
    cos, sin = np.cos(turn), np.sin(turn)
    turned = np.stack([centred[:, 0] * cos + centred[:, 1] * sin, centred[:, 1] * cos - centred[:, 0] * sin], axis=1)
    turned = turned * np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
    width, height = np.maximum(np.ptp(turned, axis=0), 1.0)
    squeeze = np.clip((ASPECT * height / width) ** 0.5, 0.72, 1.25) if len(points) > 4 else 1.0
    level: Points = turned * np.array([squeeze, 1 / squeeze])
    return level


def _boxes(graph: Graph, names: list[str], labels: Mapping[str, str]) -> Points:
    """Width and height that node and label need; the labels of hubs are set larger and must find room."""
    rows = []
    for name in names:
        width, height = label_size(labels[name])
        hub = graph.degree(name) >= HUB
        rows.append([max(width * (1.1 if hub else 0.95), BODY) + 8, height + BODY + (8 if hub else 0)])
    return np.array(rows).reshape(-1, 2)


def _edges(graph: Graph, names: list[str]) -> NDArray[np.int64]:
    index = {name: place for place, name in enumerate(names)}
    return np.array([[index[one], index[other]] for one, other in graph.edges], dtype=np.int64).reshape(-1, 2)


def _spread(points: Points, boxes: Points, edges: NDArray[np.int64]) -> Points:
    """Push boxes apart along the axis of least overlap; before that, move nodes off foreign lines."""
    need_x, need_y = ((boxes[:, None, axis] + boxes[None, :, axis]) / 2 for axis in (0, 1))
    # Equal points would be pushed the same way for ever.
    points = points + np.arange(len(points))[:, None] * np.array([1e-3, 7e-4])
    lines = LINE_SWEEPS if len(points) * len(edges) <= LINE_LIMIT else 0
    for sweep in range(400 if lines else 150):
        if sweep < lines:
            points = points + _off_lines(points, edges) * 0.5
        delta_x, delta_y = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
        over_x, over_y = need_x - np.abs(delta_x), need_y - np.abs(delta_y)
        hit: Points = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            if sweep >= lines:
                break
            continue
        along_x = over_x < over_y
        move_x = np.where(hit & along_x, over_x * np.sign(delta_x), 0.0)
        move_y = np.where(hit & ~along_x, over_y * np.sign(delta_y), 0.0)
        points = points + np.stack([move_x.sum(axis=1), move_y.sum(axis=1)], axis=1) * 0.3
    return points


def _off_lines(points: Points, edges: NDArray[np.int64]) -> Points:
    """For every node the way that takes it off the lines which it does not belong to."""
    if not len(edges):
        return np.zeros_like(points)
    start, end = points[edges[:, 0]], points[edges[:, 1]]
    along = end - start
    squared = np.maximum((along**2).sum(axis=1), 1e-9)
    share = ((points[:, None, :] - start[None]) * along[None]).sum(axis=2) / squared[None]
    foot = start[None] + np.clip(share, 0, 1)[:, :, None] * along[None]
    away = points[:, None, :] - foot
    distance = np.maximum(np.sqrt((away**2).sum(axis=2)), 1e-6)
    reach = np.clip(BODY - distance, 0, None)
    own = (edges[None, :, :] == np.arange(len(points))[:, None, None]).any(axis=2)
    reach[own | (share <= 0.02) | (share >= 0.98)] = 0
    way: Points = (away / distance[:, :, None] * reach[:, :, None]).sum(axis=1)
    return way
