"""Accepted candidates → claims of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.errors import ReviewError
from kg.model import (
    CandidateClaim,
    Claim,
    Entity,
    Evidence,
    Knowledge,
    Mention,
    Method,
    PartialDate,
    Review,
    Source,
    Span,
    Term,
    Validity,
    Value,
    claim_id,
    concept,
    entity,
)
from kg.vocabulary import Vocabulary


def accepted(knowledge: Knowledge, reviews: Iterable[Review], vocabulary: Vocabulary) -> Knowledge:
    """The knowledge with every accepted or edited candidate as a claim, and the entities they bring along.

    A claim that a curator wrote by hand already stays as it is.

    Raises:
        ReviewError: an accepted candidate's document belongs to no source, or its predicate is unknown.
    """
    claims = dict(knowledge.claims)
    entities = dict(knowledge.entities)
    for review in reviews:
        candidate = review.outcome
        if candidate is None:
            continue
        source = _source(candidate, knowledge)
        for mention in _mentions(candidate):
            _introduce(mention, source, entities, vocabulary)
        claim = to_claim(candidate, source, review, vocabulary)
        claims.setdefault(claim.id, claim)
    return replace(knowledge, claims=claims, entities=entities)


def to_claim(candidate: CandidateClaim, source: Source, review: Review, vocabulary: Vocabulary) -> Claim:
    """A candidate as an accepted claim of its source.

    Raises:
        ReviewError: the predicate is unknown or a date cannot be read.
    """
    if candidate.predicate not in vocabulary.predicates:
        raise ReviewError(f"candidate {candidate.id}: {candidate.predicate!r} is not a predicate of the ontology")
    try:
        validity = _validity(candidate)
        said = PartialDate(candidate.said) if candidate.said else None
    except ValueError as wrong:
        raise ReviewError(f"candidate {candidate.id}: {wrong}") from None
    subject = entity(_id(candidate.subject))
    object = _term(candidate.object)
    qualifiers = tuple(
        (name, _term(value) if isinstance(value, Mention) else Value(value)) for name, value in candidate.qualifiers
    )
    speaker = candidate.speaker.id if candidate.speaker else None
    places = (candidate.evidence, *candidate.also)
    return Claim(
        id=claim_id(
            source=source.id,
            subject=subject,
            predicate=candidate.predicate,
            object=object,
            qualifiers=qualifiers,
            identifying=vocabulary.identifying,
            validity=validity,
            voice=candidate.voice,
            speaker=speaker,
            modality=candidate.modality,
            polarity=candidate.polarity,
            condition=candidate.condition,
        ),
        source=source.id,
        subject=subject,
        predicate=candidate.predicate,
        object=object,
        qualifiers=qualifiers,
        voice=candidate.voice,
        speaker=speaker,
        modality=candidate.modality,
        hedge=candidate.hedge,
        condition=candidate.condition,
        polarity=candidate.polarity,
        validity=validity,
        said_on=said,
        evidence=tuple(_evidence(place, candidate) for place in places),
        method=Method("Extraction", candidate.method.replace(" ", "-")),
        note=review.reason,
    )


def _source(candidate: CandidateClaim, knowledge: Knowledge) -> Source:
    for source in knowledge.sources.values():
        if any(snapshot.sha256 == candidate.sha256 for snapshot in source.snapshots):
            return source
    raise ReviewError(
        f"candidate {candidate.id}: no source has a snapshot with the sha256 of {candidate.document};"
        f" add sources/{candidate.document}.toml with [[snapshot]] sha256 = \"{candidate.sha256}\""
    )


def _mentions(candidate: CandidateClaim) -> list[Mention]:
    ends = [candidate.subject, candidate.object]
    ends += [value for _, value in candidate.qualifiers if isinstance(value, Mention)]
    if candidate.speaker is not None and candidate.speaker.id is not None:
        ends.append(Mention(candidate.speaker.label, "Agent", candidate.speaker.id))
    return ends


def _introduce(mention: Mention, source: Source, entities: dict[str, Entity], vocabulary: Vocabulary) -> None:
    """Add the provisional entity of a mention that the seeds do not know."""
    if mention.id is None or mention.id.startswith("concept:"):
        return
    id = _id(mention)
    if id in entities:
        return
    if mention.type not in vocabulary.classes:
        raise ReviewError(f"the entity {id}: {mention.type!r} is not a class of the ontology")
    entities[id] = Entity(id, (mention.type,), mention.label, document=source.id)


def _id(mention: Mention) -> str:
    if mention.id is None:
        raise ReviewError(f"{mention.label!r} is a literal where an entity is needed")
    return mention.id.removeprefix("entity:")


def _term(mention: Mention) -> Term:
    if mention.id is None:
        text = mention.value or mention.label
        if mention.type in ("date", "gYear", "gYearMonth"):
            return Value(text, PartialDate(text).datatype)
        return Value(text, "langString", "en") if mention.type == "langString" else Value(text)
    if mention.id.startswith("concept:"):
        return concept(mention.id.removeprefix("concept:"))
    return entity(_id(mention))


def _validity(candidate: CandidateClaim) -> Validity:
    time = candidate.time
    if time is None:
        return Validity.of()
    start = PartialDate(time.start) if time.start else None
    end = PartialDate(time.end) if time.end else None
    if time.precision == "as-of":
        return Validity.of(observed_on=end or start)
    if time.precision in ("after", "part-of-month"):
        return Validity.of(earliest_start=start.first if start else None, latest_end=end.last if end else None)
    if time.precision == "by":
        return Validity.of(latest_start=end.last if end else None)
    if time.precision == "before":
        return Validity.of(latest_end=end.last if end else None)
    return Validity.of(start, end)


def _evidence(place: Span, candidate: CandidateClaim) -> Evidence:
    return Evidence(candidate.sha256, place.start, place.end)
