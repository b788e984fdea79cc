"""Conflicts: claims that agree in what they speak of and differ in what they say."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from kg.dataset.derivation import Conflict, ConflictKind, Resolution
from kg.model import Claim, Modality, PartialDate, Polarity, Rank, Ref, Term, Value
from kg.vocabulary import Vocabulary

Weight = Callable[[Claim], int]
Side = tuple[Claim, ...]


def conflicts(
    claims: Iterable[Claim], vocabulary: Vocabulary, weight: Weight, origin_of: Mapping[str, str]
) -> tuple[Conflict, ...]:
    """Every conflict among accepted claims, sorted by id.

    Rivals agree in subject, predicate and identifying qualifiers (of a status also in its scheme), may hold at one
    time, and differ in polarity, or in the value of a single-valued predicate. Only Actual claims are rivals: a plan
    does not contradict a fact. A finer date does not contradict a coarser one. ``origin_of`` gives the source whose
    report a source relays (or itself): of several relays of one report only one is a rival.
    """
    actual = [claim for claim in claims if claim.modality is Modality.ACTUAL]
    found = [*_polarity(actual, vocabulary, weight, origin_of), *_values(actual, vocabulary, weight, origin_of)]
    return tuple(sorted(found, key=lambda each: each.id))


def _polarity(
    claims: Sequence[Claim], vocabulary: Vocabulary, weight: Weight, origin_of: Mapping[str, str]
) -> Iterable[Conflict]:
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_said(claim, vocabulary)].append(claim)
    for group in groups.values():
        sides = _independent(_overlapping(_sides(group, lambda claim: claim.polarity)), vocabulary, origin_of)
        if len(sides) > 1:
            yield _conflict(ConflictKind.POLARITY, sides, weight)


def _values(
    claims: Sequence[Claim], vocabulary: Vocabulary, weight: Weight, origin_of: Mapping[str, str]
) -> Iterable[Conflict]:
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        predicate = vocabulary.predicates.get(claim.predicate)
        if predicate is not None and predicate.single_valued and claim.polarity is Polarity.AFFIRMED:
            groups[_topic(claim, vocabulary)].append(claim)
    for group in groups.values():
        sides = _overlapping(_merge_finer(_sides(group, lambda claim: claim.object)))
        sides = _independent(sides, vocabulary, origin_of)
        if len(sides) > 1:
            dates = all(_date(side[0].object) for side in sides)
            yield _conflict(ConflictKind.DATE if dates else ConflictKind.VALUE, sides, weight)


def _topic(claim: Claim, vocabulary: Vocabulary) -> tuple[Hashable, str, Hashable, str | None]:
    key = tuple((name, value) for name, value in claim.qualifiers if name in vocabulary.identifying)
    concept = claim.object if isinstance(claim.object, Ref) and claim.object.space == "concept" else None
    known = vocabulary.concepts.get(concept.id) if concept else None
    return claim.subject, claim.predicate, key, known.scheme if known else None


def _said(claim: Claim, vocabulary: Vocabulary) -> Hashable:
    """Topic and object; of a symmetric predicate in either direction."""
    predicate = vocabulary.predicates.get(claim.predicate)
    _, name, qualifiers, scheme = _topic(claim, vocabulary)
    if predicate is not None and predicate.symmetric:
        return frozenset({claim.subject, claim.object}), name, qualifiers, scheme
    return claim.subject, claim.object, name, qualifiers, scheme


def _sides(group: Sequence[Claim], says: Callable[[Claim], Hashable]) -> list[Side]:
    sides: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in sorted(group, key=lambda each: each.id):
        sides[says(claim)].append(claim)
    return [tuple(side) for side in sides.values()]


def _independent(sides: list[Side], vocabulary: Vocabulary, origin_of: Mapping[str, str]) -> list[Side]:
    """Of several claims of one witness for the same thing only the first by id; still overlapping, else all."""
    first = [
        tuple({_witness(claim, vocabulary, origin_of): claim for claim in reversed(side)}.values())[::-1]
        for side in sides
    ]
    reduced = _overlapping(first)
    return reduced if len(reduced) == len(sides) else sides


def _witness(claim: Claim, vocabulary: Vocabulary, origin_of: Mapping[str, str]) -> Hashable:
    origin = origin_of.get(claim.source, claim.source)
    return origin, claim.speaker, claim.polarity, _said(claim, vocabulary)


def repeats(
    claims: Iterable[Claim], vocabulary: Vocabulary, origin_of: Mapping[str, str]
) -> Mapping[str, Sequence[str]]:
    """For every claim the ids of all claims in which the same witness says the same, itself among them."""
    said: dict[Hashable, list[str]] = defaultdict(list)
    by_witness: dict[str, Hashable] = {}
    for claim in claims:
        by_witness[claim.id] = _witness(claim, vocabulary, origin_of)
        said[by_witness[claim.id]].append(claim.id)
    return {id: said[witness] for id, witness in by_witness.items()}


def _merge_finer(sides: list[Side]) -> list[Side]:
    """Join sides whose dates are one date at different precision."""
    merged: list[Side] = []
    for side in sorted(sides, key=lambda each: -len(str(each[0].object))):
        coarse = _date(side[0].object)
        finer = [
            index
            for index, other in enumerate(merged)
            if coarse and (date := _date(other[0].object)) and date.refines(coarse)
        ]
        if len(finer) == 1:
            merged[finer[0]] = (*merged[finer[0]], *side)
        elif not finer:
            merged.append(side)
        # A coarse date that fits several finer ones contradicts none of them.
    return merged


def _overlapping(sides: list[Side]) -> list[Side]:
    """Only the claims that may hold at the same time as one of another side."""
    clashing: set[str] = set()
    for one, other in combinations(sides, 2):
        for a in one:
            for b in other:
                if a.validity.may_overlap(b.validity):
                    clashing |= {a.id, b.id}
    kept = [tuple(claim for claim in side if claim.id in clashing) for side in sides]
    return [side for side in kept if side]


def _conflict(kind: ConflictKind, sides: list[Side], weight: Weight) -> Conflict:
    ids = tuple(sorted(tuple(sorted(claim.id for claim in side)) for side in sides))
    digest = hashlib.sha256(repr((str(kind), ids)).encode()).hexdigest()[:20]
    resolution, winner = _resolve(sides, weight)
    return Conflict(digest, kind, ids, resolution, winner)


def _resolve(sides: list[Side], weight: Weight) -> tuple[Resolution, str | None]:
    standing = [tuple(claim for claim in side if claim.rank is not Rank.DEPRECATED) for side in sides]
    standing = [side for side in standing if side]
    preferred = [side for side in standing if any(claim.rank is Rank.PREFERRED for claim in side)]
    if len(preferred) == 1:
        return Resolution.RANKED, _best(preferred[0], weight).id
    if len(standing) < len(sides) and len(standing) <= 1:
        return Resolution.RANKED, _best(standing[0], weight).id if standing else None
    best = sorted(((_best(side, weight), side) for side in standing), key=lambda pair: -weight(pair[0]))
    if weight(best[0][0]) > weight(best[1][0]):
        return Resolution.OUTWEIGHED, best[0][0].id
    return Resolution.OPEN, None


def _best(side: Side, weight: Weight) -> Claim:
    return max(side, key=lambda claim: (claim.rank is Rank.PREFERRED, weight(claim), claim.id))


def _date(term: Term) -> PartialDate | None:
    if isinstance(term, Value) and term.datatype in ("date", "gYearMonth", "gYear"):
        try:
            return PartialDate(term.text)
        except ValueError:
            return None
    return None
