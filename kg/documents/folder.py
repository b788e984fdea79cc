"""All documents of a folder."""

from __future__ import annotations

import os

from kg.documents.reader import SUFFIXES, read
from kg.errors import DocumentError
from kg.model import Document, Knowledge


def read_all(path: str, knowledge: Knowledge | None = None) -> tuple[list[Document], list[str]]:
    """Every document below a folder, sorted by path, and a message for each that could not be read.

    Files of other kinds are passed over.

    Raises:
        DocumentError: the path is no folder.
    """
    if not os.path.isdir(path):
        raise DocumentError(f"{path}: is not a folder of documents")
    found: list[Document] = []
    faults: list[str] = []
    for parent, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            if not name.lower().endswith(SUFFIXES):
                continue
            try:
                found.append(read(os.path.join(parent, name), knowledge))
            except DocumentError as wrong:
                faults.append(str(wrong))
    return found, faults
