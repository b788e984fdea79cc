"""Where in our own files a record was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A file and a line (1-based) that a curator can open."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
