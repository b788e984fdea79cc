"""The trained layer of the extraction: matches of the classifier, in the shape that the patterns give.

It looks only at sentences that hold a word which the data of a relation names, and only at pairs whose ends may be
what the relation wants; what it finds must be likelier than on the benchmark, whose passages were picked because
they may state a relation. Without the weights file it is silent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import ExtractionError
from kg.extract import lexicon, openness
from kg.extract.classifier import weights as files
from kg.extract.classifier.features import Pair
from kg.extract.classifier.mentions import Mention, find
from kg.extract.classifier.scoring import Scored, Scorer
from kg.extract.data import FOLDER, read_toml
from kg.extract.matching import Match
from kg.extract.notation import Shape
from kg.extract.patterns import Pattern
from kg.model import Origin

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NAME = "relations.toml"
_KEYS = {"predicate": str, "inverse": bool, "least": float, "cues": list, "subject": str, "object": str}
_PRICE = 0.9
"""What is left of a probability for the score of a claim: a pattern's trust was weighed by hand."""
_LIGHT = ("prep", "agent", "punct", "det")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a relation of the training data is in the ontology, and when it is looked for."""

    name: str
    predicate: str
    inverse: bool
    least: float
    cues: frozenset[str]
    subject: str
    """Kinds of mention that may stand first (:data:`kg.extract.classifier.mentions.KINDS`)."""
    object: str
    origin: Origin


@lru_cache(maxsize=1)
def relations() -> dict[str, Relation]:
    """The declared relations by their name in the training data.

    Raises:
        ExtractionError: the data file is missing or faulty.
    """
    path = os.path.join(FOLDER, "classifier", _NAME)
    found = {}
    for name, table in read_toml(f"classifier/{_NAME}").items():
        for key, value in table.items():
            if key not in _KEYS or not isinstance(value, _KEYS[key]):
                raise ExtractionError(f"{path}: [{name}]: {key!r} is unknown or of the wrong type")
        if not {"predicate", "least", "cues", "subject", "object"} <= table.keys():
            raise ExtractionError(f"{path}: [{name}]: predicate, least, cues, subject and object are needed")
        found[name] = Relation(
            name=name,
            predicate=table["predicate"],
            inverse=table.get("inverse", False),
            least=table["least"],
            cues=frozenset(table["cues"]),
            subject=table["subject"],
            object=table["object"],
            origin=Origin(path, 1),
        )
    return found


def available() -> bool:
    """Whether there are weights: the one switch of this layer."""
    return os.path.exists(files.PATH)


@lru_cache(maxsize=1)
def _scorer() -> Scorer:
    return Scorer(files.load())


def found(sentence: Span, already: Iterable[Match]) -> Iterator[Match]:
    """What the classifier finds in a sentence beyond the matches that the patterns found there already."""
    if not available():
        return
    words = {token.lemma_.lower() for token in sentence} | {token.lower_ for token in sentence}
    wanted = [each for each in relations().values() if each.cues & words]
    if not wanted:
        return
    doc = sentence.as_doc() if len(sentence) < len(sentence.doc) else sentence.doc
    mentions = find(doc)
    known = {
        (each.pattern.predicate, end.i) for each in already for end in (each.subject, each.object) if end is not None
    }
    by_name = {each.name: each for each in wanted}

    def fits(name: str, among: list[Mention], pair: Pair) -> bool:
        relation = by_name.get(name)
        return relation is not None and _fits(relation, among[pair.subject], among[pair.object])

    for scored in _scorer().every(doc, mentions, fits):
        relation = by_name[scored.relation]
        if scored.probability >= relation.least:
            match = _match(sentence, relation, scored)
            if match is not None and not _told(match, known):
                yield match


def _fits(relation: Relation, subject: Mention, object: Mention) -> bool:
    return subject.kind in relation.subject and object.kind in relation.object


def _told(match: Match, known: set[tuple[str, int]]) -> bool:
    """Whether a pattern found the same relation at either end: it knows better what stands at the other."""
    ends = [each for each in (match.subject, match.object) if each is not None]
    return any((match.pattern.predicate, end.i) in known for end in ends)


def _match(sentence: Span, relation: Relation, scored: Scored) -> Match | None:
    subject = sentence.doc[sentence.start + scored.subject.head]
    object = sentence.doc[sentence.start + scored.object.head]
    path = _path(subject, object)
    anchor = _anchor(path, subject, object)
    if anchor is None or openness.is_open(anchor):
        return None
    first, second = (object, subject) if relation.inverse else (subject, object)
    qualifiers: tuple[tuple[str, Token], ...] = ()
    post = next((each for each in path if each.lemma_.lower() in lexicon.words("posts", "heads")), None)
    predicate = relation.predicate
    if relation.predicate in ("holdsPosition", "memberOf") and post is not None:
        # who holds a post there is told with the post
        predicate, qualifiers, second = "holdsPosition", (("organization", second),), post
    elif relation.predicate == "holdsPosition":
        return None
    elif relation.predicate == "memberOf" and any(each.pos_ in ("VERB", "AUX") for each in path):
        return None  # of verbs the patterns know more: "left", "advises", "told"
    pattern = Pattern(
        name=f"learnt-{relation.name.lower().replace('_', '-')}",
        predicate=predicate,
        shape=Shape((), ()),
        origin=relation.origin,
        trust=round(_PRICE * scored.probability, 3),
    )
    return Match(pattern, anchor, first, None if predicate == "foundedOn" else second, qualifiers, (anchor,))


def _path(one: Token, other: Token) -> list[Token]:
    """The words between two tokens in the tree, without them; empty where the tree does not join them."""
    up = [one, *one.ancestors]
    down = [other, *other.ancestors]
    places = [each.i for each in down]
    for index, each in enumerate(up):
        if each.i in places:
            whole = [*up[: index + 1], *reversed(down[: places.index(each.i)])]
            return [token for token in whole if token.i not in (one.i, other.i)]
    return []


def _anchor(path: list[Token], subject: Token, object: Token) -> Token | None:
    """The word that states the relation: the verb or noun on the path that is nearest to the top."""
    heavy = [each for each in path if each.dep_ not in _LIGHT and each.pos_ in ("VERB", "AUX", "NOUN", "ADJ")]
    if heavy:
        return min(heavy, key=lambda each: sum(1 for _ in each.ancestors))
    return object if object.head == subject or subject in object.ancestors else subject
