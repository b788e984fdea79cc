"""Our own checks: the SPARQL queries of ``ontology/checks/``, each with a title, a severity and a message."""

from __future__ import annotations

import os
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.check.finding import Finding, Severity, origin_of
from kg.errors import SeedError
from kg.model import Origin
from kg.resources import folder

FRONT_MATTER = "#+ "


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: every solution of its query is a finding, its ``?focus`` the node that is at fault."""

    name: str
    title: str
    severity: Severity
    message: str
    query: str


def rules(ontology: str | None = None) -> list[Rule]:
    """Every check of an ontology folder, sorted by name.

    Raises:
        SeedError: a file's front matter cannot be read, with the file.
    """
    path = os.path.join(ontology or folder("ontology"), "checks")
    return [_rule(os.path.join(path, name)) for name in sorted(os.listdir(path)) if name.endswith(".rq")]


def _rule(path: str) -> Rule:
    with open(path, encoding="utf-8") as handle:
        text = handle.read()
    front = [line.removeprefix(FRONT_MATTER) for line in text.splitlines() if line.startswith(FRONT_MATTER)]
    try:
        said = tomllib.loads("\n".join(front))
        name = os.path.basename(path).removesuffix(".rq")
        return Rule(name, said["title"], Severity(said["severity"]), said["message"], text)
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as wrong:
        raise SeedError(f"{path}: front matter needs title, severity and message ({wrong})") from None


def findings(nquads: str, places: Mapping[str, Origin], ontology: str | None = None) -> Iterator[Finding]:
    """What the checks find in a dataset given as N-Quads.

    Raises:
        SeedError: a check is not valid SPARQL.
    """
    store = ox.Store()
    store.bulk_load(input=nquads.encode(), format=ox.RdfFormat.N_QUADS)
    for rule in rules(ontology):
        try:
            solutions = store.query(rule.query)
        except SyntaxError as wrong:
            raise SeedError(f"ontology/checks/{rule.name}.rq: not valid SPARQL: {wrong}") from None
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            values = {name: _shown(solution[name]) for name in names}
            focus = _shown(solution["focus"])
            iri = solution["focus"].value if isinstance(solution["focus"], ox.NamedNode) else ""
            message = string.Formatter().vformat(rule.message, (), _Shown(values))
            yield Finding(rule.severity, rule.name, message, focus, origin_of(iri, places))


class _Shown(dict[str, str]):
    """Values of a solution; what is unbound shows as nothing."""

    def __missing__(self, key: str) -> str:
        return "?"


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix("https://w3id.org/cbdc-kg/").replace("ontology#", "cbdc:").replace("/", ":", 1)
    return "?" if term is None else str(getattr(term, "value", term))
