"""Find relations in the passages of a gold file and score them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.evaluation import knowledgenet, passages, relations
from kg.evaluation.relations import RelationScores
from kg.extract.classifier import weights as weights_files


@dataclass(frozen=True, slots=True)
class Relating:
    """The scores of a gold file of passages, with what was predicted."""

    path: str
    scores: RelationScores
    records: tuple[Mapping[str, Any], ...]
    """One for each passage, as the scorer of passages reads them."""
    training: str
    """What the predictions were learnt from, in words."""

    def to_json(self) -> dict[str, Any]:
        """All figures as one object."""
        return {"gold": self.path, "kind": "passages", "training": self.training, **self.scores.to_json()}


def evaluate(
    path: str,
    *,
    weights: str | None = None,
    committed: bool = False,
    started: Callable[[int], None] = lambda steps: None,
    step: Callable[[], None] = lambda: None,
) -> Relating:
    """Score relations in passages: each fold by what was learnt from the others, or by given weights.

    A gold file of a single fold, or with passages of none, is scored by the weights that come with cbdc-kg.

    Raises:
        EvaluationError: the gold cannot be read, with file and line.
        ExtractionError: the weights, the language model or a library for learning are missing or faulty.
    """
    gold = passages.read(path)
    folds = {each.fold for each in gold}
    started(len(gold))
    if weights is None and not committed and len(folds) > 1 and None not in folds:
        training = f"leave one out of {len(folds)} folds: each is scored by what was learnt from the others"
        found: Iterable[Mapping[str, Any]] = knowledgenet.cross_validated(gold)
    else:
        training = f"the weights {weights or 'that come with cbdc-kg'}; had they seen these passages, all is too high"
        found = knowledgenet.predict(gold, weights_files.load(weights))
    records = tuple(_counted(found, step))
    return Relating(path, relations.score(gold, records), records, training)


def _counted(records: Iterable[Mapping[str, Any]], step: Callable[[], None]) -> Iterator[Mapping[str, Any]]:
    for record in records:
        yield record
        step()
