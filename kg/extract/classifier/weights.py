"""The weights file: a zip of plain arrays and a note of where they come from. No pickle, no text of the data.

The same training gives the same bytes. Features are hashed (:mod:`kg.extract.classifier.features`), so the file holds
numbers only, beside its metadata.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import ExtractionError
from kg.extract.classifier.features import BITS, VERSION
from kg.extract.data import FOLDER

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

PATH = os.path.join(FOLDER, "classifier", "weights.npz")
"""The committed file."""
FORMAT = "cbdc-kg relation weights 2"
_ARRAYS = {
    "places": "uint32",
    "linear": "int8",
    "scale": "float32",
    "bias": "float32",
    "roots": "uint32",
    "feature": "int16",
    "threshold": "float32",
    "left": "uint32",
    "right": "uint32",
    "value": "float32",
}


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees laid end to end; a leaf has ``left`` equal to its own index. Their values add up to log odds."""

    roots: Array
    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    depth: int
    base: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained classifier.

    ``places`` are the hashed features that count, ``linear`` their weights as small integers with one ``scale`` and
    one ``bias`` a column: the relations in order as learnt where they were looked for, whether two mentions are one
    thing, and the relations again as learnt from all sentences, those where nobody looked taken for empty.
    """

    relations: tuple[str, ...]
    thresholds: Mapping[str, float]
    places: Array
    linear: Array
    scale: Array
    bias: Array
    trees: Trees
    training: Mapping[str, Any] = field(default_factory=dict)
    """Name, licence and digest of the data, counts, versions of what trained it."""


def save(weights: Weights, path: str) -> None:
    """Write a weights file, beside itself first and then into place.

    Raises:
        ExtractionError: it cannot be written.
    """
    content = to_bytes(weights)
    beside = f"{path}.part"
    try:
        with open(beside, "wb") as handle:
            handle.write(content)
        os.replace(beside, path)
    except OSError as wrong:
        raise ExtractionError(f"{path}: cannot be written: {wrong.strerror}") from None


def to_bytes(weights: Weights) -> bytes:
    """The content of the weights file: the same weights give the same bytes."""
    import numpy as np

    trees = weights.trees
    arrays = {
        "places": weights.places,
        "linear": weights.linear,
        "scale": weights.scale,
        "bias": weights.bias,
        **{name: getattr(trees, name) for name in ("roots", "feature", "threshold", "left", "right", "value")},
    }
    about = {
        "format": FORMAT,
        "features": VERSION,
        "bits": BITS,
        "relations": list(weights.relations),
        "thresholds": dict(weights.thresholds),
        "depth": trees.depth,
        "base": trees.base,
        "training": dict(weights.training),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _put(archive, "about.json", json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False).encode())
        for name, kind in _ARRAYS.items():
            one = io.BytesIO()
            np.lib.format.write_array(one, np.ascontiguousarray(arrays[name], dtype=kind), allow_pickle=False)
            _put(archive, f"{name}.npy", one.getvalue())
    return whole.getvalue()


def load(path: str | None = None) -> Weights:
    """The weights of a file, by default the committed ones.

    Raises:
        ExtractionError: the file is missing, broken, or of another version of the features.
    """
    import numpy as np

    path = path or PATH
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            arrays = {
                name: np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
                for name in _ARRAYS
            }
        if about["format"] != FORMAT or about["features"] != VERSION or about["bits"] != BITS:
            raise ExtractionError(
                f"{path}: weights of another version (features {about['features']}, here {VERSION}); "
                "train again: cbdc-kg train KNOWLEDGENET_JSONL"
            )
        weights = Weights(
            relations=tuple(about["relations"]),
            thresholds={str(name): float(value) for name, value in about["thresholds"].items()},
            **{name: arrays[name] for name in ("places", "linear", "scale", "bias")},
            trees=Trees(
                **{name: arrays[name] for name in ("roots", "feature", "threshold", "left", "right", "value")},
                depth=int(about["depth"]),
                base=float(about["base"]),
            ),
            training=about["training"],
        )
        _check(weights, arrays)
        return weights
    except FileNotFoundError:
        raise ExtractionError(f"{path}: there is no such weights file; cbdc-kg train writes one") from None
    except OSError as wrong:
        raise ExtractionError(f"{path}: cannot be read: {wrong.strerror}") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, AttributeError) as wrong:
        raise ExtractionError(
            f"{path}: not a weights file ({wrong}); install cbdc-kg again, or train: cbdc-kg train KNOWLEDGENET_JSONL"
        ) from None


def _check(weights: Weights, arrays: Mapping[str, Array]) -> None:
    for name, kind in _ARRAYS.items():
        if arrays[name].dtype != kind:
            raise ValueError(f"{name} is {arrays[name].dtype}, not {kind}")
    columns = 2 * len(weights.relations) + 1
    if weights.linear.shape != (len(weights.places), columns) or weights.bias.shape != (columns,):
        raise ValueError("the arrays do not fit together")
    if set(weights.thresholds) != set(weights.relations):
        raise ValueError("every relation needs a threshold")
    nodes = len(weights.trees.feature)
    if any(len(arrays[name]) != nodes for name in ("threshold", "left", "right", "value")):
        raise ValueError("the arrays of the trees do not fit together")
    if any((arrays[name] >= max(nodes, 1)).any() for name in ("roots", "left", "right")):
        raise ValueError("a tree leads nowhere")
    if len(weights.places) and int(weights.places.max()) >= 1 << BITS:
        raise ValueError("a feature lies outside the table")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
