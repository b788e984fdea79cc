"""Entities: the things that claims are about."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.origin import Origin


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name in a language (BCP 47)."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with an identity of its own. Its classes come from its file and from nowhere else."""

    id: str
    types: tuple[str, ...]
    label: str
    labels: tuple[Name, ...] = ()
    """Labels in other languages than English."""
    aliases: tuple[Name, ...] = ()
    description: str | None = None
    same_as: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    """Pairs of code list (``iso3166``, ``iso4217``, ``lei``) and code."""
    document: str | None = None
    """Source to which a vague group or provisional entity belongs."""
    origin: Origin | None = field(default=None, compare=False)

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name, the English label first."""
        return (Name(self.label), *self.labels, *self.aliases)
