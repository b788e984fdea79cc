"""Stores for tests: the project's own seeds in memory, as text, as rdflib dataset, and behind an HTTP server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox

from kg import curation, vocabulary
from kg.dataset import quads
from kg.dataset.facts import derive
from kg.model import Knowledge
from kg.store.embedded import Embedded

DEFAULT = "urn:x-arq:DefaultGraph"
"""Name that the test server gives its default graph, as Apache Jena does."""


@cache
def seeds() -> Knowledge:
    return curation.load()


@cache
def seeds_nquads() -> str:
    return nquads_of(seeds())


@cache
def seeds_store() -> Embedded:
    return Embedded.from_nquads(seeds_nquads())


def nquads_of(knowledge: Knowledge, ontology: str | None = None) -> str:
    return quads.nquads(quads.dataset(knowledge, derive(knowledge, vocabulary.load()), ontology))


def store_of(knowledge: Knowledge, ontology: str | None = None) -> Embedded:
    return Embedded.from_nquads(nquads_of(knowledge, ontology))


Answering = Callable[["Handler", dict[str, list[str]]], None]


class Handler(BaseHTTPRequestHandler):
    """A SPARQL 1.1 Protocol endpoint over a store in memory, as small as it can be."""

    answer: Answering

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).answer(self, parse_qs(body))

    def send(self, status: int, media_type: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def sparql(self: Handler, form: dict[str, list[str]]) -> None:
    """Answer from the seeds; the default graph is known as :data:`DEFAULT`."""
    graphs = form.get("default-graph-uri")
    try:
        answer = seeds_store().store.query(
            form["query"][0],
            default_graph=[ox.DefaultGraph() if each == DEFAULT else ox.NamedNode(each) for each in graphs]
            if graphs
            else None,
        )
    except SyntaxError as wrong:
        self.send(400, "text/plain; charset=utf-8", f"Parse error: {wrong}".encode())
        return
    if isinstance(answer, ox.QueryTriples):
        self.send(200, "application/n-triples", answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
    else:
        body = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        self.send(200, "application/sparql-results+json; charset=utf-8", body)


@contextmanager
def serving(answer: Answering = sparql) -> Iterator[str]:
    """The address of a server that answers so, while the block runs."""
    handler = type("Once", (Handler,), {"answer": staticmethod(answer)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
