"""The language model: spaCy's small English model, whichever package of it is installed and unchanged.

Its weight files are compared once a process with the digests of ``models.toml``: another model would silently
extract something else.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from kg.errors import ExtractionError
from kg.extract import rules
from kg.extract.data import read_toml

if TYPE_CHECKING:
    from spacy.language import Language


_ONE_WORD = r"(?:[A-Za-z]|[Cc]o(?!-\w+(?:ed|ing)$)|[Tt]ie|[Ss]pin|[Ss]tart)-[^\W\d_]{2,}"


@lru_cache(maxsize=1)
def load() -> Language:
    """The verified model.

    Raises:
        ExtractionError: spaCy or every known package of the model is missing, or its files were changed.
    """
    folder, _ = _verified()
    try:
        import spacy
    except ImportError:
        raise ExtractionError("spaCy is not installed; run: pip install 'spacy>=3.8,<3.9'") from None
    nlp = spacy.load(folder)
    # "e-krona" and "tie-up" are one word; the model's tokenizer would make three of them. "Co-founded" stays three:
    # the lemmatizer knows no such verbs
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = re.compile(_ONE_WORD).fullmatch
    rules.remember(nlp)
    return nlp


def identity() -> str:
    """Name of the verified model's content, for caches: two packages with the same weights share it."""
    digest = hashlib.sha256()
    for name, expected in sorted(_declared()["files"].items()):
        digest.update(f"{name} {expected}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _declared() -> dict[str, Any]:
    return read_toml("models.toml")


@lru_cache(maxsize=1)
def _verified() -> tuple[str, str]:
    """Folder and package of the first installed model whose files are the recorded ones."""
    refused = []
    for model in _declared()["model"]:
        package, version = model["package"], model["version"]
        folder = _folder(package, version)
        if folder is None:
            refused.append(f"{package} {version} is not installed ({model['install']})")
            continue
        changed = [name for name, digest in _declared()["files"].items() if _sha256(folder, name) != digest]
        if not changed:
            return folder, package
        refused.append(
            f"{package} {version} differs from the recorded digests in {', '.join(changed)}; install it again: "
            f"{model['install']}"
        )
    raise ExtractionError("no usable language model: " + "; ".join(refused))


def _folder(package: str, version: str) -> str | None:
    from importlib import metadata  # costs forty milliseconds, so not at import

    try:
        if metadata.version(package) != version:
            return None
    except metadata.PackageNotFoundError:
        return None
    found = find_spec(package)
    if found is None or found.origin is None:
        return None
    folder = os.path.join(os.path.dirname(found.origin), f"{package}-{version}")
    return folder if os.path.isdir(folder) else None


def _sha256(folder: str, name: str) -> str | None:
    try:
        with open(os.path.join(folder, name), "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None
