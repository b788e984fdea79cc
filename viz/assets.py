"""What goes into the page beside the data: vis-network from the installed pyvis, our own scripts and styles."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode

from kg.errors import StoreError

VIS_FILE = "lib/vis-9.1.2/vis-network.min.js"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Digest of the file as pyvis 0.3.2 ships it; licence MIT or Apache 2.0, at its head."""

MODULES = (
    "dom",
    "model",
    "select",
    "state",
    "shapes",
    "boxes",
    "labels",
    "geometry",
    "lines",
    "captions",
    "graph",
    "claim",
    "start",
    "card",
    "search",
    "legend",
    "table",
    "main",
)
"""Our modules in the order of their imports."""

STYLES = ("base", "panels")

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "static")
_IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def vis_network(folder: str | None = None) -> str:
    """The text of vis-network, taken from the installed pyvis (or from ``folder``) and checked.

    Raises:
        StoreError: the file is missing or is not the one that was reviewed.
    """
    if folder is None:
        import pyvis

        folder = os.path.dirname(os.path.abspath(pyvis.__file__))
    path = os.path.join(folder, *VIS_FILE.split("/"))
    try:
        with open(path, "rb") as handle:
            content = handle.read()
    except OSError as wrong:
        raise StoreError(f"{path}: cannot read vis-network ({wrong.strerror}); install pyvis 0.3.2 again") from None
    found = hashlib.sha256(content).hexdigest()
    if found != VIS_SHA256:
        raise StoreError(
            f"{path}: the SHA-256 is {found}, not {VIS_SHA256}; the page takes no other vis-network than "
            "the one reviewed: install pyvis 0.3.2 again"
        )
    # A browser reads CR LF as LF, and hashes what it has read.
    return content.decode().replace("\r\n", "\n")


def script() -> str:
    """Our modules as one script: imports dropped, exports opened, in one scope of its own."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", _read(f"{name}.js"))) for name in MODULES]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def style() -> str:
    """Our style sheets as one."""
    return "\n".join(_read(f"{name}.css") for name in STYLES)


def csp_hash(text: str) -> str:
    """The source expression that lets an inline script of this text run."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as handle:
        return handle.read()
