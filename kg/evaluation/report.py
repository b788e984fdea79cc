"""The figures of a gold file of claims as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.evaluation.cases import TITLES, Case
from kg.evaluation.groups import groups
from kg.evaluation.matching import Axis, Reading
from kg.evaluation.run import Evaluation
from kg.evaluation.scores import Rates, Scores, Tally, Unjudged
from kg.query.table import table

KNOWN, BLIND = "known", "blind"
_SHOWN = (Reading.STRICT, Reading.LENIENT)
"""Readings whose details are shown; the third one differs from the first in modality and polarity alone."""


def of(evaluation: Evaluation) -> str:
    """The whole report but single mistakes."""
    scores = evaluation.hardest
    parts = [
        _head(evaluation),
        *_taken_out(evaluation),
        _readings(evaluation),
        _unjudged(evaluation),
        _axes(evaluation),
        *(["Below: names blind.\n"] if evaluation.blind else []),
        _stances(scores),
        _predicates(scores),
    ]
    if scores.documents > 1:
        parts.append(_documents(scores))
    return "\n".join(parts)


def of_cases(cases: Iterable[Case], most: int) -> Iterator[str]:
    """The first mistakes of each kind, in lines."""
    for kind, group in groupby(cases, key=lambda each: each.kind):
        every = list(group)
        yield f"{TITLES[kind]} ({len(every) if len(every) <= most else f'first {most} of {len(every)}'})"
        for case in every[:most]:
            yield f"  {case.claim}"
            yield f"    {case.details}"
            yield f"    {case.doc}:{case.start}-{case.end}: {case.context}"
        yield ""


def percent(right: int, of: int) -> str:
    """A share with its counts, or a dash where nothing was counted."""
    return f"{right / of:.3f} {right}/{of}" if of else "-"


def _runs(evaluation: Evaluation) -> list[tuple[str, Scores]]:
    return [(KNOWN, evaluation.known), *([(BLIND, evaluation.blind)] if evaluation.blind else [])]


def _head(evaluation: Evaluation) -> str:
    gold = evaluation.known.gold
    core = [claim for claim in gold if claim.core]
    within = sum(claim.predicate in groups().core for claim in core)
    found = ", ".join(f"{len(scores.predictions)} (names {name})" for name, scores in _runs(evaluation))
    count = evaluation.known.documents
    lines = [
        f"{evaluation.path}: {count} document{'' if count == 1 else 's'}",
        f"{len(core)} core gold claims, {within} of them with one of the {len(groups().core)} core predicates;"
        f" {len(gold) - len(core)} secondary ones, neither asked for nor held against anyone",
        f"claims found: {found}",
    ]
    return "\n".join(lines) + "\n"


def _taken_out(evaluation: Evaluation) -> list[str]:
    if not evaluation.blind:
        return []
    lines = []
    unknown = [doc for doc, each in evaluation.hidden.items() if each.source is None]
    for doc, each in evaluation.hidden.items():
        if each.source is not None:
            lines.append(
                f"blind: {each.entities} entities and {each.names} further names taken out, known from {doc} alone"
            )
    if unknown:
        what = unknown[0] if len(unknown) == 1 else f"{len(unknown)} documents"
        lines.append(f"blind: nothing to take out for {what}: no source of the seeds")
    return ["\n".join(lines) + "\n"]


def _readings(evaluation: Evaluation) -> str:
    rows = []
    for name, scores in _runs(evaluation):
        for reading, result in scores.results.items():
            rates, within = result.rates, result.within_core
            counts = (str(rates.right), str(rates.predicted), str(rates.gold))
            rows.append((name, reading.value, *_figures(rates), *counts, percent(within.right, within.gold)))
    heads = ("names", "reading", "P", "R", "F1", "right", "judged", "gold", f"R within the {len(groups().core)}")
    return table(heads, rows)


def _unjudged(evaluation: Evaluation) -> str:
    rows = [
        (name, reading.value, *(str(result.unjudged[why]) for why in Unjudged))
        for name, scores in _runs(evaluation)
        for reading, result in scores.results.items()
    ]
    return table(("names", "not judged", *(why.value for why in Unjudged)), rows)


def _axes(evaluation: Evaluation) -> str:
    columns = [
        (reading.value if name == KNOWN else f"{name} {reading.value}", scores.results[reading], scores)
        for name, scores in _runs(evaluation)
        for reading in _SHOWN
    ]
    axes = [result.axes(scores.judge) for _, result, scores in columns]
    rows = [(axis.value, *(_share(each[axis]) for each in axes)) for axis in Axis]
    rows.append(("time gold lacks", *(str(result.groundless_times) for _, result, _ in columns)))
    for label, which in (("non-fact as fact", "right"), ("same, secondary", "secondary")):
        cells = []
        for _, result, _ in columns:
            worst, guarded = result.made_fact(getattr(result, which))
            cells.append(f"{len(worst)} of {guarded}")
        rows.append((label, *cells))
    return table(("of matched claims", *(title for title, _, _ in columns)), rows)


def _stances(scores: Scores) -> str:
    rows = [
        (name, str(counts["gold"]), str(counts["found"]), str(counts["stance right"]))
        for name, counts in scores.stances(scores.results[Reading.LENIENT]).items()
    ]
    return table(("said as", "gold", "found", "said so here too"), rows)


def _predicates(scores: Scores) -> str:
    strict, lenient = (scores.results[reading].predicates for reading in _SHOWN)
    return _side_by_side("predicate", sorted({*strict, *lenient}), strict, lenient)


def _documents(scores: Scores) -> str:
    strict, lenient = (scores.results[reading].documents for reading in _SHOWN)
    return _side_by_side("document", list(strict), strict, lenient)


def _side_by_side(head: str, names: Sequence[str], strict: dict[str, Rates], lenient: dict[str, Rates]) -> str:
    nothing = Rates(0, 0, 0)
    rows = []
    for name in names:
        one, other = strict.get(name, nothing), lenient.get(name, nothing)
        rows.append((name, str(one.gold), str(one.predicted), *_figures(one), *_figures(other)))
    return table((head, "gold", "judged", "P", "R", "F1", "len. P", "R", "F1"), rows)


def _figures(rates: Rates) -> tuple[str, str, str]:
    return (
        f"{rates.precision:.3f}" if rates.predicted else "-",
        f"{rates.recall:.3f}" if rates.gold else "-",
        f"{rates.f1:.3f}" if rates.gold else "-",
    )


def _share(tally: Tally) -> str:
    return percent(tally.right, tally.of)
