"""Why a claim makes a fact or does not: the rule of :mod:`kg.dataset.facts` that decided, in words."""

from __future__ import annotations

from kg.dataset.derivation import Link, Outcome, Resolution, Strength
from kg.dataset.voices import QUOTING_CLASS, STRONG, TRUSTED_CLASS
from kg.model import Claim, Knowledge, Modality, Polarity, Rank, Ref, Voice
from kg.query.words import Labels
from kg.vocabulary import Vocabulary

_VERDICTS = {
    Strength.FACT: "A fact",
    Strength.REPORTED: "Reported, not a fact",
    Strength.HEDGED: "Not a fact: nobody says that it is so, only that it is planned, possible or the like",
    Strength.EVALUATIVE: "Not a fact: a judgement, whoever says it",
    Strength.WITHHELD: "Withheld: said as a fact, but contradicted or set aside",
    Strength.DENIED: "Denied: nobody affirms it",
}


def verdict(link: Link | None) -> str:
    """What a link comes to."""
    if link is None:
        return "Nothing: no claim about it takes part (superseded, retracted, or outside the dates asked for)"
    said = _VERDICTS[link.strength]
    said += "; a weaker voice contradicts it" if link.disputed and link.strength is Strength.FACT else ""
    return f"{said}; on that date it {_holds(link)}" if link.holding else said


def _holds(link: Link) -> str:
    words = str(link.holding)
    return "is unknown whether it holds" if words == "unknown" else words


def effect(claim: Claim, outcome: Outcome | None, knowledge: Knowledge, vocabulary: Vocabulary, labels: Labels) -> str:
    """The rule that made a fact of this claim, or withheld it."""
    if not claim.accepted:
        return f"{claim.review_status.value.lower()}: takes no part"
    if outcome is None:
        return "takes no part: published later, or over or not begun on the date asked for"
    if claim.polarity is Polarity.DENIED:
        return f"denies it; a denial is no fact{_but(outcome)}"
    if claim.modality is not Modality.ACTUAL:
        return f"{claim.modality.value.lower()} only: never a fact"
    if claim.rank is Rank.DEPRECATED:
        return "set aside by a curator"
    predicate = vocabulary.predicates.get(claim.predicate)
    if predicate is not None and predicate.evaluative:
        return f"“{predicate.label}” is a judgement: never a fact"
    if outcome.strength is Strength.WITHHELD:
        return f"withheld{_but(outcome).replace(';', ':', 1)}"
    if outcome.weight == STRONG:
        return f"makes a fact: {_strong(claim, knowledge)}{_but(outcome)}"
    return f"reported: {_weak(claim, knowledge, vocabulary, labels)}{_but(outcome)}"


def _strong(claim: Claim, knowledge: Knowledge) -> str:
    if claim.voice is Voice.OWN_VOICE:
        return f"said in the own voice of a source of class {knowledge.sources[claim.source].reliability}"
    return "a named speaker says it of themselves or their own organization"


def _weak(claim: Claim, knowledge: Knowledge, vocabulary: Vocabulary, labels: Labels) -> str:
    reliability = knowledge.sources[claim.source].reliability
    if isinstance(claim.object, Ref) and vocabulary.of_tracker(claim.object.id):
        return "a tracker's status in the tracker's own scheme"
    if claim.voice is Voice.OWN_VOICE:
        return f"said in the own voice of a source of class {reliability}; a fact needs class {TRUSTED_CLASS} or better"
    if claim.voice is Voice.NAMED and claim.speaker is not None:
        if reliability > QUOTING_CLASS:
            return f"said to be by {labels.entity(claim.speaker)}, but a source of class {reliability} is not believed"
        return f"{labels.entity(claim.speaker)} says it of another"
    return "its voice has no name"


def _but(outcome: Outcome) -> str:
    """What its rivals do to it."""
    if outcome.resolution is Resolution.RANKED:
        return "; a curator decided for its rival"
    if outcome.resolution is Resolution.OUTWEIGHED:
        return "; a rival of stronger voice contradicts it"
    if outcome.resolution is Resolution.OPEN:
        return "; a rival of equal voice contradicts it"
    return "; a weaker voice contradicts it" if outcome.disputed else ""
