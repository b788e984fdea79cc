"""Training: a linear model for each relation and one for sameness, then trees over what surrounds each pair.

The second stage learns from first scores of sentences that the first stage has not seen (five inner folds), and the
thresholds are chosen on scores that neither stage has seen. scikit-learn is needed here and nowhere else; nothing is
random that is not seeded.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import ExtractionError
from kg.extract.classifier import boosting
from kg.extract.classifier.features import BITS, Sentence
from kg.extract.classifier.mentions import Mention, find
from kg.extract.classifier.scoring import LEAST, candidates, surroundings
from kg.extract.classifier.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

    Array = np.ndarray[Any, Any]

FOLDS = 5
STRENGTH = 30.0
"""Inverse of the ridge on the linear weights."""
RARE = 2
"""Features of fewer pairs than this are dropped."""
UNMARKED = 0.3
"""Weight of a pair in a sentence that was not searched for the relation, taken for a negative."""
SAMPLED = 3
"""Of such pairs the first stage learns from one in so many, with so many times the weight."""
LIKELY = 0.0
"""Log odds of the first stage above which the second stage leaves such a pair out: a fact that nobody marked…"""
UNLIKELY = -3.0
"""… unless what was learnt from all sentences puts its log odds below this."""
PRECISE = 0.79
"""Precision over the marked pairs that the threshold keeps to."""

Ends = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A parsed sentence, the relations it was searched for, and its facts as character offsets of both ends.

    Sentences of one ``group`` (a document) are never split between folds.
    """

    doc: Doc
    annotated: frozenset[str]
    facts: Mapping[str, tuple[Ends, ...]]
    group: str


@dataclass(slots=True)
class _Table:
    """All candidate pairs of all examples, row by row."""

    mentions: list[list[Mention]]
    spans: list[tuple[int, int]]
    """Rows of each example."""
    pairs: list[list[Any]]
    features: Any
    """Sparse matrix, a row for each pair."""
    fold: Array
    facts: Array
    """Pairs × relations, whether it is a fact."""
    marked: Array
    """Pairs × relations, whether its sentence was searched for it."""
    same: Array
    """For each pair 1 and 0 where the facts show whether its ends are one thing, else -1."""


