"""Accepted candidates → claims of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, Knowledge, Review
from kg.review.conversion import Conversion, joined
from kg.vocabulary import Vocabulary


def accepted(knowledge: Knowledge, reviews: Iterable[Review], vocabulary: Vocabulary) -> Knowledge:
    """The knowledge with every accepted or edited candidate as a claim, and the entities they bring along.

    A claim that a curator wrote by hand already stays as it is; what was accepted twice has the places of both.

    Raises:
        ReviewError: an accepted candidate cannot be a claim, with everything that is wrong with it.
    """
    conversion = Conversion(knowledge, vocabulary)
    claims = dict(knowledge.claims)
    entities = dict(knowledge.entities)
    for review in reviews:
        candidate = review.outcome
        if candidate is None:
            continue
        brought = conversion.sound(candidate, review.reason)
        claim = brought.claim
        if claim.id in knowledge.claims:
            continue
        claims[claim.id] = _with_places(claims[claim.id], claim) if claim.id in claims else claim
        for id, each in brought.entities.items():
            entities[id] = joined(entities[id], each) if id in entities else each
    return replace(knowledge, claims=claims, entities=entities)


def check(review: Review, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
    """Make sure that what a decision accepts can be a claim, before it is written to the log.

    Raises:
        ReviewError: with everything that is wrong with it, a line each.
    """
    if review.outcome is not None:
        Conversion(knowledge, vocabulary).sound(review.outcome, review.reason)


def _with_places(claim: Claim, again: Claim) -> Claim:
    return replace(claim, evidence=tuple(dict.fromkeys([*claim.evidence, *again.evidence])))
