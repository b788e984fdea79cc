"""Small records for tests: sources, entities and claims in few words, and knowledge made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, TypeVar

from kg.model import (
    Claim,
    Entity,
    Knowledge,
    Modality,
    PartialDate,
    Polarity,
    Rank,
    Ref,
    Release,
    ReviewStatus,
    Source,
    Term,
    Validity,
    Value,
    Voice,
)
from kg.model import concept as concept_ref
from kg.model import entity as entity_ref

Record = TypeVar("Record")

RELEASE = Release("Test", "1", date(2026, 1, 1), "CC0-1.0")


def source(
    id: str = "paper", *, published: str = "2020-01-01", reliability: int = 3, relays: str | None = None
) -> Source:
    """A newspaper article of class 3, unless said otherwise."""
    return Source(
        id,
        id.title(),
        "NewsArticle",
        f"https://example.org/{id}",
        None,
        PartialDate(published),
        reliability,
        relays=relays,
    )


def entity(id: str, *types: str) -> Entity:
    """An entity, a company unless said otherwise, whose label is its id with a capital."""
    return Entity(id, types or ("Company",), id.title())


def term(of: str) -> Term:
    """``"2018-06"`` is a date, ``"concept:x"`` a concept, everything else an entity."""
    if of.startswith("concept:"):
        return concept_ref(of.removeprefix("concept:"))
    if of[:4].isdigit():
        day = PartialDate(of)
        return Value(day.text, day.datatype)
    return entity_ref(of)


def claim(id: str, subject: str, predicate: str, object: str, /, source: str = "paper", **more: Any) -> Claim:
    """A claim in the document's own voice. A ``speaker`` makes it a named voice, ``qualifiers`` are ids by name.

    ``when`` is the validity (see :func:`period`). Everything else is a field of :class:`~kg.model.Claim`.
    """
    qualifiers: tuple[tuple[str, Term], ...] = tuple(
        sorted((name, term(value)) for name, value in more.pop("qualifiers", {}).items())
    )
    if "speaker" in more:
        more.setdefault("voice", Voice.NAMED)
    if "when" in more:
        more["validity"] = more.pop("when")
    return Claim(id, source, entity_ref(subject), predicate, term(object), qualifiers, **more)


def period(start: str | None = None, end: str | None = None, observed: str | None = None, **bounds: date) -> Validity:
    """When a claim holds: from, until, observed, and bounds by name."""
    first, last, seen = (PartialDate(day) if day else None for day in (start, end, observed))
    return Validity.of(first, last, seen, **bounds)


def knowledge(*records: Entity | Source | Claim) -> Knowledge:
    """Knowledge of these records. The source ``paper`` and what claims mention need not be given: companies."""
    claims = {each.id: each for each in records if isinstance(each, Claim)}
    sources = {each.id: each for each in records if isinstance(each, Source)}
    entities = {each.id: each for each in records if isinstance(each, Entity)}
    for each in claims.values():
        sources.setdefault(each.source, source(each.source))
        terms = (each.subject, each.object, *(value for _, value in each.qualifiers))
        for named in (*(one.id for one in terms if isinstance(one, Ref) and one.space == "entity"), each.speaker):
            if named is not None:
                entities.setdefault(named, entity(named))
    return Knowledge(RELEASE, entities, sources, claims)


def shuffled(of: Knowledge, seed: int) -> Knowledge:
    """The same knowledge with its claims, entities and sources in another order."""
    chance = Random(seed)

    def mixed(records: Mapping[str, Record]) -> dict[str, Record]:
        pairs = sorted(records.items(), key=lambda pair: pair[0])
        chance.shuffle(pairs)
        return dict(pairs)

    return replace(of, claims=mixed(of.claims), entities=mixed(of.entities), sources=mixed(of.sources))


DENIED = Polarity.DENIED
PLANNED, POSSIBLE, CONDITIONAL, SUGGESTED = (
    Modality.PLANNED,
    Modality.POSSIBLE,
    Modality.CONDITIONAL,
    Modality.SUGGESTED,
)
PREFERRED, DEPRECATED = Rank.PREFERRED, Rank.DEPRECATED
RETRACTED, SUPERSEDED = ReviewStatus.RETRACTED, ReviewStatus.SUPERSEDED
UNNAMED, RELAYED = Voice.UNNAMED, Voice.RELAYED
