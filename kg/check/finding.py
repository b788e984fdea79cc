"""What a check found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Knowledge, Origin
from kg.vocabulary.namespaces import CLAIM, ENTITY, SOURCE


class Severity(StrEnum):
    """Whether a finding stops a build."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which rule, about what, where it was written, and what to do."""

    severity: Severity
    rule: str
    message: str
    focus: str | None = None
    origin: Origin | None = None

    def __str__(self) -> str:
        """The finding in one line, its place first."""
        place = f"{self.origin}: " if self.origin else f"{self.focus}: " if self.focus else ""
        return f"{place}{self.message}"

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """Sort key: violations first, then by place."""
        where = self.origin or Origin("", 0)
        return (self.severity, where.file, where.line, self.rule, self.message)


def origins(knowledge: Knowledge) -> Mapping[str, Origin]:
    """Where each entity, source and claim was written, by IRI."""
    found: dict[str, Origin] = {}
    for space, records in ((ENTITY, knowledge.entities), (SOURCE, knowledge.sources), (CLAIM, knowledge.claims)):
        for id, record in records.items():
            if record.origin is not None:
                found[space + id] = record.origin
    return found


def origin_of(iri: str, places: Mapping[str, Origin]) -> Origin | None:
    """The place of a node, or of the node that it is a part of (a snapshot, a selector)."""
    while iri not in places and "/" in iri.removeprefix("https://"):
        iri = iri.rpartition("/")[0]
    return places.get(iri)
