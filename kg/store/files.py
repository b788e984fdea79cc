"""RDF files as a store in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.embedded import Embedded

SUFFIXES = ("ttl", "nt", "nq", "trig", "rdf", "jsonld", "n3")


def read(paths: Iterable[str]) -> Embedded:
    """A store of files; triples come into the default graph, quads keep their graph.

    Raises:
        StoreError: a file cannot be read, or its suffix or content is no RDF.
    """
    store = ox.Store()
    names = list(paths)
    for path in names:
        suffix = os.path.splitext(path)[1].removeprefix(".").lower()
        format = ox.RdfFormat.from_extension(suffix) if suffix in SUFFIXES else None
        if format is None:
            raise StoreError(f"{path}: its suffix is none of RDF; use .{', .'.join(SUFFIXES)}")
        try:
            store.bulk_load(path=path, format=format, base_iri=_address(path))
        except (SyntaxError, ValueError) as wrong:
            line = getattr(wrong, "lineno", None)
            raise StoreError(f"{path}{f':{line}' if line else ''}: {getattr(wrong, 'msg', None) or wrong}") from None
        except OSError as wrong:
            raise StoreError(f"{path}: cannot be read: {wrong.strerror or wrong}") from None
    return Embedded(store, ", ".join(names))


def _address(path: str) -> str:
    from pathlib import Path

    return Path(path).resolve().as_uri()
