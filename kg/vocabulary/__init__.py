"""The ontology as typed records: classes, predicates, qualifiers and concept schemes."""

from kg.vocabulary.read import load
from kg.vocabulary.terms import Class, Concept, Predicate, Qualifier, Scheme, Vocabulary

__all__ = ["Class", "Concept", "Predicate", "Qualifier", "Scheme", "Vocabulary", "load"]
