"""What is only passed on: "is said to", "rumours that", "reportedly" — and what becomes of a rumour.

A *report* is a noun whose content is a claim ("rumours that …", "the allegation that …"). The sentence may pass a
verdict on it: it is false, somebody denies it, somebody confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import lexicon, normal, roles, tree

if TYPE_CHECKING:
    from spacy.tokens import Token

_INFINITIVE = ("xcomp", "advcl", "oprd")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the sentence says about a report. ``verb`` and ``who`` are set where somebody passes the verdict."""

    denied: bool
    verb: Token | None = None
    who: Token | None = None


def passes_on(verb: Token, below: Token | None = None) -> bool:
    """ "is said to", "it is understood that": a passive of saying or believing over a clause."""
    if not tree.is_verbal(verb) or verb.lemma_.lower() not in lexicon.words("speech", "hearsay"):
        return False
    infinitives = [child for child in tree.children(verb, "xcomp") if child.tag_ == "VB" and _infinitive(child)]
    if not _passive(verb) and (not infinitives or verb.lemma_.lower() in lexicon.words("speech", "claiming")):
        return False
    clauses = [below] if below is not None else list(verb.children)
    return any(
        child.dep_ in ("ccomp", "csubj", "csubjpass", "parataxis")
        or (child.dep_ == "oprd" and verb.lemma_.lower() in lexicon.words("speech", "opinion"))
        or (child.dep_ in _INFINITIVE and _infinitive(child))
        for child in clauses
    )


def claims_to(verb: Token) -> list[Token]:
    """ "claims to own": the infinitive that the subject claims of itself."""
    if verb.lemma_.lower() not in lexicon.words("speech", "claiming") or _passive(verb):
        return []
    return [child for child in tree.children(verb, "xcomp") if _infinitive(child)]


def _infinitive(verb: Token) -> bool:
    return any(each.tag_ == "TO" for each in verb.children)


def _passive(verb: Token) -> bool:
    return tree.is_passive(verb) or (verb.tag_ == "VBN" and any(each.lemma_ == "be" for each in verb.children))


def is_relayed(word: Token) -> bool:
    """Whether a cue tells what others published or spread: "reportedly", "rumours", "is reported to"."""
    return bool({word.lower_, word.lemma_.lower()} & lexicon.words("speech", "relayed"))


def adverb(verb: Token) -> Token | None:
    """The "reportedly" of a clause."""
    listed = lexicon.words("speech", "hearsay_adverbs")
    return next((child for child in verb.children if child.dep_ == "advmod" and child.lower_ in listed), None)


def report(below: Token, above: Token) -> bool:
    """Whether ``above`` is a report and ``below`` holds what it says."""
    if not is_report(above):
        return False
    if content(below):
        return True
    if below.dep_ != "prep" or below.lower_ not in ("of", "about"):
        return False
    inner = [acl for each in tree.children(below, "pobj") for acl in tree.children(each, "acl")]
    return bool(any(acl.tag_ == "VBG" for acl in inner) or tree.children(below, "pcomp") or _among(above, "voiceless"))


def is_report(noun: Token) -> bool:
    """Whether a noun holds what somebody says; the tagger may take "reports" for a verb."""
    if noun.pos_ not in ("NOUN", "PROPN") and noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    return _among(noun, "reports") or _among(noun, "falsehoods")


def is_no_end(noun: Token) -> bool:
    """Whether a noun stands for what is told, so that it is no end of a claim: "rumours", "claims that …"."""
    return _among(noun, "voiceless") or (is_report(noun) and any(content(child) for child in noun.children))


def _among(noun: Token, key: str) -> bool:
    listed = lexicon.words("speech", key)
    return noun.lemma_.lower() in listed or normal.singular(noun.lower_) in listed


def content(clause: Token) -> bool:
    """Whether a clause says what a noun before it holds: "the claim that …"."""
    return clause.dep_ in ("acl", "ccomp", "relcl", "appos") and any(
        child.dep_ == "mark" and child.lower_ == "that" for child in clause.children
    )


