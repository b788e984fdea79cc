"""The network of links: chains between two things, counts, centrality, and the way to networkx.

networkx takes a quarter of a second to import; only :func:`central` and :func:`to_networkx` do so.
"""

from kg.network.centrality import Central, central
from kg.network.chains import Answer, Chain, Hop, LeftOut
from kg.network.counts import Counts, counts
from kg.network.edges import Edge, Network, network
from kg.network.graph import to_networkx
from kg.network.paths import paths

__all__ = [
    "Answer",
    "Central",
    "Chain",
    "Counts",
    "Edge",
    "Hop",
    "LeftOut",
    "Network",
    "central",
    "counts",
    "network",
    "paths",
    "to_networkx",
]
