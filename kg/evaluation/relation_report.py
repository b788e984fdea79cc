"""The figures of a gold file of passages as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.evaluation.cases import context
from kg.evaluation.passages import Fact, Passage
from kg.evaluation.relating import Relating
from kg.evaluation.relations import Counts, RelationScores
from kg.query.table import table

_NOT_JUDGED = "not judged: the passage was not searched for the property"


def of(relating: Relating) -> str:
    """The whole report but single mistakes."""
    scores = relating.scores
    judged = sum(each.predicted for each in scores.properties.values())
    count = len(scores.unjudged)
    head = (
        f"{relating.path}: {scores.passages} passages\n{relating.training}\n{judged} predictions judged; {count} more"
        " are neither right nor wrong, their passage was not searched for their property\n"
    )
    heads = ("P", "R", "F1", "right", "judged", "met", "gold")
    micro = [(reading.value, *_row(counts)) for reading, counts in scores.micro.items()]
    single = [(name, *_row(counts)) for name, counts in scores.properties.items()]
    return "\n".join(
        [
            head,
            table(("reading", *heads), micro),
            table(("property, overlap", *heads), single),
            f"macro F1 {scores.macro_f1:.3f} (overlap)\n",
        ]
    )


def of_cases(scores: RelationScores, most: int) -> Iterator[str]:
    """The first mistakes and the first predictions that nobody judged, in lines."""
    for title, every in (("wrong", scores.wrong), ("missed", scores.missed), (_NOT_JUDGED, scores.unjudged)):
        if every:
            yield f"{title} (first {min(most, len(every))} of {len(every)})"
            yield from _lines(every[:most])
            yield ""


def _lines(cases: Sequence[tuple[Passage, Fact]]) -> Iterator[str]:
    for passage, fact in cases:
        at = passage.start
        ends = [(each.start - at, each.end - at) for each in (fact.subject, fact.object)]
        first, last = min(start for start, _ in ends), max(end for _, end in ends)
        subject, object = (passage.text[start:end] for start, end in ends)
        yield f"  {subject} | {fact.relation} | {object}"
        yield f"    {passage.doc}:{first + at}-{last + at}: {context(passage.text, (first, last))}"


def _row(counts: Counts) -> tuple[str, ...]:
    rates = (
        f"{counts.precision:.3f}" if counts.predicted else "-",
        f"{counts.recall:.3f}" if counts.gold else "-",
        f"{counts.f1:.3f}" if counts.gold else "-",
    )
    return (*rates, str(counts.right), str(counts.predicted), str(counts.met), str(counts.gold))
