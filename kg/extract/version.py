"""One digest for everything that decides what extraction says: code, patterns, cues and model."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache

from kg.extract import model
from kg.extract.data import FOLDER

_KINDS = (".py", ".toml", ".npz")


@lru_cache(maxsize=1)
def version() -> str:
    """Sixteen hex digits; changes whenever the same document might be extracted differently."""
    digest = hashlib.sha256(model.identity().encode())
    for path in _files():
        with open(path, "rb") as handle:
            content = handle.read().replace(b"\r\n", b"\n")
        name = os.path.relpath(path, FOLDER).replace(os.sep, "/")
        digest.update(f"\n{name} {hashlib.sha256(content).hexdigest()}".encode())
    return digest.hexdigest()[:16]


def _files() -> list[str]:
    found = []
    for folder in (FOLDER, *(os.path.join(FOLDER, name) for name in ("classifier", "cues", "patterns"))):
        found += [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(_KINDS)]
    return found
