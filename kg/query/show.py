"""``show``: an entity's card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.dataset.derivation import Link, Strength
from kg.dataset.facts import derive
from kg.errors import NotFound
from kg.model import Claim, Entity, Knowledge, Ref, Term
from kg.query.about import read_about
from kg.query.names import Names
from kg.query.words import STRENGTHS, Labels, key_of, when
from kg.store.base import Store
from kg.vocabulary import Vocabulary
from kg.vocabulary.namespaces import ENTITY


@dataclass(frozen=True, slots=True)
class Line:
    """A link as it is read from the entity of the card."""

    relation: str
    predicate: str
    inverse: bool
    other: str
    """Id of what stands at the other end, or the text of a literal."""
    label: str
    qualifiers: str
    when: str
    strength: Strength
    disputed: bool
    holding: str | None
    claims: tuple[str, ...]
    sources: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The line in ``cbdc-kg show --format json``."""
        return {
            "relation": self.relation,
            "predicate": self.predicate,
            "inverse": self.inverse,
            "other": self.other,
            "label": self.label,
            "qualifiers": self.qualifiers,
            "when": self.when,
            "disputed": self.disputed,
            "holding": self.holding,
            "claims": list(self.claims),
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about an entity: names, classes, and its links by strength."""

    entity: Entity
    classes: tuple[str, ...]
    lines: tuple[Line, ...]
    speaks: int
    """How many claims it is the speaker of."""

    def of_strength(self, strength: Strength) -> tuple[Line, ...]:
        """Its links of one strength."""
        return tuple(line for line in self.lines if line.strength is strength)

    def to_json(self) -> dict[str, Any]:
        """The object of ``cbdc-kg show --format json``."""
        return {
            "id": self.entity.id,
            "iri": ENTITY + self.entity.id,
            "label": self.entity.label,
            "classes": list(self.classes),
            "names": [{"text": each.text, "language": each.language} for each in self.entity.names],
            "description": self.entity.description,
            "codes": dict(self.entity.codes),
            "sameAs": list(self.entity.same_as),
            "document": self.entity.document,
            "speaks": self.speaks,
            **{strength.value: [line.to_json() for line in self.of_strength(strength)] for strength in STRENGTHS},
        }

    def __str__(self) -> str:
        return "\n".join(self._text())

    def _text(self) -> list[str]:
        entity = self.entity
        text = [f"{entity.label} (entity:{entity.id})", ", ".join(self.classes)]
        others = [each.text if each.language == "en" else f"{each.text} ({each.language})" for each in entity.names[1:]]
        text += [f"also {', '.join(others)}"] if others else []
        text += [entity.description] if entity.description else []
        text += [", ".join(f"{name} {code}" for name, code in entity.codes)] if entity.codes else []
        text += [f"same as {address}" for address in entity.same_as]
        text += [f"known from one source only: {entity.document}"] if entity.document else []
        for strength, title in STRENGTHS.items():
            lines = self.of_strength(strength)
            if lines:
                text += ["", title, *(f"  {_line(line)}" for line in lines)]
        if self.speaks:
            text += [
                "",
                f"Speaks in {_count(self.speaks, 'claim')}; see: cbdc-kg ask speaker-claims speaker={entity.id}",
            ]
        return text


def show(
    store: Store, name: str, vocabulary: Vocabulary, *, as_of: date | None = None, known_at: date | None = None
) -> Card:
    """The card of the entity that a name means.

    Raises:
        NotFound: no entity, or more than one, has that name.
    """
    id = Names.read(store).resolve(name)
    return card(read_about(store, id), id, vocabulary, as_of=as_of, known_at=known_at)


def card(
    knowledge: Knowledge,
    id: str,
    vocabulary: Vocabulary,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
) -> Card:
    """The card of an entity from records.

    Raises:
        NotFound: the records hold no such entity.
    """
    entity = knowledge.entities.get(id)
    if entity is None:
        raise NotFound(f"no entity has the id {id!r}")
    derivation = derive(knowledge, vocabulary, as_of=as_of, known_at=known_at)
    labels = Labels(knowledge, vocabulary)
    me = Ref("entity", id)
    order = list(STRENGTHS)
    lines = [line for link in derivation.links.values() for line in _lines(link, me, knowledge, labels)]
    lines.sort(key=lambda line: (order.index(line.strength), line.inverse, line.relation, line.label))
    speaks = sum(claim.speaker == id for claim in knowledge.claims.values() if claim.accepted)
    return Card(entity, tuple(labels.kind(name) for name in entity.types), tuple(lines), speaks)


def _lines(link: Link, me: Ref, knowledge: Knowledge, labels: Labels) -> list[Line]:
    subject, predicate, object = link.triple
    ids = link.supporting or link.opposing
    claims = [knowledge.claims[id] for id in ids]
    lines = []
    if subject == me:
        lines.append(_line_of(link, claims, labels.predicate(predicate), False, object, labels))
    if object == me and subject != me:
        lines.append(_line_of(link, claims, labels.predicate(predicate, inverse=True), True, subject, labels))
    if me not in (subject, object):
        # The entity stands in a qualifier: the body in which somebody holds a position.
        for name in sorted({name for claim in claims for name, value in claim.qualifiers if value == me}):
            relation = f"{name}, where: {labels.entity(subject.id)} {labels.predicate(predicate)}"
            lines.append(_line_of(link, claims, relation, True, object, labels))
    return lines


def _line_of(link: Link, claims: list[Claim], relation: str, inverse: bool, other: Term, labels: Labels) -> Line:
    return Line(
        relation=relation,
        predicate=link.triple[1],
        inverse=inverse,
        other=key_of(other),
        label=labels.term(other),
        qualifiers="; ".join(dict.fromkeys(filter(None, (labels.qualifiers(claim.qualifiers) for claim in claims)))),
        when="; ".join(dict.fromkeys(filter(None, (when(claim.validity) for claim in claims)))),
        strength=link.strength,
        disputed=link.disputed,
        holding=link.holding.value if link.holding else None,
        claims=tuple(claim.id for claim in claims),
        sources=tuple(sorted({claim.source for claim in claims})),
    )


def _line(line: Line) -> str:
    said = [f"{line.relation} {line.label}"]
    details = [line.qualifiers, line.when, line.holding or "", "disputed" if line.disputed else ""]
    details.append(f"{_count(len(line.claims), 'claim')}, {_count(len(line.sources), 'source')}")
    said.append(f"[{'; '.join(filter(None, details))}]")
    return "  ".join(said)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
