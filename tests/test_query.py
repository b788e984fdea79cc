"""``cbdc-kg query`` as its user meets it, and the formats of answers."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError, UsageError
from kg.prefixes import PREFIXES, declare, expand, shorten
from kg.query.results import GRAPHS, ROWS, write
from kg.query.rows import Rows, plain
from kg.query.table import cell, table
from kg.store import write as store_write
from tests.stores import seeds_nquads, seeds_store

SUBSIDIARIES = "SELECT ?s ?o { ?s cbdc:subsidiaryOf ?o }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    (folder / "dataset.nq").write_text(seeds_nquads(), encoding="utf-8")
    store_write.load(str(folder / "dataset.nq"), str(folder / "store"))
    return folder


def run(graph: Path, *arguments: str, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "query", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=given if given is not None else "",
        env={**os.environ, "CBDC_KG_GRAPH": str(graph), **environment},
        check=False,
    )


def test_in_a_pipe_it_gives_sparql_json(graph: Path) -> None:
    result = run(graph, SUBSIDIARIES)
    assert result.returncode == 0, result.stderr
    bindings = json.loads(result.stdout)["results"]["bindings"]
    assert [row["s"]["value"] for row in bindings] == [PREFIXES["entity"] + "sft"]
    assert result.stderr == ""


def test_the_query_may_come_from_a_file_or_standard_input(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(f"\ufeff{SUBSIDIARIES}", encoding="utf-8")
    for arguments, given in (
        (["--file", str(tmp_path / "q.rq")], None),
        (["-"], SUBSIDIARIES),
        ([], SUBSIDIARIES),
    ):
        assert "sft" in run(graph, *arguments, given=given).stdout


@pytest.mark.parametrize(
    ("status", "arguments", "message"),
    [
        (2, ["SELECT ?s {"], "line 1, column 12"),
        (2, ["INSERT DATA { <a:b> <a:b> 1 }"], "read only"),
        (2, [SUBSIDIARIES, "--format", "turtle"], "rows cannot be written as turtle"),
        (2, ["DESCRIBE entity:pbc", "--format", "csv"], "triples cannot be written as csv"),
        (2, [SUBSIDIARIES, "--file", "x"], "not both"),
        (2, ["--file", "missing.rq"], "missing.rq"),
        (2, ["--timeout", "nan", "ASK {}"], "number of seconds"),
        (2, ["--strict", SUBSIDIARIES], "is not declared"),
        (2, ["--data", "missing.ttl", "ASK {}"], "missing.ttl"),
        (2, ["-g", "nowhere", "ASK {}"], "is not a build"),
        (2, [f"SELECT * {'{' * 2000}"], "brackets"),
        (2, [], "empty"),
    ],
)
def test_bad_input(status: int, arguments: list[str], message: str, graph: Path) -> None:
    result = run(graph, *arguments)
    assert (result.returncode, result.stdout) == (status, ""), result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("options", [[], ["--strict"]])
@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?s ?p ?o }"])
@pytest.mark.parametrize(
    "pattern",
    [
        "{ SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "{ service\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "{ SERVICESILENT<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "{ SERVICE ?p { ?s ?p ?o } }",
        "{ ?s ?p 1.SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "{ ?s ?p ?o FILTER(?o<1)SERVICE#>\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "{ ?s ?p 'SERVICE' { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    ],
)
def test_no_other_server_is_asked(form: str, pattern: str, options: list[str]) -> None:
    with pytest.raises(QueryError, match="SERVICE would ask another server"):
        seeds_store().query(f"{form} {'WHERE ' if form[0] == 'C' else ''}{pattern}", strict=bool(options))


def test_a_service_by_a_prefixed_name_is_refused() -> None:
    for prefixes in ("PREFIX : <http://127.0.0.1:9/>", "PREFIX SERVICE: <http://a/> PREFIX : <http://127.0.0.1:9/>"):
        with pytest.raises(QueryError, match="SERVICE would ask another server"):
            seeds_store().query(f"{prefixes} SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}")


def test_a_refused_query_leaves_nothing_on_standard_output(graph: Path) -> None:
    result = run(graph, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Error: line 1, column 12: SERVICE")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a cbdc:Service ; rdfs:label 'SERVICE <http://x/> {}' } # SERVICE <http://x/> {}",
        "PREFIX service: <http://x/service#> SELECT * { service:SERVICE service:a <http://SERVICE/> }",
    ],
)
def test_the_word_service_is_allowed_where_it_asks_nobody(query: str) -> None:
    assert list(seeds_store().query(query)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["SELECT * { ?s a serviceprovider }", "SELECT * { ?s ?p 'SERVICE }"])
def test_a_fault_beside_the_word_service_is_explained(query: str) -> None:
    with pytest.raises(QueryError, match=r"line 1, column 1[78]: did not expect"):
        seeds_store().query(query)


class Breaking:
    """Rows that break off after so many bytes."""

    def __init__(self, size: int) -> None:
        self.size = size

    def serialize(self, output: io.BytesIO, format: object) -> None:
        output.write(b"x" * self.size)
        raise OSError(5, "Input/output error")


def test_an_answer_that_breaks_off_at_once_leaves_nothing_behind() -> None:
    for size, left in ((100, 0), (100_000, 100_000)):
        output = io.BytesIO()
        with pytest.raises(StoreError, match="the answer broke off: Input/output error"):
            write(Breaking(size), "json", output)  # type: ignore[arg-type]
        assert len(output.getvalue()) == left


@pytest.mark.parametrize("format", ["table", "json", "csv", "tsv", "xml"])
def test_a_misspelt_term_is_pointed_out_when_nothing_is_found(format: str, graph: Path) -> None:
    hint = "cbdc:subsidaryOf is not a term of the ontology; did you mean cbdc:subsidiaryOf?\n"
    result = run(graph, "SELECT ?s { ?s cbdc:subsidaryOf entity:pbc }", "--format", format)
    assert (result.returncode, result.stderr) == (0, hint)
    assert run(graph, "SELECT ?s { ?s cbdc:subsidaryOf ?o }", "--format", format, "--quiet").stderr == ""
    assert run(graph, "SELECT ?s { ?s cbdc:subsidiaryOf 7 ; cbdc:voice 'x' }", "--format", format).stderr == ""
    found = run(graph, "SELECT ?s { ?s a cbdc:Company OPTIONAL { ?s cbdc:subsidaryOf ?o } }", "--format", format)
    assert found.stderr == ""


def test_a_misspelt_term_in_other_forms(graph: Path) -> None:
    for form in ("ASK", "CONSTRUCT WHERE"):
        assert "did you mean cbdc:subsidiaryOf?" in run(graph, f"{form} {{ ?s cbdc:subsidaryOf ?o }}").stderr


def test_empty_and_false_are_answers(graph: Path) -> None:
    assert run(graph, "SELECT ?s { ?s cbdc:subsidiaryOf 7 }").returncode == 0
    result = run(graph, "ASK { entity:pbc cbdc:subsidiaryOf entity:sft }", "--format", "table")
    assert (result.returncode, result.stdout) == (0, "false\n")


def test_a_query_that_takes_too_long_is_stopped(graph: Path) -> None:
    started = time.monotonic()
    result = run(graph, "--timeout", "0.5", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert result.returncode == 1
    assert "took longer than 0.5 s" in result.stderr
    assert time.monotonic() - started < 20


def test_a_query_that_breaks_the_engine_is_a_message(graph: Path) -> None:
    # Not nested, so that no check of ours sees it coming; what the engine does with it is its own matter.
    result = run(graph, "-", given=f"ASK {{ FILTER({'!' * 200_000}true) }}")
    assert result.returncode in (0, 2)
    assert "Traceback" not in result.stderr


def test_strict_on_files(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<http://s> <http://p> 7 .")
    result = run(graph, "--strict", "--data", str(tmp_path / "x.ttl"), "SELECT ?o { ?s ?p ?o }", "--format", "tsv")
    assert result.stdout == "?o\n7\n"


def test_a_table_is_for_people(graph: Path) -> None:
    result = run(graph, SUBSIDIARIES, "--format", "table", NO_COLOR="1")
    assert result.stdout.splitlines()[2].split() == ["entity:sft", "entity:pbc"]
    assert "\x1b" not in result.stdout


# --- Formats ------------------------------------------------------------------------------------------------------


def written(query: str, format: str | None, terminal: bool = False) -> bytes:
    out = io.BytesIO()
    write(seeds_store().query(query), format, out, terminal=terminal)
    return out.getvalue()


def test_rows_in_every_format() -> None:
    query = "SELECT ?o { entity:pbc rdfs:label ?o } ORDER BY ?o"
    assert ROWS == ("table", "json", "csv", "tsv", "xml")
    labels = {row["o"]["value"] for row in json.loads(written(query, "json"))["results"]["bindings"]}
    assert labels == {"People's Bank of China", "中国人民银行"}
    assert {row[0] for row in list(csv.reader(io.StringIO(written(query, "csv").decode())))[1:]} == labels
    assert all(label in written(query, "tsv").decode() for label in labels)
    assert b"<sparql" in written(query, "xml")
    assert all(label in written(query, "table").decode() for label in labels)
    assert written(query, None) == written(query, "json")
    assert written(query, None, terminal=True) == written(query, "table")


def test_triples_in_every_format() -> None:
    query = "CONSTRUCT WHERE { entity:pbc rdfs:label ?o }"
    assert GRAPHS == ("turtle", "trig", "nquads", "jsonld")
    wanted = set(ox.parse(written(query, "nquads"), format=ox.RdfFormat.N_QUADS))
    assert len(wanted) == 2
    for name, format in (
        ("turtle", ox.RdfFormat.TURTLE),
        ("trig", ox.RdfFormat.TRIG),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ):
        assert set(ox.parse(written(query, name), format=format)) == wanted
    assert written(query, None, terminal=True) == written(query, "turtle")
    turtle = written(query, "turtle").decode()
    assert "entity:pbc" in turtle
    assert "skos:" not in turtle


@pytest.mark.parametrize(
    ("query", "format"), [("SELECT * {}", "trig"), ("DESCRIBE entity:pbc", "json"), ("ASK {}", "nquads")]
)
def test_a_format_must_fit(query: str, format: str) -> None:
    with pytest.raises(UsageError, match="use --format"):
        written(query, format)


def test_truths() -> None:
    assert json.loads(written("ASK {}", "json"))["boolean"] is True
    assert written("ASK { FILTER(false) }", None, terminal=True) == b"false\n"


def test_tables_cannot_steer_a_terminal() -> None:
    shown = table(["a\x1b[31m"], [["x\x1b]0;title\x07\ny"]])
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert len(shown.splitlines()) == 3


def test_wide_tables_fit_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = table(["key", "text"], [["s001", "word " * 60]])
    assert max(map(len, shown.splitlines())) <= 60
    assert table([], []) == ""


def test_cells() -> None:
    assert cell(None) == ""
    assert cell(ox.NamedNode(PREFIXES["entity"] + "pbc")) == "entity:pbc"
    assert cell(ox.Literal("名", language="zh")) == "名"
    assert cell(ox.BlankNode("b")) == "_:b"


# --- Prefixes -----------------------------------------------------------------------------------------------------


def test_prefixes_are_the_agreed_ones() -> None:
    agreed = "cbdc entity source claim evidence graph concept rdf rdfs owl xsd skos dcterms prov oa org foaf schema"
    assert " ".join(PREFIXES) == f"{agreed} dcat void sh"


def test_the_file_is_toml_all_the_same() -> None:
    import tomllib

    import kg.prefixes

    with open(Path(kg.prefixes.__file__).parent / "query" / "prefixes.toml", "rb") as handle:
        assert tomllib.load(handle) == PREFIXES


def test_shorten_and_expand() -> None:
    for name, space in PREFIXES.items():
        assert shorten(f"{space}x-1") == f"{name}:x-1"
        assert expand(f"{name}:x-1") == f"{space}x-1"
    for iri in (
        PREFIXES["source"] + "a/snapshot/b",
        "http://elsewhere/x",
        PREFIXES["entity"],
        PREFIXES["entity"] + "a.",
    ):
        assert shorten(iri) == f"<{iri}>"
        assert expand(shorten(iri)) == iri
    assert expand("nothing:x") is None
    assert expand("plain") is None


def test_declare_adds_what_is_used_and_not_declared() -> None:
    query = "PREFIX  skos: <x:> SELECT * { ?s skos:a cbdc:b }"
    assert declare(query) == f"PREFIX cbdc: <{PREFIXES['cbdc']}>\n{query}"


# --- Values -------------------------------------------------------------------------------------------------------


def test_values_become_python_values() -> None:
    found = plain(
        seeds_store().query(
            'SELECT * { BIND(1 AS ?i) BIND(1.5 AS ?d) BIND(1e0 AS ?f) BIND(true AS ?b) BIND("x"@en AS ?t)'
            ' BIND("2020-01-02"^^xsd:date AS ?day) BIND("2020"^^xsd:gYear AS ?y) BIND(entity:pbc AS ?e)'
            ' BIND("x"^^xsd:integer AS ?bad) OPTIONAL { entity:none ?none ?none2 } }'
        )
    )
    assert isinstance(found, Rows)
    row = found[0]
    assert (row["i"], float(row["d"]), row["f"], row["b"], row["t"], row["y"], row["bad"], row["none"]) == (
        1,
        1.5,
        1.0,
        True,
        "x",
        "2020",
        "x",
        None,
    )
    assert row["day"].isoformat() == "2020-01-02"
    assert row["e"] == PREFIXES["entity"] + "pbc"


def test_an_answer_that_breaks_off_is_an_error() -> None:
    from kg.query.results import reading

    with pytest.raises(QueryError, match="broke off"), reading():
        raise ValueError("x")
