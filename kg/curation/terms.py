"""What stands in a claim's subject, object and qualifiers, read as terms of the kind that the ontology asks for.

Reading never fails: whether a claim is sound is told by :mod:`kg.curation.soundness`, for every claim alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.model import Entity, PartialDate, Term, Value, concept
from kg.model.term import entity as entity_ref
from kg.vocabulary import Predicate, Vocabulary

DATES = ("date", "gYearMonth", "gYear")
NUMBERS = ("integer", "decimal", "nonNegativeInteger", "double")
TEXTS = ("string", "langString", "anyURI")
DATATYPES = (*DATES, *NUMBERS, *TEXTS, "boolean")

NOTHING = "nothing"
"""Datatype of what was left out."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Turns raw values into terms, by what the ontology asks for and by the entities there are."""

    vocabulary: Vocabulary
    entities: Mapping[str, Entity]
    redirects: Mapping[str, str]

    def object(self, raw: Any, predicate: Predicate | None, language: str | None = None) -> Term:
        """A claim's object: an entity, a concept, or a literal where the predicate takes one."""
        if predicate is None or raw is None:
            return literal(raw, ())
        if isinstance(raw, str) and raw.startswith("concept:"):
            return concept(raw.removeprefix("concept:"))
        if predicate.datatypes and (not predicate.ranges or not self._names_entity(raw)):
            return literal(raw, predicate.datatypes, language)
        return entity_ref(raw) if isinstance(raw, str) else literal(raw, ())

    def qualifiers(self, table: Mapping[str, Any]) -> tuple[tuple[str, Term], ...]:
        """A claim's qualifiers, sorted by name."""
        return tuple(sorted(((name, self.qualifier(name, raw)) for name, raw in table.items()), key=lambda it: it[0]))

    def qualifier(self, name: str, raw: Any) -> Term:
        """The value of a qualifier."""
        declared = self.vocabulary.qualifiers.get(name)
        if declared is None:
            return literal(raw, ())
        if isinstance(raw, str) and raw.startswith("concept:"):
            return concept(raw.removeprefix("concept:"))
        datatypes = tuple(each for each in declared.ranges if each in DATATYPES)
        takes_entity = len(datatypes) < len(declared.ranges)
        if isinstance(raw, str) and (not datatypes or (takes_entity and self._names_entity(raw))):
            return entity_ref(raw)
        return literal(raw, datatypes)

    def entity(self, id: str) -> Entity | None:
        """The entity of an id, or of the one it was merged into."""
        return self.entities.get(self.redirects.get(id, id))

    def _names_entity(self, raw: Any) -> bool:
        return isinstance(raw, str) and self.entity(raw) is not None


def literal(raw: Any, datatypes: tuple[str, ...], language: str | None = None) -> Value:
    """A literal of one of the datatypes (local XSD names), or of its own where it fits none."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, bool):
        return Value(str(raw).lower(), "boolean")
    if isinstance(raw, date):
        return Value(raw.isoformat(), "date")
    if isinstance(raw, int):
        whole = next((each for each in datatypes if "nteger" in each), None)
        return Value(str(raw), whole or ("decimal" if _numeric(datatypes) else "integer"))
    if isinstance(raw, float | Decimal):
        exact = Decimal(repr(raw)) if isinstance(raw, float) else raw
        return Value(format(exact, "f"), "decimal" if _numeric(datatypes) and math.isfinite(raw) else "double")
    if isinstance(raw, str):
        return _text(raw, datatypes, language)
    return Value("", NOTHING) if raw is None else Value(str(raw), type(raw).__name__)


def _text(raw: str, datatypes: tuple[str, ...], language: str | None) -> Value:
    if any(each in DATES for each in datatypes):
        try:
            day = PartialDate(raw)
        except ValueError:
            return Value(raw)
        return Value(day.text, day.datatype)
    if "langString" in datatypes:
        return Value(raw, "langString", language or "en")
    return Value(raw, "anyURI" if datatypes == ("anyURI",) else "string")


def _numeric(datatypes: tuple[str, ...]) -> bool:
    return any(each in NUMBERS for each in datatypes)
