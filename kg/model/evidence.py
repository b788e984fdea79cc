"""Evidence: the place in a text where a claim stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def span_digest(text: str) -> str:
    """First 16 hex digits of the SHA-256 of a span's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a snapshot, a locator in words, or both.

    Offsets count Unicode code points in the stored text, half-open.
    """

    snapshot: str | None = None
    """SHA-256 of the snapshot that the offsets count in."""
    start: int | None = None
    end: int | None = None
    digest: str | None = None
    locator: str | None = None
    quote: str | None = None
    """The span itself, only where the reader has the document."""
