"""On which line of a TOML file a table or key stands.

No TOML reader for Python tells line numbers, and a message without one is of no use to a curator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*(?:\.[^=]*)?=""")
_BRACKETS = re.compile(r"[\[\]{}]")


def locate(text: str) -> Mapping[Path, int]:
    """Line (1-based) of every table and of every key in it.

    A table is found under its path, the n-th of an array of tables under its path and n:
    ``("claim", 3)`` and ``("claim", 3, "object")``.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    inside: str | None = None
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        at_start = inside is None and depth == 0
        if at_start and (header := _HEADER.match(line)) and "=" not in header[2]:
            path: Path = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1] == "[[":
                index = counts.get(path, 0)
                counts[path] = index + 1
                path = (*path, index)
            table = path
            found.setdefault(table, number)
            continue
        if at_start and (key := _KEY.match(line)):
            found.setdefault((*table, key[1].strip("\"'")), number)
        inside, bare = _outside_strings(line, inside)
        for bracket in _BRACKETS.findall(bare):
            depth += 1 if bracket in "[{" else -1
        depth = max(depth, 0)
    return found


def _outside_strings(line: str, inside: str | None) -> tuple[str | None, str]:
    """The quotation mark still open at the end of a line, and the line without strings and comments."""
    bare: list[str] = []
    at = 0
    while at < len(line):
        if inside is not None:
            if line[at] == "\\" and inside.startswith('"'):
                at += 2
                continue
            if line.startswith(inside, at):
                at += len(inside)
                inside = None
            else:
                at += 1
            continue
        mark = next((each for each in ('"""', "'''", '"', "'") if line.startswith(each, at)), None)
        if mark:
            inside = mark
            at += len(mark)
        elif line[at] == "#":
            break
        else:
            bare.append(line[at])
            at += 1
    # A one-line string cannot go on: an unclosed one is the TOML reader's to report.
    return (inside if inside and len(inside) == 3 else None), "".join(bare)
