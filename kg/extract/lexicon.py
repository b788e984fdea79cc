"""The word lists of ``cues/*.toml``: loaded once, checked on load."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kg.errors import ExtractionError
from kg.extract.data import read_toml, toml_files


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    return {name.removeprefix("cues/").removesuffix(".toml"): read_toml(name) for name in toml_files("cues")}


@lru_cache(maxsize=256)
def words(table: str, key: str) -> frozenset[str]:
    """A word list, such as ``words("speech", "verbs")``.

    Raises:
        ExtractionError: the list is missing or holds something else than lower-case words.
    """
    found = _tables().get(table, {}).get(key)
    if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found):
        raise ExtractionError(f"kg/extract/cues/{table}.toml: {key!r} must be a list of words")
    twice = sorted({word for word in found if found.count(word) > 1})
    if twice:
        raise ExtractionError(f"kg/extract/cues/{table}.toml: {key!r} lists twice: {', '.join(twice)}")
    return frozenset(found)


@lru_cache(maxsize=16)
def classes() -> dict[str, str]:
    """Head noun → class of the ontology that it names."""
    table = _tables()["kinds"]["classes"]
    return {noun: name for name, nouns in table.items() for noun in nouns}


@lru_cache(maxsize=16)
def entity_labels() -> dict[str, tuple[str, ...]]:
    """Label of the language model's named entities → classes that such a thing may have."""
    return {label: tuple(names) for label, names in _tables()["kinds"]["labels"].items()}


@lru_cache(maxsize=16)
def seats() -> dict[str, str]:
    """Seat of a government, in lower case → the country that papers mean by it."""
    return dict(_tables()["places"]["seats"])


@lru_cache(maxsize=16)
def demonyms() -> dict[str, str]:
    """Adjective or name of a state's people, in lower case → the state: ``moroccan`` → ``Morocco``."""
    return dict(_tables()["places"]["demonyms"])


def called(types: tuple[str, ...]) -> frozenset[str]:
    """Classes by which a text may also call a thing of these classes: a currency "the project"."""
    table = _tables()["kinds"]["called"]
    return frozenset(other for each in types for other in table.get(each, ()))
