"""Precision, recall and F1 of predictions, and what is right about the claims that were found.

A prediction that meets a gold claim which another has met is a repeat; one that meets a secondary claim or only a
recorded second reading, or whose predicate the document was not annotated for, is not judged. None of these is an
error, and a secondary claim that nobody found is not missed. Precision is right / judged, recall right / core claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from kg.evaluation.gold import GoldClaim
from kg.evaluation.groups import groups
from kg.evaluation.matching import Axis, Judge, Meeting, Reading, pair_off
from kg.evaluation.predictions import Prediction

Pair: TypeAlias = tuple[Prediction, GoldClaim]


class Unjudged(StrEnum):
    """Why a prediction is neither right nor wrong."""

    REPEAT = "repeats"
    SECONDARY = "secondary"
    SECOND = "second reading"
    OTHER = "predicate not annotated"


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1, and the counts behind them."""

    right: int
    predicted: int
    """Judged predictions."""
    gold: int

    @property
    def precision(self) -> float:
        """Right / judged; 0 where nothing was judged."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right / gold; 0 where there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if self.right else 0.0

    def to_json(self) -> dict[str, Any]:
        """Rates and counts."""
        return {
            "P": self.precision,
            "R": self.recall,
            "F1": self.f1,
            "right": self.right,
            "predicted": self.predicted,
            "gold": self.gold,
        }


@dataclass(slots=True)
class Tally:
    """How many are right, of how many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    def to_json(self) -> dict[str, Any]:
        """Counts and accuracy, which is null where nothing was counted."""
        return {"right": self.right, "of": self.of, "accuracy": self.right / self.of if self.of else None}


@dataclass(slots=True)
class Result:
    """All predictions of a gold file in one reading, each pair, error and miss in the order of documents."""

    reading: Reading
    right: list[Pair] = field(default_factory=list)
    wrong: list[Prediction] = field(default_factory=list)
    missed: list[GoldClaim] = field(default_factory=list)
    secondary: list[Pair] = field(default_factory=list)
    """Predictions that meet a secondary claim."""
    unjudged: Counter[Unjudged] = field(default_factory=Counter)
    documents: dict[str, Rates] = field(default_factory=dict)

    @property
    def rates(self) -> Rates:
        """Over all documents and predicates (micro)."""
        return Rates(len(self.right), len(self.right) + len(self.wrong), len(self.right) + len(self.missed))

    @property
    def within_core(self) -> Rates:
        """The same without gold claims and errors of predicates beyond the core table."""
        core = groups().core
        right = sum(claim.predicate in core for _, claim in self.right)
        wrong = sum(each.predicate in core for each in self.wrong)
        return Rates(right, right + wrong, right + sum(claim.predicate in core for claim in self.missed))

    @property
    def predicates(self) -> dict[str, Rates]:
        """For each predicate of the gold's core claims and of wrong predictions."""
        right = Counter(claim.predicate for _, claim in self.right)
        wrong = Counter(each.predicate for each in self.wrong)
        missed = Counter(claim.predicate for claim in self.missed)
        return {
            name: Rates(right[name], right[name] + wrong[name], right[name] + missed[name])
            for name in sorted({*right, *wrong, *missed})
        }

    def axes(self, judge: Judge) -> dict[Axis, Tally]:
        """What is right on each axis of the claims that were found."""
        found = {axis: Tally() for axis in Axis}
        for ours, claim in self.right:
            for axis, right in judge.axes(ours, claim).items():
                found[axis].add(right)
        return found

    @property
    def groundless_times(self) -> int:
        """Claims found with a time where the gold has none."""
        return sum(1 for ours, claim in self.right if ours.time and not claim.time)

    def made_fact(self, pairs: Iterable[Pair]) -> tuple[list[Pair], int]:
        """The worst error: no fact in the gold (planned, denied …), a fact with us; and of how many that are none."""
        guarded = [(ours, claim) for ours, claim in pairs if not claim.fact]
        return [(ours, claim) for ours, claim in guarded if ours.fact], len(guarded)


