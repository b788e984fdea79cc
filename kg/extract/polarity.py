"""Yes or no: whether a claim is denied. Two denials on one way up cancel each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon, tree
from kg.extract.scope import Step, governors
from kg.model import Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(anchor: Token, ends: list[Token], stop: Token | None) -> Polarity:
    """The polarity of a claim with that anchor. ``ends`` are the heads of subject and object."""
    denials = 0
    for step in governors(anchor, stop):
        denials += _negated(step.token)
        if step.below is not None and step.via not in ("nsubj", "conj", "agent"):
            denials += _denies(step.token, _governed(step))
    for token in dict.fromkeys(ends):
        if token is not anchor:
            denials += _without(token)
    if stop is not None and stop.lemma_ in ("deny", "dismiss", "refute", "reject"):
        denials += 1
    return Polarity.DENIED if denials % 2 else Polarity.AFFIRMED


def _governed(step: Step) -> bool:
    """Whether a verb's denial reaches down: to its clause, its object, and to "from issuing"."""
    below = step.below
    if below is None:
        return False
    return tree.is_verbal(below) or step.via in ("dobj", "pobj") or bool(tree.children(below, "pcomp"))


def _negated(token: Token) -> bool:
    """Whether a word is itself negated: "did not launch", "no launch", "no bank launched"."""
    for child in token.children:
        word = child.lower_.replace("’", "'")
        if child.dep_ == "neg" or (
            child.dep_ in ("det", "advmod", "preconj") and word in lexicon.words("polarity", "negations")
        ):
            after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if after not in lexicon.words("polarity", "not_denying"):
                return True
        if child.dep_ in ("nsubj", "nsubjpass") and _without(child):
            return True
    return False


def _denies(token: Token, governs: bool) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "ADP" or token.dep_ in ("prep", "mark"):
        return lemma in lexicon.words("polarity", "prepositions")
    particle = next((f"{lemma}+{child.lower_}" for child in tree.children(token, "prt")), None)
    if tree.is_verbal(token):
        return governs and (
            lemma in lexicon.words("polarity", "verbs") or particle in lexicon.words("polarity", "verbs")
        )
    return lemma in lexicon.words("polarity", "nouns") or lemma in lexicon.words("polarity", "adjectives")


def _without(token: Token) -> bool:
    """Whether a phrase says that there is none: "no bank", "none of the banks"."""
    if token.lower_ in lexicon.words("polarity", "determiners"):
        return True
    return any(
        child.lower_ in lexicon.words("polarity", "determiners") and child.dep_ in ("det", "neg")
        for child in token.children
    )
