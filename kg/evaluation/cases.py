"""False claims, missed claims and wrong axes one by one, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from kg.evaluation.gold import GoldClaim, Place
from kg.evaluation.matching import Axis, Reading
from kg.evaluation.predictions import Prediction
from kg.evaluation.scores import Scores
from kg.model import CandidateTime, Document

AROUND = 60
"""Code points of the text shown before and after the evidence."""
LONGEST = 240
"""Code points of the evidence shown; a longer one loses its middle."""


class Kind(StrEnum):
    """What is wrong."""

    MADE_FACT = "made fact"
    FALSE = "false"
    MISSED = "missed"
    DIFFERING = "differing"


TITLES = {
    Kind.MADE_FACT: "planned, possible, conditional, suggested or denied in the gold, a fact here",
    Kind.FALSE: "false: found, but no gold claim",
    Kind.MISSED: "missed: a gold claim, but not found",
    Kind.DIFFERING: "found, but with another modality, polarity, voice, speaker or time",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One mistake. ``claim`` is the triple in words, ``details`` what is said about it, ``context`` where it stands."""

    kind: Kind
    doc: str
    start: int
    end: int
    claim: str
    details: str
    context: str

    def to_json(self) -> dict[str, Any]:
        """The case as an object."""
        return asdict(self)


def of(scores: Scores, documents: Mapping[str, Document], reading: Reading = Reading.LENIENT) -> Iterator[Case]:
    """Every mistake of a reading, kind by kind, in the order of documents."""
    result = scores.results[reading]
    texts = {doc: document.text for doc, document in documents.items()}
    for ours, claim in result.made_fact([*result.right, *result.secondary])[0]:
        yield _case(Kind.MADE_FACT, claim, f"gold {_stance(claim)}; {_method(ours)}", texts)
    for ours in result.wrong:
        place = ours.evidence or (0, 0)
        triple = f"{ours.subject.label} | {ours.predicate} | {ours.object.label}"
        details = f"{_voiced(ours)}; {_method(ours)}, score {ours.candidate.score}"
        yield Case(Kind.FALSE, ours.doc, *place, triple, details, context(texts.get(ours.doc, ""), place))
    for claim in result.missed:
        speaker = f" ({claim.speaker})" if claim.speaker else ""
        details = f"{claim.id}; {_stance(claim)}, {claim.voice.value}{speaker}"
        yield _case(Kind.MISSED, claim, details, texts)
    for ours, claim in result.right:
        wrong = [axis for axis, right in scores.judge.axes(ours, claim).items() if not right]
        told = [_difference(axis, ours, claim) for axis in wrong if axis is not Axis.TIME_COMPATIBLE]
        if told:
            yield _case(Kind.DIFFERING, claim, f"{'; '.join(told)}; {_method(ours)}", texts)


def context(text: str, place: Place) -> str:
    """A line of the text around a place, which stands in double brackets; only of its own paragraph."""
    start, end = place
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    after = text.find("\n", end)
    last = min(len(text) if after < 0 else after, end + AROUND)
    evidence = text[start:end]
    if len(evidence) > LONGEST:
        evidence = f"{evidence[: LONGEST // 2]} … {evidence[-LONGEST // 2 :]}"
    before = ("…" if first and text[first - 1] != "\n" else "") + text[first:start]
    behind = text[end:last] + ("…" if last < len(text) and text[last] != "\n" else "")
    return " ".join(f"{before}[[{evidence}]]{behind}".split())


def _case(kind: Kind, claim: GoldClaim, details: str, texts: Mapping[str, str]) -> Case:
    triple = f"{claim.subject.names[0]} | {claim.predicate} | {claim.object.names[0]}"
    return Case(kind, claim.doc, *claim.evidence, triple, details, context(texts.get(claim.doc, ""), claim.evidence))


def _stance(claim: GoldClaim) -> str:
    return "/".join(each.value for each in claim.modalities) + f", {claim.polarity.value}"


def _voiced(ours: Prediction) -> str:
    speaker = f" ({ours.speaker.label})" if ours.speaker else ""
    return f"{ours.modality.value}, {ours.polarity.value}, {ours.voice.value}{speaker}"


def _method(ours: Prediction) -> str:
    return ours.candidate.method.partition("@")[0]


def _difference(axis: Axis, ours: Prediction, claim: GoldClaim) -> str:
    wanted, found = {
        Axis.MODALITY: ("/".join(each.value for each in claim.modalities), ours.modality.value),
        Axis.POLARITY: (claim.polarity.value, ours.polarity.value),
        Axis.VOICE: (claim.voice.value, ours.voice.value),
        Axis.SPEAKER: (claim.speaker or "nobody", ours.speaker.label if ours.speaker else "nobody"),
        Axis.TIME_EXACT: (_when(claim.time), _when(ours.time)),
    }[axis]
    return f"{axis.value.partition(' ')[0]} {found}, in the gold {wanted}"


def _when(time: CandidateTime | None) -> str:
    return f"{time.start or '…'}/{time.end or '…'} ({time.precision})" if time else "none"
