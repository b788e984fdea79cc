"""On which line of a TOML file a table or key stands.

No TOML reader for Python tells line numbers, and a message without one is of no use to a curator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME})\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
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
        if at_start and (header := _HEADER.fullmatch(line)):
            table = ()
            for part in _parts(header[2])[:-1]:
                table = (*table, part)
                if table in counts:
                    table = (*table, counts[table] - 1)
            table = (*table, _parts(header[2])[-1])
            if header[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                table = (*table, counts[table] - 1)
            found.setdefault(table, number)
            continue
        if at_start and (key := _KEY.match(line)):
            parts = _parts(key[1])
            for length in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:length]), number)
        inside, bare = _outside_strings(line, inside)
        for bracket in _BRACKETS.findall(bare):
            depth += 1 if bracket in "[{" else -1
        depth = max(depth, 0)
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple(each[1:-1] if each[0] in "\"'" else each for each in re.findall(_PART, name))


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
                # A text may end with one or two quotation marks of its own before the closing three.
                while len(inside) == 3 and line.startswith(inside[0], at):
                    at += 1
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
