"""``why``: every claim behind a link, and the rule that made or withheld the fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.dataset.derivation import Conflict, Derivation
from kg.dataset.facts import derive
from kg.errors import NotFound
from kg.model import Claim, Evidence, Knowledge, Polarity, Rank, Ref, Source, Term, Value
from kg.query import reason
from kg.query.about import read_about
from kg.query.names import Names, fold
from kg.query.words import Labels, firmness, key_of, method, place, when, who
from kg.store.base import Store
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim with everything about it in words."""

    claim: Claim
    sentence: str
    who: str
    firmness: str
    when: str
    source: Source
    publisher: str | None
    places: tuple[str, ...]
    quotes: tuple[str, ...]
    method: str
    effect: str

    def to_json(self) -> dict[str, Any]:
        """The claim in ``cbdc-kg why --format json``."""
        claim = self.claim
        return {
            "id": claim.id,
            "key": claim.key,
            "sentence": self.sentence,
            "who": self.who,
            "voice": claim.voice.value,
            "speaker": claim.speaker,
            "anonymous": claim.anonymous,
            "modality": claim.modality.value,
            "hedge": claim.hedge,
            "condition": claim.condition,
            "polarity": claim.polarity.value,
            "qualifiers": {name: key_of(value) for name, value in claim.qualifiers},
            "when": self.when,
            "said": str(claim.said_on) if claim.said_on else None,
            "source": {
                "id": self.source.id,
                "title": self.source.title,
                "publisher": self.publisher,
                "published": str(self.source.published),
                "address": self.source.address,
                "class": self.source.reliability,
            },
            "evidence": [_evidence(each) for each in claim.evidence],
            "review": claim.review_status.value,
            "rank": claim.rank.value,
            "rank_reason": claim.rank_reason,
            "method": self.method,
            "note": claim.note,
            "effect": self.effect,
        }

    def _text(self) -> list[str]:
        claim, source = self.claim, self.source
        rows = [
            ("said by", self.who + (", who keeps the name back" if claim.anonymous and claim.speaker is None else "")),
            ("how firmly", self.firmness),
            ("holds", self.when),
            ("said", str(claim.said_on) if claim.said_on else ""),
            ("source", ", ".join(filter(None, (f"“{source.title}”", self.publisher, str(source.published))))),
            ("", f"class {source.reliability}, {source.address}"),
            *(("place", each) for each in self.places),
            *(("words", f"“{each}”") for each in self.quotes),
            ("gloss", claim.note or ""),
            ("review", f"{claim.review_status.value.lower()}, {self.method}"),
            ("rank", "" if claim.rank is Rank.NORMAL else f"{claim.rank.value.lower()}: {claim.rank_reason}"),
            ("so it", self.effect),
        ]
        name = claim.key or claim.id
        return [f"{name}  {self.sentence}", *(f"  {label:<11} {text}" for label, text in rows if text)]

    def __str__(self) -> str:
        return "\n".join(self._text())


@dataclass(frozen=True, slots=True)
class Why:
    """A link, what it comes to, and the claims for and against it."""

    subject: str
    predicate: str
    object: str
    sentence: str
    strength: str | None
    verdict: str
    claims: tuple[ClaimCard, ...]
    rivals: tuple[ClaimCard, ...]
    conflicts: tuple[Conflict, ...]

    def to_json(self) -> dict[str, Any]:
        """The object of ``cbdc-kg why --format json``."""
        return {
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object,
            "sentence": self.sentence,
            "strength": self.strength,
            "verdict": self.verdict,
            "claims": [each.to_json() for each in self.claims],
            "rivals": [each.to_json() for each in self.rivals],
            "conflicts": [
                {"id": each.id, "kind": each.kind.value, "resolution": each.resolution.value, "winner": each.winner}
                for each in self.conflicts
            ],
        }

    def __str__(self) -> str:
        text = [self.sentence, f"{self.verdict}."]
        for each in self.claims:
            text += ["", str(each)]
        if self.rivals:
            text += ["", f"Rivals ({', '.join(sorted({each.resolution.value for each in self.conflicts}))})"]
            for each in self.rivals:
                text += ["", str(each)]
        return "\n".join(text)


def why(
    store: Store,
    subject: str,
    predicate: str,
    object: str,
    vocabulary: Vocabulary,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
) -> Why:
    """Every claim behind a link that is given by names.

    Raises:
        NotFound: a name means nothing, or nobody claims anything of the kind.
    """
    names = Names.read(store)
    relation, inverse = find_predicate(predicate, vocabulary)
    if inverse:
        subject, object = object, subject
    me = Ref("entity", names.resolve(subject))
    knowledge = read_about(store, me.id)
    about = [each for each in knowledge.claims.values() if each.subject == me and each.predicate == relation]
    try:
        term = _object(object, about, names, vocabulary)
    except NotFound as wrong:
        other = _reverse(knowledge, me, relation, object, names)
        if other is None:
            raise
        labels = Labels(knowledge, vocabulary)
        reverse = f"{labels.term(other)} {labels.predicate(relation)} {labels.term(me)}"
        command = f"cbdc-kg why {other.id} {relation} {me.id}"
        raise NotFound(f"{wrong}; only the reverse is claimed, that {reverse}: {command}") from None
    derivation = derive(knowledge, vocabulary, as_of=as_of, known_at=known_at)
    return explain(knowledge, derivation, vocabulary, (me, relation, term))


