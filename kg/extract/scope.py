"""Which verbs and nouns govern a claim's words: the way up from its anchor to the top of what is said.

Modality and polarity are read off this chain. It ends below the verb of saying, and where a clause only describes
something (a relative clause, an apposition): what governs the described thing does not govern the description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, tree

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "advcl", "csubj", "csubjpass", "oprd")
_NOMINAL = ("dobj", "attr", "acomp", "pobj", "prep", "nsubjpass", "nsubj", "conj", "oprd", "agent", "compound")

_NOUNS = ("possible_nouns", "planned_nouns", "suggested_nouns")


@dataclass(frozen=True, slots=True)
class Step:
    """A governing word, how the word below depends on it, and that word (``None`` at the anchor itself)."""

    token: Token
    via: str | None = None
    below: Token | None = None


def governors(anchor: Token, stop: Token | None) -> Iterator[Step]:
    """The anchor and everything that governs it, lowest first, below ``stop`` (the verb of saying)."""
    yield Step(anchor)
    token = anchor
    while token.head != token:
        above, via = token.head, token.dep_
        robbed = _robbed(token)
        if robbed is not None:
            above, via = robbed, "nsubj"
        if above == stop or not _passes(token, above, via):
            return
        if via == "conj":
            # "plans to test and launch": what governs the first governs the second unless it has its own subject
            if tree.is_verbal(token) and _own_frame(token):
                token = above
                if token.head == token or token.head == stop:
                    return
                continue
            yield Step(above, via, token)
        else:
            yield Step(above, via, token)
        token = above


def _robbed(token: Token) -> Token | None:
    """ "told me a trial is possible": the clause whose subject the parser takes for the object of the verb."""
    if token.dep_ != "dobj":
        return None
    for clause in token.head.children:
        if clause.dep_ == "ccomp" and clause.i > token.i and clause.left_edge.i == token.right_edge.i + 1:
            finite = clause.tag_ in ("VBZ", "VBD", "VBP") or any(each.tag_ == "MD" for each in clause.children)
            if finite and not any(each.dep_ in ("nsubj", "nsubjpass", "mark") for each in clause.children):
                return clause
    return None


def _own_frame(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children)


def _factual(clause: Token) -> bool:
    """ "since it is no member", "although it owns": so, whatever the main clause plans or denies."""
    marks = lexicon.words("modality", "factual_marks")
    return any(
        child.dep_ in ("mark", "advmod") and child.i < clause.i and child.lower_ in marks for child in clause.children
    )


def _not_there_yet(noun: Token) -> bool:
    """ "to publish rules implementing it", "hinges on lawmakers approving it": no more real than what stands above."""
    if noun.dep_ == "pobj":
        return noun.head.head.lemma_ in lexicon.words("modality", "conditional_verbs")
    known = any(child.dep_ == "poss" or child.lower_ in ("the", "this", "these") for child in noun.lefts)
    return noun.dep_ == "dobj" and not known and noun.head.lemma_ in lexicon.words("modality", "bringing_about")


def _passes(token: Token, above: Token, via: str) -> bool:
    if hearsay.content(token) and above.pos_ == "NOUN":
        # "the possibility that …" governs what it may be, "the fact that …" does not
        return any(above.lemma_.lower() in lexicon.words("modality", key) for key in _NOUNS)
    if via == "acl":
        # "a plan to launch" governs the launch; "a proposal based on X" only describes the proposal
        return token.tag_ == "VB" or (token.tag_ == "VBG" and (above.dep_ == "pcomp" or _not_there_yet(above)))
    if via == "advcl" and _factual(token):
        return False
    if via in _CLAUSAL:
        return True
    if via in ("relcl", "appos", "parataxis", "punct", "dep"):
        return False
    if tree.is_verbal(token):
        return via in ("conj",)
    if via == "prep" and token.lower_ in ("after", "since", "because", "despite", "following", "as"):
        return False  # circumstances are as real as they are, whatever is planned
    before = token.nbor(-1) if token.i else token
    if via == "prep" and before.head == above and any(child.dep_ == "poss" for child in before.children):
        return False  # "could speed up its push into testing": tied to the verb by mistake
    if via == "dobj" and any(child.dep_ == "poss" and child.pos_ != "PRON" for child in token.children):
        return False  # "could speed up China's push": the push is there
    if via == "compound":
        return above.pos_ == "NOUN"  # "e-krona launch plan", but not "governor Ingves"
    return via in _NOMINAL and above.pos_ in ("VERB", "AUX", "NOUN", "ADP", "ADJ", "PROPN", "SCONJ")
