"""Counts of what the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.dataset.derivation import Derivation
from kg.model import Knowledge

Counted = Mapping[str, int]
"""A name and how many, the most frequent first, names of one frequency in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of what. Claims are counted as curated, links as derived from the accepted ones."""

    totals: Counted
    classes: Counted
    """Entities by the classes they are given; an entity of two classes counts in both."""
    predicates: Counted
    voices: Counted
    modalities: Counted
    polarities: Counted
    statuses: Counted
    strengths: Counted
    sources: Counted
    conflict_kinds: Counted
    conflict_resolutions: Counted


def counts(knowledge: Knowledge, derivation: Derivation) -> Counts:
    """Counts over all claims, and over the links and conflicts derived from them."""
    claims = knowledge.claims.values()
    links = derivation.links.values()
    conflicts = derivation.conflicts
    return Counts(
        totals={
            "entities": len(knowledge.entities),
            "sources": len(knowledge.sources),
            "claims": len(claims),
            "links": len(links),
            "conflicts": len(conflicts),
        },
        classes=_counted(each for entity in knowledge.entities.values() for each in entity.types),
        predicates=_counted(claim.predicate for claim in claims),
        voices=_counted(claim.voice for claim in claims),
        modalities=_counted(claim.modality for claim in claims),
        polarities=_counted(claim.polarity for claim in claims),
        statuses=_counted(claim.review_status for claim in claims),
        strengths=_counted(link.strength for link in links),
        sources=_counted(claim.source for claim in claims),
        conflict_kinds=_counted(conflict.kind for conflict in conflicts),
        conflict_resolutions=_counted(conflict.resolution for conflict in conflicts),
    )


def _counted(names: Iterable[str]) -> Counted:
    found = Counter(str(name) for name in names)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
