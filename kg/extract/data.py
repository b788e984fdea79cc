"""The extractor's own data files, beside its code."""

from __future__ import annotations

import os
import tomllib
from typing import Any

from kg.errors import ExtractionError

FOLDER = os.path.dirname(os.path.abspath(__file__))


def read_toml(name: str) -> dict[str, Any]:
    """A data file by its name within the package, such as ``cues/speech.toml``.

    Raises:
        ExtractionError: the file is missing or not TOML.
    """
    path = os.path.join(FOLDER, name)
    try:
        with open(path, "rb") as handle:
            return tomllib.load(handle)
    except OSError as wrong:
        raise ExtractionError(f"{path}: cannot be read: {wrong.strerror}; install cbdc-kg again") from None
    except tomllib.TOMLDecodeError as wrong:
        raise ExtractionError(f"{path}: {wrong}") from None


def toml_files(folder: str) -> list[str]:
    """Names of the TOML files in a data folder, sorted."""
    names = sorted(os.listdir(os.path.join(FOLDER, folder)))
    return [f"{folder}/{name}" for name in names if name.endswith(".toml")]
