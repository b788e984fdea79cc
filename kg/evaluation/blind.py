"""Names that are known from an evaluated document alone, and knowledge without them.

Seeds that were curated from an article hold the article's names. An extractor that is measured on the article with
these names at hand shows what curation knows, not what extraction finds. What is taken out for a document:

* entities that belong to it (``document``: vague groups and the like);
* entities that its source mentions (as subject, object, qualifier, speaker or publisher) and no other source does;
* entities that no source mentions and that stand in the seeds to be kept apart (``mappings.sssom.tsv``) from one that
  is taken out, directly or through others, and from none that another source mentions;
* of entities that stay: aliases and labels that an ``alternateName`` claim of its source gives and no other source's.

A source that relays the document's source is no other source. An entity that no source mentions and that is kept apart
from nothing came from elsewhere (a list of states, say) and stays.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from kg.model import Claim, Document, Entity, Knowledge, Ref, Value


@dataclass(frozen=True, slots=True)
class Blinded:
    """Knowledge without a document's own names, and how much was taken out."""

    entities: tuple[Entity, ...]
    removed: int
    """Entities that are gone altogether."""
    shortened: int
    """Names taken from entities that stay."""


def without(knowledge: Knowledge, source: str) -> Blinded:
    """What would be known had nobody read this source."""
    same = _with_relays(knowledge, source)
    mentions = _mentions(knowledge)
    gone = {
        id
        for id, entity in knowledge.entities.items()
        if entity.document in same or (mentions[id] and mentions[id] <= same)
    }
    gone |= _only_kept_apart(knowledge, gone, {id for id, sources in mentions.items() if sources})
    names = _names(knowledge, same)
    kept = []
    shortened = 0
    for id, entity in knowledge.entities.items():
        if id not in gone:
            bare = _without_names(entity, names[id])
            shortened += len(entity.names) - len(bare.names)
            kept.append(bare)
    return Blinded(tuple(kept), len(knowledge.entities) - len(kept), shortened)


def source_of(document: Document, doc: str, knowledge: Knowledge) -> str | None:
    """The source that a document was curated as: that of its text, else one that bears its name."""
    for source in knowledge.sources.values():
        if any(snapshot.sha256 == document.sha256 for snapshot in source.snapshots):
            return source.id
    return next((id for id in (doc, document.id) if id in knowledge.sources), None)


def _with_relays(knowledge: Knowledge, source: str) -> set[str]:
    found = {source}
    while more := {each.id for each in knowledge.sources.values() if each.relays in found} - found:
        found |= more
    return found


def _mentions(knowledge: Knowledge) -> dict[str, set[str]]:
    """Entity → sources that mention it."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in knowledge.claims.values():
        for id in _of(claim):
            found[knowledge.redirects.get(id, id)].add(claim.source)
    for source in knowledge.sources.values():
        if source.publisher:
            found[knowledge.redirects.get(source.publisher, source.publisher)].add(source.id)
    return found


def _of(claim: Claim) -> list[str]:
    terms = [claim.subject, claim.object, *(value for _, value in claim.qualifiers)]
    ids = [each.id for each in terms if isinstance(each, Ref) and each.space == "entity"]
    return [*ids, claim.speaker] if claim.speaker else ids


def _only_kept_apart(knowledge: Knowledge, gone: set[str], mentioned: set[str]) -> set[str]:
    """Entities that no source mentions, there only because they are easily taken for one that is gone."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in knowledge.distinct:
        near[one].add(other)
        near[other].add(one)
    found: set[str] = set()
    silent = {id for id in knowledge.entities if id not in mentioned and id not in gone}
    while more := {id for id in silent - found if near[id] & (gone | found) and not near[id] & (mentioned - gone)}:
        found |= more
    return found


def _names(knowledge: Knowledge, same: set[str]) -> dict[str, set[str]]:
    """Entity → names that only these sources tell."""
    told: dict[str, set[str]] = defaultdict(set)
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for claim in knowledge.claims.values():
        if claim.predicate == "alternateName" and isinstance(claim.object, Value):
            id = knowledge.redirects.get(claim.subject.id, claim.subject.id)
            (told if claim.source in same else elsewhere)[id].add(claim.object.text)
    return defaultdict(set, {id: names - elsewhere[id] for id, names in told.items()})


def _without_names(entity: Entity, names: set[str]) -> Entity:
    if not names:
        return entity
    return replace(
        entity,
        labels=tuple(each for each in entity.labels if each.text not in names),
        aliases=tuple(each for each in entity.aliases if each.text not in names),
    )
