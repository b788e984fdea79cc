"""Why a claim makes a fact or does not: the rule of :mod:`kg.dataset.facts` that decided, in words."""

from __future__ import annotations

from collections.abc import Iterable

from kg.dataset.derivation import Conflict, Link, Resolution, Strength
from kg.dataset.facts import STRONG, TRUSTED_CLASS, Voices
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


def effect(
    claim: Claim,
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    voices: Voices,
    conflicts: Iterable[Conflict],
    labels: Labels,
) -> str:
    """The rule that made a fact of this claim, or withheld it."""
    if not claim.accepted:
        return f"{claim.review_status.value.lower()}: takes no part"
    if claim.polarity is Polarity.DENIED:
        return "denies it; a denial is no fact"
    if claim.modality is not Modality.ACTUAL:
        return f"{claim.modality.value.lower()} only: never a fact"
    if claim.rank is Rank.DEPRECATED:
        return "set aside by a curator"
    predicate = vocabulary.predicates.get(claim.predicate)
    if predicate is not None and predicate.evaluative:
        return f"“{predicate.label}” is a judgement: never a fact"
    beaten, words = _rivalry(claim, conflicts, knowledge, voices)
    if voices.weight(claim) == STRONG:
        return f"withheld: {words}" if beaten else f"makes a fact: {_strong(claim, knowledge)}{_but(words)}"
    if beaten is Resolution.RANKED:
        return f"withheld: {words}"
    return f"reported: {_weak(claim, knowledge, vocabulary, labels)}{_but(words)}"


def _strong(claim: Claim, knowledge: Knowledge) -> str:
    if claim.voice is Voice.OWN_VOICE:
        return f"said in the own voice of a source of class {knowledge.sources[claim.source].reliability}"
    return "a named speaker says it of themselves or their own organization"


def _weak(claim: Claim, knowledge: Knowledge, vocabulary: Vocabulary, labels: Labels) -> str:
    if isinstance(claim.object, Ref) and vocabulary.of_tracker(claim.object.id):
        return "a tracker's status in the tracker's own scheme"
    if claim.voice is Voice.OWN_VOICE:
        reliability = knowledge.sources[claim.source].reliability
        return f"said in the own voice of a source of class {reliability}; a fact needs class {TRUSTED_CLASS} or better"
    if claim.voice is Voice.NAMED and claim.speaker is not None:
        return f"{labels.entity(claim.speaker)} says it of another"
    return "its voice has no name"


def _but(words: str) -> str:
    return f"; {words}" if words else ""


def _rivalry(
    claim: Claim, conflicts: Iterable[Conflict], knowledge: Knowledge, voices: Voices
) -> tuple[Resolution | None, str]:
    """How the claim comes out of its conflicts: by what it is beaten, if it is, and what to say."""
    words = ""
    for conflict in conflicts:
        side = next((side for side in conflict.sides if claim.id in side), None)
        if side is None:
            continue
        others = [knowledge.claims[id] for id in conflict.rivals if id not in side]
        against = [other for other in others if other.rank is not Rank.DEPRECATED]
        if conflict.resolution is Resolution.RANKED:
            if conflict.winner not in side:
                return Resolution.RANKED, "a curator decided for its rival"
        elif any(voices.weight(other) >= voices.weight(claim) for other in against):
            return conflict.resolution, "a rival of equal or stronger voice contradicts it"
        elif against:
            words = "a weaker voice contradicts it"
    return None, words
