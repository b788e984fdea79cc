"""Families of classes: few enough to tell apart by shape and colour."""

from __future__ import annotations

from collections.abc import Sequence

from kg.vocabulary import Vocabulary
from viz.records import Group

_FAMILIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("authority", "Authorities", ("Authority", "InternationalBody")),
    ("person", "People", ("Person",)),
    ("unnamed", "Unnamed groups", ("UnnamedGroup",)),
    ("organization", "Organizations", ("Agent",)),
    ("place", "Places", ("Place",)),
    ("money", "Currencies", ("Currency", "DigitalCurrency", "Basket")),
    ("project", "Projects, technology", ("Project", "Phase", "Product", "Platform", "Technology")),
    ("document", "Documents, events", ("Document", "Instrument", "Event")),
)
"""Id, label and the classes whose subclasses belong to it. The first that fits counts."""

REST = Group("topic", "Plans, topics, roles")

GROUPS: tuple[Group, ...] = (*(Group(id, label) for id, label, _ in _FAMILIES), REST)


def group_of(types: Sequence[str], vocabulary: Vocabulary) -> str:
    """Id of the family that draws an entity of these classes: that of its first class."""
    above = vocabulary.ancestors(types[0]) if types else frozenset[str]()
    return next((id for id, _, roots in _FAMILIES if above.intersection(roots)), REST.id)
