"""Stores: something that answers SPARQL, embedded on disk or behind an address."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.store.base import Answer, Store

__all__ = ["Answer", "Store", "open"]


def open(location: str = "build", *, timeout: float = 60.0) -> Store:
    """The store of a build (a folder), or of a SPARQL 1.1 endpoint (an address).

    ``timeout`` is how many seconds an endpoint may take, 0 for any time.

    Raises:
        StoreError: there is no build.
    """
    if location.startswith(("http://", "https://")):
        from kg.store.endpoint import Endpoint

        return Endpoint(location, timeout)
    from kg.store.embedded import Embedded

    return Embedded.open(location)


def __getattr__(name: str) -> Any:
    """``Answer`` and ``Store`` are only for annotations; fetching them takes longer than opening a store."""
    if name in ("Answer", "Store"):
        from kg.store import base

        return getattr(base, name)
    raise AttributeError(f"module 'kg.store' has no attribute {name!r}")
