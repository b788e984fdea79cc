"""Gold files of claims: one claim a line, in the older format or in the newer.

The newer one gives spans of subject, object and evidence, further mentions of the same things, and second readings
that another annotator could defend. The older one gives names without spans, the span of the sentence, and one word
for modality and polarity together.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from kg.errors import EvaluationError
from kg.evaluation.lines import Line
from kg.evaluation.lines import read as read_lines
from kg.evaluation.times import is_date
from kg.model import CandidateTime, Modality, PartialDate, Polarity, Voice

Axis = TypeVar("Axis", bound=StrEnum)
Place = tuple[int, int]
"""Half-open range of code points in the text."""

CORE = "core"
_OLD_MODALITY = {"asserted", "reported", "negated", "planned", "possible", "conditional", "suggested"}
_OLD_VOICE = {
    "article": Voice.OWN_VOICE,
    "named_person": Voice.NAMED,
    "named_organization": Voice.NAMED,
    "unnamed_media": Voice.RELAYED,
}
"""Every other kind of speaker of the older format has no name."""


@dataclass(frozen=True, slots=True)
class GoldEnd:
    """Subject or object. ``names`` begins with the best one; the older format knows no ``mentions``."""

    names: tuple[str, ...]
    type: str | None = None
    value: str | None = None
    mentions: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """An annotated claim. ``predicates`` and ``modalities`` begin with the first reading."""

    id: str
    doc: str
    predicates: tuple[str, ...]
    subject: GoldEnd
    object: GoldEnd
    evidence: Place
    modalities: tuple[Modality, ...]
    polarity: Polarity
    voice: Voice
    speaker: str | None = None
    speaker_mentions: tuple[Place, ...] = ()
    time: CandidateTime | None = None
    tier: str = CORE
    group: str | None = None
    """The group of a predicate that is in none of ours."""
    old: bool = False
    published: str | None = None

    @property
    def predicate(self) -> str:
        """The first reading of the predicate."""
        return self.predicates[0]

    @property
    def core(self) -> bool:
        """Whether it must be found; what is not core is neither missed nor held against a prediction."""
        return self.tier == CORE

    @property
    def fact(self) -> bool:
        """Whether it can be read as said to be so."""
        return Modality.ACTUAL in self.modalities and self.polarity is Polarity.AFFIRMED

    @property
    def last(self) -> int:
        """The offset up to which the text must reach."""
        places = (self.evidence, *self.subject.mentions, *self.object.mentions, *self.speaker_mentions)
        return max(end for _, end in places)


def read(path: str) -> list[GoldClaim]:
    """Every claim of a gold file.

    Raises:
        EvaluationError: with file and line; the file holds no claim, or a claim twice.
    """
    stem = stem_of(path)
    claims: list[GoldClaim] = []
    first: dict[tuple[str, str], int] = {}
    for line in read_lines(path):
        claim = _old(line, stem) if "char_start" in line.data else _new(line, stem)
        key = claim.doc, claim.id
        if key in first:
            raise line.fault(f"the claim {claim.id!r} of {claim.doc} stands on line {first[key]} already")
        first[key] = line.number
        claims.append(claim)
    if not claims:
        raise EvaluationError(f"{path}: holds no gold claim")
    return _without_unstated_times(claims)


def stem_of(path: str) -> str:
    """The document that a file is about when it does not say: its name without ``.gold`` and suffix."""
    return re.sub(r"(\.gold)?\.[a-z0-9]+$", "", os.path.basename(path))


def _new(line: Line, stem: str) -> GoldClaim:
    return GoldClaim(
        id=line.text("id"),
        doc=line.maybe("doc") or stem,
        predicates=(line.text("predicate"), *line.texts("predicate_also")),
        subject=_end(line, "subject"),
        object=_end(line, "object"),
        evidence=line.span("evidence_start", "evidence_end"),
        modalities=tuple(_axis(line, Modality, each) for each in (line.text("modality"), *line.texts("modality_also"))),
        polarity=_axis(line, Polarity, line.text("polarity")),
        voice=_axis(line, Voice, line.text("voice")),
        speaker=line.maybe("speaker"),
        speaker_mentions=line.spans("speaker_mentions"),
        time=_time(line),
        tier=line.maybe("tier") or CORE,
        group=line.maybe("group"),
        published=_published(line),
    )


def _old(line: Line, stem: str) -> GoldClaim:
    word = line.text("modality")
    if word not in _OLD_MODALITY:
        raise line.fault(f"modality {word!r} is none of {', '.join(sorted(_OLD_MODALITY))}")
    hedged = word not in ("asserted", "reported", "negated")
    return GoldClaim(
        id=line.text("id"),
        doc=line.maybe("doc") or stem,
        predicates=(line.text("predicate"), *line.texts("predicate_also")),
        subject=_names(line, "subject"),
        object=_names(line, "object"),
        evidence=line.span("char_start", "char_end"),
        modalities=(Modality(word.capitalize()) if hedged else Modality.ACTUAL,),
        polarity=Polarity.DENIED if word == "negated" else Polarity.AFFIRMED,
        voice=_OLD_VOICE.get(line.maybe("speaker_type") or "", Voice.UNNAMED),
        speaker=line.maybe("speaker"),
        speaker_mentions=line.spans("speaker_mentions"),
        time=_time(line),
        tier=line.maybe("tier") or CORE,
        group=line.maybe("group"),
        old=True,
        published=_published(line),
    )


def _names(line: Line, end: str) -> GoldEnd:
    longer = line.maybe(f"{end}_name")
    return GoldEnd(
        names=(line.text(end), *([longer] if longer else []), *line.texts(f"{end}_also")),
        type=line.maybe(f"{end}_type"),
        value=line.literal(f"{end}_value"),
    )


def _end(line: Line, end: str) -> GoldEnd:
    mentions = (*line.spans(f"{end}_mentions"), line.span(f"{end}_start", f"{end}_end"))
    return replace(_names(line, end), mentions=mentions)


def _axis(line: Line, axis: type[Axis], value: str) -> Axis:
    try:
        return axis(value)
    except ValueError:
        known = ", ".join(each.value for each in axis)
        raise line.fault(f"{axis.__name__.lower()} {value!r} is none of {known}") from None


def _time(line: Line) -> CandidateTime | None:
    data = line.data.get("time")
    if not data:
        return None
    if not isinstance(data, dict):
        raise line.fault(f"time must be an object with start, end and precision, not {data!r}")
    inner = Line(line.path, line.number, data)
    for name in ("start", "end"):
        day = inner.maybe(name)
        if day and not is_date(day):
            raise line.fault(f"time: {name} {day!r} is not a date; write 2018, 2018-06 or 2018-06-15")
    return CandidateTime(inner.maybe("start"), inner.maybe("end"), inner.maybe("precision") or "unknown")


def _published(line: Line) -> str | None:
    day = line.maybe("published")
    try:
        return PartialDate(day).text if day else None
    except ValueError as wrong:
        raise line.fault(f"published: {wrong}") from None


def _without_unstated_times(claims: Sequence[GoldClaim]) -> list[GoldClaim]:
    """The older format dates a claim without a date by the day of publication: nothing that the text could tell."""
    days = Counter(claim.time.end for claim in claims if claim.old and claim.time and claim.time.precision == "as-of")
    published = days.most_common(1)[0][0] if days else None
    return [
        replace(claim, time=None) if claim.old and claim.time and _unstated(claim.time, published) else claim
        for claim in claims
    ]


def _unstated(time: CandidateTime, published: str | None) -> bool:
    return time.precision != "day" and {time.start, time.end} <= {None, published}
