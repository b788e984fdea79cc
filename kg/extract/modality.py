"""What kind of saying a claim is: a fact, a plan, a possibility, a condition, advice.

The lowest governing cue decides, but advice and conditions win over plans and possibilities above or below them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, openness, tree
from kg.extract.scope import Step, governors
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = {"if", "unless", "provided", "providing", "assuming", "supposing"}
_BARE = ("xcomp", "ccomp", "advcl", "acl", "relcl", "ROOT")
_CLAUSES = ("xcomp", "ccomp", "acl", "pcomp", "advcl", "oprd")
_ORDER = (Modality.SUGGESTED, Modality.CONDITIONAL, Modality.POSSIBLE, Modality.PLANNED)
"""The further from a fact the sooner: a plan that may be is a possibility."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A modality with its cue word and, where it hangs on one, the words of its condition."""

    modality: Modality = Modality.ACTUAL
    hedge: str | None = None
    condition: str | None = None


def read(anchor: Token, ends: list[Token], stop: Token | None) -> Reading:
    """The modality of a claim with that anchor. ``ends`` are the heads of subject and object."""
    cues: list[tuple[Modality, str]] = []
    condition: str | None = _condition(anchor.head) if anchor.dep_ == "aux" else None
    if condition:
        cues.append((Modality.CONDITIONAL, condition.split()[0].lower()))
    for step in governors(anchor, stop):
        cues += _cues(step, stop)
        found = _condition(step.token)
        if found:
            condition = condition or found
            cues.append((Modality.CONDITIONAL, found.split()[0].lower()))
        if step.token.dep_ == "advcl" and _mark(step.token) in lexicon.words("modality", "condition_marks"):
            cues.append((Modality.CONDITIONAL, _mark(step.token)))
    if anchor.dep_ == "aux":
        condition = condition or _condition(anchor.head)  # "it may refuse if …"
        cues += [(Modality.CONDITIONAL, condition.split()[0].lower())] if condition else []
    for token in (anchor, *ends):
        cues += _adjectives(token)
    cues += _wished(anchor, stop)
    cues += _manner(anchor)
    hearsay_cue = _hearsay(anchor, stop)
    if not cues:
        return Reading(hedge=hearsay_cue)
    for modality in _ORDER:
        hedges = [hedge for which, hedge in cues if which is modality]
        if hedges:
            return Reading(modality, hedges[0], condition if modality is Modality.CONDITIONAL else None)
    return Reading()


def _manner(anchor: Token) -> list[tuple[Modality, str]]:
    """ "The ministry, working with the bank, will report": how it will do so is no firmer than that it does."""
    if anchor.tag_ != "VBG" or anchor.lemma_.lower() not in lexicon.words("modality", "manner"):
        return []
    above = anchor.head
    if anchor.dep_ == "acl" and above.dep_ in ("nsubj", "nsubjpass"):
        above = above.head
    elif anchor.dep_ != "advcl":
        return []
    return _auxiliaries(above) if tree.is_verbal(above) else []


def _wished(anchor: Token, stop: Token | None) -> list[tuple[Modality, str]]:
    """ "proposes that the bank build", "urged Jamaica to study": what is wished for is advice."""
    if stop is None or not tree.is_verbal(stop):
        return []
    lemma = stop.lemma_.lower()
    below = next((each for each in (anchor, *anchor.ancestors) if each.head == stop), None)
    if below is None or not tree.is_verbal(below):
        return []
    if lemma in lexicon.words("speech", "advising") and _infinitive(below):
        return [(Modality.SUGGESTED, lemma)]
    if lemma in lexicon.words("modality", "foreseeing") and _infinitive(below):
        return [(Modality.PLANNED, lemma)]
    finite = below.tag_ in ("VBZ", "VBD") or any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("MD", "VBZ", "VBP", "VBD") for child in below.children
    )
    sure = lemma in lexicon.words("speech", "only_wishing")
    plain = (
        below.tag_ == "VB"
        or (below.tag_ == "VBP" and (sure or _third_person(below)))
        or any(child.dep_ == "auxpass" and child.lower_ == "be" for child in below.children)
    )
    if lemma in lexicon.words("speech", "wishing") and below.dep_ == "ccomp" and plain and not finite:
        return [(Modality.SUGGESTED, lemma)]
    return []


def _third_person(verb: Token) -> bool:
    """Whether a subject in the singular shows that "that the bank build" is no statement."""
    return any(
        child.tag_ in ("NN", "NNP") and not tree.children(child, "conj") for child in tree.children(verb, "nsubj")
    )


