"""Sources: what a claim can be traced to, and the texts that stood there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kg.model.origin import Origin
from kg.model.time import PartialDate


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One text published under a source's address."""

    label: str
    sha256: str | None = None
    file: str | None = None
    title: str | None = None
    published: PartialDate | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A published document. ``reliability`` is its class on the ladder, 1 (law text) to 8 (unsourced page)."""

    id: str
    title: str
    type: str
    address: str
    publisher: str | None
    published: PartialDate
    reliability: int
    authors: tuple[str, ...] = ()
    language: str = "en"
    retrieved: date | None = None
    archived: bool = False
    quotable: bool = False
    relays: str | None = None
    """Source whose report this one passes on."""
    snapshots: tuple[Snapshot, ...] = ()
    note: str | None = None
    origin: Origin | None = field(default=None, compare=False)

    def snapshot(self, label: str | None = None) -> Snapshot | None:
        """The snapshot of that label; without a label the only one whose text is known."""
        if label is not None:
            return next((each for each in self.snapshots if each.label == label), None)
        held = [each for each in self.snapshots if each.sha256 is not None]
        return held[0] if len(held) == 1 else None
