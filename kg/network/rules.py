"""The rules of ``chains.toml``: what chains may pass through, networks of certain links, and costs."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.dataset.derivation import Strength
from kg.vocabulary import Vocabulary

LINKING = (Strength.FACT, Strength.REPORTED, Strength.HEDGED)
"""Strengths that can link two things. A judgement, a denial or a withheld statement never does."""

UNIT = 1_000_000
"""Costs are whole numbers of millionths: sums are exact, and equal chains stay equal."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Things that make an inner node of a chain only when asked for."""

    name: str
    one: str
    many: str
    classes: frozenset[str]
    but_not: frozenset[str]
    opened_by: str | None = None
    """The strength whose inclusion opens the passage as well."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A network of certain predicates, and of certain qualifiers that are links."""

    name: str
    words: str
    predicates: frozenset[str]
    qualifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """``chains.toml``, read."""

    passages: Mapping[str, Passage]
    selections: Mapping[str, Selection]
    qualifiers: Mapping[str, tuple[str, str]]
    """Qualifiers that are links, with their words from the subject on and back to it."""
    costs: Mapping[Strength, int]

    def passages_of(self, types: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
        """Names of the passages that a thing of these classes belongs to, in the order of the file."""
        above = [vocabulary.ancestors(each) for each in types]
        return tuple(
            passage.name
            for passage in self.passages.values()
            if any(names & passage.classes and not names & passage.but_not for names in above)
        )


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The project's rules for chains."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "chains.toml"), "rb") as handle:
        table = tomllib.load(handle)
    return Rules(
        passages={
            name: Passage(
                name,
                each["one"],
                each["many"],
                frozenset(each["classes"]),
                frozenset(each.get("but_not", ())),
                each.get("with"),
            )
            for name, each in table["through"].items()
        },
        selections={
            name: Selection(name, each["words"], frozenset(each["predicates"]), frozenset(each["qualifiers"]))
            for name, each in table["only"].items()
        },
        qualifiers={name: (each["words"], each["inverse"]) for name, each in table["qualifiers"].items()},
        costs={strength: round(table["cost"][strength.value] * UNIT) for strength in LINKING},
    )
