"""What goes into a build, and its digest: the same digest means the same products."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib import metadata

from kg.resources import folder, package

_LIBRARIES = ("jinja2", "networkx", "numpy", "pyoxigraph", "pyshacl", "pyvis", "rdflib")
_READERS = ("beautifulsoup4", "pypdf", "spacy")
"""Libraries whose release can change a product's bytes, always or where documents are read."""


def code_digest(*, with_extraction: bool) -> str:
    """Digest of our code and data files, of the libraries that shape the products, and of the language model."""
    digest = hashlib.sha256(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    if with_extraction:
        from kg import extract

        digest.update(extract.version().encode())
    for name in (*_LIBRARIES, *(_READERS if with_extraction else ())):
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for root in (package("kg"), package("viz"), folder("ontology")):
        for path, name in _files(root):
            if not name.endswith((".pyc", ".pyi")) and "__pycache__" not in name:
                _add(digest, path, name)
    return digest.hexdigest()


def folder_digest(path: str) -> str:
    """Digest of all files of a folder."""
    digest = hashlib.sha256()
    for file, name in _files(path):
        _add(digest, file, name)
    return digest.hexdigest()


def _files(root: str) -> Iterator[tuple[str, str]]:
    """Files below a folder with their names relative to it, sorted."""
    for parent, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(parent, name)
            yield path, os.path.relpath(path, root).replace(os.sep, "/")


def _add(digest: hashlib._Hash, path: str, name: str) -> None:
    with open(path, "rb") as handle:
        content = handle.read()
    digest.update(f"{name} {len(content)}\n".encode())
    digest.update(content)
