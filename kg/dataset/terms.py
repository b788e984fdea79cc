"""Records' references and values as rdflib terms."""

from __future__ import annotations

from datetime import date

from rdflib import Literal, URIRef

from kg.model import PartialDate, Ref, Term, Value
from kg.vocabulary.namespaces import CBDC, CONCEPT, ENTITY, RDF, XSD

_SPACES = {"entity": ENTITY, "concept": CONCEPT}


def node(term: Term) -> URIRef | Literal:
    """A reference or value as an RDF term; literals keep their lexical form."""
    if isinstance(term, Ref):
        return URIRef(_SPACES[term.space] + term.id)
    if term.language is not None:
        return Literal(term.text, lang=term.language)
    return typed(term.text, term.datatype)


def typed(text: str, datatype: str) -> Literal:
    """A literal with an XSD datatype; a plain string has none written."""
    if datatype == "string":
        return Literal(text)
    space = RDF if datatype == "langString" else XSD
    return Literal(text, datatype=URIRef(space + datatype), normalize=False)


def day(value: date | PartialDate) -> Literal:
    """A date as xsd:date, or a partial one as xsd:gYearMonth or xsd:gYear."""
    if isinstance(value, PartialDate):
        return typed(value.text, value.datatype)
    return typed(value.isoformat(), "date")


def flag(value: bool) -> Literal:
    """An xsd:boolean."""
    return typed("true" if value else "false", "boolean")


def term(name: str) -> URIRef:
    """A term of the ontology by its local name."""
    return URIRef(CBDC + name)


def value_of(literal_text: str, datatype: str, language: str | None) -> Value:
    """The inverse of :func:`node` for literals; ``datatype`` is an IRI."""
    if language:
        return Value(literal_text, "langString", language)
    return Value(literal_text, datatype.rsplit("#", 1)[-1] if datatype else "string")
