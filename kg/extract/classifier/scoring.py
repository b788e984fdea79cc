"""Prediction: from a parsed text to scored pairs, with numpy only."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.extract.classifier import neighbours
from kg.extract.classifier.features import BITS, FURTHEST, Pair, Sentence
from kg.extract.classifier.mentions import Mention, find
from kg.extract.classifier.weights import Trees, Weights

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

    Array = np.ndarray[Any, Any]

LEAST = -4.5
"""Log odds of the first stage below which the second does not look."""

LIKELY = -2.5
"""The same for open text, where only what is probable counts."""

Fits: TypeAlias = "Callable[[str, list[Mention], Pair], bool]"
"""Whether a pair may stand in a relation."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation between two mentions and its probability."""

    relation: str
    subject: Mention
    object: Mention
    probability: float


class Scorer:
    """Weights made ready; one scorer serves any number of texts."""

    def __init__(self, weights: Weights) -> None:
        import numpy as np

        self.weights = weights
        self._relations = weights.relations
        table = np.zeros((1 << BITS, len(weights.bias)), dtype=np.float32)
        table[weights.places] = weights.linear.astype(np.float32) * weights.scale
        self._table = table

    def scored(self, doc: Doc, mentions: list[Mention] | None = None) -> Iterator[Scored]:
        """Every pair whose probability reaches its relation's threshold, in the order of the text."""
        for each in self.every(doc, mentions):
            if each.probability >= self.weights.thresholds[each.relation]:
                yield each

    def every(self, doc: Doc, mentions: list[Mention] | None = None, fits: Fits | None = None) -> Iterator[Scored]:
        """Every pair that reaches the second stage; with ``fits`` only pairs that it lets pass, and only likely ones.

        Where none is likely the other pairs of the text are not looked at.
        """
        mentions = find(doc) if mentions is None else mentions
        pairs = candidates(mentions)
        least = LEAST
        if fits is not None:
            least = LIKELY
            asked = [each for each in pairs if any(fits(name, mentions, each) for name in self._relations)]
            if not asked or self.first(doc, mentions, asked)[:, : len(self._relations)].max() <= least:
                return
        if not pairs:
            return
        first = self.first(doc, mentions, pairs)
        wanted = [
            (pairs[row].subject, pairs[row].object, int(column))
            for row, column in zip(*(first[:, : len(self._relations)] > least).nonzero(), strict=True)
            if fits is None or fits(self._relations[column], mentions, pairs[row])
        ]
        if not wanted:
            return
        around = surroundings(mentions, pairs, first, wanted)
        for (subject, object, column), odds in zip(wanted, log_odds(self.weights.trees, around), strict=True):
            probability = 1 / (1 + math.exp(-float(odds)))
            yield Scored(self._relations[column], mentions[subject], mentions[object], probability)

    def first(self, doc: Doc, mentions: list[Mention], pairs: list[Pair]) -> Array:
        """Log odds of the first stage: a row for each pair, its columns those of the weights."""
        import numpy as np

        sentence = Sentence(doc, mentions)
        found = np.empty((len(pairs), self._table.shape[1]), dtype=np.float32)
        for row, pair in enumerate(pairs):
            places = sentence.features(pair)
            found[row] = self._table[places].sum(axis=0) / math.sqrt(len(places))
        return found + self.weights.bias


def candidates(mentions: list[Mention]) -> list[Pair]:
    """The pairs that are looked at: a date is no subject, and no end is far from the other."""
    return [
        Pair(one, other)
        for one, subject in enumerate(mentions)
        if subject.kind != "D"
        for other, object in enumerate(mentions)
        if one != other and abs(subject.start - object.start) <= FURTHEST
    ]


def surroundings(mentions: list[Mention], pairs: list[Pair], first: Array, wanted: list[tuple[int, int, int]]) -> Array:
    """The features of the second stage for the wanted (subject, object, relation)."""
    import numpy as np

    count, relations = len(mentions), first.shape[1] // 2
    scores = np.full((count, count, relations), neighbours.FLOOR, dtype=np.float32)
    wide = scores.copy()
    same = np.full((count, count), neighbours.FLOOR, dtype=np.float32)
    ones, others = [each.subject for each in pairs], [each.object for each in pairs]
    scores[ones, others], same[ones, others] = first[:, :relations], first[:, relations]
    wide[ones, others] = first[:, relations + 1 :]
    return neighbours.features(mentions, scores, wide, same, wanted)


def log_odds(trees: Trees, rows: Array) -> Array:
    """What the trees say of each row."""
    import numpy as np

    at = np.broadcast_to(trees.roots, (len(rows), len(trees.roots)))
    line = np.arange(len(rows))[:, None]
    for _ in range(trees.depth):
        at = np.where(rows[line, trees.feature[at]] <= trees.threshold[at], trees.left[at], trees.right[at])
    found: Array = trees.value[at].sum(axis=1, dtype=np.float64) + trees.base
    return found
