"""What a sentence leaves open: conditions, "whether", and what somebody does not say. It claims nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, tree

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSES = ("ccomp", "csubj", "csubjpass", "xcomp")


def is_open(anchor: Token) -> bool:
    """Whether the clause of a claim's anchor is left open by what stands over it."""
    for token in (anchor, *anchor.ancestors):
        if _conditional(token) or _left(token, token.head):
            return True
        if _describes(token):
            return False
    return False


def _describes(token: Token) -> bool:
    """A relative clause or an apposition describes something that is there, whatever stands over it."""
    if token.dep_ == "appos":
        return not hearsay.content(token)
    infinitive = token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)
    return token.dep_ in ("relcl", "acl") and not infinitive and not hearsay.content(token)


def _conditional(clause: Token) -> bool:
    """ "if …", "whether …", "provided that …", "should … happen"."""
    if not tree.is_verbal(clause):
        return False
    listed = lexicon.words("modality", "open_marks")
    for child in clause.children:
        if child.i < clause.i and child.dep_ in ("mark", "advmod", "preconj", "prep") and child.lower_ in listed:
            return True
    first = clause.doc[clause.left_edge.i]
    if clause.dep_ == "ccomp" and first.i > clause.sent.start and first.nbor(-1).lower_ in listed:
        return True  # "provided that …": the parser takes it for a verb
    return clause.dep_ in ("advcl", "ccomp") and inverted(clause)


def inverted(clause: Token) -> bool:
    """ "Should X agree, …", "Were X to agree, …", "Had X agreed, …"."""
    first = clause.doc[clause.left_edge.i]
    if first.lower_ not in ("should", "were", "had") or (first != clause and first.head != clause):
        return False
    return any(child.dep_ in _SUBJECTS and child.i > first.i for child in clause.children)


def _left(clause: Token, above: Token) -> bool:
    lemma = above.lemma_.lower()
    if above.pos_ in ("NOUN", "PROPN") and hearsay.content(clause):
        if lemma in lexicon.words("polarity", "proofs"):
            return hearsay.negated(above) or hearsay.negated(above.head)
        return lemma in lexicon.words("polarity", "doubts") and not hearsay.negated(above)
    if clause.dep_ not in _CLAUSES or not tree.is_verbal(above):
        return False
    if lemma in lexicon.words("polarity", "doubting") and clause.dep_ == "ccomp":
        return not hearsay.negated(above)
    if _unsure(above):
        return True
    if clause.dep_ == "xcomp" or lemma not in (*lexicon.words("speech", "verbs"), "know", "verify", "prove"):
        return False
    if hearsay.negated(above) or any(hearsay.without(each) for each in tree.children(above, *_SUBJECTS)):
        # "does not believe that" is a denial, "did not say that" is nothing
        return lemma not in lexicon.words("polarity", "raising") | lexicon.words("modality", "planned_verbs")
    head = above.head
    unwilling = head.lemma_.lower() in lexicon.words("polarity", "silent") or any(
        child.lemma_.lower() in lexicon.words("polarity", "silent") for child in tree.children(head, "acomp")
    )
    return above.dep_ == "xcomp" and (unwilling or hearsay.negated(head))


def _unsure(verb: Token) -> bool:
    """ "it is unclear", "it is not certain"."""
    for child in (*tree.children(verb, "acomp", "attr", "oprd"), verb):
        lemma = child.lemma_.lower()
        if lemma in lexicon.words("polarity", "unsure") and child != verb:
            return not hearsay.negated(verb)
        if {lemma, child.lower_} & lexicon.words("polarity", "sure") and hearsay.negated(verb):
            return True
    return False


def is_order(verb: Token) -> bool:
    """ "directs the Treasury to assess": the order is a claim of its own, and nobody says that it was carried out."""
    head = verb.head
    if verb.dep_ not in ("xcomp", "ccomp") or not tree.is_verbal(head):
        return False
    if not any(child.tag_ == "TO" for child in verb.children):
        return False
    return head.lemma_ in lexicon.words("tree", "ordering") and (
        bool(tree.children(head, "dobj")) or bool(tree.children(verb, "nsubj"))
    )
