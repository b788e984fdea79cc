"""What the ontology says, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Class:
    """A class of entities, with its direct superclasses."""

    name: str
    label: str
    definition: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What may be said beside a triple: a role, a share, a level."""

    name: str
    label: str
    definition: str
    ranges: tuple[str, ...]
    scheme: str | None = None
    """Scheme that its concepts come from."""
    identifying: bool = False
    """Whether two claims that differ in it are two claims."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation. Domains and ranges are alternatives; ``datatypes`` are the literal ranges (XSD local names)."""

    name: str
    label: str
    inverse_label: str
    definition: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    datatypes: tuple[str, ...]
    qualifiers: tuple[str, ...]
    group: str
    stable: bool = True
    single_valued: bool = False
    evaluative: bool = False
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme. ``scheme`` is the scheme's id, such as ``status`` or ``VoiceScheme``.

    ``types`` are its classes: ``Concept`` (that of SKOS) and any of ours, such as ``Kind``.
    """

    id: str
    label: str
    scheme: str
    types: tuple[str, ...] = ("Concept",)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed list of concepts, in the ontology's order."""

    id: str
    label: str
    concepts: tuple[str, ...]
    tracker: bool = False
    """Somebody else's: what is stated in its terms is theirs, never a fact of ours."""


@dataclass(frozen=True)
class Vocabulary:
    """Every term of the ontology by its local name."""

    classes: Mapping[str, Class]
    predicates: Mapping[str, Predicate]
    qualifiers: Mapping[str, Qualifier]
    concepts: Mapping[str, Concept]
    schemes: Mapping[str, Scheme]

    @cached_property
    def identifying(self) -> frozenset[str]:
        """Qualifiers that belong to a claim's identity."""
        return frozenset(name for name, each in self.qualifiers.items() if each.identifying)

    def of_tracker(self, concept: str) -> bool:
        """Whether a concept belongs to a tracker's scheme."""
        known = self.concepts.get(concept)
        scheme = self.schemes.get(known.scheme) if known else None
        return scheme is not None and scheme.tracker

    def ancestors(self, name: str) -> frozenset[str]:
        """The class and all above it; of an unknown class only itself."""
        found = {name}
        open_names = [name]
        while open_names:
            known = self.classes.get(open_names.pop())
            for parent in known.parents if known else ():
                if parent not in found:
                    found.add(parent)
                    open_names.append(parent)
        return frozenset(found)

    def fits(self, types: tuple[str, ...], allowed: tuple[str, ...]) -> bool:
        """Whether a thing of these classes may stand where one of the allowed classes is asked for."""
        return "Thing" in allowed or any(ancestor in allowed for each in types for ancestor in self.ancestors(each))
