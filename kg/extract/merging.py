"""What a document says twice becomes one candidate with all its places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract import identity
from kg.model import CandidateClaim, Mention


def merged(found: Iterable[CandidateClaim]) -> list[CandidateClaim]:
    """Every candidate once, in the order of the text, the best reading first and the other places with it.

    What is said once with its date or its qualifiers and once without them is said once, unless two others say it
    more fully, each in its own way: chief of one house and chief of another stay two.
    """
    groups: dict[str, dict[str, CandidateClaim]] = {}
    for candidate in found:
        group = groups.setdefault(identity.core(candidate), {})
        known = group.get(candidate.id)
        group[candidate.id] = _merge(known, candidate) if known else candidate
    whole = [each for group in groups.values() for each in _folded(group)]
    return sorted(whole, key=lambda each: (each.evidence.start, each.evidence.end, each.id))


def _folded(group: dict[str, CandidateClaim]) -> list[CandidateClaim]:
    for candidate in list(group.values()):
        fuller = [each for each in group.values() if each.id != candidate.id and _fuller(each, candidate)]
        if len(fuller) == 1:
            del group[candidate.id]
            group[fuller[0].id] = _merge(fuller[0], candidate)
    return list(group.values())


def _fuller(one: CandidateClaim, other: CandidateClaim) -> bool:
    return other.time in (None, one.time) and (not other.qualifiers or _said(other) == _said(one))


def _said(candidate: CandidateClaim) -> list[object]:
    return [
        (name, identity.end(value) if isinstance(value, Mention) else value) for name, value in candidate.qualifiers
    ]


def _merge(known: CandidateClaim, again: CandidateClaim) -> CandidateClaim:
    """Both places, the better reading, and the id, the time and the qualifiers of the first, which says more."""
    best, other = (again, known) if again.score > known.score else (known, again)
    places = {*known.also, *again.also, known.evidence, again.evidence} - {best.evidence}
    return replace(
        best,
        id=known.id,
        time=known.time,
        qualifiers=known.qualifiers,
        said=best.said or other.said,
        also=tuple(sorted(places, key=lambda span: (span.start, span.end))),
    )
