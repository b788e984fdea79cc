"""The picture as a pyvis network: nodes, edges and options. What pyvis would write as a page is never used."""

from __future__ import annotations

import json
from collections import Counter
from math import sqrt
from typing import Any

from viz.records import View

DASHES: dict[str, bool | list[int]] = {
    "solid": False,
    "dashed": [7, 5],
    "dotted": [1, 5],
    "dashdot": [10, 4, 2, 4],
    "broken": [16, 6],
    "struck": [3, 3],
}
"""Line patterns by style; static/shapes.js draws its samples from the same table."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "dragNodes": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
        "zoomSpeed": 0.7,
    },
    "nodes": {"shape": "custom", "borderWidth": 0, "chosen": False},
    "edges": {
        "width": 1.2,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "chosen": False,
        "arrowStrikethrough": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45, "type": "arrow"}},
        "smooth": False,
        "selfReference": {"size": 16, "angle": 0.8},
    },
}


def network_of(view: View) -> Any:
    """A directed :class:`pyvis.network.Network` with every node and edge of the view, placed, physics off.

    Directed, since pyvis drops parallel edges otherwise. Labels stay with the nodes but the page draws them.
    """
    from pyvis.network import Network

    network = Network(directed=True)
    degrees = Counter(end for edge in view.edges for end in (edge.subject, edge.object))
    for node in view.nodes:
        network.add_node(
            node.id,
            label=node.label or node.id,
            shape="custom",
            group=node.group,
            size=node_size(degrees[node.id]),
            x=node.x,
            y=node.y,
        )
    for edge in view.edges:
        bend = {"smooth": _smooth(edge.curve)} if edge.curve else {}
        network.add_edge(edge.subject, edge.object, id=edge.id, dashes=DASHES[edge.style], **bend)
    network.set_options(json.dumps(OPTIONS))
    return network


def node_size(degree: int) -> float:
    """Radius in pixels: grows with the root of the number of links, so that hubs do not shout."""
    return round(min(6.5 + 1.9 * sqrt(degree), 18.0), 1)


def _smooth(curve: float) -> dict[str, Any]:
    return {"enabled": True, "type": "curvedCW" if curve > 0 else "curvedCCW", "roundness": abs(curve)}
