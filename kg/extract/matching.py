"""Patterns over a parsed sentence: which tokens stand where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import hearsay, openness, tree
from kg.extract.notation import Node, Shape
from kg.extract.patterns import Pattern, by_word

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Binding = dict[int, "Token | None"]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern holds. ``object`` is ``None`` where the object is the anchor's date."""

    pattern: Pattern
    anchor: Token
    subject: Token
    object: Token | None
    qualifiers: tuple[tuple[str, Token], ...] = ()
    words: tuple[Token, ...] = ()
    """The tokens of the pattern's own words."""


def matches(sentence: Span) -> Iterator[Match]:
    """Every place in the sentence where a pattern holds and is not left open, in the order of the text."""
    index = by_word()
    for token in sentence:
        left_open: bool | None = None
        for pattern in index.get(lemma(token), ()):
            if not accepts(pattern.shape.nodes[0], token):
                continue
            if not pattern.presupposed:
                if left_open is None:
                    left_open = openness.is_open(token)
                if left_open:
                    continue
            yield from _bind(pattern, token)


def _told_by_another(subject: Token, verb: Token) -> bool:
    """ "X bought Y, a source with knowledge of it told Z": the parser makes Y the subject."""
    return any(
        each.dep_ == "appos" and each.pos_ == "NOUN" and each.right_edge.i + 1 == verb.i for each in subject.children
    )


def lemma(token: Token) -> str:
    """Lemma in lower case; the model leaves capitals to what it takes for names."""
    return token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_


def accepts(node: Node, token: Token) -> bool:
    """Whether a token is one of a node's words."""
    if not node.words:
        return True
    if node.pos == "VERB" and not tree.is_verbal(token):
        return False
    if node.pos == "NOUN" and token.pos_ not in ("NOUN", "PROPN"):
        return False
    if node.pos == "ADJ" and token.pos_ not in ("ADJ", "VERB", "ADV"):
        return False
    own = lemma(token)
    particles = [child.lower_ for child in tree.children(token, "prt")]
    if particles:
        return any(f"{own}+{particle}" in node.words for particle in particles)
    return own in node.words


def _bind(pattern: Pattern, anchor: Token) -> Iterator[Match]:
    shape = pattern.shape
    for binding in _extend(shape, {0: anchor}, 0):
        ends = {node.end: binding.get(place) for place, node in enumerate(shape.nodes) if node.end}
        subject = ends.get("S")
        if subject is None or (ends.get("O") is None and not _dated(shape)):
            continue
        if subject == ends.get("O") or any(hearsay.is_no_end(end) for end in (subject, ends.get("O")) if end):
            continue
        if pattern.own_voice and _told_by_another(subject, anchor):
            continue
        yield Match(
            pattern,
            anchor,
            subject,
            ends.get("O"),
            tuple((name[2:], token) for name, token in ends.items() if name and name[0] == "Q" and token),
            tuple(binding[place] or anchor for place, node in enumerate(shape.nodes) if node.words),
        )


def _dated(shape: Shape) -> bool:
    return any(edge.roles == ("time",) for edge in shape.edges)


def _extend(shape: Shape, binding: Binding, place: int) -> Iterator[Binding]:
    if place == len(shape.edges):
        yield binding
        return
    edge = shape.edges[place]
    node = shape.nodes[edge.stop]
    start = binding.get(edge.start)
    if edge.roles == ("time",):
        yield from _extend(shape, {**binding, edge.stop: None}, place + 1)
        return
    found = []
    if start is not None:
        for role in edge.roles:
            for token in role_fillers(start, role):
                if token not in found and token != start and accepts(node, token):
                    found.append(token)
    for token in found:
        yield from _extend(shape, {**binding, edge.stop: token}, place + 1)
    if not found and node.optional:
        yield from _extend(shape, {**binding, edge.stop: None}, place + 1)


def role_fillers(token: Token, role: str) -> list[Token]:
    """The heads of what fills a role of a token."""
    if role == "subj":
        return tree.doers(token)
    if role == "surface":
        return tree.surface_subjects(token)
    if role == "obj":
        return tree.objects(token)
    if role == "is":
        return tree.same(token)
    if role == "poss":
        return tree.children(token, "poss")
    if role == "mod":
        return _modified(token)
    if role == "hyphen":
        return [child for child in tree.children(token, "npadvmod", "compound", "nmod") if child.i < token.i]
    if role == "name":
        return tree.children(token, "oprd", "appos", "attr", "dobj")[-1:]
    if role == "nn":
        return tree.children(token, "compound", "nmod", "amod", "npadvmod")
    if role == "adj":
        return tree.children(token, "amod", "acomp", "advmod", "oprd")
    if role == "comp":
        return tree.children(token, "xcomp", "ccomp", "acl", "pcomp")
    return _behind(token, role)


def _behind(token: Token, preposition: str) -> list[Token]:
    found = tree.fillers(token, preposition.rstrip("*"))
    if found or not preposition.endswith("*"):
        return found
    inner = [deeper for each in tree.objects(token) for deeper in tree.fillers(each, "of")]
    for each in (*inner, *tree.children(token, "dobj", "nsubjpass", "attr", "xcomp", "prep"), *tree.objects(token)):
        found = tree.fillers(each, preposition.rstrip("*"))
        if found:
            return found
    return []


def _modified(token: Token) -> list[Token]:
    if token.dep_ not in ("amod", "acl", "compound", "nmod", "relcl"):
        return []
    head = token.head
    while head.dep_ in ("compound", "nmod", "amod") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return [head]
