"""SHACL: the dataset's default graph and its conflicts against ``ontology/shapes.ttl``, by pySHACL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import SH

from kg.check.finding import Finding, Severity, origin_of
from kg.model import Origin
from kg.resources import folder
from kg.vocabulary.namespaces import CONFLICTS


def findings(whole: Dataset, places: Mapping[str, Origin], ontology: str | None = None) -> Iterator[Finding]:
    """Everything that breaks a shape, in no particular order."""
    import pyshacl

    shapes = Graph().parse(os.path.join(ontology or folder("ontology"), "shapes.ttl"), format="turtle")
    conforms, report, _ = pyshacl.validate(_checked_graph(whole), shacl_graph=shapes, inference="none")
    if conforms:
        return
    assert isinstance(report, Graph)
    for result in report.subjects(SH.resultSeverity):
        focus = str(report.value(result, SH.focusNode))
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        shown = f" (found {value!s})" if value is not None and str(value) != focus else ""
        about = f"{str(path).rpartition('#')[2].rpartition('/')[2]}: " if isinstance(path, URIRef) else ""
        warning = report.value(result, SH.resultSeverity) == SH.Warning
        yield Finding(
            Severity.WARNING if warning else Severity.VIOLATION,
            "shape",
            f"{about}{report.value(result, SH.resultMessage)}{shown}",
            focus,
            origin_of(focus, places),
        )


def _checked_graph(whole: Dataset) -> Graph:
    """The default graph and the conflicts as one plain graph: pySHACL would read a dataset's graphs as a union."""
    graph = Graph()
    for part in (whole.default_graph, whole.graph(URIRef(CONFLICTS))):
        for triple in part:
            graph.add(triple)
    return graph
