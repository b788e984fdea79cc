"""cbdc-kg: a knowledge graph of central bank digital currency policy.

    import kg

    g = kg.open("build")
    g.query("SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }").rows

Importing this package imports nothing else: what a name stands for is fetched when it is first asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing for it would double the time that this import takes

if TYPE_CHECKING:
    from typing import Any

    from kg.api import Graph, open
    from kg.errors import (
        CheckError,
        DocumentError,
        EvaluationError,
        ExtractionError,
        KgError,
        NotFound,
        QueryError,
        QueryTimeout,
        ReviewError,
        SeedError,
        StoreError,
        UsageError,
    )
    from kg.version import __version__

_HOMES = {
    "Graph": "kg.api",
    "open": "kg.api",
    "CheckError": "kg.errors",
    "DocumentError": "kg.errors",
    "EvaluationError": "kg.errors",
    "ExtractionError": "kg.errors",
    "KgError": "kg.errors",
    "NotFound": "kg.errors",
    "QueryError": "kg.errors",
    "QueryTimeout": "kg.errors",
    "ReviewError": "kg.errors",
    "SeedError": "kg.errors",
    "StoreError": "kg.errors",
    "UsageError": "kg.errors",
    "__version__": "kg.version",
}

__all__ = [
    "CheckError",
    "DocumentError",
    "EvaluationError",
    "ExtractionError",
    "Graph",
    "KgError",
    "NotFound",
    "QueryError",
    "QueryTimeout",
    "ReviewError",
    "SeedError",
    "StoreError",
    "UsageError",
    "__version__",
    "open",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from the module where it is at home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
