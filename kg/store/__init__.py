"""Stores: something that answers SPARQL, embedded on disk or behind an address."""

from __future__ import annotations

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
