"""Why an answer may be empty: terms of the query that the ontology does not have."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.prefixes import CBDC
from kg.store.syntax import tokens


def unknown_terms(sparql: str) -> Iterator[str]:
    """A sentence for every ``cbdc:`` term of a query that the ontology does not define, with a near one."""
    import difflib

    used = dict.fromkeys(
        text.removeprefix("cbdc:") if kind == "name" else text[1:-1].removeprefix(CBDC)
        for kind, text, _ in tokens(sparql)
        if (kind == "name" and text.startswith("cbdc:")) or (kind == "iri" and text[1:].startswith(CBDC))
    )
    known = _terms() if used else set()
    for name in used:
        if name and name not in known:
            near = difflib.get_close_matches(name[:60], known, 1, 0.6)
            hint = f"; did you mean cbdc:{near[0]}?" if near else "; all are listed in docs/predicates.md"
            yield f"cbdc:{name[:60]} is not a term of the ontology{hint}"


def _terms() -> set[str]:
    """Local names of all that the ontology defines: classes, predicates, and what claims are described with."""
    from kg.vocabulary.read import files

    return {
        quad.subject.value[len(CBDC) :]
        for path in files()
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CBDC)
    }
