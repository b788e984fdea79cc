"""Names that are almost the same: told to the reviewer, never taken for one thing.

"Slivergate" may be a slip for Silvergate, and Diem is not DIEM: only a person can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract import normal
from kg.extract.cast import Cast
from kg.extract.referents import Referent

_ALIKE = 88.0
"""Least share of equal letters, in percent: one slip in eight letters."""
_SHORTEST = 6
_MOST = 20
"""Pairs that a document is told of."""


def lookalikes(cast: Cast) -> Iterator[str]:
    """A line for the reviewer for every name that is almost another one of the text or of the graph."""
    mine: dict[str, Referent] = {}
    for mention in cast.mentions:
        if _is_asked_about(mention.referent, mention.text):
            mine.setdefault(normal.name(mention.text), mention.referent)
    if not mine:
        return
    graph = {normal.name(name.text): entity.label for entity in cast.gazetteer.entities for name in entity.names}
    graph = {key: label for key, label in graph.items() if len(key) >= _SHORTEST}
    found = 0
    for key, referent in mine.items():
        for other, label in _near(key, graph):
            yield f"{referent.label!r} may be the {label!r} of the graph ({other})"
            found += 1
        for other, label in _near(key, {each: who.label for each, who in mine.items() if who is not referent}):
            if key < other:
                yield f"{referent.label!r} and {label!r} may be one"
                found += 1
        if found >= _MOST:
            return


def _near(key: str, others: dict[str, str]) -> Iterable[tuple[str, str]]:
    from rapidfuzz import fuzz, process

    for other, _, _ in process.extract(key, list(others), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3):
        if other != key and _differs_by_a_slip(key, other):
            yield other, others[other]


def _differs_by_a_slip(first: str, second: str) -> bool:
    """Not by a number, a whole word or a plural: "phase 1" and "phase 2" are two."""
    ours, theirs = first.split(), second.split()
    if len(ours) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return all(
        len(a) >= _SHORTEST - 1
        and not any(letter.isdigit() for letter in a + b)
        and normal.singular(a) != normal.singular(b)
        for a, b in pairs
    )


def _is_asked_about(who: Referent, text: str) -> bool:
    return not who.known and len(text) >= _SHORTEST and not text.isupper() and "Country" not in who.types
