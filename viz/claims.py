"""Claims and sources as cards: every reference spelled out."""

from __future__ import annotations

from collections import defaultdict

from kg.dataset.derivation import Conflict, Derivation, Link, Strength, Triple
from kg.model import Claim, Knowledge, Rank, Ref, Source, Term, Value
from kg.vocabulary import Vocabulary
from viz import words
from viz.records import ClaimCard, Passage, Rival, SourceCard


class Cards:
    """Makes cards of what a knowledge and its derivation hold."""

    def __init__(self, knowledge: Knowledge, derivation: Derivation, vocabulary: Vocabulary) -> None:
        """Look up conflicts and links by claim once."""
        self.knowledge = knowledge
        self.vocabulary = vocabulary
        self._conflicts: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in derivation.conflicts:
            for rival in conflict.rivals:
                self._conflicts[rival].append(conflict)
        self._triples: dict[str, Triple] = {
            id: triple for triple, link in derivation.links.items() for id in (*link.supporting, *link.opposing)
        }

    def name(self, id: str) -> str:
        """Label of an entity, through merges; an unknown one is called by its id."""
        entity = self.knowledge.entities.get(self.standing(id))
        return entity.label if entity else id

    def standing(self, id: str) -> str:
        """The entity that stands for it after merges."""
        return self.knowledge.redirects.get(id, id)

    def term(self, term: Term) -> str:
        """An object or a qualifier's value in words."""
        if isinstance(term, Value):
            return words.value_words(term)
        if term.space == "concept":
            concept = self.vocabulary.concepts.get(term.id)
            return concept.label if concept else term.id
        return self.name(term.id)

    def predicate(self, name: str) -> str:
        """Label of a predicate."""
        known = self.vocabulary.predicates.get(name)
        return known.label if known else name

    def claim(self, id: str, link: str, shown: frozenset[str]) -> ClaimCard:
        """The card of a claim behind a link; ``shown`` are the nodes that it may point to."""
        claim = self.knowledge.claims[id]
        source = self.knowledge.sources[claim.source]
        publisher = self.name(source.publisher) if source.publisher else None
        speaker = self.standing(claim.speaker) if claim.speaker else None
        places = [words.passage_words(each, source) for each in claim.evidence]
        return ClaimCard(
            id=id,
            link=link,
            statement=self._statement(claim),
            qualifiers=tuple((self._qualifier(name), self.term(value)) for name, value in claim.qualifiers),
            voice=claim.voice,
            who=self._who(claim, source),
            speaker=speaker if speaker in shown else None,
            anonymous=claim.anonymous,
            modality=claim.modality,
            polarity=claim.polarity,
            hedge=claim.hedge,
            condition=claim.condition,
            holds=words.holds_words(claim.validity),
            said=words.date_words(claim.said_on) if claim.said_on else "",
            published=str(source.published),
            source=claim.source,
            passages=tuple(Passage(place, each.quote) for place, each in zip(places, claim.evidence, strict=True)),
            review=words.review_words(claim, self.name(claim.curator) if claim.curator else None),
            rank=claim.rank,
            rank_reason=claim.rank_reason,
            rivals=self._rivals(id),
            note=claim.note,
            key=claim.key,
            citation=words.citation_words(
                claim,
                self._statement(claim),
                self._who(claim, source),
                source,
                publisher,
                places,
                self.knowledge.release.data_date,
            ),
        )

    def source(self, id: str) -> SourceCard:
        """The card of a source."""
        source = self.knowledge.sources[id]
        known = self.vocabulary.classes.get(source.type)
        ladder = self.vocabulary.concepts.get(f"reliability-{source.reliability}")
        relays = self.knowledge.sources.get(source.relays) if source.relays else None
        return SourceCard(
            id=id,
            title=source.title,
            type=known.label if known else source.type,
            publisher=self.name(source.publisher) if source.publisher else None,
            authors=source.authors,
            published=words.date_words(source.published),
            address=source.address,
            reliability=f"{source.reliability} of 8{': ' + ladder.label if ladder else ''}",
            language=source.language,
            relays=relays.title if relays else source.relays,
            note=source.note,
        )

    def why(self, link: Link) -> str:
        """Why a link is set aside: what the curator gave as reason, and what contradicts it."""
        if link.strength is not Strength.WITHHELD:
            return ""
        said: dict[str, None] = {}
        for id in link.supporting:
            claim = self.knowledge.claims[id]
            if claim.rank is Rank.DEPRECATED:
                said[words.aside_words(claim)] = None
            for rival in self._rivals(id):
                said[f"Contradicted: {rival.statement} ({rival.who}); the two {rival.outcome}."] = None
        return " ".join(said)

    def _statement(self, claim: Claim) -> str:
        subject, predicate, object = self._triple(claim)
        return words.statement_words(self.term(subject), self.predicate(predicate), self.term(object), claim.polarity)

    def _triple(self, claim: Claim) -> Triple:
        return self._triples.get(claim.id) or (claim.subject, claim.predicate, claim.object)

    def _who(self, claim: Claim, source: Source) -> str:
        publisher = self.name(source.publisher) if source.publisher else source.title
        speaker = self.name(claim.speaker) if claim.speaker else None
        return words.who_words(claim.voice, speaker, publisher, claim.anonymous)

    def _qualifier(self, name: str) -> str:
        known = self.vocabulary.qualifiers.get(name)
        return known.label if known else name

    def _rivals(self, id: str) -> tuple[Rival, ...]:
        found = {
            (other, conflict.id): self._rival(id, other, conflict)
            for conflict in self._conflicts.get(id, ())
            for side in conflict.sides
            if id not in side
            for other in side
        }
        return tuple(found[key] for key in sorted(found))

    def _rival(self, id: str, other: str, conflict: Conflict) -> Rival:
        claim = self.knowledge.claims[other]
        outcome = f"differ in {conflict.kind.value}; {words.RESOLUTIONS[conflict.resolution]}"
        if conflict.winner is not None:
            mine = any(id in side and conflict.winner in side for side in conflict.sides)
            outcome += "; this side stands" if mine else "; the other side stands"
        who = self._who(claim, self.knowledge.sources[claim.source])
        return Rival(other, self._statement(claim), who, outcome)


def is_entity(term: Term) -> bool:
    """Whether a term is drawn as a node."""
    return isinstance(term, Ref) and term.space == "entity"
