"""A named question: a SPARQL query with parameters, checked when it is read.

A file begins with front matter, lines that start with ``#+`` and hold TOML; then stands a whole query that runs as it
is. A parameter is a ``VALUES ?name { … }`` block, whose content is the default.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.store.syntax import explain, form, tokens

SHAPES = ("cell", "list", "table", "path", "interval", "count", "boolean with evidence", "conflict set", "timeline")
TYPES = ("entity", "source", "concept", "predicate", "date", "number", "text")
_KEYS = {"title", "theme", "help", "answer", "number", "parameter"}
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker may give."""

    name: str
    type: str
    help: str
    default: str
    """Content of its block in the file."""
    choices: tuple[str, ...] = ()
    """The only values that it may have, beside none; empty where any will do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the query that answers it."""

    name: str
    title: str
    theme: str
    help: str
    answer: str
    parameters: tuple[Parameter, ...]
    sparql: str
    numbers: tuple[int, ...] = ()
    """Numbers in the list of sixty competency questions."""

    def to_json(self) -> dict[str, Any]:
        """The entry in ``cbdc-kg ask --format json``."""
        return {
            "name": self.name,
            "title": self.title,
            "theme": self.theme,
            "parameters": [
                {"name": each.name, "type": each.type, "help": each.help, "default": each.default}
                | ({"choices": list(each.choices)} if each.choices else {})
                for each in self.parameters
            ],
        }


def parse(text: str, name: str, file: str) -> Question:
    """Read a question.

    Raises:
        QueryError: with file and line, for front matter or a query that does not hold.
    """
    lines = text.split("\n")
    head = next((number for number, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    if not head:
        raise QueryError(f'{file}:1: has no front matter; begin with lines such as: #+ title = "…"')
    data = _front_matter("\n".join(line[2:].removeprefix(" ") for line in lines[:head]), file)
    sparql = "\n".join(lines[head:]).lstrip("\n")
    offset = text.count("\n", 0, len(text) - len(sparql))
    if not _NAME.fullmatch(name):
        raise QueryError(f"{file}: {name!r} is not a name; use small letters, digits and hyphens")
    _check_sparql(sparql, file, offset)
    return Question(
        name=name,
        title=_text(data, "title", file),
        theme=_text(data, "theme", file),
        help=_text(data, "help", file),
        answer=_choice(data, "answer", SHAPES, file),
        parameters=tuple(_parameter(each, sparql, file) for each in data.get("parameter", [])),
        sparql=sparql,
        numbers=tuple(data.get("number", [])),
    )


def block(sparql: str, name: str) -> tuple[int, int]:
    """Where the content of the block ``VALUES ?name { … }`` begins and ends.

    Raises:
        LookupError: there is no such block, or more than one.
    """
    found = list(tokens(sparql))
    places = []
    for index in range(len(found) - 3):
        words = [text for _, text, _ in found[index : index + 3]]
        if words[0].upper() == "VALUES" and words[1] in (f"?{name}", f"${name}") and words[2] == "{":
            start = found[index + 2][2] + 1
            end = next((place for _, text, place in found[index + 3 :] if text == "}"), None)
            if end is not None:
                places.append((start, end))
    if len(places) != 1:
        raise LookupError("no" if not places else "more than one")
    return places[0]


def _front_matter(text: str, file: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = _TOML_LINE.search(str(wrong))
        raise QueryError(f"{file}:{line.group(1) if line else 1}: front matter is not valid TOML: {wrong}") from None
    for key in data:
        if key not in _KEYS:
            raise QueryError(f"{file}:1: front matter knows no {key!r}; it knows {', '.join(sorted(_KEYS))}")
    return data


def _text(data: dict[str, Any], key: str, file: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise QueryError(f'{file}:1: has no {key}; add a line: #+ {key} = "…"')
    return " ".join(value.split())


def _choice(data: dict[str, Any], key: str, choices: tuple[str, ...], file: str) -> str:
    value = _text(data, key, file)
    if value not in choices:
        raise QueryError(f"{file}:1: {key} = {value!r} is none of: {', '.join(choices)}")
    return value


def _parameter(data: dict[str, Any], sparql: str, file: str) -> Parameter:
    name = _text(data, "name", file)
    if not name.isidentifier() or not name.isascii():
        raise QueryError(f"{file}:1: parameter {name!r} is not the name of a variable")
    try:
        start, end = block(sparql, name)
    except LookupError as wrong:
        raise QueryError(
            f"{file}:1: there is {wrong} block VALUES ?{name} {{ … }} in the query; a parameter needs exactly one"
        ) from None
    choices = data.get("choices", [])
    if not isinstance(choices, list) or not all(isinstance(each, str) and each for each in choices):
        raise QueryError(f"{file}:1: choices of {name} are not a list of words")
    type = _choice(data, "type", TYPES, file)
    return Parameter(name, type, _text(data, "help", file), sparql[start:end].strip(), tuple(choices))


def _check_sparql(sparql: str, file: str, offset: int) -> None:
    import pyoxigraph as ox

    if form(sparql) != "SELECT":
        raise QueryError(f"{file}:{offset + 1}: a question is a SELECT query")
    try:
        ox.Store().query(sparql)
    except SyntaxError as wrong:
        fault = str(explain(sparql, str(wrong), {}))
        line = int(match.group(1)) if (match := re.match(r"line (\d+)", fault)) else 1
        raise QueryError(f"{file}:{line + offset}: {fault}") from None
