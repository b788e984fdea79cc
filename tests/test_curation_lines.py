"""Lines of TOML keys: what :func:`kg.curation.lines.locate` says is where a generated document has them."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.curation.lines import Path, locate

names = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)

TRAPS = ["[x]", "[[claim]]", "key = 1", "# no", "]", "}", "[{", "'", "=", "it's", "深圳", "\\\\", ""]
"""Lines that are harmless inside a text and would mislead a reader of lines."""

plain = st.sampled_from([trap for trap in TRAPS if trap != "\\\\"])
one_line = st.one_of(
    st.integers(-9, 9).map(str),
    st.booleans().map(lambda each: str(each).lower()),
    st.just("2019-08-28"),
    plain.map(lambda each: '"' + each + '"'),
    st.just('"a \\" ] [ b"'),
    plain.filter(lambda each: "'" not in each).map(lambda each: "'" + each + "'"),
    st.just("'back\\slash\\'"),
    st.just("{ start = 0, end = 4 }"),
    st.just('["[", "]", { x = "}" }]'),
)
texts = st.lists(st.sampled_from(TRAPS), min_size=1, max_size=4).map("\n".join)
long_texts = texts.map(lambda each: '"""\n' + each + '\n"""')
raw_texts = texts.map(lambda each: "'''\n" + each + "\n'''")
arrays = st.lists(st.one_of(one_line, long_texts, raw_texts), max_size=3).map(
    lambda each: "[  # list [\n" + "".join(f"  {value},  # ]\n" for value in each) + "]"
)
values = st.one_of(one_line, long_texts, raw_texts, arrays)
tails = st.sampled_from(["", "  # [x]", " # key = 1", "\t"])
gaps = st.sampled_from(["", "\n", "# [nothing]\n", "\n  \n# key = '''\n"])


class Written:
    """A document as it is being written, and where its keys are."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: dict[Path, int] = {}

    def add(self, path: Path, text: str) -> None:
        self.lines[path] = self.text.count("\n") + 1
        self.text += text + "\n"


@st.composite
def documents(draw: st.DrawFn) -> Written:
    """Keys at the top, then tables and arrays of tables in any order, as seed files are written."""
    doc = Written()

    def keys(table: Path) -> None:
        for name in draw(st.lists(names, max_size=4, unique=True)):
            doc.text += draw(gaps)
            quoted = draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
            indent = draw(st.sampled_from(["", "  "]))
            equals = draw(st.sampled_from(["=", " = ", "    = "]))
            doc.add((*table, name), f"{indent}{quoted}{equals}{draw(values)}{draw(tails)}")

    keys(())
    taken = {path[0] for path in doc.lines}
    counts: dict[str, int] = {}
    for name in draw(st.lists(names.filter(lambda each: each not in taken), max_size=5)):
        doc.text += draw(gaps)
        if name in counts or (draw(st.booleans()) and (name,) not in doc.lines):
            table: Path = (name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
            doc.add(table, f"[[{name}]]{draw(tails)}")
        elif (name,) in doc.lines:
            continue
        else:
            table = (name,)
            doc.add(table, f"[ {name} ]{draw(tails)}")
        keys(table)
    return doc


def paths(table: dict[str, Any]) -> set[Path]:
    """Paths of all tables and keys that TOML itself finds."""
    found: set[Path] = set()
    for name, value in table.items():
        found.add((name,))
        if isinstance(value, dict):
            found |= {(name, key) for key in value}
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, dict):
                    found |= {(name, index), *((name, index, key) for key in each)}
    return found


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_key_and_table_is_where_it_was_written(doc: Written) -> None:
    table = tomllib.loads(doc.text)
    assert set(doc.lines) <= paths(table)
    assert dict(locate(doc.text)) == doc.lines


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab=[]{}\"'#\n\\. ")))
def test_no_text_ends_it(text: str) -> None:
    lines = locate(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def test_an_empty_document() -> None:
    assert dict(locate("")) == {}


def test_the_first_of_two_places_counts() -> None:
    assert locate("[a]\nx = 1\n[a]\nx = 2\n")["a", "x"] == 2


def test_a_nested_table() -> None:
    assert dict(locate("[a.b]\nx = 1\n")) == {("a", "b"): 1, ("a", "b", "x"): 2}


def test_a_name_with_a_dot() -> None:
    assert dict(locate('["a.b"]\nx = 1\n')) == {("a.b",): 1, ("a.b", "x"): 2}


def test_a_table_under_an_array_of_tables() -> None:
    text = "[[claim]]\nx = 1\n[[claim]]\nx = 1\n[claim.qualifiers]\nshare = 1\n"
    assert tomllib.loads(text)["claim"][1]["qualifiers"] == {"share": 1}
    assert locate(text)["claim", 1, "qualifiers", "share"] == 6


def test_a_text_that_ends_with_quotation_marks() -> None:
    text = 'a = ["""x"""", 1]\nb = 2\n'
    assert tomllib.loads(text) == {"a": ['x"', 1], "b": 2}
    assert locate(text) == {("a",): 1, ("b",): 2}


def test_a_dotted_key() -> None:
    text = "[a]\nlabels.zh = 'x'\nlabels.fr = 'y'\n"
    assert tomllib.loads(text) == {"a": {"labels": {"zh": "x", "fr": "y"}}}
    assert locate(text)["a", "labels", "fr"] == 3
