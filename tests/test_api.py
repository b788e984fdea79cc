"""The Python API: ``import kg; kg.open("build")``."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.query.rows import Rows, Triples


@pytest.fixture(scope="module")
def graph(built: Path) -> kg.Graph:
    return kg.open(str(built))


def test_all_is_what_can_be_imported() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert sorted(kg.__all__) == kg.__dir__() == sorted(kg._HOMES)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_every_error_is_public() -> None:
    import kg.errors

    errors = {name for name, each in vars(kg.errors).items() if isinstance(each, type) and issubclass(each, Exception)}
    assert errors <= set(kg.__all__)


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import kg; print(sorted(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['kg']"


def test_query(graph: kg.Graph) -> None:
    found = graph.query("SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }")
    assert isinstance(found, Rows)
    assert found.rows == list(found) == [{"s": "https://w3id.org/cbdc-kg/entity/sft"}]
    assert (len(found), found.column("s")) == (1, ["https://w3id.org/cbdc-kg/entity/sft"])
    assert graph.query("ASK { ?s cbdc:basedOn ?o }") is False
    assert graph.query("ASK { ?s cbdc:basedOn ?o }", include=["reported"]) is True
    triples = graph.query("CONSTRUCT WHERE { entity:pbc rdfs:label ?o }")
    assert isinstance(triples, Triples)
    assert len(triples) == len(list(triples)) == 2
    with pytest.raises(kg.QueryError, match="line 1, column 12"):
        graph.query("SELECT ?s {")


def test_to_pandas(graph: kg.Graph) -> None:
    frame = graph.ask("owner", organization="SFT").to_pandas()
    assert list(frame["predicate"].str.rsplit("#").str[-1]) == ["subsidiaryOf", "owns", "foundedOn"]
    assert float(frame["share"][0]) == 1


def test_ask(graph: kg.Graph) -> None:
    assert len(graph.ask("link", from_="Tencent", to="PBC")) == 3
    assert {each.name for each in graph.questions()} >= {"owner", "link"}
    with pytest.raises(kg.QueryError):
        graph.ask("nothing")


def test_show_why_path_stats(graph: kg.Graph) -> None:
    assert "central bank" in str(graph.show("PBC"))
    assert graph.why("SFT", "subsidiaryOf", "PBC").strength == "fact"
    assert graph.path("Facebook", "Libra").chains
    assert not graph.path("Tencent", "PBC", only="ownership").chains
    assert graph.stats()


def test_networkx_and_rdflib(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    assert network.has_edge("sft", "pbc")
    assert not network.has_edge("tencent-proposals", "tenpay")
    assert graph.to_networkx(include=["reported"]).has_edge("tencent-proposals", "tenpay")
    dataset = graph.to_rdflib()
    plain = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(plain, Rows)
    assert len(dataset.default_graph) == plain[0]["n"]
    assert {str(each.identifier).rsplit("/", 1)[-1] for each in dataset.graphs()} >= {"reported"}


def test_page(graph: kg.Graph, tmp_path: Path) -> None:
    graph.page(str(tmp_path / "page.html"), focus="Tenpay")
    assert "Tenpay" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_it_says_what_it_is(graph: kg.Graph) -> None:
    assert repr(graph) == f"kg.open({graph.location!r})"
    with pytest.raises(kg.StoreError, match="is not a build"):
        kg.open("nowhere")


def test_one_graph_to_include_may_be_a_word(graph: kg.Graph) -> None:
    assert graph.query("ASK { ?s cbdc:basedOn ?o }", include="reported") is True
    with pytest.raises(kg.UsageError, match="'rumoured' is not a graph"):
        graph.query("ASK {}", include="rumoured")


def test_questions_take_the_clocks(graph: kg.Graph) -> None:
    assert len(graph.ask("owner", organization="SFT", as_of=date(2020, 1, 1))) == len(graph.ask("owner")) == 3
    assert len(graph.ask("owner", organization="SFT", known_at=date(2000, 1, 1))) == 0
