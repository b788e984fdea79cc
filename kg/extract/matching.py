"""Patterns over a parsed sentence: which tokens stand where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import apposition, hearsay, openness, roles, tree
from kg.extract.notation import Node, Shape
from kg.extract.patterns import Pattern, by_word

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Binding = dict[int, "Token | None"]
Known = dict[tuple[int, str], "list[Token]"]
"""Fillers by the place of a token in its block and a role: many patterns ask for the same."""


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
    known: Known = {}
    for token in sentence:
        is_open: bool | None = None  # asked once a pattern holds, since most do not
        for pattern in index.get(lemma(token), ()):
            if not accepts(pattern.shape.nodes[0], token):
                continue
            for match in _bind(pattern, token, known):
                if is_open is None:
                    is_open = openness.is_open(token)
                if pattern.presupposed or not is_open:
                    yield match


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
    if node.but and lemma(token) in node.but:
        return False
    if node.pos == "PROPN" and token.pos_ != "PROPN":
        return False
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
    if not particles and any(f"{own}+{child.lower_}" in node.words for child in tree.children(token, "advmod")):
        return True  # "put forward", "set aside": the tagger's adverbs
    if particles:
        return any(f"{own}+{particle}" in node.words for particle in particles)
    return own in node.words


def _bind(pattern: Pattern, anchor: Token, known: Known) -> Iterator[Match]:
    shape = pattern.shape
    for binding in _extend(shape, {0: anchor}, 0, known):
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


def _extend(shape: Shape, binding: Binding, place: int, known: Known) -> Iterator[Binding]:
    if place == len(shape.edges):
        yield binding
        return
    edge = shape.edges[place]
    node = shape.nodes[edge.stop]
    start = binding.get(edge.start)
    if edge.roles == ("time",):
        yield from _extend(shape, {**binding, edge.stop: None}, place + 1, known)
        return
    found: list[Token] = []
    if start is not None:
        for choice in (edge.roles, *edge.later):
            for role in choice:
                fillers = known.get((start.i, role))
                if fillers is None:
                    fillers = known[start.i, role] = role_fillers(start, role)
                for token in fillers:
                    if token not in found and token != start and accepts(node, token):
                        found.append(token)
            if found:
                break
    for token in found:
        yield from _extend(shape, {**binding, edge.stop: token}, place + 1, known)
    if not found and node.optional:
        yield from _extend(shape, {**binding, edge.stop: None}, place + 1, known)


def role_fillers(token: Token, role: str) -> list[Token]:
    """The heads of what fills a role of a token."""
    if role == "subj":
        return roles.doers(token)
    if role == "surface":
        return roles.surface_subjects(token)
    if role == "obj":
        return roles.objects(token)
    if role == "is":
        return apposition.same(token)
    if role == "poss":
        return roles.owners(token)
    if role == "mod":
        return _modified(token)
    if role == "hyphen":
        return roles.hyphenated(token)
    if role == "name":
        return tree.children(token, "oprd", "appos", "attr", "dobj")[-1:]
    if role == "nn":
        return tree.children(token, "compound", "nmod", "amod", "npadvmod")
    if role == "adj":
        return tree.children(token, "amod", "acomp", "advmod", "oprd")
    if role == "actor":
        return roles.actors(token)
    if role == "part":
        return tree.children(token, "acl", "amod")
    if role == "aim":
        return roles.aims(token)
    if role == "alone":
        return [] if tree.is_passive(token) or tree.children(token, "dobj") else roles.surface_subjects(token)
    if role == "above":
        return [token.head] if token.dep_ == "prep" else []
    if role == "below":
        return tree.children(token, "pobj")
    if role == "other":
        return tree.children(token, "conj")
    if role == "todo":
        return roles.to_do(token)
    if role == "told":
        return roles.told(token)
    if role == "purpose":
        return roles.purposes(token)
    if role == "verb":
        return [token.head] if token.dep_ in ("aux", "auxpass") else []
    if role == "aux":
        return tree.children(token, "aux")
    if role == "passive":
        return tree.children(token, "auxpass")
    if role == "reason":
        return roles.reasons(token)
    if role == "comp":
        return tree.children(token, "xcomp", "ccomp", "acl", "pcomp")
    return _behind(token, role)


def _behind(token: Token, preposition: str) -> list[Token]:
    own = tree.fillers(token, preposition.rstrip("*"))
    behind = [each for each in own if each.i > token.i]  # "in the same phase it took part in X"
    if behind or not preposition.endswith("*"):
        return behind or own
    inner = [deeper for each in roles.objects(token) for deeper in tree.fillers(each, "of")]
    for each in (*inner, *tree.children(token, "dobj", "nsubjpass", "attr", "xcomp", "prep"), *roles.objects(token)):
        found = tree.fillers(each, preposition.rstrip("*"))
        if found:
            return found
    return own


def _modified(token: Token) -> list[Token]:
    if token.dep_ not in ("amod", "acl", "compound", "nmod", "relcl"):
        return []
    head = token.head
    while head.dep_ in ("compound", "nmod", "amod") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return [head]
