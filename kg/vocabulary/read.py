"""Read ``ontology/*.ttl`` into records.

pyoxigraph parses here, not rdflib: extraction and the review of seeds start thirty times sooner.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import SeedError
from kg.resources import folder
from kg.vocabulary.namespaces import CBDC, CONCEPT, OWL, RDF, RDFS, SCHEMA, SKOS, VS, XSD
from kg.vocabulary.terms import Class, Concept, Predicate, Qualifier, Scheme, Vocabulary

Facts: TypeAlias = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]

NOT_PART_OF_THE_DATASET = ("shapes.ttl",)
"""Files of the ontology folder that say how to check data, not what terms mean."""


def files(path: str | None = None) -> list[str]:
    """Turtle files of the ontology, sorted, without the shapes."""
    path = path or folder("ontology")
    return [
        os.path.join(path, name)
        for name in sorted(os.listdir(path))
        if name.endswith(".ttl") and name not in NOT_PART_OF_THE_DATASET
    ]


@lru_cache(maxsize=4)
def load(path: str | None = None) -> Vocabulary:
    """The vocabulary of an ontology folder, by default the project's own.

    Raises:
        SeedError: a file is not valid Turtle, or a predicate lacks a label, a domain or a range.
    """
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for name in files(path):
        _read(name, facts)
    classes = {
        _local(iri): Class(
            _local(iri),
            _text(said, RDFS + "label", iri),
            _text(said, SKOS + "definition", iri),
            tuple(_local(each.value) for each in said.get(RDFS + "subClassOf", [])),
        )
        for iri, said in _of_type(facts, OWL + "Class")
        if iri.startswith(CBDC)
    }
    concepts = {
        _local(iri): Concept(
            _local(iri),
            _text(said, SKOS + "prefLabel", iri),
            _local(said[SKOS + "inScheme"][0].value),
            tuple(_local(each.value) for each in said[RDF + "type"]),
        )
        for iri, said in _of_type(facts, SKOS + "Concept")
        if SKOS + "inScheme" in said
    }
    schemes = {
        _local(iri): Scheme(
            _local(iri),
            _label(said, iri),
            tuple(name for name, each in concepts.items() if each.scheme == _local(iri)),
            any(each.value == CBDC + "TrackerScheme" for each in said[RDF + "type"]),
        )
        for iri, said in _of_type(facts, SKOS + "ConceptScheme")
    }
    predicates = {_local(iri): _predicate(iri, said) for iri, said in _of_type(facts, CBDC + "Predicate")}
    qualifiers = {_local(iri): _qualifier(iri, said) for iri, said in _of_type(facts, CBDC + "Qualifier")}
    return Vocabulary(classes, predicates, qualifiers, concepts, schemes)


def _read(path: str, facts: Facts) -> None:
    try:
        with open(path, "rb") as handle:
            for quad in ox.parse(handle, format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                    facts[quad.subject.value][quad.predicate.value].append(quad.object)
    except (OSError, SyntaxError, ValueError) as wrong:
        line = getattr(wrong, "lineno", None)
        raise SeedError(f"{path}{f':{line}' if line else ''}: {getattr(wrong, 'msg', wrong)}") from None


def _predicate(iri: str, said: dict[str, list[ox.NamedNode | ox.Literal]]) -> Predicate:
    types = {each.value for each in said[RDF + "type"]}
    ranges = [each.value for each in said.get(SCHEMA + "rangeIncludes", [])]
    if not ranges or SCHEMA + "domainIncludes" not in said:
        raise SeedError(f"ontology: {_local(iri)} has no domain or no range")
    return Predicate(
        name=_local(iri),
        label=_text(said, RDFS + "label", iri),
        inverse_label=_text(said, CBDC + "inverseLabel", iri),
        definition=_text(said, SKOS + "definition", iri),
        domains=tuple(_local(each.value) for each in said[SCHEMA + "domainIncludes"]),
        ranges=tuple(_local(each) for each in ranges if not _is_datatype(each)),
        datatypes=tuple(_local(each) for each in ranges if _is_datatype(each)),
        qualifiers=tuple(_local(each.value) for each in said.get(CBDC + "hasQualifier", [])),
        group=_local(said[CBDC + "group"][0].value) if CBDC + "group" in said else "",
        stable=_text(said, VS + "term_status", iri) == "stable",
        single_valued=CBDC + "SingleValued" in types,
        evaluative=CBDC + "Evaluative" in types,
        symmetric=OWL + "SymmetricProperty" in types,
    )


def _qualifier(iri: str, said: dict[str, list[ox.NamedNode | ox.Literal]]) -> Qualifier:
    return Qualifier(
        name=_local(iri),
        label=_text(said, RDFS + "label", iri),
        definition=_text(said, SKOS + "definition", iri),
        ranges=tuple(_local(each.value) for each in said.get(SCHEMA + "rangeIncludes", [])),
        scheme=next((_local(each.value) for each in said.get(CBDC + "valueScheme", [])), None),
        identifying=any(each.value == "true" for each in said.get(CBDC + "identifying", [])),
    )


def _of_type(facts: Facts, iri: str) -> Iterable[tuple[str, dict[str, list[ox.NamedNode | ox.Literal]]]]:
    return (
        (subject, said)
        for subject, said in facts.items()
        if any(each.value == iri for each in said.get(RDF + "type", ()))
    )


def _text(said: dict[str, list[ox.NamedNode | ox.Literal]], predicate: str, iri: str) -> str:
    values = said.get(predicate)
    if not values:
        raise SeedError(f"ontology: {_local(iri)} has no {_local(predicate)}")
    return values[0].value


def _label(said: dict[str, list[ox.NamedNode | ox.Literal]], iri: str) -> str:
    return _text(said, RDFS + "label" if RDFS + "label" in said else SKOS + "prefLabel", iri)


def _is_datatype(iri: str) -> bool:
    return iri.startswith(XSD) or iri == RDF + "langString"


def _local(iri: str) -> str:
    for space in (CBDC, CONCEPT, XSD, RDF, RDFS, SKOS, OWL, SCHEMA):
        if iri.startswith(space):
            return iri[len(space) :]
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
