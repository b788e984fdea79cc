"""Yes or no: whether a claim is denied. Two denials on one way up cancel each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, tree
from kg.extract.scope import Step, governors
from kg.model import Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(anchor: Token, ends: list[Token], stop: Token | None) -> Polarity:
    """The polarity of a claim with that anchor. ``ends`` are the heads of subject and object."""
    denials = 0
    for step in governors(anchor, stop):
        denials += _step(step)
    for token in dict.fromkeys(ends):
        if token is not anchor:
            denials += hearsay.without(token)
    denials += any(hearsay.without(each) for end in ends for each in _between(end, anchor))
    if stop is not None:
        denials += _said(anchor, stop)
    return Polarity.DENIED if denials % 2 else Polarity.AFFIRMED


def _between(end: Token, anchor: Token) -> list[Token]:
    """The nouns from an end up to its anchor: the use of "makes no use of a ledger"."""
    above = list(end.ancestors)
    inner = above[: above.index(anchor)] if anchor in above else []
    return [each for each in inner if each.pos_ == "NOUN" and each.head == anchor]


def _step(step: Step) -> int:
    if step.below is not None and step.via in ("ccomp", "csubj", "xcomp") and tree.is_verbal(step.below):
        truth = hearsay.judged(step.token)
        if truth is not None and (step.via != "xcomp" or step.below.lemma_ in lexicon.words("speech", "verbs")):
            return not truth
        words = {each.lemma_.lower() for each in tree.children(step.token, "acomp", "attr")}
        if words & lexicon.words("polarity", "factive"):
            return 0  # "it is no surprise that"
    denials = int(_negated(step.token)) + int(_outstanding(step))
    for clause in tree.children(step.token, "ccomp"):
        # "That X owns Y is false": the parser hangs the verdict below the clause
        if not tree.children(clause, "nsubj", "nsubjpass") and hearsay.judged(clause) is False:
            denials += 1
    if step.below is not None and step.via not in ("nsubj", "conj", "agent", "advcl"):
        denials += _denies(step.token, _governed(step))
    return denials


def _said(anchor: Token, stop: Token) -> int:
    """Whether who says it denies it: "denied that", "rumours … are false", "does not believe that"."""
    lemma = stop.lemma_.lower()
    if tree.is_verbal(stop) and not hearsay.is_report(stop):
        if any(child.lower_ in lexicon.words("polarity", "wrongly") for child in tree.children(stop, "advmod")):
            return 1
        if lemma in lexicon.words("speech", "denying"):
            return 1
        raised = lemma in lexicon.words("polarity", "raising") or hearsay.passes_on(stop)
        return int(raised and _negated(stop))
    reported = any(hearsay.report(each, stop) for each in (anchor, *anchor.ancestors) if each.head == stop)
    verdict = hearsay.verdict(stop) if reported else None
    return int(verdict is not None and verdict.denied)


def _governed(step: Step) -> bool:
    """Whether a verb's denial reaches down: to its clause, its object, and to "from issuing"."""
    below = step.below
    if below is None:
        return False
    if tree.is_verbal(below) and step.token.lemma_ in lexicon.words("modality", "refusing"):
        return any(child.tag_ == "TO" for child in below.children)  # none of them takes a finite clause
    return tree.is_verbal(below) or step.via in ("dobj", "pobj") or bool(tree.children(below, "pcomp"))


def _negated(token: Token) -> bool:
    """Whether a word is itself negated: "did not launch", "no launch", "no bank launched"."""
    token = token.head if token.dep_ in ("aux", "auxpass") else token
    return hearsay.negated(token) or any(hearsay.without(child) for child in tree.children(token, "nsubj", "nsubjpass"))


def _outstanding(step: Step) -> bool:
    """ "has yet to publish", "remains to be launched": not so until now."""
    if step.below is None or step.via != "xcomp" or not any(c.tag_ == "TO" for c in step.below.children):
        return False
    if step.token.lemma_ == "remain":
        return any(child.dep_ == "auxpass" for child in step.below.children)
    yet = (*tree.children(step.token, "advmod"), *tree.children(step.below, "advmod"))
    return step.token.lemma_ in ("have", "be") and any(each.lower_ == "yet" for each in yet)


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
