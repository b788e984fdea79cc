"""Everything we hold, as typed records: what seeds and reviews give, and what a store gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.model.claim import Claim
from kg.model.entity import Entity
from kg.model.source import Source


@dataclass(frozen=True, slots=True)
class Release:
    """What the dataset as a whole says about itself."""

    title: str
    version: str
    data_date: date
    licence: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Entities, sources and claims by id, in the order of their files."""

    release: Release
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Merged entity → the entity that stands for it."""
    distinct: tuple[tuple[str, str], ...] = ()
    """Pairs of entities that are easily confused and must never be merged."""
