"""The prefixes that queries need not declare, from ``query/prefixes.toml``.

Read line by line: importing :mod:`tomllib` takes longer than running most queries.
"""

from __future__ import annotations

import os

from kg.errors import StoreError

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "query", "prefixes.toml")


def _read(path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        with open(path, encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip() and not line.startswith("#"):
                    name, equals, iri = line.partition("=")
                    iri = iri.strip()
                    if not equals or len(iri) < 2 or iri[0] != '"' or iri[-1] != '"':
                        raise StoreError(f'{path}:{number}: not a prefix; write name = "IRI"')
                    found[name.strip()] = iri[1:-1]
    except OSError as wrong:
        raise StoreError(f"{path}: cannot be read: {wrong.strerror}; install cbdc-kg again") from None
    return found


PREFIXES = _read(_FILE)
"""Prefix name → namespace IRI."""

CBDC = PREFIXES["cbdc"]
ENTITY = PREFIXES["entity"]
SOURCE = PREFIXES["source"]
CLAIM = PREFIXES["claim"]
CONCEPT = PREFIXES["concept"]
REPORTED = PREFIXES["graph"] + "reported"

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))


def shorten(iri: str) -> str:
    """The IRI with a prefix where one fits and the rest is a plain local name, else in angle brackets."""
    for name, space in _LONGEST_FIRST:
        if iri.startswith(space):
            local = iri[len(space) :]
            if local and local.replace("-", "a").replace("_", "a").replace(".", "a").isalnum() and local[-1] != ".":
                return f"{name}:{local}"
            break
    return f"<{iri}>"


def expand(text: str) -> str | None:
    """The IRI of ``prefix:local`` or ``<iri>`` or a bare web address; ``None`` where it is none of them."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    if text.startswith(("http://", "https://")):
        return text
    name, colon, local = text.partition(":")
    return PREFIXES[name] + local if colon and name in PREFIXES else None


def declare(sparql: str) -> str:
    """The query with a PREFIX line for every predeclared prefix that it uses and does not declare itself."""
    lower = sparql.lower()
    used = [
        f"PREFIX {name}: <{iri}>\n"
        for name, iri in PREFIXES.items()
        if f"{name}:" in sparql and f"prefix {name}:" not in " ".join(lower.split())
    ]
    return "".join(used) + sparql
