"""The closed axes, dates and places in words, and the ready citation of a claim."""

from __future__ import annotations

import calendar
from datetime import date

from kg.dataset.derivation import Resolution, Strength
from kg.model import Claim, Evidence, Modality, PartialDate, Polarity, Rank, Source, Validity, Value, Voice

VOICES = {
    Voice.OWN_VOICE: "the document itself",
    Voice.NAMED: "named speaker",
    Voice.UNNAMED: "unnamed source",
    Voice.RELAYED: "relayed report",
}
MODALITIES = {
    Modality.ACTUAL: "stated as so",
    Modality.PLANNED: "planned",
    Modality.POSSIBLE: "possible",
    Modality.CONDITIONAL: "conditional",
    Modality.SUGGESTED: "suggested",
}
STRENGTHS = {
    Strength.FACT: "fact",
    Strength.REPORTED: "reported",
    Strength.HEDGED: "planned or hedged",
    Strength.EVALUATIVE: "judgement",
    Strength.WITHHELD: "set aside",
    Strength.DENIED: "denied",
}
STANDINGS = {
    Strength.FACT: "somebody who must know says it in their own name, and no equal voice contradicts it",
    Strength.REPORTED: "said by others: of somebody else, without a name, or passed on",
    Strength.HEDGED: "planned, possible, conditional or suggested only",
    Strength.EVALUATIVE: "a judgement, whoever says it",
    Strength.WITHHELD: "an equal or stronger voice contradicts it, or a curator set its claim aside",
    Strength.DENIED: "it is denied, and nobody affirms it",
}
"""What each strength means: the hints of the legend."""

STYLES = {
    Strength.FACT: "solid",
    Strength.REPORTED: "dashed",
    Strength.HEDGED: "dotted",
    Strength.EVALUATIVE: "dashdot",
    Strength.WITHHELD: "broken",
    Strength.DENIED: "struck",
}
"""Line style of each strength, never colour alone."""

RESOLUTIONS = {
    Resolution.OPEN: "open: neither side is preferred",
    Resolution.RANKED: "ranked by a curator",
    Resolution.OUTWEIGHED: "outweighed by a stronger voice",
}
_RANKS = {
    Rank.PREFERRED: "preferred",
    Rank.NORMAL: "",
    Rank.DEPRECATED: "set aside",
}
_METHODS = {"HandCuration": "curated by hand", "Import": "imported", "Extraction": "extracted by machine"}
_DATES = {"date", "gYearMonth", "gYear"}


def date_words(day: PartialDate | date | str) -> str:
    """``2018``, ``June 2018`` or ``15 June 2018``."""
    parts = [int(part) for part in str(day).split("-")]
    words = [str(part) for part in parts[:1]]
    if len(parts) > 1:
        words.insert(0, calendar.month_name[parts[1]])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)


def value_words(value: Value) -> str:
    """A literal as a reader wants it: dates in words, everything else as it stands."""
    if value.datatype in _DATES:
        try:
            return date_words(PartialDate(value.text))
        except ValueError:
            return value.text
    return value.text


def holds_words(validity: Validity) -> str:
    """When a claim holds, as far as it says."""
    said = []
    if validity.valid_from is not None:
        said.append(f"from {date_words(validity.valid_from)}")
    else:
        said += _bound("start", validity.earliest_start, validity.latest_start)
    if validity.valid_until is not None:
        said.append(f"until {date_words(validity.valid_until)}")
    else:
        said += _bound("end", validity.earliest_end, validity.latest_end)
    if validity.observed_on is not None:
        said.append(f"held on {date_words(validity.observed_on)}")
    return ", ".join(said) or "not stated"


def _bound(what: str, earliest: date | None, latest: date | None) -> list[str]:
    if earliest is not None and latest is not None:
        if earliest == latest:
            return [f"{what} on {date_words(earliest)}"]
        return [f"{what} between {date_words(earliest)} and {date_words(latest)}"]
    if earliest is not None:
        return [f"{what} not before {date_words(earliest)}"]
    if latest is not None:
        return [f"{what} by {date_words(latest)}"]
    return []


def who_words(voice: Voice, speaker: str | None, publisher: str, anonymous: bool) -> str:
    """Who says it; an unnamed source is always called one."""
    # The label of a vague group says "(unnamed)" already.
    bare = speaker.removesuffix(" (unnamed)") if speaker else None
    if voice is Voice.OWN_VOICE:
        return speaker or f"{publisher}, in its own voice"
    if voice is Voice.UNNAMED:
        return f"unnamed source: {bare}" if bare else "unnamed source"
    if voice is Voice.RELAYED:
        relayed = f"relayed from {bare or 'another publication'}"
        return f"{relayed}, unnamed source" if anonymous else relayed
    return speaker or "a named speaker"


def firmness_words(claim: Claim) -> str:
    """How sure: modality, hedge and denial in one phrase; empty for a plain statement."""
    said = [] if claim.modality is Modality.ACTUAL else [MODALITIES[claim.modality]]
    if claim.hedge:
        said.append(f"“{claim.hedge}”")
    if claim.condition:
        said.append(claim.condition)
    return ", ".join(said)


def statement_words(subject: str, predicate: str, object: str, polarity: Polarity) -> str:
    """The sentence of a claim; a denial says so."""
    said = f"{subject} {predicate} {object}"
    return f"it is denied that {said}" if polarity is Polarity.DENIED else said


def passage_words(evidence: Evidence, source: Source) -> str:
    """The place in words: locator, offsets, and which text when the source had several."""
    said = [evidence.locator] if evidence.locator else []
    if evidence.start is not None and evidence.end is not None:
        said.append(f"characters {evidence.start}–{evidence.end}")
    if evidence.snapshot is not None and len(source.snapshots) > 1:
        labels = [each.label for each in source.snapshots if each.sha256 == evidence.snapshot]
        said += [f"text “{label}”" for label in labels]
    return ", ".join(said) or "no place given"


def review_words(claim: Claim, curator: str | None) -> str:
    """Our decision on a claim, and how it came to us."""
    method = _METHODS.get(claim.method.kind, claim.method.kind)
    if claim.method.name:
        method += f" ({claim.method.name}{' ' + claim.method.version if claim.method.version else ''})"
    said = [claim.review_status.value.lower(), method + (f" by {curator}" if curator else "")]
    if _RANKS[claim.rank]:
        said.append(_RANKS[claim.rank] + (f": {claim.rank_reason}" if claim.rank_reason else ""))
    return ", ".join(said)


def aside_words(claim: Claim) -> str:
    """That a curator set a claim aside, and the reason."""
    said = "A curator set its claim aside" + (f": {claim.rank_reason}" if claim.rank_reason else "")
    return said.rstrip(".") + "."


def citation_words(
    claim: Claim, statement: str, who: str, source: Source, publisher: str | None, places: list[str], day: date
) -> str:
    """One line that can stand in a footnote: what, who, how firmly, where, and which release says so."""
    firmly = firmness_words(claim)
    parts = [
        f"“{statement[:1].upper()}{statement[1:]}” ({who}{'; ' + firmly if firmly else ''})",
        ", ".join(source.authors),
        f"“{source.title}”",
        publisher or "",
        date_words(source.published),
        "; ".join(places),
        source.address,
        f"cbdc-kg claim {claim.id}, data of {day.isoformat()}",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
