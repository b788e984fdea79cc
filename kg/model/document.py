"""A document as read: its text, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.time import PartialDate


@dataclass(frozen=True, slots=True)
class Document:
    """``text`` is the stored text that offsets count in; ``sha256`` the digest of the file's bytes."""

    id: str
    path: str
    text: str
    sha256: str
    title: str | None = None
    published: PartialDate | None = None
    publisher: str | None = None
    address: str | None = None
    language: str = "en"
    headings: tuple[tuple[int, int], ...] = ()
    """Spans of headings, where the format marks them."""