def explain(knowledge: Knowledge, derivation: Derivation, vocabulary: Vocabulary, triple: tuple[Ref, str, Term]) -> Why:
    """Every claim behind a triple, from records."""
    subject, predicate, object = triple
    labels = Labels(knowledge, vocabulary)
    claims = [
        each
        for each in knowledge.claims.values()
        if (each.subject, each.predicate, each.object) == (subject, predicate, object)
    ]
    if not claims:
        raise NotFound(f"nobody claims that {labels.term(subject)} {labels.predicate(predicate)} {labels.term(object)}")
    ids = {each.id for each in claims}
    conflicts = tuple(each for each in derivation.conflicts if ids & set(each.rivals))
    others = {id for each in conflicts for id in each.rivals} - ids
    link = derivation.links.get(triple)
    cards = _Cards(knowledge, vocabulary, labels, derivation)
    return Why(
        subject=str(subject),
        predicate=predicate,
        object=key_of(object),
        sentence=f"{labels.term(subject)} {labels.predicate(predicate)} {labels.term(object)}",
        strength=link.strength.value if link else None,
        verdict=reason.verdict(link),
        claims=tuple(cards.card(each) for each in sorted(claims, key=lambda each: (each.key or "", each.id))),
        rivals=tuple(cards.card(knowledge.claims[id]) for id in sorted(others)),
        conflicts=conflicts,
    )


def find_predicate(name: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """The predicate of a local name, a prefixed name, a label or an inverse label, and whether it was the inverse.

    Raises:
        NotFound: no predicate is called so; the message lists near names.
    """
    import difflib

    wanted = name.strip().removeprefix("cbdc:")
    if wanted in vocabulary.predicates:
        return wanted, False
    known: dict[str, tuple[str, bool]] = {}
    for id, each in vocabulary.predicates.items():
        known.setdefault(fold(each.inverse_label), (id, True))
    for id, each in vocabulary.predicates.items():
        known[fold(each.label)] = known[fold(id)] = (id, False)
    found = known.get(fold(wanted))
    if found is None:
        near = dict.fromkeys(known[each][0] for each in difflib.get_close_matches(fold(wanted)[:80], known, 5, 0.5))
        hint = f"did you mean {', '.join(near)}? " if near else ""
        shown = wanted if len(wanted) <= 60 else wanted[:60] + "…"
        raise NotFound(f"no predicate is called {shown!r}; {hint}All are listed in docs/predicates.md")
    return found


def _reverse(knowledge: Knowledge, me: Ref, relation: str, object: str, names: Names) -> Ref | None:
    """The object's entity, where a claim says the same relation of it with ``me`` as object."""
    try:
        other = Ref("entity", names.resolve(object))
    except NotFound:
        return None
    said = ((each.subject, each.predicate, each.object) for each in knowledge.claims.values())
    return other if other != me and (other, relation, me) in said else None


def _object(text: str, about: Iterable[Claim], names: Names, vocabulary: Vocabulary) -> Term:
    objects = list(dict.fromkeys(claim.object for claim in about))
    wanted = fold(text)
    for term in objects:
        if text in (key_of(term), getattr(term, "id", None)):
            return term
    for term in objects:
        concept = vocabulary.concepts.get(term.id) if isinstance(term, Ref) and term.space == "concept" else None
        words = term.text if isinstance(term, Value) else concept.label if concept else None
        if words is not None and fold(words) == wanted:
            return term
    try:
        found = Ref("entity", names.resolve(text))
    except NotFound:
        if not objects:
            raise
        found = None
    if found is None or found not in objects:
        listed = ", ".join(names.labels.get(getattr(term, "id", ""), key_of(term)) for term in objects[:10])
        known = f"the claims with this subject and predicate say: {listed}" if listed else "nobody claims it of any"
        raise NotFound(f"there is no claim with the object {text[:60]!r}; {known}")
    return found


class _Cards:
    def __init__(self, knowledge: Knowledge, vocabulary: Vocabulary, labels: Labels, derivation: Derivation) -> None:
        self._knowledge, self._vocabulary, self._labels = knowledge, vocabulary, labels
        self._outcomes = derivation.outcomes

    def card(self, claim: Claim) -> ClaimCard:
        labels, source = self._labels, self._knowledge.sources[claim.source]
        publisher = labels.entity(source.publisher) if source.publisher else None
        said = " ".join((labels.term(claim.subject), labels.predicate(claim.predicate), labels.term(claim.object)))
        qualified = labels.qualifiers(claim.qualifiers)
        sentence = f"{said}{f' ({qualified})' if qualified else ''}"
        return ClaimCard(
            claim=claim,
            sentence=f"it is not so that {sentence}" if claim.polarity is Polarity.DENIED else sentence,
            who=who(claim, labels, publisher),
            firmness=firmness(claim),
            when=when(claim.validity),
            source=source,
            publisher=publisher,
            places=tuple(place(each, source) for each in claim.evidence),
            quotes=tuple(each.quote for each in claim.evidence if each.quote is not None),
            method=method(claim, labels),
            effect=reason.effect(claim, self._outcomes.get(claim.id), self._knowledge, self._vocabulary, labels),
        )


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "snapshot": evidence.snapshot,
        "start": evidence.start,
        "end": evidence.end,
        "digest": evidence.digest,
        "locator": evidence.locator,
        "quote": evidence.quote,
    }