def _hearsay(anchor: Token, stop: Token | None) -> str | None:
    """The word that passes a claim on: "is said to", "rumours that", "reportedly"."""
    if stop is not None and hearsay.passes_on(stop):
        return stop.lower_
    if stop is not None and hearsay.is_report(stop):
        return None if hearsay.verdict(stop) else stop.lower_
    for step in governors(anchor, stop):
        adverb = hearsay.adverb(step.token)
        if adverb is not None:
            return adverb.lower_
    return None


def _cues(step: Step, stop: Token | None) -> list[tuple[Modality, str]]:
    token, via = step.token, step.via
    found: list[tuple[Modality, str]] = []
    if tree.is_verbal(token) and via not in ("nsubj", "agent"):
        found += _auxiliaries(token)
        found += _adverbs(token)
        lead = _lead(token)
        if step.below is None and lead.dep_ in _BARE and _infinitive(token) and _infinitive(lead):
            found += _bare_infinitive(lead, stop)
    elif tree.is_verbal(token) and via == "nsubj":
        # "launching it could help", "a launch would": the subject's event is no firmer than the verb
        return _said_of_event(token)
    if step.below is not None and via not in ("nsubj", "conj", "agent"):
        found += _governing(token, step)
    return found


def _said_of_event(verb: Token) -> list[tuple[Modality, str]]:
    """ "a trial is possible", "a launch will follow": only what happens to an event itself makes it a plan."""
    occurs = verb.lemma_ in lexicon.words("modality", "occurring")
    found = [cue for cue in _auxiliaries(verb) if occurs or cue[0] is not Modality.PLANNED]
    if not occurs and any(child.dep_ == "aux" and child.lower_ == "would" for child in verb.children):
        found.append((Modality.POSSIBLE, "would"))
    for child in tree.children(verb, "acomp", "attr", "oprd"):
        lemma = child.lemma_.lower()
        if lemma in lexicon.words("modality", "possible_adjectives"):
            found.append((Modality.POSSIBLE, lemma))
        elif lemma in lexicon.words("modality", "ready") | lexicon.words("modality", "planned_adjectives"):
            found.append((Modality.PLANNED, lemma))
    return found


def _auxiliaries(verb: Token) -> list[tuple[Modality, str]]:
    found: list[tuple[Modality, str]] = []
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        word = child.lower_.replace("’", "'")
        if word in lexicon.words("modality", "planned_auxiliaries"):
            found.append((Modality.PLANNED, word))
        elif word in lexicon.words("modality", "possible_auxiliaries"):
            found.append((Modality.POSSIBLE, word))
        elif word in lexicon.words("modality", "suggested_auxiliaries"):
            found.append((Modality.SUGGESTED, word))
        elif word in ("would", "'d"):
            found.append((Modality.PLANNED, "would"))
        elif word == "had" and any(each.lower_ == "better" for each in verb.children):
            found.append((Modality.SUGGESTED, "had better"))
        elif child.lemma_ == "be" and verb.tag_ == "VB":
            found.append((Modality.PLANNED, "to"))
    return found


def _adverbs(verb: Token) -> list[tuple[Modality, str]]:
    listed = lexicon.words("modality", "possible_adverbs")
    return [
        (Modality.POSSIBLE, child.lower_)
        for child in verb.children
        if child.dep_ == "advmod" and child.lower_ in listed
    ]


def _adjectives(token: Token) -> list[tuple[Modality, str]]:
    found: list[tuple[Modality, str]] = []
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            if child.lower_ in lexicon.words("modality", "planned_adjectives"):
                found.append((Modality.PLANNED, child.lower_))
            elif child.lower_ in lexicon.words("modality", "possible_adjectives"):
                found.append((Modality.POSSIBLE, child.lower_))
    return found


