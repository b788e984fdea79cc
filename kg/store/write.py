"""Fill a store: the build's last step."""

from __future__ import annotations

import os

import pyoxigraph as ox

from kg.errors import StoreError


def load(nquads: str, folder: str) -> int:
    """Load a file of N-Quads into a new store in a folder; gives the number of quads.

    The load is all or nothing. What is loaded is on disk when this returns.

    Raises:
        StoreError: the file is not N-Quads, or the folder cannot be written or is not empty.
    """
    if os.path.isdir(folder) and os.listdir(folder):
        raise StoreError(f"{folder}: is not empty; a store is written once, into a new folder")
    try:
        store = ox.Store(folder)
        store.bulk_load(path=nquads, format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()
        return len(store)
    except (SyntaxError, ValueError) as wrong:
        raise StoreError(f"{nquads}: not N-Quads: {wrong}") from None
    except OSError as wrong:
        raise StoreError(f"{folder}: the store cannot be written: {wrong}") from None


def can_be_opened(folder: str) -> bool:
    """Whether a store stands in a folder and holds something."""
    try:
        return len(ox.Store.read_only(folder)) > 0
    except (OSError, ValueError):
        return False
