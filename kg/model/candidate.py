"""Candidate claims: what extraction proposes, with the place of every part in the text.

The JSON of a candidate is the contract of ``cbdc-kg extract`` (docs/formats.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.model.axes import Modality, Polarity, Voice


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points in the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One end of a candidate: an entity (``id``) or a literal (``value``). Implicit ends have no span."""

    label: str
    type: str
    id: str | None = None
    value: str | None = None
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """The part's JSON object."""
        which = {"value": self.value} if self.id is None else {"id": self.id}
        return {**which, "label": self.label, "type": self.type, **_ends(self.span)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Mention:
        """Read the part's JSON object. Raises KeyError or TypeError on a part that is no mention."""
        return cls(_text(data, "label"), _text(data, "type"), _maybe(data, "id"), _maybe(data, "value"), _span(data))


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Who says it, with the place where the text names them."""

    label: str
    voice: Voice
    id: str | None = None
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """The speaker's JSON object."""
        return {"id": self.id, "label": self.label, "voice": self.voice.value, **_ends(self.span)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SpeakerMention:
        """Read the speaker's JSON object. Raises KeyError, TypeError or ValueError on a faulty one."""
        return cls(_text(data, "label"), Voice(data["voice"]), _maybe(data, "id"), _span(data))


@dataclass(frozen=True, slots=True)
class CandidateTime:
    """When it holds, resolved: dates as text (``2018-06``) and how precisely they are known."""

    start: str | None
    end: str | None
    precision: str

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CandidateTime:
        """Read the time's JSON object. Raises KeyError or TypeError on a faulty one."""
        return cls(_maybe(data, "start"), _maybe(data, "end"), _text(data, "precision"))


@dataclass(frozen=True, slots=True)
class CandidateClaim:
    """A claim that a machine found and nobody has judged yet."""

    id: str
    subject: Mention
    predicate: str
    object: Mention
    voice: Voice
    document: str
    sha256: str
    evidence: Span
    method: str
    score: float
    speaker: SpeakerMention | None = None
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.AFFIRMED
    hedge: str | None = None
    condition: str | None = None
    qualifiers: tuple[tuple[str, Mention | str], ...] = ()
    time: CandidateTime | None = None
    said: str | None = None
    also: tuple[Span, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The line of ``cbdc-kg extract`` as a JSON object."""
        return {
            "id": self.id,
            "subject": self.subject.to_json(),
            "predicate": self.predicate,
            "object": self.object.to_json(),
            "voice": self.voice.value,
            "speaker": self.speaker and self.speaker.to_json(),
            "modality": self.modality.value,
            "polarity": self.polarity.value,
            "hedge": self.hedge,
            "condition": self.condition,
            "qualifiers": {
                name: value if isinstance(value, str) else value.to_json() for name, value in self.qualifiers
            },
            "time": self.time and {"start": self.time.start, "end": self.time.end, "precision": self.time.precision},
            "said": self.said,
            "evidence": {"document": self.document, "sha256": self.sha256, **_ends(self.evidence)},
            "also": [_ends(span) for span in self.also],
            "method": self.method,
            "score": self.score,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CandidateClaim:
        """Read a line of ``cbdc-kg extract``. Raises KeyError, TypeError or ValueError on a faulty one."""
        time = data.get("time")
        speaker = data.get("speaker")
        evidence = data["evidence"]
        place = _span(evidence)
        if place is None:
            raise ValueError("evidence has no start and end")
        return cls(
            id=_text(data, "id"),
            subject=Mention.from_json(data["subject"]),
            predicate=_text(data, "predicate"),
            object=Mention.from_json(data["object"]),
            voice=Voice(data["voice"]),
            document=_text(evidence, "document"),
            sha256=_text(evidence, "sha256"),
            evidence=place,
            method=_text(data, "method"),
            score=float(data["score"]),
            speaker=SpeakerMention.from_json(speaker) if speaker else None,
            modality=Modality(data["modality"]),
            polarity=Polarity(data["polarity"]),
            hedge=_maybe(data, "hedge"),
            condition=_maybe(data, "condition"),
            qualifiers=tuple(
                (name, _qualifier(name, value)) for name, value in sorted((data.get("qualifiers") or {}).items())
            ),
            time=CandidateTime.from_json(time) if time else None,
            said=_maybe(data, "said"),
            also=tuple(Span(each["start"], each["end"]) for each in data.get("also") or ()),
        )


def _text(data: dict[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {value!r}")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(f"{name} holds half a character: {value!r}")
    return value


def _maybe(data: dict[str, Any], name: str) -> str | None:
    return None if data.get(name) is None else _text(data, name)


def _qualifier(name: str, value: object) -> Mention | str:
    if isinstance(value, dict):
        return Mention.from_json(value)
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"qualifiers: {name} must be a text, a number or an end, not {value!r}")


def _ends(span: Span | None) -> dict[str, int | None]:
    return {"start": None, "end": None} if span is None else {"start": span.start, "end": span.end}


def _span(data: dict[str, Any]) -> Span | None:
    start, end = data.get("start"), data.get("end")
    return Span(start, end) if isinstance(start, int) and isinstance(end, int) else None
