"""Rivals: claims that agree in what they speak of, may hold at one time, and differ in what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from kg.model import Claim, Modality, PartialDate, Polarity, Ref, Term, Value
from kg.vocabulary import Vocabulary

Rivals: TypeAlias = Mapping[str, Sequence[Claim]]
"""Claim id → the claims that contradict it, sorted by id; claims without rivals are not there."""


def rivals(claims: Iterable[Claim], vocabulary: Vocabulary) -> Rivals:
    """Who contradicts whom, pair by pair.

    Only Actual claims are rivals: a plan does not contradict a fact. Two of them are when they may hold at one time and
    either one denies what the other affirms, or both affirm different values of a single-valued predicate with the
    same identifying qualifiers (of a status also in the same scheme). A finer date does not contradict a coarser one,
    and what is denied of one case (with a qualifier) is not denied of all.
    """
    actual = [claim for claim in claims if claim.modality is Modality.ACTUAL]
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for one, other in (*_denials(actual, vocabulary), *_values(actual, vocabulary)):
        if one.validity.may_overlap(other.validity):
            found[one.id][other.id] = other
            found[other.id][one.id] = one
    return {id: [against[key] for key in sorted(against)] for id, against in found.items()}


def says_the_same(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two claims are on one side: the same yes or no to the same thing, a finer date included."""
    if one.polarity is not other.polarity:
        return False
    if _said(one, vocabulary) == _said(other, vocabulary):
        return True
    dates = _date(one.object), _date(other.object)
    return dates[0] is not None and dates[1] is not None and (dates[0].refines(dates[1]) or dates[1].refines(dates[0]))


def _denials(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterable[tuple[Claim, Claim]]:
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_said(claim, vocabulary)].append(claim)
    for group in groups.values():
        denying = [claim for claim in group if claim.polarity is Polarity.DENIED]
        for denial in denying:
            for claim in group:
                if claim.polarity is Polarity.AFFIRMED and _key(denial, vocabulary) <= _key(claim, vocabulary):
                    yield denial, claim


def _values(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterable[tuple[Claim, Claim]]:
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        predicate = vocabulary.predicates.get(claim.predicate)
        if predicate is not None and predicate.single_valued and claim.polarity is Polarity.AFFIRMED:
            scheme = _scheme(claim.object, vocabulary)
            groups[(claim.subject, claim.predicate, _key(claim, vocabulary), scheme)].append(claim)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if not says_the_same(one, other, vocabulary):
                yield one, other


def _said(claim: Claim, vocabulary: Vocabulary) -> Hashable:
    """Predicate and both ends; of a symmetric predicate in either direction."""
    predicate = vocabulary.predicates.get(claim.predicate)
    if predicate is not None and predicate.symmetric:
        return claim.predicate, frozenset({claim.subject, claim.object})
    return claim.predicate, claim.subject, claim.object


def _key(claim: Claim, vocabulary: Vocabulary) -> frozenset[tuple[str, Term]]:
    return frozenset((name, value) for name, value in claim.qualifiers if name in vocabulary.identifying)


def _scheme(term: Term, vocabulary: Vocabulary) -> str | None:
    known = vocabulary.concepts.get(term.id) if isinstance(term, Ref) and term.space == "concept" else None
    return known.scheme if known else None


def _date(term: Term) -> PartialDate | None:
    if isinstance(term, Value) and term.datatype in ("date", "gYearMonth", "gYear"):
        try:
            return PartialDate(term.text)
        except ValueError:
            return None
    return None
