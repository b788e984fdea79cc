"""What can stand as the object of a claim or the value of a qualifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Space = Literal["entity", "concept"]


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A thing with an identity: an entity of the graph or a concept of a scheme."""

    space: Space
    id: str

    def __str__(self) -> str:
        return f"{self.space}:{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A literal. ``datatype`` is the local name in XSD, or ``langString`` with a language."""

    text: str
    datatype: str = "string"
    language: str | None = None

    def __str__(self) -> str:
        return self.text


Term: TypeAlias = Ref | Value


def entity(id: str) -> Ref:
    """Reference to an entity."""
    return Ref("entity", id)


def concept(id: str) -> Ref:
    """Reference to a concept."""
    return Ref("concept", id)
