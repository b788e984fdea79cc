"""Facts as a function of two clocks: when something held, and what had been published by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kg.dataset import rivals
from kg.dataset.derivation import Conflict, Derivation, Link, Resolution, Strength, Triple
from kg.model import Claim, Holding, Knowledge, Modality, Polarity, Rank, Ref, Voice
from kg.vocabulary import Vocabulary

TRUSTED_CLASS = 4
"""Last class of the reliability ladder whose own voice makes a fact."""

STRONG, NAMED, WEAK = 3, 2, 1

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
    known = _known(knowledge, known_at)
    claims = [claim for claim in known if as_of is None or claim.validity.on(as_of) is not Holding.NOT]
    voices = Voices(knowledge, vocabulary, known)
    origin_of = {source.id: _origin(source.id, knowledge) for source in knowledge.sources.values()}
    found = rivals.conflicts(claims, vocabulary, voices.weight, origin_of)
    return Derivation(_links(claims, vocabulary, voices, found, origin_of, as_of), found)


def _known(knowledge: Knowledge, known_at: date | None) -> list[Claim]:
    return [
        claim
        for claim in knowledge.claims.values()
        if claim.accepted and (known_at is None or knowledge.sources[claim.source].published.last <= known_at)
    ]


class Voices:
    """How much a claim's voice weighs."""

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary, known: Sequence[Claim]) -> None:
        """Learn who belongs to which organisation from facts about positions.

        A position counts whatever the as-of date: what was said in office keeps its weight afterwards.
        """
        self._sources = knowledge.sources
        self._vocabulary = vocabulary
        self._organisations: dict[str, set[str]] = defaultdict(set)
        for claim in known:
            if (
                claim.predicate == "holdsPosition"
                and claim.modality is Modality.ACTUAL
                and claim.polarity is Polarity.AFFIRMED
                and claim.rank is not Rank.DEPRECATED
                and self.weight(claim) == STRONG
                and isinstance(body := claim.qualifier("organization"), Ref)
            ):
                self._organisations[claim.subject.id].add(body.id)

    def weight(self, claim: Claim) -> int:
        """3 for a trusted own voice or a named speaker about itself, 2 for another named one, 1 for the rest.

        What is stated in a tracker's own scheme stays the tracker's word, however trusted: 2 at most.
        """
        trusted = self._sources[claim.source].reliability <= TRUSTED_CLASS
        if isinstance(claim.object, Ref) and self._vocabulary.of_tracker(claim.object.id):
            return NAMED if trusted and claim.voice is Voice.OWN_VOICE else WEAK
        if claim.voice is Voice.OWN_VOICE:
            return STRONG if trusted else NAMED
        if claim.voice is Voice.NAMED and claim.speaker is not None:
            own = {claim.speaker, *self._organisations[claim.speaker]}
            return STRONG if claim.subject.id in own else NAMED
        return WEAK


def _origin(source: str, knowledge: Knowledge) -> str:
    seen = {source}
    while (relayed := knowledge.sources[source].relays) and relayed in knowledge.sources and relayed not in seen:
        source = relayed
        seen.add(source)
    return source


def _links(
    claims: Sequence[Claim],
    vocabulary: Vocabulary,
    voices: Voices,
    found: tuple[Conflict, ...],
    origin_of: Mapping[str, str],
    as_of: date | None,
) -> Mapping[Triple, Link]:
    by_id = {claim.id: claim for claim in claims}
    beaten, disputed = _standing(found, by_id, voices, rivals.repeats(claims, vocabulary, origin_of))
    grouped: dict[Triple, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[(claim.subject, claim.predicate, claim.object)].append(claim)
    links: dict[Triple, Link] = {}
    for triple, group in grouped.items():
        affirming = [claim for claim in group if claim.polarity is Polarity.AFFIRMED]
        denying = [claim for claim in group if claim.polarity is Polarity.DENIED]
        strength, basis = _strength(affirming, denying, vocabulary, voices, beaten)
        links[triple] = Link(
            triple,
            strength,
            tuple(sorted(claim.id for claim in affirming)),
            tuple(sorted(claim.id for claim in denying)),
            any(claim.id in disputed for claim in basis),
            None if as_of is None else _holding(basis, as_of),
        )
    return links


def _strength(
    affirming: Sequence[Claim],
    denying: Sequence[Claim],
    vocabulary: Vocabulary,
    voices: Voices,
    beaten: Mapping[str, Resolution],
) -> tuple[Strength, Sequence[Claim]]:
    """The strongest reading of a triple's claims, and the claims it rests on."""
    predicate = vocabulary.predicates.get(affirming[0].predicate) if affirming else None
    actual = [claim for claim in affirming if claim.modality is Modality.ACTUAL and claim.rank is not Rank.DEPRECATED]
    if predicate is not None and predicate.evaluative and actual:
        return Strength.EVALUATIVE, actual
    worthy = [claim for claim in actual if voices.weight(claim) == STRONG]
    if standing := [claim for claim in worthy if claim.id not in beaten]:
        return Strength.FACT, standing
    reported = [
        claim for claim in actual if claim not in worthy and beaten.get(claim.id) is not Resolution.RANKED
    ]
    if reported and not worthy:
        return Strength.REPORTED, reported
    if actual:
        return Strength.WITHHELD, actual
    if hedged := [claim for claim in affirming if claim.rank is not Rank.DEPRECATED]:
        return Strength.HEDGED, hedged
    return (Strength.WITHHELD, affirming) if affirming else (Strength.DENIED, denying)


def _standing(
    found: tuple[Conflict, ...],
    by_id: Mapping[str, Claim],
    voices: Voices,
    repeats: Mapping[str, Sequence[str]],
) -> tuple[Mapping[str, Resolution], frozenset[str]]:
    """Claims that a rival of equal or stronger voice (or better rank) beats, and claims that a weaker one disputes."""
    beaten: dict[str, Resolution] = {}
    disputed: set[str] = set()
    for conflict in found:
        for side in conflict.sides:
            against = [
                by_id[id]
                for other in conflict.sides
                if other is not side
                for id in other
                if by_id[id].rank is not Rank.DEPRECATED
            ]
            for id in (each for first in side for each in repeats[first]):
                if conflict.resolution is Resolution.RANKED:
                    if conflict.winner not in side:
                        beaten[id] = Resolution.RANKED
                elif any(voices.weight(other) >= voices.weight(by_id[id]) for other in against):
                    beaten.setdefault(id, conflict.resolution)
                    disputed.add(id)
                elif against:
                    disputed.add(id)
    return beaten, frozenset(disputed)


def _holding(claims: Sequence[Claim], day: date) -> Holding:
    readings = {claim.validity.on(day) for claim in claims}
    return next((each for each in _HOLDING_ORDER if each in readings), Holding.UNKNOWN)
