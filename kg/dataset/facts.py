"""Facts as a function of two clocks: when something held, and what had been published by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kg.dataset.conflicts import conflicts
from kg.dataset.derivation import Derivation, Link, Outcome, Resolution, Strength, Triple
from kg.dataset.rivals import rivals
from kg.dataset.voices import STRONG, Voices
from kg.model import Claim, Holding, Knowledge, Modality, Polarity, Rank
from kg.vocabulary import Vocabulary

_STRENGTHS = (
    Strength.EVALUATIVE,
    Strength.FACT,
    Strength.WITHHELD,
    Strength.REPORTED,
    Strength.HEDGED,
    Strength.DENIED,
)
"""Which of its claims' strengths a link takes: the first that one of them has, what is set aside last."""

_HOLDING_ORDER = (Holding.HOLDS, Holding.MAY_HOLD, Holding.UNKNOWN)


def derive(
    knowledge: Knowledge, vocabulary: Vocabulary, *, as_of: date | None = None, known_at: date | None = None
) -> Derivation:
    """Every link that accepted claims speak of, with its strength, and the conflicts among the claims.

    A link is a fact when a claim states it that is Actual, Affirmed, not Deprecated, of a predicate that is no
    judgement, and said in a trusted source's own voice or by a named speaker of itself or its own organisation; and
    when no rival of equal or stronger voice contradicts it. The same in other voices is reported.

    With ``known_at`` only claims published by then take part. With ``as_of`` claims that cannot hold then drop out,
    and every link says whether it holds, may hold, or whether that is unknown.
    """
    known = [
        claim
        for claim in knowledge.claims.values()
        if claim.accepted and (known_at is None or knowledge.sources[claim.source].published.last <= known_at)
    ]
    claims = [claim for claim in known if as_of is None or claim.validity.on(as_of) is not Holding.NOT]
    voices = Voices(knowledge, vocabulary, known)
    against = rivals(claims, vocabulary)
    outcomes = {claim.id: _outcome(claim, against.get(claim.id, ()), vocabulary, voices) for claim in claims}
    found = conflicts(claims, against, outcomes, knowledge, vocabulary, voices.weight)
    return Derivation(_links(claims, outcomes, as_of), found, outcomes)


def _outcome(claim: Claim, contradicting: Sequence[Claim], vocabulary: Vocabulary, voices: Voices) -> Outcome:
    weight = voices.weight(claim)
    standing = [other for other in contradicting if other.rank is not Rank.DEPRECATED]
    against = tuple(other.id for other in standing)
    if claim.rank is Rank.DEPRECATED:
        return Outcome(Strength.WITHHELD, weight, against, Resolution.RANKED)
    lost = _lost(claim, weight, standing, voices)
    return Outcome(_strength(claim, weight, lost, vocabulary), weight, against, lost)


def _lost(claim: Claim, weight: int, standing: Sequence[Claim], voices: Voices) -> Resolution | None:
    """By what a claim is beaten: a curator's rank decides first, then the weight of the voices."""
    preferred = claim.rank is Rank.PREFERRED
    if not preferred and any(other.rank is Rank.PREFERRED for other in standing):
        return Resolution.RANKED
    equals = [other for other in standing if (other.rank is Rank.PREFERRED) == preferred]
    strongest = max((voices.weight(other) for other in equals), default=0)
    if strongest < weight:
        return None
    return Resolution.OUTWEIGHED if strongest > weight else Resolution.OPEN


def _strength(claim: Claim, weight: int, lost: Resolution | None, vocabulary: Vocabulary) -> Strength:
    predicate = vocabulary.predicates.get(claim.predicate)
    if claim.polarity is Polarity.DENIED:
        return Strength.DENIED
    if claim.modality is not Modality.ACTUAL:
        return Strength.HEDGED
    if predicate is not None and predicate.evaluative:
        return Strength.EVALUATIVE
    if weight == STRONG:
        return Strength.FACT if lost is None else Strength.WITHHELD
    # Hearsay stays hearsay beside a contradiction; only a curator's rank takes it out.
    return Strength.WITHHELD if lost is Resolution.RANKED else Strength.REPORTED


def _links(claims: Sequence[Claim], outcomes: Mapping[str, Outcome], as_of: date | None) -> Mapping[Triple, Link]:
    grouped: dict[Triple, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[(claim.subject, claim.predicate, claim.object)].append(claim)
    links: dict[Triple, Link] = {}
    for triple, group in grouped.items():
        strength = _strongest(group, outcomes)
        basis = [claim for claim in group if outcomes[claim.id].strength is strength]
        links[triple] = Link(
            triple,
            strength,
            tuple(sorted(claim.id for claim in group if claim.polarity is Polarity.AFFIRMED)),
            tuple(sorted(claim.id for claim in group if claim.polarity is Polarity.DENIED)),
            any(outcomes[claim.id].disputed for claim in basis),
            None if as_of is None else _holding(basis, as_of),
        )
    return links


def _strongest(group: Sequence[Claim], outcomes: Mapping[str, Outcome]) -> Strength:
    """The reading of a link: of its claims that a curator did not set aside, else withheld."""
    kept = [claim for claim in group if claim.rank is not Rank.DEPRECATED]
    strengths = {outcomes[claim.id].strength for claim in kept}
    return next((each for each in _STRENGTHS if each in strengths), Strength.WITHHELD)


def _holding(claims: Sequence[Claim], day: date) -> Holding:
    readings = {claim.validity.on(day) for claim in claims}
    return next((each for each in _HOLDING_ORDER if each in readings), Holding.UNKNOWN)
