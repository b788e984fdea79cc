"""Answers in every standard format."""

from __future__ import annotations

from contextlib import contextmanager

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, UsageError
from kg.prefixes import PREFIXES

TYPE_CHECKING = False  # every import here is waited for by every query
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from kg.store.base import Answer

ROWS = ("table", "json", "csv", "tsv", "xml")
"""Formats of rows and truths."""
GRAPHS = ("turtle", "trig", "nquads", "jsonld")
"""Formats of triples."""


def write(answer: Answer, format: str | None, output: IO[bytes], *, terminal: bool = False) -> int | None:
    """Write an answer; gives the number of rows of a table, 0 for anything empty or false, else ``None``.

    Without a format, rows become a table on a terminal and SPARQL JSON elsewhere, triples Turtle.

    Raises:
        UsageError: the format does not fit the answer.
        QueryError: the answer breaks off. Where that is near its beginning, nothing has been written.
    """
    triples = isinstance(answer, ox.QueryTriples)
    format = format or ("turtle" if triples else "table" if terminal else "json")
    if format not in (GRAPHS if triples else ROWS):
        what, fitting = ("triples", GRAPHS) if triples else ("rows", ROWS)
        raise UsageError(f"{what} cannot be written as {format}; use --format {', '.join(fitting)}")
    with reading():
        if isinstance(answer, ox.QueryTriples):
            return _write_triples(answer, format, output)
        if format == "table":
            return _write_table(answer, output)
        return _write_rows(answer, format, output)


@contextmanager
def reading() -> Iterator[None]:
    """What goes wrong while an answer is read becomes an error of ours.

    Raises:
        QueryError: the answer breaks off.
        StoreError: the store or the output fails.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except (SyntaxError, RuntimeError, ValueError) as wrong:
        raise QueryError(f"the answer broke off: {wrong}") from None
    except OSError as wrong:
        raise StoreError(f"the answer broke off: {wrong.strerror or wrong}") from None


def _write_rows(answer: ox.QuerySolutions | ox.QueryBoolean, format: str, output: IO[bytes]) -> int | None:
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
        "xml": ox.QueryResultsFormat.XML,
    }
    held = _Held(output)
    answer.serialize(held, format=formats[format])  # type: ignore[arg-type]  # it needs no more than write and flush
    if format in ("json", "xml") or isinstance(answer, ox.QueryBoolean):
        held.write(b"\n")
    empty = not answer if isinstance(answer, ox.QueryBoolean) else held.without_rows(format)
    held.release()
    return 0 if empty else None


class _Held:
    """An output that keeps the beginning back: an answer that breaks off at once leaves no half document behind."""

    MOST = 65536

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._held: bytearray | None = bytearray()

    def write(self, data: bytes) -> int:
        if self._held is None:
            return self._output.write(data)
        self._held += data
        if len(self._held) > self.MOST:
            self.release()
        return len(data)

    def flush(self) -> None:
        if self._held is None:
            self._output.flush()

    def release(self) -> None:
        if self._held is not None:
            held, self._held = bytes(self._held), None
            self._output.write(held)

    def without_rows(self, format: str) -> bool:
        if self._held is None:
            return False
        if format == "json":
            return b'"bindings":[]' in self._held
        return b"<result>" not in self._held if format == "xml" else self._held.count(b"\n") < 2


def _write_triples(answer: ox.QueryTriples, format: str, output: IO[bytes]) -> int | None:
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    triples = list(answer)
    iris = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object, getattr(triple.object, "datatype", None))
        if isinstance(term, ox.NamedNode)
    }
    used = {name: space for name, space in PREFIXES.items() if any(iri.startswith(space) for iri in iris)}
    ox.serialize(triples, output, format=formats[format], prefixes=used)
    if format == "jsonld":
        output.write(b"\n")
    return None if triples else 0


def _write_table(answer: ox.QuerySolutions | ox.QueryBoolean, output: IO[bytes]) -> int | None:
    if isinstance(answer, ox.QueryBoolean):
        output.write(b"true\n" if answer else b"false\n")
        return None if answer else 0
    from kg.query.table import cell, table

    rows = [[cell(term) for term in solution] for solution in answer]
    output.write(table([variable.value for variable in answer.variables], rows).encode())
    return len(rows)
