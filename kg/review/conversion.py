"""A candidate → the claim it becomes, and the entities that it brings along."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kg.curation.entities import ENTITY_ID
from kg.curation.fields import near
from kg.curation.redirects import redirected
from kg.curation.soundness import ahead, faults
from kg.curation.terms import DATATYPES, NUMBERS, Terms, literal
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
    Ref,
    Source,
    Span,
    Term,
    claim_id,
    concept,
    entity,
)
from kg.model.precision import holds
from kg.vocabulary import Vocabulary

PROVISIONAL = "x-"
"""How the id of an entity begins that only its document names."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_IN_IRI = re.compile(r"[^\x00-\x20<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a candidate brings: its claim and the entities that the seeds do not know."""

    claim: Claim
    entities: Mapping[str, Entity]


class Conversion:
    """Turns candidates into claims of the knowledge's sources."""

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._knowledge = knowledge
        self._vocabulary = vocabulary
        self._entities = dict(knowledge.entities)
        self._sources: dict[str, list[Source]] = {}
        for source in knowledge.sources.values():
            for snapshot in source.snapshots:
                if snapshot.sha256 is not None:
                    self._sources.setdefault(snapshot.sha256, []).append(source)

    def sound(self, candidate: CandidateClaim, note: str | None = None) -> Brought:
        """The same as :meth:`of`, of a candidate that nothing is wrong with.

        Raises:
            ReviewError: with everything that is wrong, a line each.
        """
        source = self._source(candidate)
        brought = brought_by(candidate, source.id, self._knowledge)
        terms = self._terms(brought)
        as_minted = self._claim(candidate, source, terms, note)
        wrong = [each.message for each in faults(as_minted, terms)]
        wrong += [each.message for each in ahead(as_minted, self._knowledge.release.data_date)]
        wrong += self._unfit_entities(brought)
        wrong += _unfit_places(candidate)
        if wrong:
            raise ReviewError("\n".join(f"candidate {candidate.id}: {each}" for each in wrong))
        return Brought(redirected(as_minted, self._knowledge.redirects), brought)

    def of(self, candidate: CandidateClaim, note: str | None = None) -> Brought:
        """A candidate's claim, whether or not it fits the ontology.

        Raises:
            ReviewError: its document belongs to no source, an end is no entity, or a date cannot be read.
        """
        source = self._source(candidate)
        brought = brought_by(candidate, source.id, self._knowledge)
        claim = self._claim(candidate, source, self._terms(brought), note)
        return Brought(redirected(claim, self._knowledge.redirects), brought)

    def _terms(self, brought: Mapping[str, Entity]) -> Terms:
        known: ChainMap[str, Entity] = ChainMap(dict(brought), self._entities)
        return Terms(self._vocabulary, known, self._knowledge.redirects)

    def _source(self, candidate: CandidateClaim) -> Source:
        """The source of the text that the candidate was found in; of several the one that it names."""
        sources = self._sources.get(candidate.sha256, [])
        for source in sources:
            if source.id == candidate.document:
                return source
        if sources:
            return sources[0]
        raise ReviewError(
            f"candidate {candidate.id}: no source has a snapshot with the sha256 of {candidate.document};"
            f' add sources/{candidate.document}.toml with [[snapshot]] sha256 = "{candidate.sha256}"'
        )

    def _claim(self, candidate: CandidateClaim, source: Source, terms: Terms, note: str | None) -> Claim:
        try:
            when = holds(candidate)
            said = PartialDate(candidate.said) if candidate.said else None
        except ValueError as wrong:
            raise ReviewError(f"candidate {candidate.id}: {wrong}") from None
        if candidate.subject.id is None:
            raise ReviewError(f"candidate {candidate.id}: {candidate.subject.label!r} is a literal, not an entity")
        subject = entity(plain(candidate.subject.id))
        object = _object(candidate, terms)
        qualifiers = tuple(
            (name, _qualifier(name, value, terms)) for name, value in sorted(candidate.qualifiers, key=_name)
        )
        speaker = plain(candidate.speaker.id) if candidate.speaker and candidate.speaker.id else None
        return Claim(
            id=claim_id(
                source=source.id,
                subject=subject,
                predicate=candidate.predicate,
                object=object,
                qualifiers=qualifiers,
                identifying=terms.vocabulary.identifying,
                validity=when,
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
            validity=when,
            said_on=said,
            evidence=tuple(_evidence(place, candidate) for place in (candidate.evidence, *candidate.also)),
            method=Method("Extraction", candidate.method.replace(" ", "-")),
            note=note,
        )

    def _unfit_entities(self, brought: Mapping[str, Entity]) -> Iterator[str]:
        for each in brought.values():
            if not each.id.startswith(PROVISIONAL):
                hint = near(each.id, self._knowledge.entities)
                yield f"{each.id!r} is not an entity{hint}; the id of a new one begins with {PROVISIONAL}"
            elif not ENTITY_ID.fullmatch(each.id):
                yield f"{each.id!r} is not an id; use small letters, digits and hyphens"
            if not each.label.strip():
                yield f"the entity {each.id!r} has no label"
            for name in each.types:
                if "Entity" not in self._vocabulary.ancestors(name):
                    yield f"{name!r} is not a class of entities{near(name, self._vocabulary.classes)}"


def brought_by(candidate: CandidateClaim, source: str, knowledge: Knowledge) -> dict[str, Entity]:
    """The entities of a candidate that the seeds do not know; they belong to the source."""
    found: dict[str, Entity] = {}
    for mention in _mentions(candidate):
        if mention.id is None or mention.id.startswith("concept:"):
            continue
        id = plain(mention.id)
        if knowledge.redirects.get(id, id) in knowledge.entities:
            continue
        # A candidate may say that anything can stand there; a thing of the graph is at least an entity.
        new = Entity(id, ("Entity" if mention.type == "Thing" else mention.type,), mention.label, document=source)
        found[id] = joined(found[id], new) if id in found else new
    return found


def joined(known: Entity, again: Entity) -> Entity:
    """One provisional entity as two candidates describe it: the classes of both, the first one's label."""
    types = dict.fromkeys([*known.types, *again.types])
    vague = ("Entity", "Agent")
    return replace(known, types=tuple(each for each in types if each not in vague) or tuple(types))


def plain(id: str) -> str:
    """An entity's id without its prefix."""
    return id.removeprefix("entity:")


def ref(id: str) -> Ref:
    """The entity or concept of a candidate's id."""
    return concept(id.removeprefix("concept:")) if id.startswith("concept:") else entity(plain(id))


def spoken(text: str, datatypes: tuple[str, ...]) -> Any:
    """What a candidate's text stands for, where a number or a truth value is asked for."""
    if any(each in NUMBERS for each in datatypes) and _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return {"true": True, "false": False}.get(text, text) if "boolean" in datatypes else text


def _object(candidate: CandidateClaim, terms: Terms) -> Term:
    mention = candidate.object
    predicate = terms.vocabulary.predicates.get(candidate.predicate)
    if mention.id is None:
        text = mention.label if mention.value is None else mention.value
        datatypes = predicate.datatypes if predicate else ()
        return literal(spoken(text, datatypes), datatypes)
    return ref(mention.id)


def _qualifier(name: str, value: Mention | str, terms: Terms) -> Term:
    if isinstance(value, Mention):
        if value.id is not None:
            return ref(value.id)
        value = value.label if value.value is None else value.value
    declared = terms.vocabulary.qualifiers.get(name)
    datatypes = tuple(each for each in declared.ranges if each in DATATYPES) if declared else ()
    return terms.qualifier(name, spoken(value, datatypes))


def _name(pair: tuple[str, Mention | str]) -> str:
    return pair[0]


def _mentions(candidate: CandidateClaim) -> Iterator[Mention]:
    yield candidate.subject
    yield candidate.object
    yield from (value for _, value in candidate.qualifiers if isinstance(value, Mention))
    if candidate.speaker is not None and candidate.speaker.id is not None:
        yield Mention(candidate.speaker.label, "Agent", candidate.speaker.id)


def _unfit_places(candidate: CandidateClaim) -> Iterator[str]:
    for place in (candidate.evidence, *candidate.also):
        if not 0 <= place.start < place.end:
            yield f"evidence {place.start}–{place.end} is not a span; start and end count from 0, end is after start"
    if not _IN_IRI.fullmatch(candidate.method.replace(" ", "-")):
        yield f"the method {candidate.method!r} has signs that a name of a method cannot have"


def _evidence(place: Span, candidate: CandidateClaim) -> Evidence:
    return Evidence(candidate.sha256, place.start, place.end)
