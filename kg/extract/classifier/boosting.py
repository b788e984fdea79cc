"""Boosted trees: fitted by scikit-learn, laid out as plain arrays for prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.extract.classifier.weights import Trees

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

COUNT = 160
RATE = 0.07
LEAVES = 8


def fit(rows: Array, truth: Array, weight: Array) -> Any:
    """A fitted classifier of scikit-learn."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=COUNT,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=30,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(rows, truth, sample_weight=weight)


def probabilities(model: Any, rows: Array) -> Array:
    """The fitted classifier's probability of each row."""
    found: Array = model.predict_proba(rows)[:, 1]
    return found


def trees(model: Any) -> Trees:
    """The fitted trees as arrays."""
    import numpy as np

    parts = [predictors[0].nodes for predictors in model._predictors]
    starts = np.cumsum([0, *(len(part) for part in parts)])
    index = [np.arange(start, start + len(part)) for start, part in zip(starts, parts, strict=False)]

    def joined(name: str) -> Array:
        return np.concatenate([part[name] for part in parts])

    leaf = joined("is_leaf").astype(bool)
    own = np.concatenate(index)
    base = np.concatenate([np.full(len(part), start) for start, part in zip(starts, parts, strict=False)])
    return Trees(
        roots=starts[:-1].astype(np.uint32),
        feature=np.where(leaf, 0, joined("feature_idx")).astype(np.int16),
        threshold=np.where(leaf, 0.0, joined("num_threshold")).astype(np.float32),
        left=np.where(leaf, own, joined("left") + base).astype(np.uint32),
        right=np.where(leaf, own, joined("right") + base).astype(np.uint32),
        value=np.where(leaf, joined("value"), 0.0).astype(np.float32),
        depth=max(int(part["depth"].max()) for part in parts),
        base=float(np.ravel(model._baseline_prediction)[0]),
    )
