"""Stores: builds on disk, pointer files, RDF files, and what is said when there is none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, QueryError, StoreError, UsageError
from kg.store import files, write
from kg.store import open as open_store
from kg.store.embedded import Embedded
from kg.store.syntax import MAX_DEPTH, form, position, tokens
from tests.stores import seeds_nquads, seeds_store

SUBSIDIARIES = "SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }"
BASES = "SELECT ?s { ?s cbdc:basedOn ?o }"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "builds" / "1"
    folder.mkdir(parents=True)
    (folder / "dataset.nq").write_text(seeds_nquads(), encoding="utf-8")
    assert write.load(str(folder / "dataset.nq"), str(folder / "store")) == seeds_nquads().count("\n")
    return folder


def test_a_build_is_a_folder_a_link_or_a_pointer(build: Path, tmp_path: Path) -> None:
    (tmp_path / "build").symlink_to("builds/1")
    (tmp_path / "pointer").write_text("builds/1\n")
    for name in ("builds/1", "build", "pointer"):
        assert len(list(open_store(str(tmp_path / name)).query(SUBSIDIARIES))) == 1  # type: ignore[arg-type]


def test_a_reader_keeps_what_it_opened(build: Path, tmp_path: Path) -> None:
    link = tmp_path / "build"
    link.symlink_to("builds/1")
    opened = open_store(str(link))
    assert opened.location == os.path.realpath(build)
    link.unlink()
    assert opened.query("ASK { entity:pbc a cbdc:CentralBank }")


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a build")
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "file", "empty"):
        with pytest.raises(StoreError, match="is not a build; run cbdc-kg build, or name one with --graph"):
            open_store(str(tmp_path / name))


def test_a_broken_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(str(tmp_path))


def test_what_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<a> <b>\n")
    with pytest.raises(StoreError, match="not N-Quads"):
        write.load(str(tmp_path / "bad.nq"), str(tmp_path / "new"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    with pytest.raises(StoreError, match="is not empty"):
        write.load(str(tmp_path / "bad.nq"), str(tmp_path / "full"))
    with pytest.raises(StoreError):
        Embedded.from_nquads("nonsense")


def test_reported_facts_only_when_asked_for() -> None:
    store = seeds_store()
    assert list(store.query(BASES)) == []  # type: ignore[arg-type]
    rows = list(store.query(BASES, include=["reported"]))  # type: ignore[arg-type]
    assert [row["s"].value.rsplit("/", 1)[-1] for row in rows] == ["tencent-proposals"]  # type: ignore[union-attr]
    # Both graphs are one default graph, and the named ones can still be reached.
    both = store.query("ASK { ?a cbdc:subsidiaryOf ?b . ?c cbdc:basedOn ?d . GRAPH graph:reported { ?c ?p ?d } }")
    assert not both
    assert store.query(
        "ASK { ?a cbdc:subsidiaryOf ?b . ?c cbdc:basedOn ?d . GRAPH graph:reported { ?c ?p ?d } }",
        include=["reported"],
    )
    with pytest.raises(UsageError, match="reported"):
        store.query("ASK {}", include=["candidates"])


def test_strict_declares_nothing() -> None:
    with pytest.raises(QueryError, match="the prefix cbdc: is not declared"):
        seeds_store().query(SUBSIDIARIES, strict=True)


def test_rdf_files(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<x> <http://p> 1 .")
    (tmp_path / "b.nq").write_text("<http://s> <http://p> <http://o> <http://g> .\n")
    (tmp_path / "c.jsonld").write_text('{"@id": "http://j", "http://p": "v"}')
    store = files.read([str(tmp_path / name) for name in ("a.ttl", "b.nq", "c.jsonld")])
    assert len(list(store.query("SELECT * { ?s <http://p> ?o }", strict=True))) == 2  # type: ignore[arg-type]
    assert store.query("ASK { GRAPH <http://g> { <http://s> ?p ?o } }", strict=True)
    (tmp_path / "bad.ttl").write_text("<x> <http://p>\n  nonsense .")
    for name, message in (("bad.ttl", r"bad\.ttl:2"), ("none.ttl", "cannot be read"), ("x.csv", "suffix")):
        with pytest.raises(StoreError, match=message):
            files.read([str(tmp_path / name)])


FAULTS = [
    ("SELECT ?s {", 1, 12, "ends too early", "add } at the end"),
    ("SELECT ?s { ?s foo:bar ?o }", 1, 16, "the prefix foo: is not declared", "did you mean foaf:?"),
    ("SELEC ?s {}", 1, 1, "did not expect 'SELEC'", "begins with SELECT"),
    ("SELECT * {\n  ?s ?p ?o .\n  ?é foo\n}", 3, 6, "did not expect 'foo'", "write ?foo"),
    ("SELECT * { ?s ?p (1 2 }", 1, 23, "did not expect '}'", ") is missing"),
    ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "did not expect 'x'", ""),
    ("SELECT * { ?s ?p 'abc\n' }", 1, 18, "did not expect", "not closed on its line"),
    ("SELECT * { ?s <http://x y> ?o }", 1, 15, "not valid", "no spaces"),
    ("SELECT (COUNT(?s) AS ?n) ?t { ?s ?p ?t }", 1, 41, "unbound", ""),
    ("SELECT * { ?s a cbdc:Claim FILTER(?s > ) }", 1, 40, "did not expect ')'", ""),
    ("# INSERT\nSELECT ?s WHERE ?s ?p ?o }", 2, 17, "did not expect '?s'", ""),
]


@pytest.mark.parametrize(("query", "line", "column", "what", "hint"), FAULTS, ids=[each[0][:30] for each in FAULTS])
def test_a_fault_has_its_place(query: str, line: int, column: int, what: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        seeds_store().query(query)
    message = str(raised.value)
    assert message.startswith(f"line {line}, column {column}: ")
    assert what in message
    assert hint in message
    shown, caret = message.splitlines()[1:3]
    assert caret.index("^") == column + 1
    assert shown[2:] == query.split("\n")[line - 1]


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:b> <a:b> 1 }", "prefix x: <y:> delete where { ?s ?p ?o }", "# x\nDROP ALL"]
)
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(QueryError, match="read only"):
        seeds_store().query(update)


def test_an_update_in_a_text_is_none() -> None:
    assert form("SELECT * { ?s ?p 'INSERT' } # DELETE") == "SELECT"
    assert form("PREFIX insert: <x:> ASK {}") == "ASK"
    assert form("{ SELECT") == ""


@pytest.mark.parametrize("opening", ["{", "(", "["])
def test_too_deep_is_refused_before_the_engine_breaks_down(opening: str) -> None:
    with pytest.raises(QueryError, match=f"more than {MAX_DEPTH} brackets"):
        seeds_store().query(f"SELECT * {opening * 5000}")


def test_brackets_in_texts_do_not_count() -> None:
    many = "{" * 5000
    assert seeds_store().query(f"ASK {{ FILTER('{many}' = '{many}') }}")


def test_an_empty_query() -> None:
    with pytest.raises(QueryError, match="empty"):
        seeds_store().query(" \n")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("SELECT ?s{}()[]<>'\"\\\n#:.;,@^éx1/*+|&=!_-"), max_size=60))
def test_any_text_is_answered_or_explained(text: str) -> None:
    try:
        answer = seeds_store().query(text)
    except KgError as wrong:
        assert re.match(r"line \d+, column \d+: |the query is empty|\w+ changes data", str(wrong)), wrong
    else:
        assert isinstance(answer, ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples)


@given(st.text(max_size=80))
def test_tokens_lie_where_they_say(text: str) -> None:
    for _, token, place in tokens(text):
        assert text[place : place + len(token)] == token


def test_position() -> None:
    assert [position("ab\ncd", place) for place in (0, 2, 3, 4)] == [(1, 1), (1, 3), (2, 1), (2, 2)]
