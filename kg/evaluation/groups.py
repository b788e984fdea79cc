"""What the scoring of claims takes for related: ``groups.toml`` and the vocabulary, read together and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.curation.fields import SeedFile
from kg.errors import EvaluationError
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "groups.toml")


@dataclass(frozen=True, slots=True)
class Groups:
    """Predicates as the gold names them."""

    gold_names: Mapping[str, str]
    """The extractor's predicate → the gold's, where they differ."""
    group_of: Mapping[str, str]
    """Predicate → the group within which the lenient reading takes predicates for one another."""
    symmetric: frozenset[str]
    core: frozenset[str]
    """The predicates that every gold file is annotated for."""
    empty: frozenset[str]
    """Words that do not count in a name."""
    pronouns: frozenset[str]

    def in_gold(self, predicate: str) -> str:
        """The gold's name of an extractor's predicate."""
        return self.gold_names.get(predicate, predicate)


@lru_cache(maxsize=1)
def groups() -> Groups:
    """The project's own groups.

    Raises:
        EvaluationError: lists each fault of the file with its line.
    """
    return read(FILE, load_vocabulary())


def read(path: str, vocabulary: Vocabulary) -> Groups:
    """The groups of a file, for the predicates of a vocabulary.

    Raises:
        EvaluationError: lists each fault with file and line.
    """
    faults: list[str] = []
    file = SeedFile.read(path, faults)
    if file is None:
        raise EvaluationError("\n".join(faults))
    gold_names: dict[str, str] = {}
    for ours, theirs in _table(file, "gold_names").items():
        if ours not in vocabulary.predicates:
            faults.append(f"{file.origin('gold_names', ours)}: the ontology has no predicate {ours!r}")
        if not isinstance(theirs, str) or theirs in vocabulary.predicates:
            faults.append(f"{file.origin('gold_names', ours)}: {theirs!r} is no name that only the gold has")
        else:
            gold_names[ours] = theirs
    known = {gold_names.get(each, each) for each in vocabulary.predicates}
    group_of: dict[str, str] = {}
    for group in _table(file, "groups"):
        for predicate in _words(file, "groups", group):
            if predicate not in known:
                faults.append(f"{file.origin('groups', group)}: the ontology has no predicate {predicate!r}")
            if predicate in group_of:
                faults.append(f"{file.origin('groups', group)}: {predicate!r} is in {group_of[predicate]!r} already")
            group_of[predicate] = group
    empty = frozenset(_words(file, "names", "empty"))
    pronouns = frozenset(_words(file, "names", "pronouns"))
    for name in sorted(set(file.table) - {"gold_names", "groups", "names"}):
        faults.append(f"{file.origin(name)}: unknown table {name!r}; known are gold_names, groups, names")
    if faults:
        raise EvaluationError("\n".join(faults))
    predicates = vocabulary.predicates.items()
    return Groups(
        gold_names=gold_names,
        group_of=group_of,
        symmetric=frozenset(gold_names.get(name, name) for name, each in predicates if each.symmetric),
        core=frozenset(gold_names.get(name, name) for name, each in predicates if each.stable),
        empty=empty,
        pronouns=pronouns,
    )


def _table(file: SeedFile, name: str) -> Mapping[str, object]:
    found = file.table.get(name)
    if not isinstance(found, dict):
        file.faults.append(f"{file.origin(name)}: the table [{name}] is missing")
        return {}
    return found


def _words(file: SeedFile, table: str, name: str) -> list[str]:
    found = _table(file, table).get(name)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        file.faults.append(f"{file.origin(table, name)}: {name!r} must be a list of words")
        return []
    return found
