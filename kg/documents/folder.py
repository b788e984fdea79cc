"""All documents of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from kg.documents.reader import SUFFIXES, read
from kg.errors import DocumentError
from kg.model import Document, Knowledge


def read_all(path: str, knowledge: Knowledge | None = None) -> tuple[list[Document], list[str]]:
    """Every document below a folder, sorted by path, and a message for each that could not be read.

    Files of other kinds are passed over.

    Raises:
        DocumentError: the path is no folder.
    """
    found: list[Document] = []
    faults: list[str] = []
    for file in paths(path):
        try:
            found.append(read(file, knowledge))
        except DocumentError as wrong:
            faults.append(str(wrong))
    return _told_apart(found, knowledge), faults


def paths(folder: str) -> Iterator[str]:
    """The paths of all documents below a folder, sorted folder by folder. Files of other kinds are passed over.

    Raises:
        DocumentError: the path is no folder.
    """
    if not os.path.isdir(folder):
        raise DocumentError(f"{folder}: is not a folder of documents")
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES):
                yield os.path.join(parent, name)


def _told_apart(documents: list[Document], knowledge: Knowledge | None) -> list[Document]:
    """Documents with ids of their own: of several with one id, that of a known snapshot or the first keeps it."""
    snapshots = {
        each.sha256 for source in (knowledge.sources.values() if knowledge else ()) for each in source.snapshots
    }
    keeper: dict[str, Document] = {}
    for document in documents:
        held = keeper.get(document.id)
        if held is None or (document.sha256 in snapshots and held.sha256 not in snapshots):
            keeper[document.id] = document
    return [each if keeper[each.id] is each else replace(each, id=f"{each.id}-{each.sha256[:8]}") for each in documents]
