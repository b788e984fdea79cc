"""Read what stands in a claim's subject, object and qualifiers as terms, checked against the ontology."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.curation.fields import Fields, near
from kg.model import Entity, PartialDate, Ref, Term, Value, concept
from kg.model.term import entity as entity_ref
from kg.vocabulary import Predicate, Vocabulary

DATES = ("date", "gYearMonth", "gYear")
NUMBERS = ("integer", "decimal", "nonNegativeInteger", "double")
TEXTS = ("string", "langString", "anyURI")


@dataclass(frozen=True, slots=True)
class Terms:
    """Turns raw TOML values into terms; unknown names are faults at their line."""

    vocabulary: Vocabulary
    entities: Mapping[str, Entity]
    redirects: Mapping[str, str]

    def subject(self, fields: Fields, predicate: Predicate | None) -> Ref:
        """The claim's subject: an entity that fits the predicate's domain."""
        name = fields.required("subject")
        known = self.entity(name)
        if known is None:
            if name:
                fields.fault(f"subject {name!r} is not an entity{near(name, self.entities)}", "subject")
        elif predicate and not self.vocabulary.fits(known.types, predicate.domains):
            fields.fault(
                f"{name} is a {' and '.join(known.types)}, but the subject of {predicate.name} must be "
                f"{_or(predicate.domains)}",
                "subject",
            )
        return entity_ref(name)

    def object(self, fields: Fields, predicate: Predicate | None) -> Term:
        """The claim's object: an entity or concept that fits the range, or a literal of its datatype."""
        raw = fields.raw("object")
        if raw is None:
            fields.fault("the claim has no object; add object = …")
            return Value("")
        if predicate is None:
            return Value(str(raw))
        if isinstance(raw, str) and raw.startswith("concept:"):
            return self._concept(fields, "object", raw, predicate.ranges)
        if predicate.datatypes and (not predicate.ranges or not self._names_entity(raw)):
            return self.literal(fields, "object", raw, predicate.datatypes, fields.text("language"))
        if not isinstance(raw, str):
            fields.fault(f"the object of {predicate.name} must be {_or(predicate.ranges)}", "object")
            return Value(str(raw))
        known = self.entity(raw)
        if known is None:
            fields.fault(f"object {raw!r} is not an entity{near(raw, self.entities)}", "object")
        elif not self.vocabulary.fits(known.types, predicate.ranges):
            fields.fault(
                f"{raw} is a {' and '.join(known.types)}, but the object of {predicate.name} must be "
                f"{_or(predicate.ranges)}",
                "object",
            )
        return entity_ref(raw)

    def qualifiers(self, fields: Fields, predicate: Predicate | None) -> tuple[tuple[str, Term], ...]:
        """The claim's qualifiers, sorted by name."""
        found: list[tuple[str, Term]] = []
        for name, raw in fields.table_of("qualifiers").items():
            declared = self.vocabulary.qualifiers.get(name)
            if declared is None:
                fields.fault(
                    f"{name!r} is not a qualifier{near(name, self.vocabulary.qualifiers)}", "qualifiers"
                )
                continue
            if predicate and name not in predicate.qualifiers:
                allowed = ", ".join(predicate.qualifiers) or "none"
                fields.fault(f"{predicate.name} takes no qualifier {name!r} (it takes: {allowed})", "qualifiers")
            found.append((name, self._qualifier(fields, name, raw, declared.ranges)))
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def entity(self, id: str) -> Entity | None:
        """The entity of an id, or of the one it was merged into."""
        return self.entities.get(self.redirects.get(id, id))

    def _names_entity(self, raw: Any) -> bool:
        return isinstance(raw, str) and self.entity(raw) is not None

    def _qualifier(self, fields: Fields, name: str, raw: Any, ranges: tuple[str, ...]) -> Term:
        if isinstance(raw, str) and raw.startswith("concept:"):
            return self._concept(fields, "qualifiers", raw, ("Concept",), self.vocabulary.qualifiers[name].scheme)
        known = self.entity(raw) if isinstance(raw, str) else None
        if known is not None and not all(each in DATES + NUMBERS for each in ranges):
            if not self.vocabulary.fits(known.types, ranges):
                fields.fault(f"{raw} is a {' and '.join(known.types)}, but {name} must be {_or(ranges)}", "qualifiers")
            return entity_ref(raw)
        datatypes = tuple(each for each in ranges if each in (*DATES, *NUMBERS, *TEXTS, "boolean"))
        if not datatypes:
            fields.fault(f"{name} = {raw!r} is not an entity{near(str(raw), self.entities)}", "qualifiers")
            return Value(str(raw))
        return self.literal(fields, "qualifiers", raw, datatypes, None)

    def _concept(
        self, fields: Fields, key: str, raw: str, ranges: tuple[str, ...], scheme: str | None = None
    ) -> Ref:
        name = raw.removeprefix("concept:")
        known = self.vocabulary.concepts.get(name)
        if known is None:
            fields.fault(f"{raw!r} is not a concept{near(name, self.vocabulary.concepts)}", key)
        elif scheme is not None and known.scheme != scheme:
            fields.fault(f"{raw!r} is a concept of the scheme {known.scheme}, not of {scheme}", key)
        elif not self.vocabulary.fits(known.types, ranges):
            fields.fault(f"{raw!r} is a concept of the scheme {known.scheme}, but {_or(ranges)} is asked for here", key)
        return concept(name)

    def literal(
        self, fields: Fields, key: str, raw: Any, datatypes: tuple[str, ...], language: str | None
    ) -> Value:
        """A literal of one of the datatypes (local XSD names)."""
        if isinstance(raw, datetime):
            raw = raw.date()
        if isinstance(raw, bool):
            if "boolean" in datatypes:
                return Value(str(raw).lower(), "boolean")
        elif isinstance(raw, date) or (isinstance(raw, str) and any(each in DATES for each in datatypes)):
            if any(each in DATES for each in datatypes):
                try:
                    day = PartialDate(str(raw))
                except ValueError as wrong:
                    fields.fault(f"{key}: {wrong}", key)
                    return Value(str(raw))
                return Value(day.text, day.datatype)
        elif isinstance(raw, int | float):
            wanted = [each for each in datatypes if each in NUMBERS]
            if wanted:
                if isinstance(raw, int):
                    return Value(str(raw), next((each for each in wanted if "nteger" in each), "decimal"))
                if math.isfinite(raw):
                    return Value(format(Decimal(repr(raw)), "f"), "decimal")
        elif isinstance(raw, str) and raw.strip():
            if "langString" in datatypes:
                return Value(raw, "langString", language or "en")
            if any(each in TEXTS for each in datatypes):
                return Value(raw, "anyURI" if datatypes == ("anyURI",) else "string")
        fields.fault(f"{key} = {raw!r} must be {_or(datatypes)}", key)
        return Value(str(raw))


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names) or "nothing"
