"""Tables for people: short names, no control characters, columns that fit the screen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

import pyoxigraph as ox

from kg.prefixes import shorten

_MIN_COLUMN = 12


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as people read it: an IRI with its prefix, a text without quotes."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def plain(text: str) -> str:
    """The text on one line, with nothing in it that could steer a terminal."""
    return "".join(each if each.isprintable() else " " for each in text)


def width() -> int:
    """How many columns the screen has; plenty where there is none."""
    return shutil.get_terminal_size((200, 24)).columns if os.environ.get("COLUMNS") or os.isatty(1) else 200


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a line for each row; cells are wrapped where they would leave the screen."""
    import tabulate

    tabulate.MIN_PADDING = 0  # else a column is two wider than its header needs
    cleaned = [[plain(each) for each in row] for row in rows]
    if not headers:
        return f"{len(rows)} empty rows\n" if rows else ""
    return (
        tabulate.tabulate(
            cleaned,
            headers=[plain(each) for each in headers],
            tablefmt="simple",
            disable_numparse=True,
            maxcolwidths=_limits(headers, cleaned),
        )
        + "\n"
    )


def _limits(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int] | None:
    """Widths that fit the screen: narrow columns keep theirs, wide ones share what is left."""
    wanted = [max([len(header), *(len(row[index]) for row in rows)]) for index, header in enumerate(headers)]
    left = width() - 2 * (len(wanted) - 1)
    if sum(wanted) <= left:
        return None
    limits: dict[int, int] = {}
    for done, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        share = max(_MIN_COLUMN, left // (len(wanted) - done))
        limits[index] = max(1, min(wanted[index], share))
        left -= limits[index]
    return [limits[index] for index in range(len(wanted))]
