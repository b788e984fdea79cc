"""A SPARQL 1.1 endpoint behind an address.

Reported facts stand in a named graph. An endpoint reads them beside its default graph only if it has a name for that:
the SPARQL Protocol has none. The names that engines use are tried once, with a question whose answer is known.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.prefixes import PREFIXES, declare
from kg.store.base import Answer, include_graphs
from kg.store.syntax import check, explain, refuse_update
from kg.version import __version__

if TYPE_CHECKING:
    from email.message import Message

TIMEOUT = 60.0

DEFAULT_GRAPH_NAMES = (
    PREFIXES["graph"] + "default",  # cbdc-kg serve
    "urn:x-arq:DefaultGraph",  # Apache Jena
    "http://www.openrdf.org/schema/sesame#nil",  # RDF4J, GraphDB
    "http://www.bigdata.com/rdf#nullGraph",  # Blazegraph
    "http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph",  # QLever
)
_KNOWN = f"ASK {{ <{PREFIXES['cbdc']}Claim> a <{PREFIXES['owl']}Class> }}"

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_NAMED = ("reported", "conflicts", "candidates")
_SHOWN = 500


class Endpoint:
    """Answers queries by asking a server."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        self.location = address
        self.timeout = timeout
        self._default_graph: str | None = None

    def query(self, sparql: str, *, include: Sequence[str] = (), strict: bool = False) -> Answer:
        """Answer a query; see :class:`~kg.store.base.Store`."""
        check(sparql)
        kind = refuse_update(sparql)
        graphs = include_graphs(include)
        parameters = [("query", sparql if strict else declare(sparql))]
        if graphs:
            parameters += [("default-graph-uri", iri) for iri in (self._name_of_default_graph(), *graphs)]
            # With a dataset of our own choosing only the graphs that we name can be read by GRAPH.
            parameters += [("named-graph-uri", PREFIXES["graph"] + name) for name in _NAMED]
        try:
            body, media_type = self._ask(parameters, _TRIPLES if kind in ("CONSTRUCT", "DESCRIBE") else _ROWS)
        except QueryTimeout:
            raise
        except QueryError as refused:
            raise _with_place(refused, sparql, {} if strict else PREFIXES) from None
        return self._read(body, media_type)

    def _name_of_default_graph(self) -> str:
        if self._default_graph is None:
            nowhere = PREFIXES["graph"] + "none"
            if not self._knows(nowhere):
                self._default_graph = next(filter(self._knows, DEFAULT_GRAPH_NAMES), None)
        if self._default_graph is None:
            raise StoreError(
                f"{self.location}: has no name for its default graph, so it cannot read reported facts beside it; "
                "ask for them in the query: { … } UNION { GRAPH graph:reported { … } }"
            )
        return self._default_graph

    def _knows(self, graph: str) -> bool:
        try:
            body, media_type = self._ask([("query", _KNOWN), ("default-graph-uri", graph)], _ROWS)
            return bool(self._read(body, media_type))
        except (QueryError, StoreError):
            return False

    def _read(self, body: bytes, media_type: str) -> Answer:
        results = ox.QueryResultsFormat.from_media_type(media_type)
        try:
            if results is not None:
                # Rows are parsed as they are read; a body that ends too early must be known here, where its origin is.
                ox.parse_query_results(io.BytesIO(body), format=results).serialize(format=ox.QueryResultsFormat.TSV)
                return ox.parse_query_results(io.BytesIO(body), format=results)
            rdf = ox.RdfFormat.from_media_type(media_type)
            if rdf is not None:
                held = ox.Store()
                held.bulk_load(body, format=rdf)
                return held.query("CONSTRUCT WHERE { ?s ?p ?o }")
        except (SyntaxError, ValueError) as wrong:
            raise StoreError(f"{self.location}: answers with broken {media_type}: {wrong}") from None
        if "html" in media_type:
            raise StoreError(
                f"{self.location}: answers with a web page, not with SPARQL results; "
                "give the address of the endpoint itself (it often ends in /sparql)"
            )
        raise StoreError(f"{self.location}: answers with {media_type or 'no media type'}, not with SPARQL results")

    def _ask(self, parameters: list[tuple[str, str]], accept: str) -> tuple[bytes, str]:
        import http.client
        import socket
        import urllib.error
        import urllib.parse
        import urllib.request

        try:
            request = urllib.request.Request(
                self.location,
                data=urllib.parse.urlencode(parameters).encode(),
                headers={
                    "Accept": accept,
                    "Content-Type": "application/x-www-form-urlencoded",
                    "User-Agent": f"cbdc-kg/{__version__} (https://w3id.org/cbdc-kg/)",
                },
            )
            # A redirected POST would lose its query on the way.
            stay = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": _stay})
            opener = urllib.request.build_opener(stay)
            with opener.open(request, timeout=self.timeout or None) as response:
                return response.read(), response.headers.get_content_type()
        except urllib.error.HTTPError as wrong:
            with wrong:
                raise self._refusal(wrong.code, _words(wrong.read(20_000), wrong.headers), wrong.headers) from None
        except urllib.error.URLError as wrong:
            if isinstance(wrong.reason, TimeoutError | socket.timeout):
                raise self._too_slow() from None
            reason = getattr(wrong.reason, "strerror", None) or wrong.reason
            raise StoreError(f"{self.location}: cannot be reached ({reason}); is the address right?") from None
        except TimeoutError:
            raise self._too_slow() from None
        except (http.client.HTTPException, ConnectionError) as wrong:
            raise StoreError(f"{self.location}: broke off its answer ({type(wrong).__name__}); try again") from None
        except (ValueError, UnicodeError) as wrong:
            raise StoreError(f"{self.location}: is not a web address: {wrong}") from None

    def _too_slow(self) -> QueryTimeout:
        return QueryTimeout(f"{self.location}: gave no answer within {self.timeout:g} s; allow more with --timeout")

    def _refusal(self, code: int, words: str, headers: Message) -> QueryError | StoreError:
        said = f": {words}" if words else ""
        if code in (408, 504):
            return QueryTimeout(f"{self.location}: the query took too long for the endpoint{said}")
        if code == 400:
            return QueryError(f"{self.location}: refuses the query{said}")
        if 300 <= code < 400:
            moved = headers.get("Location") or "another address"
            return StoreError(f"{self.location}: has moved to {moved}; name that address")
        if code in (401, 403):
            return StoreError(f"{self.location}: does not let us in (HTTP {code}){said}")
        if code == 404:
            return StoreError(f"{self.location}: there is no endpoint here (HTTP 404); is the address right?")
        if code in (429, 503):
            return StoreError(f"{self.location}: is too busy (HTTP {code}); try again later{said}")
        return StoreError(f"{self.location}: cannot answer (HTTP {code}){said}")


def _stay(*_: object) -> None:
    """No redirection is followed; the answer that asks for it becomes an error."""


def _with_place(refused: QueryError, sparql: str, prefixes: Mapping[str, str]) -> QueryError:
    """The server's refusal, with the place of the fault where our own parser finds one too."""
    try:
        ox.Store().query(sparql, prefixes=dict(prefixes))
    except SyntaxError as wrong:
        return QueryError(f"{explain(sparql, str(wrong), prefixes)}\n{refused}")
    return refused


def _words(body: bytes, headers: Message) -> str:
    """What the server says, as plain words of a bearable length."""
    text = body.decode(headers.get_content_charset() or "utf-8", errors="replace")
    if "html" in headers.get_content_type():
        text = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", text)
    text = "".join(each if each.isprintable() else " " for each in text)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