def train(examples: Iterable[Example], relations: Sequence[str], about: Mapping[str, Any]) -> Weights:
    """Weights learnt from examples.

    Raises:
        ExtractionError: scikit-learn is missing, or the examples do not suffice.
    """
    try:
        import sklearn
    except ImportError:
        raise ExtractionError("training needs scikit-learn; run: pip install 'cbdc-kg[train]'") from None
    table = _table(list(examples), relations)
    _suffices(table, relations)
    import numpy as np

    count = len(relations)
    first = np.empty((len(table.fold), 2 * count + 1), dtype=np.float32)
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(table.fold != fold), np.flatnonzero(table.fold == fold)
        linear, bias = _first_stage(table, inside)
        first[outside] = table.features[outside] @ linear + bias
    rows, wanted = _surroundings(table, first)
    truth, marked = table.facts[wanted[:, 0], wanted[:, 1]], table.marked[wanted[:, 0], wanted[:, 1]]
    own = first[wanted[:, 0], wanted[:, 1]]
    wide = first[wanted[:, 0], count + 1 + wanted[:, 1]]
    use = marked | (own < LIKELY) | (wide < UNLIKELY)
    weight = np.where(marked, 1.0, UNMARKED)
    truth = truth & marked
    probability = np.zeros(len(wanted))
    for fold in range(FOLDS):
        inner = table.fold[wanted[:, 0]] == fold
        model = boosting.fit(rows[use & ~inner], truth[use & ~inner], weight[use & ~inner])
        probability[inner] = boosting.probabilities(model, rows[inner])
    thresholds = _thresholds(table, wanted, probability, relations)
    trees = boosting.trees(boosting.fit(rows[use], truth[use], weight[use]))
    linear, bias = _first_stage(table, np.arange(len(table.fold)))
    places = np.flatnonzero(np.abs(linear).max(axis=1) > 0)
    scale = np.maximum(np.abs(linear).max(axis=0), 1e-6) / 127
    return Weights(
        relations=tuple(relations),
        thresholds=dict(zip(relations, thresholds, strict=True)),
        places=places.astype(np.uint32),
        linear=np.rint(linear[places] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
        trees=trees,
        training={**about, "scikit-learn": sklearn.__version__, "pairs": len(table.fold)},
    )


def _table(examples: list[Example], relations: Sequence[str]) -> _Table:
    import numpy as np
    from scipy.sparse import csr_matrix

    columns = {name: column for column, name in enumerate(relations)}
    places: list[int] = []
    ends = [0]
    values: list[float] = []
    table = _Table([], [], [], None, *(np.empty(0) for _ in range(4)))
    fold: list[int] = []
    facts: list[list[bool]] = []
    marked: list[list[bool]] = []
    same: list[int] = []
    for example in examples:
        mentions = find(example.doc)
        pairs = candidates(mentions)
        sentence = Sentence(example.doc, mentions)
        whole = [_offsets(example.doc, each) for each in mentions]
        true = {
            (one, other, columns[name])
            for name, all_ends in example.facts.items()
            for subject, object in all_ends
            for one, a in enumerate(whole)
            for other, b in enumerate(whole)
            if _overlap(a, subject) and _overlap(b, object)
        }
        alike = _sameness(true)
        start = len(fold)
        for pair in pairs:
            found = sentence.features(pair)
            places += found
            ends.append(len(places))
            values += [len(found) ** -0.5] * len(found)
            fold.append(zlib.crc32(example.group.encode()) % FOLDS)
            facts.append([(pair.subject, pair.object, column) in true for column in range(len(relations))])
            marked.append([name in example.annotated for name in relations])
            same.append(alike.get((pair.subject, pair.object), -1))
        table.mentions.append(mentions)
        table.pairs.append(pairs)
        table.spans.append((start, len(fold)))
    matrix = csr_matrix(
        (np.array(values, np.float32), np.array(places, np.int32), np.array(ends)), shape=(len(fold), 1 << BITS)
    )
    table.features = matrix
    table.fold, table.same = np.array(fold), np.array(same)
    table.facts = np.array(facts, dtype=bool).reshape(-1, len(relations))
    table.marked = np.array(marked, dtype=bool).reshape(-1, len(relations))
    return table


def _offsets(doc: Doc, mention: Mention) -> tuple[int, int]:
    last = doc[mention.end - 1]
    return doc[mention.start].idx, last.idx + len(last)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _sameness(facts: set[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Two mentions that have a fact in common are one thing here; one that lacks it is another thing."""
    shared: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    every = {place for one, other, _ in facts for place in (one, other)}
    for one, other, column in facts:
        shared["subject", column, other].add(one)
        shared["object", column, one].add(other)
    found: dict[tuple[int, int], int] = {}
    for inside in shared.values():
        for one in inside:
            for other in every - inside:
                found.setdefault((one, other), 0)
                found.setdefault((other, one), 0)
    for inside in shared.values():
        found.update({(one, other): 1 for one in inside for other in inside if one != other})
    return found


def _suffices(table: _Table, relations: Sequence[str]) -> None:
    for column, name in enumerate(relations):
        seen = table.facts[table.marked[:, column], column] if len(table.fold) else table.facts[:0]
        folds = {int(each) for each in table.fold[table.facts[:, column]]} if len(table.fold) else set()
        if len(folds) < 2 or seen.all():
            raise ExtractionError(
                f"too few examples of {name}: facts in at least two groups of documents, and pairs that are none, "
                "are needed"
            )


def _first_stage(table: _Table, rows: Array) -> tuple[Array, Array]:
    """Linear weights (features × columns) and biases learnt from some rows; rare features get none."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    matrix = table.features[rows]
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=1 << BITS) >= RARE)
    matrix = matrix[:, used]
    columns = table.facts.shape[1]
    linear = np.zeros((1 << BITS, 2 * columns + 1), dtype=np.float32)
    bias = np.full(2 * columns + 1, -5.0, dtype=np.float32)
    for column in range(2 * columns + 1):
        if column == columns:
            weight, truth = (table.same[rows] >= 0).astype(float), table.same[rows] == 1
        else:
            relation = column if column < columns else column - columns - 1
            marked, truth = table.marked[rows, relation], table.facts[rows, relation]
            unmarked = np.where(rows % SAMPLED == 0, UNMARKED * SAMPLED, 0.0) if column > columns else 0.0
            weight = np.where(marked, 1.0, unmarked)
        inside = np.flatnonzero(weight)
        if len(set(truth[inside].tolist())) < 2:
            continue
        model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.01, random_state=0)
        model.fit(matrix[inside], truth[inside], sample_weight=weight[inside])
        linear[used, column] = model.coef_[0]
        bias[column] = model.intercept_[0]
    return linear, bias


def _surroundings(table: _Table, first: Array) -> tuple[Array, Array]:
    """Second-stage features, and for each row its pair's row and its relation's column."""
    import numpy as np

    rows, wanted = [], []
    for mentions, pairs, (start, stop) in zip(table.mentions, table.pairs, table.spans, strict=True):
        if start == stop:
            continue
        inside = np.argwhere(first[start:stop, : first.shape[1] // 2] > LEAST)
        if not len(inside):
            continue
        triples = [(pairs[row].subject, pairs[row].object, int(column)) for row, column in inside]
        rows.append(surroundings(mentions, pairs, first[start:stop], triples))
        wanted.append(inside + np.array([start, 0]))
    return np.concatenate(rows), np.concatenate(wanted)


def _thresholds(table: _Table, wanted: Array, probability: Array, relations: Sequence[str]) -> list[float]:
    """One threshold for all relations: the best F1 over the marked pairs that reaches the precision PRECISE."""
    import numpy as np

    marked = table.marked[wanted[:, 0], wanted[:, 1]]
    truth = table.facts[wanted[:, 0], wanted[:, 1]][marked]
    order = np.argsort(-probability[marked], kind="stable")
    right = np.cumsum(truth[order])
    found = np.arange(1, len(order) + 1)
    precision, f1 = right / found, 2 * right / (found + (table.facts & table.marked).sum())
    # the first few are too few to tell
    good = np.flatnonzero((precision >= PRECISE) & (found >= 20))
    best = good[np.argmax(f1[good])] if len(good) else int(np.argmax(f1))
    return [round(float(probability[marked][order[best]]), 4)] * len(relations)
