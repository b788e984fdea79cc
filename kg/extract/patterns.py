"""The declared patterns of ``patterns/*.toml``: read, checked, and indexed by the words that trigger them."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.errors import ExtractionError
from kg.extract.data import FOLDER, read_toml, toml_files
from kg.extract.notation import Shape, parse
from kg.model import Modality, Origin, Polarity

_KEYS = {
    "name": str,
    "predicate": str,
    "match": str,
    "polarity": str,
    "modality": str,
    "trust": float,
    "own_voice": bool,
    "literal": bool,
    "presupposed": bool,
    "deed": bool,
    "subjects": list,
    "objects": list,
    "strict": list,
    "named": list,
    "examples": list,
}
_EXAMPLE_KEYS = {"text", "subject", "object", "modality", "polarity", "value", "none"}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what the pattern makes of it; with ``none`` it must stay silent."""

    text: str
    subject: str | None = None
    object: str | None = None
    value: str | None = None
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.AFFIRMED
    none: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A declared pattern. ``trust`` is how far it alone is believed, between 0 and 1."""

    name: str
    predicate: str
    shape: Shape
    origin: Origin = field(compare=False)
    polarity: Polarity | None = None
    modality: Modality | None = None
    trust: float = 0.9
    own_voice: bool = False
    """The anchor is an act of speaking, so its own words are the document's."""
    literal: bool = False
    """The object is a name, not a thing."""
    presupposed: bool = False
    """It is said in passing ("its wallet Tenpay"), so plans and denials of the sentence do not touch it."""
    deed: bool = False
    """The anchor's act itself ("banned token sales") is the subject where its object is no thing that the predicate
    takes, and where the act goes against its object: the sales have no reason, their ban has one."""
    subjects: tuple[str, ...] = ()
    """Classes of the subject, where they are fewer than the predicate's domain."""
    objects: tuple[str, ...] = ()
    """Classes of the object, where they are fewer than the predicate's range."""
    strict: tuple[str, ...] = ()
    """Ends ("S", "O") at which a guess of the language model may not be overruled: the words alone prove little."""
    named: tuple[str, ...] = ()
    """Ends at which only something with a name may stand, no phrase."""
    examples: tuple[Example, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Names that its file's examples take as known, with their classes."""


@lru_cache(maxsize=1)
def load() -> tuple[Pattern, ...]:
    """Every pattern.

    Raises:
        ExtractionError: lists each fault with file and line.
    """
    found: list[Pattern] = []
    faults: list[str] = []
    for name in toml_files("patterns"):
        _read(name, found, faults)
    first: dict[str, Pattern] = {}
    for pattern in found:
        if pattern.name in first:
            faults.append(f"{pattern.origin}: {pattern.name!r} is already declared in {first[pattern.name].origin}")
        first.setdefault(pattern.name, pattern)
    if faults:
        raise ExtractionError("\n".join(faults))
    return tuple(found)


@lru_cache(maxsize=1)
def by_word() -> dict[str, tuple[Pattern, ...]]:
    """Lemma of the anchor (without its particle) → patterns that it may begin."""
    index: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in load():
        for word in sorted({word.partition("+")[0] for word in pattern.shape.nodes[0].words}):
            index[word].append(pattern)
    return {word: tuple(patterns) for word, patterns in index.items()}


def read(name: str) -> tuple[list[Pattern], list[str]]:
    """The patterns and the faults of one file."""
    found: list[Pattern] = []
    faults: list[str] = []
    _read(name, found, faults)
    return found, faults


def _read(name: str, found: list[Pattern], faults: list[str]) -> None:
    data = read_toml(name)
    path = os.path.join(FOLDER, name)
    with open(path, encoding="utf-8") as handle:
        lines = [number for number, line in enumerate(handle, 1) if re.match(r"\s*\[\[\s*pattern\s*\]\]", line)]
    for line, table in zip(lines, data.get("pattern", []), strict=False):
        origin = Origin(path, line)
        try:
            found.append(_pattern(table, origin, data.get("names", {})))
        except (ValueError, KeyError, TypeError) as wrong:
            what = f"{wrong.args[0]!r} is missing" if isinstance(wrong, KeyError) else str(wrong)
            faults.append(f"{origin}: pattern {table.get('name', '?')!r}: {what}")


def _pattern(table: dict[str, Any], origin: Origin, names: dict[str, str]) -> Pattern:
    for key, value in table.items():
        if key not in _KEYS:
            raise ValueError(f"unknown key {key!r}; known are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise ValueError(f"{key!r} must be a {_KEYS[key].__name__}")
    examples = tuple(_example(each) for each in table.get("examples", []))
    if not any(not each.none for each in examples):
        raise ValueError("a pattern needs an example")
    trust = table.get("trust", 0.9)
    if not 0 < trust <= 1:
        raise ValueError("'trust' lies between 0 and 1")
    return Pattern(
        name=table["name"],
        predicate=table["predicate"],
        shape=parse(table["match"]),
        origin=origin,
        polarity=Polarity(table["polarity"]) if "polarity" in table else None,
        modality=Modality(table["modality"]) if "modality" in table else None,
        trust=trust,
        own_voice=table.get("own_voice", False),
        literal=table.get("literal", False),
        presupposed=table.get("presupposed", False),
        deed=table.get("deed", False),
        subjects=tuple(table.get("subjects", ())),
        objects=tuple(table.get("objects", ())),
        strict=_ends(table, "strict"),
        named=_ends(table, "named"),
        examples=examples,
        names=names,
    )


def _ends(table: dict[str, Any], key: str) -> tuple[str, ...]:
    found = tuple(table.get(key, ()))
    if set(found) - {"S", "O"}:
        raise ValueError(f"{key!r} lists ends, S or O")
    return found


def _example(table: dict[str, Any]) -> Example:
    unknown = sorted(set(table) - _EXAMPLE_KEYS)
    if unknown:
        raise ValueError(f"an example has an unknown key {unknown[0]!r}")
    if not table.get("none") and not (table.get("subject") and (table.get("object") or table.get("value"))):
        raise ValueError(f"the example {table['text']!r} expects nothing; give subject and object, or none = true")
    return Example(
        text=table["text"],
        subject=table.get("subject"),
        object=table.get("object"),
        value=table.get("value"),
        modality=Modality(table.get("modality", "Actual")),
        polarity=Polarity(table.get("polarity", "Affirmed")),
        none=table.get("none", False),
    )
