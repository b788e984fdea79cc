"""What a store says of things: their properties, gathered from one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import Store

Said: TypeAlias = dict[str, list[ox.NamedNode | ox.Literal]]
"""Property IRI → its values."""


AT_ONCE = 500
"""How many things one query names."""


def described(store: Store, pattern: str, subject: str = "s") -> dict[str, Said]:
    """Subject IRI → what is said of it, for every ``?s ?p ?o`` that a graph pattern binds, ``?s`` named as given."""
    found: dict[str, Said] = defaultdict(lambda: defaultdict(list))
    answer = store.query(f"SELECT DISTINCT ?{subject} ?p ?o WHERE {{ {pattern} }}")
    if not isinstance(answer, ox.QuerySolutions):
        raise StoreError(f"{store.location}: answers a SELECT with something else than rows")
    for solution in answer:
        thing, predicate, object = solution
        found[thing.value][predicate.value].append(object)
    return found


def described_of(store: Store, iris: Iterable[str]) -> dict[str, Said]:
    """What is said of certain things, asked for a few hundred at a time: an engine plans for what it is given."""
    wanted = sorted(set(iris))
    found: dict[str, Said] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= described(store, f"{values('s', wanted[start : start + AT_ONCE])} ?s ?p ?o")
    return found


def values(name: str, iris: Iterable[str]) -> str:
    """A VALUES block of IRIs."""
    return f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(iris))} }}"


def texts(said: Said, predicate: str) -> tuple[str, ...]:
    """The values of a property as text, sorted."""
    return tuple(sorted(each.value for each in said.get(predicate, ())))


def text(said: Said, predicate: str) -> str | None:
    """The value of a property as text; of several the first in order."""
    found = texts(said, predicate)
    return found[0] if found else None


def local(iri: str, *spaces: str) -> str:
    """The part of an IRI after the first of the namespaces that fits; the whole IRI where none does."""
    return next((iri[len(space) :] for space in spaces if iri.startswith(space)), iri)
