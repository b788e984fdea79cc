"""How much a claim's voice weighs, and who may speak for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Claim, Holding, Knowledge, Modality, Polarity, Rank, Ref, Validity, Voice
from kg.vocabulary import Vocabulary

TRUSTED_CLASS = 4
"""Last class of the reliability ladder whose own voice makes a fact."""

QUOTING_CLASS = 7
"""Last class that is believed about who said something; the next is pages made by machine or without a source."""

STRONG, NAMED, WEAK = 3, 2, 1


class Voices:
    """Weighs claims. Who belongs to which organisation is learnt from the claims on positions."""

    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary, known: Iterable[Claim]) -> None:
        """``known`` are the accepted claims that had been published; an as-of date does not matter here."""
        self._sources = knowledge.sources
        self._vocabulary = vocabulary
        self._positions: dict[str, list[tuple[str, Validity]]] = defaultdict(list)
        positions = [
            claim
            for claim in known
            if claim.predicate == "holdsPosition"
            and claim.modality is Modality.ACTUAL
            and claim.rank is not Rank.DEPRECATED
        ]
        for claim in positions:
            body = claim.qualifier("organization")
            if isinstance(body, Ref) and self._is_in_office(claim, body.id, positions):
                self._positions[claim.subject.id].append((body.id, claim.validity))

    def weight(self, claim: Claim) -> int:
        """3 for a trusted own voice or a named speaker about itself, 2 for another named one, 1 for the rest.

        What is stated in a tracker's own scheme stays the tracker's word, however trusted: 2 at most.
        """
        reliability = self._sources[claim.source].reliability
        if isinstance(claim.object, Ref) and self._vocabulary.of_tracker(claim.object.id):
            trusted = claim.voice is Voice.OWN_VOICE and reliability <= TRUSTED_CLASS
            return NAMED if trusted else WEAK
        if claim.voice is Voice.OWN_VOICE:
            return STRONG if reliability <= TRUSTED_CLASS else NAMED
        if claim.voice is Voice.NAMED and claim.speaker is not None:
            return STRONG if reliability <= QUOTING_CLASS and self._speaks_for_itself(claim) else NAMED
        return WEAK

    def _speaks_for_itself(self, claim: Claim) -> bool:
        """Whether the subject is the speaker, or an organisation of the speaker's at the time of speaking."""
        assert claim.speaker is not None
        if claim.speaker == claim.subject.id:
            return True
        day = (claim.said_on or self._sources[claim.source].published).last
        return any(
            body == claim.subject.id and validity.on(day) is not Holding.NOT
            for body, validity in self._positions[claim.speaker]
        )

    def _is_in_office(self, claim: Claim, body: str, positions: list[Claim]) -> bool:
        """Whether a claim on a position is firm enough to speak for a body: nobody makes themselves its voice."""
        if claim.polarity is Polarity.DENIED or not self._vouched(claim, body):
            return False
        return not any(
            other.polarity is Polarity.DENIED
            and other.subject == claim.subject
            and other.object == claim.object
            and other.validity.may_overlap(claim.validity)
            and self._vouched(other, body)
            for other in positions
        )

    def _vouched(self, claim: Claim, body: str) -> bool:
        reliability = self._sources[claim.source].reliability
        if claim.voice is Voice.OWN_VOICE:
            return reliability <= TRUSTED_CLASS
        return claim.voice is Voice.NAMED and claim.speaker == body and reliability <= QUOTING_CLASS