@dataclass(frozen=True, slots=True)
class Scores:
    """Every reading of the same predictions."""

    gold: Sequence[GoldClaim]
    predictions: Sequence[Prediction]
    judge: Judge
    results: Mapping[Reading, Result]

    @property
    def documents(self) -> int:
        """How many documents the gold has."""
        return len({claim.doc for claim in self.gold})

    def to_json(self) -> dict[str, Any]:
        """The figures as one object."""
        core = sum(claim.core for claim in self.gold)
        return {
            "documents": self.documents,
            "gold core": core,
            "gold secondary": len(self.gold) - core,
            "predictions": len(self.predictions),
            "readings": {reading.value: self._reading(result) for reading, result in self.results.items()},
        }

    def stances(self, result: Result) -> dict[str, dict[str, int]]:
        """For each modality (and denial) of the gold: claims, claims found, and found with the right stance."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: {"gold": 0, "found": 0, "stance right": 0})
        for claim in self.gold:
            if claim.core:
                found[_stance(claim)]["gold"] += 1
        for ours, claim in result.right:
            axes = self.judge.axes(ours, claim)
            found[_stance(claim)]["found"] += 1
            found[_stance(claim)]["stance right"] += axes[Axis.MODALITY] and axes[Axis.POLARITY]
        return {name: found[name] for name in sorted(found)}

    def _reading(self, result: Result) -> dict[str, Any]:
        return {
            **result.rates.to_json(),
            "within the core predicates": result.within_core.to_json(),
            "not judged": {why.value: count for why, count in result.unjudged.items()},
            "predicates": {name: rates.to_json() for name, rates in result.predicates.items()},
            "documents": {doc: rates.to_json() for doc, rates in result.documents.items()},
            "axes": {axis.value: tally.to_json() for axis, tally in result.axes(self.judge).items()},
            "time given where the gold has none": result.groundless_times,
            "not-fact made fact, core": _made_fact(*result.made_fact(result.right)),
            "not-fact made fact, secondary": _made_fact(*result.made_fact(result.secondary)),
            "stances": self.stances(result),
        }


def score(gold: Sequence[GoldClaim], predictions: Sequence[Prediction]) -> Scores:
    """Score predictions about the documents of a gold file in every reading."""
    judge = Judge.of(gold)
    annotated = groups().core | {claim.predicate for claim in gold}
    found: dict[str, list[Prediction]] = defaultdict(list)
    for each in predictions:
        found[each.doc].append(each)
    results = {}
    for reading in Reading:
        result = results[reading] = Result(reading)
        for doc in sorted({claim.doc for claim in gold}):
            claims = [claim for claim in gold if claim.doc == doc]
            _score_document(result, doc, claims, found[doc], judge, annotated)
    return Scores(gold, predictions, judge, results)


def _score_document(
    result: Result,
    doc: str,
    claims: Sequence[GoldClaim],
    predictions: Sequence[Prediction],
    judge: Judge,
    annotated: frozenset[str],
) -> None:
    core = [claim for claim in claims if claim.core]
    secondary = [claim for claim in claims if not claim.core]
    taken, repeats = pair_off(predictions, core, judge, result.reading)
    wrong = 0
    for i, ours in enumerate(predictions):
        if i in taken:
            result.right.append((ours, core[taken[i]]))
            continue
        met = [claim for claim in secondary if judge.meets(ours, claim, result.reading) is not Meeting.NOT]
        if i in repeats:
            result.unjudged[Unjudged.REPEAT] += 1
        elif met:
            result.unjudged[Unjudged.SECONDARY] += 1
            result.secondary.append((ours, max(met, key=lambda claim: judge.preference(ours, claim))))
        elif any(judge.meets(ours, claim, result.reading) is Meeting.SECOND for claim in core):
            result.unjudged[Unjudged.SECOND] += 1
        elif result.reading is Reading.STRICT_AXES and any(
            judge.meets(ours, claim, Reading.STRICT) is Meeting.FULLY for claim in secondary
        ):
            # its modality or polarity is wrong, but so it would be for a claim that nobody asked for
            result.unjudged[Unjudged.SECONDARY] += 1
        elif ours.predicate not in annotated:
            result.unjudged[Unjudged.OTHER] += 1
        else:
            wrong += 1
            result.wrong.append(ours)
    met_claims = set(taken.values())
    result.missed += [claim for j, claim in enumerate(core) if j not in met_claims]
    result.documents[doc] = Rates(len(taken), len(taken) + wrong, len(core))


def _stance(claim: GoldClaim) -> str:
    return claim.modalities[0].value + ("" if claim.polarity.value == "Affirmed" else ", Denied")


def _made_fact(worst: Sequence[Pair], of: int) -> dict[str, Any]:
    return {"count": len(worst), "of matched": of, "gold": [claim.id for _, claim in worst]}
