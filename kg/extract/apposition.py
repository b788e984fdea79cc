"""Nouns that a sentence says are one: "X is a bank", "X, a bank", "the bank X", "a coin called X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon, roles, tree

if TYPE_CHECKING:
    from spacy.tokens import Token


def same(token: Token) -> list[Token]:
    """Nouns that the sentence says are one with this one: "X is a bank", "X, a bank", "the bank X"."""
    found = []
    for child in token.children:
        if (
            child.dep_ == "appos"
            and child.ent_type_ not in ("DATE", "CARDINAL", "MONEY", "PERCENT")
            and _apposed(child, token) == token
        ) or (child.dep_ in ("compound", "nmod", "amod") and _is_kind(child) and token.pos_ == "PROPN"):
            found.append(child)
    head = token.head
    if token.dep_ == "appos":
        found.append(_apposed(token, head))
    elif token.dep_ in ("compound", "nmod") and _is_kind(token) and head.pos_ == "PROPN":
        found.append(head)
    elif token.dep_ in ("attr", "oprd") and tree.is_verbal(head):
        found += roles.surface_subjects(head)
    elif token.dep_ in ("nsubj", "nsubjpass"):
        found += tree.children(head, "attr") if head.lemma_ in ("be", "become", "remain") else []
    elif token.dep_ == "pobj" and head.lower_ == "as" and head.dep_ == "prep":
        verb = head.head
        if verb.lemma_ in lexicon.words("tree", "serves_as"):
            found += (
                roles.objects(verb)
                if tree.is_passive(verb) or tree.children(verb, "dobj")
                else roles.surface_subjects(verb)
            )
    return found


def _is_kind(token: Token) -> bool:
    """A common noun before a name, or a title, which the tagger takes for a part of the name."""
    if token.pos_ == "NOUN":
        return True
    heads = lexicon.words("posts", "heads")
    last = token.i + 1 == len(token.doc) or token.nbor(1).lower_ not in heads  # "Deputy Governor" is one title
    if token.lower_ == "executive" and (token.i == 0 or token.nbor(-1).lower_ not in ("chief", "former")):
        return False  # "Executive Order"
    return token.pos_ == "PROPN" and token.lower_ in heads and last


def _apposed(token: Token, head: Token) -> Token:
    """The noun that an apposition explains; where numbers disagree it is the nearest name before the comma."""
    if head.pos_ == "NOUN" and head.tag_ == "NNS" and token.tag_ in ("NN", "NNP"):
        before = [each for each in head.subtree if each.i < token.left_edge.i and each.tag_ == "NNP"]
        outer = [each for each in before if each.dep_ in ("pobj", "dobj")]
        if outer:
            return outer[-1]
    nearest = _name_before(token)
    if nearest is not None and nearest != head and token not in nearest.subtree:
        crossed = tree.is_verbal(head.head) and head.i < head.head.i < token.left_edge.i
        kinds = lexicon.classes()
        other = kinds.get(token.lemma_.lower()), kinds.get(head.lemma_.lower())
        if crossed or (head.pos_ == "NOUN" and None not in other and other[0] != other[1]):
            return nearest
    return head


def _name_before(token: Token) -> Token | None:
    """The head of the name that ends before the comma in front of an apposition: "by the Institute (EPI), a body"."""
    doc, place = token.doc, token.left_edge.i - 1
    if place <= token.sent.start or doc[place].text != ",":
        return None
    place -= 1
    if doc[place].text == ")":
        while place > token.sent.start and doc[place].text != "(":
            place -= 1
        place -= 1
    found = doc[place]
    if found.pos_ != "PROPN":
        return None
    while (
        found.head.i < found.i
        and found.dep_ in ("pobj", "prep", "compound", "flat")
        and found.head.pos_ in ("PROPN", "ADP")
        and (found.pos_ == "ADP" or found.head.pos_ != "ADP" or found.head.head.pos_ == "PROPN")
    ):
        found = found.head
    return found if found.pos_ == "PROPN" else doc[place]


def called(noun: Token) -> list[Token]:
    """The name that a phrase is given: "a coin called Libra", "the system known as Bakong"."""
    found = []
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in lexicon.words("names", "naming"):
            found += [*tree.children(child, "oprd", "attr", "dobj"), *tree.fillers(child, "as")]
    return found
