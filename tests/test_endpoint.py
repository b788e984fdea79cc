"""A SPARQL endpoint as the graph: the same answers, and clear words when it does not answer."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryError, QueryTimeout, StoreError
from kg.store.endpoint import Endpoint
from tests.stores import DEFAULT, Handler, seeds_store, serving, sparql

SUBSIDIARIES = "SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }"
BASES = "SELECT ?s { ?s cbdc:basedOn ?o }"


def values(answer: object) -> list[str]:
    assert isinstance(answer, ox.QuerySolutions)
    return [row["s"].value.rsplit("/", 1)[-1] for row in answer]  # type: ignore[union-attr]


def test_every_form_of_query() -> None:
    with serving() as address:
        endpoint = Endpoint(address)
        assert values(endpoint.query(SUBSIDIARIES)) == ["sft"]
        assert endpoint.query("ASK { entity:sft a cbdc:Company }")
        ours = seeds_store().query("DESCRIBE entity:pbc")
        assert set(endpoint.query("DESCRIBE entity:pbc")) == set(ours)  # type: ignore[arg-type]


def test_reported_facts_by_the_name_of_the_default_graph() -> None:
    with serving() as address:
        endpoint = Endpoint(address)
        assert values(endpoint.query(BASES)) == []
        assert values(endpoint.query(BASES, include=["reported"])) == ["tencent-proposals"]
        assert values(endpoint.query(SUBSIDIARIES, include=["reported"])) == ["sft"]
        assert endpoint._default_graph == DEFAULT


def test_an_endpoint_that_ignores_or_refuses_the_choice_of_graphs_says_so() -> None:
    def ignoring(handler: Handler, form: dict[str, list[str]]) -> None:
        sparql(handler, {"query": form["query"]})

    def refusing(handler: Handler, form: dict[str, list[str]]) -> None:
        if "default-graph-uri" in form:
            handler.send(400, "text/plain", b"no")
        else:
            sparql(handler, form)

    for answer in (ignoring, refusing):
        with serving(answer) as address, pytest.raises(StoreError, match=r"UNION \{ GRAPH graph:reported"):
            Endpoint(address).query(BASES, include=["reported"])


def test_prefixes_are_written_out() -> None:
    seen: list[str] = []

    def noting(handler: Handler, form: dict[str, list[str]]) -> None:
        seen.extend(form["query"])
        sparql(handler, form)

    with serving(noting) as address:
        Endpoint(address).query(SUBSIDIARIES)
        with pytest.raises(QueryError):
            Endpoint(address).query(SUBSIDIARIES, strict=True)
    assert seen[0].startswith("PREFIX cbdc: <")
    assert seen[1] == SUBSIDIARIES


def test_a_fault_has_its_place_and_the_servers_words() -> None:
    with serving() as address, pytest.raises(QueryError, match="line 1, column 12") as raised:
        Endpoint(address).query("SELECT ?s {")
    assert "refuses the query: Parse error" in str(raised.value)


def test_updates_are_not_even_sent() -> None:
    with pytest.raises(QueryError, match="read only"):
        Endpoint("http://127.0.0.1:9/").query("DROP ALL")


def test_nobody_is_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(StoreError, match=r"cannot be reached \(Connection refused\)"):
        Endpoint(f"http://127.0.0.1:{port}/sparql").query("ASK {}")


@pytest.mark.parametrize(
    ("status", "media_type", "body", "kind", "message"),
    [
        (200, "text/html", "<html>Welcome</html>", StoreError, "answers with a web page"),
        (200, "image/png", "x", StoreError, "answers with image/png"),
        (200, "application/sparql-results+json", '{"head', StoreError, "answers with broken"),
        (400, "text/plain", "Undefined function x", QueryError, "refuses the query: Undefined function x"),
        (401, "text/plain", "", StoreError, "does not let us in"),
        (404, "text/html", "<h1>Not Found</h1>", StoreError, "no endpoint here"),
        (408, "text/plain", "", QueryTimeout, "took too long for the endpoint"),
        (429, "text/plain", "slow down", StoreError, "too busy"),
        (500, "text/html", "<style>b{}</style><b>Out of\nmemory</b>\x1b", StoreError, r"\(HTTP 500\): Out of memory"),
        (503, "text/plain", "x" * 9_000, StoreError, "x…"),
        (302, "text/plain", "", StoreError, "has moved to http://elsewhere/sparql"),
    ],
)
def test_what_a_server_may_say(status: int, media_type: str, body: str, kind: type[KgError], message: str) -> None:
    def answer(handler: Handler, form: dict[str, list[str]]) -> None:
        handler.send(status, media_type, body.encode(), Location="http://elsewhere/sparql")

    with serving(answer) as address, pytest.raises(kind, match=message) as raised:
        Endpoint(address).query("ASK {}")
    assert str(raised.value).startswith(address)
    assert len(str(raised.value)) < 800
    assert "\x1b" not in str(raised.value)


def test_a_server_that_is_too_slow() -> None:
    given_up = threading.Event()

    def silent(handler: Handler, form: dict[str, list[str]]) -> None:
        given_up.wait()
        handler.close_connection = True

    with serving(silent) as address:
        try:
            with pytest.raises(QueryTimeout, match=r"within 0\.2 s"):
                Endpoint(address, timeout=0.2).query("ASK {}")
        finally:
            given_up.set()


def test_a_server_that_breaks_off() -> None:
    def breaking(handler: Handler, form: dict[str, list[str]]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x")
        handler.close_connection = True

    with serving(breaking) as address, pytest.raises(StoreError, match="broke off its answer"):
        Endpoint(address).query("ASK {}")


CUT = [
    ("application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","val'),
    (
        "application/sparql-results+xml",
        b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        b'<head><variable name="s"/></head><results><result><binding name="s"><ur',
    ),
]


@pytest.mark.parametrize(("media_type", "body"), CUT)
def test_an_answer_cut_short_is_the_fault_of_its_address(media_type: str, body: bytes) -> None:
    def cutting(handler: Handler, form: dict[str, list[str]]) -> None:
        handler.send(200, media_type, body)

    with serving(cutting) as address:
        with pytest.raises(StoreError, match=f"{address}: answers with broken {media_type.replace('+', '.')}"):
            Endpoint(address).query("SELECT * { ?s ?p ?o }")
        for arguments in (["show", "pbc"], ["stats"], ["path", "sft", "pbc"], ["why", "sft", "owns", "pbc"]):
            result = subprocess.run(
                [sys.executable, "-m", "kg", *arguments, "--graph", address],
                capture_output=True,
                text=True,
                env={**os.environ, "no_proxy": "127.0.0.1"},
                check=False,
            )
            assert (result.returncode, result.stdout) == (2, ""), result.stderr
            assert result.stderr.startswith(f"Error: {address}: answers with broken"), result.stderr


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://a b/"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(StoreError):
        Endpoint(address).query("ASK {}")


def test_every_reading_command_works_on_it() -> None:
    with serving() as address:
        for arguments, words in (
            (["query", SUBSIDIARIES], "entity/sft"),
            (["query", BASES, "--include", "reported"], "tencent-proposals"),
            (["ask", "owner", "organization=SFT"], "subsidiaryOf"),
            (["show", "PBC"], "has the subsidiary"),
            (["why", "SFT", "subsidiaryOf", "PBC"], "paragraph 11"),
            (["path", "SFT", "PBC"], "subsidiary"),
            (["stats"], "claims"),
        ):
            result = subprocess.run(
                [sys.executable, "-m", "kg", *arguments, "--graph", address],
                capture_output=True,
                text=True,
                encoding="utf-8",
                env={**os.environ, "no_proxy": "127.0.0.1"},
                check=False,
            )
            assert result.returncode == 0, (arguments, result.stderr)
            assert words in result.stdout, arguments


def test_it_answers_like_the_embedded_store() -> None:
    query = "SELECT ?s ?o { ?s cbdc:voice ?o } ORDER BY ?s"
    with serving() as address:
        theirs, ours = Endpoint(address).query(query), seeds_store().query(query)
    json_format = ox.QueryResultsFormat.JSON
    assert isinstance(theirs, ox.QuerySolutions)
    assert isinstance(ours, ox.QuerySolutions)
    assert json.loads(theirs.serialize(format=json_format) or b"") == json.loads(
        ours.serialize(format=json_format) or b""
    )
