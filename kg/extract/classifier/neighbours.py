"""The second look: what the first scores of the pairs around a pair say about it.

Half of the facts of a text hang on a pronoun, and the sentence states them through the name beside it. So the second
stage sees the first scores of all pairs that share an end, weighed by how far their other ends seem to be the same
thing, and learns from them when a fact of one mention is a fact of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.extract.classifier.mentions import Mention

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

KINDS = ("P", "O", "G", "N", "D", "X", "U", "he", "she", "i", "we", "they", "it", "who", "which", "where")
FLOOR = -9.0
"""Log odds of a pair that was not scored."""
COLUMNS = (
    "own",
    "reverse",
    "other",
    "share_object",
    "share_subject",
    "like_subject",
    "like_object",
    "like_both",
    "best",
    "second_object",
    "second_subject",
    "rank_object",
    "rank_subject",
    "near_object",
    "near_subject",
    "sum_like_subject",
    "same",
    "beside",
    "pronoun_subject",
    "pronoun_object",
    "distance",
    "forward",
    "between",
    "names",
    "people",
    "bodies",
    "places",
    "count",
    "wide",
    "wide_best",
    "wide_object",
    "wide_subject",
)
"""Names of the features, before the kinds of both ends and the property."""


def features(
    mentions: list[Mention], scores: Array, wide: Array, sameness: Array, wanted: list[tuple[int, int, int]]
) -> Array:
    """What surrounds each wanted (subject, object, property).

    ``scores`` and ``wide`` have the shape (mentions, mentions, properties): log odds as learnt where the property was
    looked for, and as learnt from all sentences; ``sameness`` (mentions, mentions) are log odds too. The result has one
    row for each of ``wanted`` and ``len(COLUMNS) + 2 * len(KINDS) + properties`` columns.
    """
    import numpy as np

    count, _, properties = scores.shape
    width = len(COLUMNS) + 2 * len(KINDS) + properties
    found = np.zeros((len(wanted), width), dtype=np.float32)
    alike = np.maximum(sameness, sameness.T)
    np.fill_diagonal(alike, FLOOR)
    # [i, j, p]: the best score that another subject (object) has, capped by how far it is the same thing
    by_subject = np.minimum(alike[:, :, None, None], scores[None, :, :, :])
    by_object = np.minimum(alike[:, :, None, None], scores.transpose(1, 0, 2)[None, :, :, :])
    like_subject, like_object = by_subject.max(axis=1), by_object.max(axis=1).transpose(1, 0, 2)
    both = np.minimum(alike[:, :, None, None], like_object[None, :, :, :]).max(axis=1)
    total = np.log1p(np.exp(by_subject).sum(axis=1))
    kinds = [KINDS.index(each.kind) for each in mentions]
    names = sum(each.is_name for each in mentions)
    tally = [sum(each.kind == kind for each in mentions) for kind in "POG"]
    for row, (i, j, p) in enumerate(wanted):
        layer = scores[:, :, p]
        own = layer[i, j]
        column, line = np.delete(layer[:, j], i), np.delete(layer[i], j)
        column_order, line_order = np.sort(column)[::-1], np.sort(line)[::-1]
        others = np.delete(scores[i, j], p)
        a, b = mentions[i], mentions[j]
        first, second = (a, b) if a.start < b.start else (b, a)
        near_object = [layer[i, k] for k in (j - 1, j + 1) if 0 <= k < count and k != i and kinds[k] == kinds[j]]
        near_subject = [layer[k, j] for k in (i - 1, i + 1) if 0 <= k < count and k != j and kinds[k] == kinds[i]]
        found[row, : len(COLUMNS)] = (
            own,
            layer[j, i],
            others.max() if len(others) else FLOOR,
            column_order[0] if len(column_order) else FLOOR,
            line_order[0] if len(line_order) else FLOOR,
            like_subject[i, j, p],
            like_object[i, j, p],
            both[i, j, p],
            layer.max(),
            column_order[1] if len(column_order) > 1 else FLOOR,
            line_order[1] if len(line_order) > 1 else FLOOR,
            (column > own).sum(),
            (line > own).sum(),
            max(near_object, default=FLOOR),
            max(near_subject, default=FLOOR),
            total[i, j, p],
            alike[i, j],
            alike[i].max(),
            a.kind not in "POGNXUD",
            b.kind not in "POGNXUD",
            second.start - first.end,
            first is a,
            abs(i - j) - 1,
            names,
            *tally,
            count,
            wide[i, j, p],
            wide[:, :, p].max(),
            wide[:, j, p].max(),
            wide[i, :, p].max(),
        )
        found[row, len(COLUMNS) + kinds[i]] = 1
        found[row, len(COLUMNS) + len(KINDS) + kinds[j]] = 1
        found[row, len(COLUMNS) + 2 * len(KINDS) + p] = 1
    return found
