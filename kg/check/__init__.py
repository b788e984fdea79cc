"""Checks on a dataset: SHACL shapes and our own rules; findings name the file and line at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.check.finding import Finding, Severity, origins

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.model import Knowledge

__all__ = ["Finding", "Severity", "check"]


def check(knowledge: Knowledge, whole: Dataset, nquads: str) -> list[Finding]:
    """Everything that is wrong with a dataset, violations first, then by file and line."""
    from kg.check import rules, shapes

    places = origins(knowledge)
    found = [*shapes.findings(whole, places), *rules.findings(nquads, places)]
    return sorted(found, key=lambda each: each.order)