def _governing(token: Token, step: Step) -> list[tuple[Modality, str]]:
    """What a governing verb, noun or adjective says about what it governs."""
    lemma = token.lemma_.lower()
    below = step.below
    clausal = below is not None and (
        (tree.is_verbal(below) and step.via in _CLAUSES) or (step.via == "prep" and bool(tree.children(below, "pcomp")))
    )
    if tree.is_verbal(token):
        if lemma in lexicon.words("modality", "suggested_verbs") and (clausal or step.via == "dobj"):
            return [(Modality.SUGGESTED, lemma)] if clausal else []
        if clausal and lemma in lexicon.words("modality", "possible_verbs"):
            return [(Modality.POSSIBLE, lemma)]
        if lemma in lexicon.words("modality", "planned_verbs") and (
            clausal or lemma in ("plan", "propose", "schedule")
        ):
            return [(Modality.PLANNED, lemma)]
        if lemma in lexicon.words("modality", "weighing_verbs") and step.via in ("dobj", "nsubjpass"):
            return [(Modality.POSSIBLE, lemma)]
        if lemma in lexicon.words("modality", "conditional_verbs") and _on(below):
            return [(Modality.CONDITIONAL, lemma)]
        if lemma == "rule" and hearsay.negated(token) and any(c.lower_ == "out" for c in tree.children(token, "prt")):
            return [(Modality.POSSIBLE, "rule out")]
        return []
    if token.pos_ in ("NOUN", "PROPN"):
        for modality, key in (
            (Modality.SUGGESTED, "suggested_nouns"),
            (Modality.POSSIBLE, "possible_nouns"),
            (Modality.PLANNED, "planned_nouns"),
        ):
            if lemma in lexicon.words("modality", key) and step.via in ("acl", "prep", "relcl", "ccomp", "pcomp"):
                return [(modality, lemma)]
        return []
    if token.pos_ in ("ADJ", "ADV") or token.dep_ in ("acomp", "attr", "oprd"):
        if lemma in lexicon.words("modality", "ready"):
            return [(Modality.PLANNED, lemma)]
        if lemma in lexicon.words("modality", "possible_adjectives"):
            return [(Modality.POSSIBLE, lemma)]
        if lemma in lexicon.words("modality", "conditional_adjectives") and _on(below):
            return [(Modality.CONDITIONAL, lemma)]
    return []


def _on(below: Token | None) -> bool:
    return below is not None and below.dep_ == "prep" and below.lower_ in ("on", "upon", "to")


def _infinitive(verb: Token) -> bool:
    """ "to launch", "to be launched"."""
    plain = verb.tag_ == "VB" or any(child.dep_ == "auxpass" and child.tag_ == "VB" for child in verb.children)
    return plain and any(child.tag_ == "TO" for child in verb.children)


def _lead(verb: Token) -> Token:
    """The first of joined verbs: "is to be fixed to the dollar and to run on it"."""
    while verb.dep_ == "conj" and tree.is_verbal(verb.head):
        verb = verb.head
    return verb


def _bare_infinitive(verb: Token, stop: Token | None) -> list[tuple[Modality, str]]:
    """An infinitive is a purpose or a plan unless its governing word makes it real: "began to test"."""
    head = verb.head
    if verb.dep_ == "ROOT" or head == verb or _is_to(verb):
        return [(Modality.PLANNED, "to")]
    if tree.is_verbal(head) and verb.dep_ == "xcomp" and head.lemma_ in lexicon.words("modality", "transparent"):
        return []
    if hearsay.passes_on(head, verb) or verb in hearsay.claims_to(head):
        return []  # "is said to own", "claims to own"
    if verb.dep_ in ("acl", "relcl") and head.lemma_ in lexicon.words("modality", "ongoing_nouns"):
        return []
    near = (head, *head.children, head.head, *head.head.children)
    if (verb.dep_ in ("acl", "relcl") or head.lower_ in lexicon.words("modality", "ordinals")) and any(
        each.lower_ in lexicon.words("modality", "ordinals") for each in near
    ):
        return []
    known = ("suggested_verbs", "possible_verbs", "planned_verbs")
    if tree.is_verbal(head) and any(head.lemma_ in lexicon.words("modality", key) for key in known):
        return []
    return [(Modality.PLANNED, "to")]


def _is_to(verb: Token) -> bool:
    """ "is to open": what is arranged."""
    head = verb.head
    return verb.dep_ == "xcomp" and head.lemma_ == "be" and not tree.children(head, "attr", "acomp", "oprd")


def _mark(verb: Token) -> str:
    return next((child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod") and child.i < verb.i), "")


def _condition(verb: Token) -> str | None:
    """The words of a condition that a clause hangs on."""
    for child in verb.children:
        marked = child.dep_ == "advcl" and {_mark(child), child.lower_} & _CONDITIONS
        if marked or (child.dep_ in ("advcl", "ccomp") and child.i < verb.i and openness.inverted(child)):
            return " ".join(child.doc[child.left_edge.i : child.right_edge.i + 1].text.split()).strip(' ,"')
    return None
