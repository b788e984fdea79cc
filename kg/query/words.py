"""A claim's axes, times and places in words."""

from __future__ import annotations

from datetime import date

from kg.dataset.derivation import Strength
from kg.model import Claim, Entity, Evidence, Knowledge, Modality, Ref, Source, Term, Validity, Value, Voice
from kg.vocabulary import Vocabulary

STRENGTHS = {
    Strength.FACT: "Facts",
    Strength.REPORTED: "Reported (said by others, unnamed voices among them)",
    Strength.HEDGED: "Planned, possible, conditional or suggested",
    Strength.EVALUATIVE: "Judgements",
    Strength.WITHHELD: "Withheld (contradicted, or set aside)",
    Strength.DENIED: "Denied",
}
_METHODS = {"HandCuration": "curated by hand", "Import": "imported", "Extraction": "extracted by machine"}
_UNNAMED = " (unnamed)"


class Labels:
    """Names of things as people read them."""

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary) -> None:
        self._entities = knowledge.entities
        self._vocabulary = vocabulary

    def entity(self, id: str) -> str:
        """An entity's label, or its id where the graph has no more of it."""
        known: Entity | None = self._entities.get(id)
        return known.label if known else id

    def term(self, term: Term) -> str:
        """The label of an entity or concept, or the text of a literal."""
        if isinstance(term, Value):
            return term.text
        if term.space == "entity":
            return self.entity(term.id)
        known = self._vocabulary.concepts.get(term.id) or self._vocabulary.schemes.get(term.id)
        return known.label if known else term.id

    def predicate(self, name: str, *, inverse: bool = False) -> str:
        """How a predicate reads from its subject, or from its object."""
        known = self._vocabulary.predicates.get(name)
        if known is None:
            return name
        return known.inverse_label if inverse else known.label

    def kind(self, name: str) -> str:
        """The label of a class."""
        known = self._vocabulary.classes.get(name)
        return known.label if known else name

    def qualifiers(self, pairs: tuple[tuple[str, Term], ...]) -> str:
        """Qualifiers with their values: ``share 1.0, level direct``."""
        known = self._vocabulary.qualifiers
        return ", ".join(f"{known[name].label if name in known else name} {self.term(value)}" for name, value in pairs)


def key_of(term: Term) -> str:
    """A term as an identifier: ``entity:pbc``, ``concept:kind-bank``, or a literal's text."""
    return str(term) if isinstance(term, Ref) else term.text


def when(validity: Validity) -> str:
    """When a claim holds, as far as it says; nothing where it says nothing."""
    said = []
    if validity.valid_from is not None and validity.valid_from == validity.valid_until:
        said.append(f"in {validity.valid_from}" if len(str(validity.valid_from)) < 10 else f"on {validity.valid_from}")
    else:
        said += (
            [f"from {validity.valid_from}"]
            if validity.valid_from
            else _bound("starts", validity.earliest_start, validity.latest_start)
        )
        said += (
            [f"until {validity.valid_until}"]
            if validity.valid_until
            else _bound("ends", validity.earliest_end, validity.latest_end)
        )
    if validity.observed_on is not None:
        said.append(f"seen to hold {validity.observed_on}")
    return ", ".join(said)


def _bound(verb: str, earliest: date | None, latest: date | None) -> list[str]:
    if earliest is not None and latest is not None:
        return [f"{verb} between {earliest} and {latest}"]
    if earliest is not None:
        return [f"{verb} not before {earliest}"]
    return [] if latest is None else [f"{verb} by {latest}"]


def who(claim: Claim, labels: Labels, publisher: str | None) -> str:
    """Whose voice a claim is in; an unnamed source is always called one."""
    speaker = labels.entity(claim.speaker).removesuffix(_UNNAMED) if claim.speaker else None
    if claim.voice is Voice.OWN_VOICE:
        return f"{publisher or 'the source'}, in its own voice"
    if claim.voice is Voice.UNNAMED:
        return f"unnamed source: {speaker}" if speaker else "unnamed source, not known who"
    if claim.voice is Voice.RELAYED:
        return f"relayed from {speaker or 'another publication'}"
    return f"{speaker}, by name"


def firmness(claim: Claim) -> str:
    """Modality with its cue and condition; nothing for a plain statement."""
    if claim.modality is Modality.ACTUAL and not claim.hedge and not claim.condition:
        return ""
    said = [claim.modality.value.lower()]
    said += [f"by the word “{claim.hedge}”"] if claim.hedge else []
    said += [claim.condition] if claim.condition else []
    return ", ".join(said)


def place(evidence: Evidence, source: Source) -> str:
    """Where in the source: locator, offsets, and which text where it had several."""
    said = [evidence.locator] if evidence.locator else []
    if evidence.start is not None:
        said.append(f"characters {evidence.start}–{evidence.end}")
    if len(source.snapshots) > 1:
        said += [f"of the text “{each.label}”" for each in source.snapshots if each.sha256 == evidence.snapshot]
    return ", ".join(said) or "no place given"


def method(claim: Claim, labels: Labels) -> str:
    """How a claim came to us."""
    words = _METHODS.get(claim.method.kind, claim.method.kind)
    details = " ".join(part for part in (claim.method.name, claim.method.version) if part)
    by = f" by {labels.entity(claim.curator)}" if claim.curator else ""
    return f"{words}{f' ({details})' if details else ''}{by}"
