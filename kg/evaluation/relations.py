"""Precision, recall and F1 of relations, passage by passage, in five readings.

A predicted fact is right if its property is that of a gold fact and both its spans overlap the gold's. Precision is
right / judged predictions, recall gold facts met / gold facts. A prediction of a property that the passage was not
searched for is not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any, TypeAlias

from kg.errors import EvaluationError
from kg.evaluation.groups import groups
from kg.evaluation.passages import End, Fact, Passage

Fits: TypeAlias = Callable[[Fact, Fact], bool]


class Reading(StrEnum):
    """How a prediction must meet the gold."""

    OVERLAP = "overlap"
    """Both spans overlap; one wide prediction may meet several gold facts."""
    ONE_TO_ONE = "one-to-one"
    """The same, but each prediction meets one gold fact only."""
    EXACT = "exact"
    """The spans are equal."""
    DISTINCT = "distinct"
    """Gold facts of one passage whose ends are the same things count once, and one mention suffices."""
    NAMED = "named"
    """Gold facts with a pronoun for an end are neither asked for nor held against a prediction."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and judged predictions, gold facts met and gold facts."""

    right: int = 0
    predicted: int = 0
    met: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.predicted + other.predicted, self.met + other.met, self.gold + other.gold
        )

    @property
    def precision(self) -> float:
        """Right / judged; 0 where nothing was judged."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Met / gold; 0 where there is no gold."""
        return self.met / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, Any]:
        """Rates and counts."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "right": self.right,
            "predicted": self.predicted,
            "met": self.met,
            "gold": self.gold,
        }


@dataclass(frozen=True, slots=True)
class RelationScores:
    """The scores of a gold file of passages, and every mistake with its passage."""

    passages: int
    properties: Mapping[str, Counts]
    """In the reading ``overlap``."""
    micro: Mapping[Reading, Counts]
    unjudged: Sequence[tuple[Passage, Fact]]
    wrong: Sequence[tuple[Passage, Fact]]
    missed: Sequence[tuple[Passage, Fact]]

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the properties."""
        return sum(each.f1 for each in self.properties.values()) / len(self.properties) if self.properties else 0.0

    def to_json(self) -> dict[str, Any]:
        """The figures as one object."""
        return {
            "passages": self.passages,
            "unjudged": len(self.unjudged),
            "properties": {name: counts.to_json() for name, counts in self.properties.items()},
            "micro": {reading.value: counts.to_json() for reading, counts in self.micro.items()},
            "macro_f1": self.macro_f1,
        }


def score(gold: Sequence[Passage], records: Iterable[Mapping[str, Any]]) -> RelationScores:
    """Score records of predictions, one or more for a passage; a passage without one has no predictions.

    Raises:
        EvaluationError: a record is of a passage that the gold does not have.
    """
    found: dict[tuple[str, int, int], list[Fact]] = {passage.key: [] for passage in gold}
    for record in records:
        key = str(record["doc"]), record["passage_start"], record["passage_end"]
        if key not in found:
            raise EvaluationError(f"a prediction is about the passage {key}, which is not in the gold")
        found[key] += map(Fact.of, record["facts"])
    totals: dict[tuple[Reading, str], Counts] = defaultdict(Counts)
    unjudged: list[tuple[Passage, Fact]] = []
    wrong: list[tuple[Passage, Fact]] = []
    missed: list[tuple[Passage, Fact]] = []
    for passage in gold:
        asked = [fact for fact in found[passage.key] if fact.relation in passage.annotated]
        unjudged += [(passage, fact) for fact in found[passage.key] if fact.relation not in passage.annotated]
        judged = list({fact.key: fact for fact in asked}.values())
        for name in dict.fromkeys(fact.relation for fact in (*passage.facts, *judged)):
            wanted = [fact for fact in passage.facts if fact.relation == name]
            ours = [fact for fact in judged if fact.relation == name]
            for reading in Reading:
                totals[reading, name] += count(wanted, ours, reading)
            wrong += [(passage, fact) for fact in ours if not any(_overlap(each, fact) for each in wanted)]
            missed += [(passage, fact) for fact in wanted if not any(_overlap(fact, each) for each in ours)]
    names = sorted({name for passage in gold for name in passage.annotated})
    return RelationScores(
        passages=len(gold),
        properties={name: totals[Reading.OVERLAP, name] for name in names},
        micro={reading: sum((totals[reading, name] for name in names), Counts()) for reading in Reading},
        unjudged=unjudged,
        wrong=wrong,
        missed=missed,
    )


def count(gold: Sequence[Fact], ours: Sequence[Fact], reading: Reading) -> Counts:
    """Counts for facts of one property in one passage; ``ours`` holds no prediction twice."""
    if reading is Reading.ONE_TO_ONE:
        paired = _most_pairs(gold, ours)
        return Counts(paired, len(ours), paired, len(gold))
    fits: Fits = _equal if reading is Reading.EXACT else _overlap
    if reading is Reading.NAMED:
        named = [fact for fact in gold if not _pronominal(fact)]
        ours = [
            fact
            for fact in ours
            if any(fits(each, fact) for each in named) or not any(fits(each, fact) for each in gold)
        ]
        gold = named
    right = sum(any(fits(each, fact) for each in gold) for fact in ours)
    asked = _distinct(gold) if reading is Reading.DISTINCT else [[fact] for fact in gold]
    met = sum(any(fits(each, fact) for each in same for fact in ours) for same in asked)
    return Counts(right, len(ours), met, len(asked))


def _overlap(one: Fact, other: Fact) -> bool:
    return one.subject.overlaps(other.subject) and one.object.overlaps(other.object)


def _equal(one: Fact, other: Fact) -> bool:
    return one.subject.spans(other.subject) and one.object.spans(other.object)


def _same(one: Fact, other: Fact) -> bool:
    """Whether two gold facts state one thing through two mentions."""

    def same_end(first: End, second: End) -> bool:
        return first.overlaps(second) or (first.uri is not None and first.uri == second.uri)

    return same_end(one.subject, other.subject) and same_end(one.object, other.object)


def _distinct(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Gold facts gathered into those that state one thing, directly or through others."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(facts)))
    graph.add_edges_from((i, j) for i, j in combinations(range(len(facts)), 2) if _same(facts[i], facts[j]))
    return [[facts[i] for i in some] for some in nx.connected_components(graph)]


def _pronominal(fact: Fact) -> bool:
    return any(end.text.strip().lower() in groups().pronouns for end in (fact.subject, fact.object))


def _most_pairs(gold: Sequence[Fact], ours: Sequence[Fact]) -> int:
    """The greatest number of gold facts and predictions that can be paired."""
    import networkx as nx

    wanted = [("gold", i) for i in range(len(gold))]
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    graph.add_nodes_from(wanted)
    graph.add_edges_from(
        (("gold", i), ("ours", j))
        for i, fact in enumerate(gold)
        for j, other in enumerate(ours)
        if _overlap(fact, other)
    )
    # each pair stands in the matching from both its sides
    return len(nx.bipartite.hopcroft_karp_matching(graph, wanted)) // 2
