"""A name and the tokens that it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.parts import text_of
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at tokens ``start`` to ``end`` of a block."""

    start: int
    end: int
    text: str
    entities: tuple[Entity, ...] = ()
    label: str | None = None
    """The language model's label, where it saw the name."""


def at_characters(doc: Doc, start: int, end: int) -> NameSpan | None:
    """The tokens that hold the characters ``start`` to ``end`` of a block; nothing where there are none."""
    found = doc.char_span(start, end, alignment_mode="expand")
    return NameSpan(found.start, found.end, text_of(doc)[start:end]) if found else None