def verdict(noun: Token) -> Verdict | None:
    """What the sentence says about the report, if anything."""
    if _among(noun, "falsehoods") or any(_false(child) for child in tree.children(noun, "amod")):
        return Verdict(True)
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    above = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and tree.is_verbal(above):
        return _of_subject(above)
    if noun.dep_ == "nsubj" and _false(above) and above.head.lemma_ in lexicon.words("polarity", "calling"):
        return _by(above.head, True)
    if noun.dep_ == "dobj" and tree.is_verbal(above):
        return _of_object(above)
    if noun.dep_ == "pobj" and above.head.lower_ == "contrary":
        return Verdict(True)
    if noun.dep_ == "pobj" and above.lower_ in ("in", "to", "behind", "for"):
        places = [above.head, *tree.children(above.head, "attr", "nsubj", "dobj")]
        for each in places:
            if each.lemma_.lower() in lexicon.words("polarity", "truths") and each.pos_ == "NOUN":
                return Verdict(negated(each) or negated(each.head))
    return None


def _of_subject(verb: Token) -> Verdict | None:
    lemma = verb.lemma_.lower()
    if lemma in lexicon.words("speech", "denying") or lemma in lexicon.words("speech", "confirming"):
        if negated(verb) or not _passive(verb):
            return None
        return _passively(verb, lemma in lexicon.words("speech", "denying"))
    if lemma in lexicon.words("polarity", "calling") and _passive(verb) and not negated(verb) and _called_false(verb):
        return _passively(verb, True)
    for each in (verb, *tree.children(verb, "xcomp")):
        truth = judged(each)
        if truth is not None and (each.lemma_ in lexicon.words("polarity", "being") or each != verb):
            return Verdict(not truth)
    if lemma in lexicon.words("polarity", "being"):
        said = [child for child in tree.children(verb, "prep") if child.lower_ == "without"]
        if said:
            return Verdict(not negated(verb))
    return None


def _of_object(verb: Token) -> Verdict | None:
    lemma = verb.lemma_.lower()
    if negated(verb):
        return None
    if lemma in lexicon.words("speech", "denying"):
        return _by(verb, True)
    if lemma in lexicon.words("polarity", "calling") and _called_false(verb):
        return _by(verb, True)
    return _by(verb, False) if lemma in lexicon.words("speech", "confirming") else None


def _by(verb: Token, denied: bool) -> Verdict:
    if _passive(verb):
        return _passively(verb, denied)
    return Verdict(denied, verb, next(iter(roles.surface_subjects(verb)), None))


def _passively(verb: Token, denied: bool) -> Verdict:
    return Verdict(denied, verb, agent(verb))


def agent(verb: Token) -> Token | None:
    """Who does it in a passive clause: "reported by X"."""
    return next(iter(tree.fillers(verb, "by")), None)


def _called_false(verb: Token) -> bool:
    return any(_false(each) for each in verb.subtree)


def _false(word: Token) -> bool:
    return word.lemma_.lower() in lexicon.words("polarity", "falsities")


def judged(verb: Token) -> bool | None:
    """Whether a clause calls its subject true or false: "is false", "is not true", "proved wrong", "is a lie"."""
    for child in tree.children(verb, "acomp", "attr", "oprd", "dobj"):
        lemma = child.lemma_.lower()
        upside_down = negated(verb) or negated(child)
        if _false(child):
            return upside_down
        if lemma in lexicon.words("speech", "falsehoods") and child.pos_ == "NOUN":
            return upside_down
        if lemma in lexicon.words("polarity", "truths") and (child.pos_ == "ADJ" or lemma == "case"):
            return not upside_down
    return None


def negated(token: Token) -> bool:
    """Whether a word is negated by one of its own: "did not", "no truth", "no longer"."""
    for child in token.children:
        word = child.lower_.replace("’", "'")
        if child.dep_ == "neg" or (
            child.dep_ in ("det", "advmod", "preconj") and word in lexicon.words("polarity", "negations")
        ):
            after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if _number(child):
                continue
            if after not in lexicon.words("polarity", "not_denying"):
                return True
        # "no longer", "no more": the parser negates the adverb
        negatable = child.dep_ in ("advmod", "npadvmod") and word in ("longer", "more")
        if negatable and any(each.lower_ == "no" for each in child.children):
            return True
    return False


def without(token: Token) -> bool:
    """Whether a phrase says that there is none: "no bank", "none of the banks"."""
    if token.lower_ in lexicon.words("polarity", "determiners"):
        return True
    return any(
        child.lower_ in lexicon.words("polarity", "determiners") and child.dep_ in ("det", "neg") and not _number(child)
        for child in token.children
    )


def _number(word: Token) -> bool:
    """ "Law No. 14" denies nothing."""
    after = word.doc[word.i + 1 : word.i + 3]
    return word.lower_ in ("no", "no.") and any(each.like_num for each in after) and word.text[0] == "N"
