"""Predictions: candidates of the extractor, each with the gold document that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.evaluation.groups import groups
from kg.model import CandidateClaim, CandidateTime, Mention, Modality, Polarity, Span, SpeakerMention, Voice

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A candidate as it is scored. ``number`` counts from 1 over all documents: the line in a file of predictions."""

    number: int
    doc: str
    candidate: CandidateClaim
    predicate: str
    """As the gold names it."""

    @property
    def subject(self) -> Mention:
        """Its subject."""
        return self.candidate.subject

    @property
    def object(self) -> Mention:
        """Its object."""
        return self.candidate.object

    @property
    def evidence(self) -> Place | None:
        """Where it stands."""
        return place(self.candidate.evidence)

    @property
    def voice(self) -> Voice:
        """The speaker's voice, where there is a speaker, else the claim's."""
        return self.candidate.speaker.voice if self.candidate.speaker else self.candidate.voice

    @property
    def speaker(self) -> SpeakerMention | None:
        """Who speaks; nobody but the document itself where it is the document's own voice."""
        return None if self.voice is Voice.OWN_VOICE else self.candidate.speaker

    @property
    def modality(self) -> Modality:
        """How firmly it is said."""
        return self.candidate.modality

    @property
    def polarity(self) -> Polarity:
        """Whether it is affirmed."""
        return self.candidate.polarity

    @property
    def time(self) -> CandidateTime | None:
        """When it holds."""
        return self.candidate.time

    @property
    def fact(self) -> bool:
        """Whether it is said to be so."""
        return self.modality is Modality.ACTUAL and self.polarity is Polarity.AFFIRMED

    def to_json(self) -> dict[str, Any]:
        """The line of ``cbdc-kg extract``, with the gold's name for the document."""
        data = self.candidate.to_json()
        return {**data, "evidence": {**data["evidence"], "document": self.doc}}


def place(span: Span | None) -> Place | None:
    """A span as a pair; none where it holds nothing."""
    return (span.start, span.end) if span and span.end > span.start else None


def numbered(found: Iterable[tuple[str, CandidateClaim]]) -> Iterator[Prediction]:
    """Predictions of pairs of gold document and candidate."""
    for number, (doc, candidate) in enumerate(found, 1):
        yield Prediction(number, doc, candidate, groups().in_gold(candidate.predicate))


def json_lines(predictions: Iterable[Prediction]) -> Iterator[str]:
    """Predictions as other scorers read them: the lines of ``cbdc-kg extract``."""
    for each in predictions:
        yield json.dumps(each.to_json(), ensure_ascii=False) + "\n"
