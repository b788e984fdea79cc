"""Verbs of saying: whether one tells something, who tells it, and which clause is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, nouns, roles, tree

if TYPE_CHECKING:
    from spacy.tokens import Token


_BODIES = frozenset(
    (
        "CentralBank",
        "Company",
        "PublicAuthority",
        "Association",
        "ResearchInstitute",
        "ThinkTank",
        "Unit",
        "Organization",
    )
)
"""Classes of what can speak."""


def owner(noun: Token) -> Token | None:
    """Whose a report is: "Kite's claim that", "claims by Kite that"."""
    owners = [*tree.children(noun, "poss"), *tree.fillers(noun, "by"), *tree.fillers(noun, "from")]
    return next(iter(owners), None)


def as_told(token: Token) -> bool:
    """ "X was told that": somebody told X, whoever it was."""
    return (
        token.lemma_.lower() in lexicon.words("speech", "told")
        and bool(tree.children(token, "auxpass", "nsubjpass"))
        and bool(tree.children(token, "ccomp", "parataxis"))
    )


def speakers(verb: Token) -> list[Token]:
    """Who speaks. A parser that takes the subject for an apposition of the word before is put right."""
    if tree.is_passive(verb):
        by = hearsay.agent(verb)
        return [by] if by is not None else []
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and tree.is_verbal(verb.head.head):
        quoted = roles.objects(verb.head.head)[:1]  # "quoted a source as saying"
        if quoted:
            return quoted
    if lost_subject(verb):
        before = verb.nbor(-1)
        if before.text == "," and verb.i > 1:
            before = verb.nbor(-2)
        for each in reversed((before, *before.ancestors)):
            comma = each.left_edge.i > each.sent.start and each.left_edge.nbor(-1).text in (",", "-", "–", "—")
            if comma and each.i < verb.i and each.pos_ in ("NOUN", "PROPN") and each.dep_ in ("appos", "conj"):
                return [each]
    return roles.surface_subjects(verb)[:1]


def lost_subject(verb: Token) -> bool:
    """Whether a finite verb of saying has no subject of its own in the tree."""
    if verb.i == 0 or tree.children(verb, "nsubj", "nsubjpass"):
        return False
    return verb.dep_ in ("conj", "dep", "ROOT", "parataxis") and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN")


def says(token: Token) -> bool:
    """Whether a verb tells what somebody says: with a clause, beside one, or alone where it always does."""
    if advised(token):
        return True
    if not tree.is_verbal(token) or token.lemma_.lower() not in lexicon.words("speech", "verbs"):
        return False
    if _postposed(token):
        return True
    if token.dep_ in ("amod", "acl", "xcomp") and token.tag_ != "VBG":
        return False
    if (token.lemma_.lower() in lexicon.words("speech", "denying") and _gerunds(token)) or hearsay.claims_to(token):
        return True
    clause = [child for child in token.children if child.dep_ in ("ccomp", "parataxis")]
    if clause:
        return True
    if token.lemma_ in lexicon.words("speech", "needs_clause") or token.lemma_ in lexicon.words("speech", "by_things"):
        return False
    return token.lemma_ in lexicon.words("speech", "bare") or any(child.text == '"' for child in token.children)


def advised(verb: Token) -> list[Token]:
    """ "urged Jamaica to study": the infinitives that somebody asks others for."""
    if verb.lemma_.lower() not in lexicon.words("speech", "advising") or tree.is_passive(verb):
        return []
    return [
        child
        for child in tree.children(verb, "xcomp", "ccomp", "advcl")
        if child.tag_ == "VB" and any(each.tag_ == "TO" for each in child.children)
    ]


def _gerunds(verb: Token) -> list[Token]:
    return [child for child in tree.children(verb, "xcomp") if child.tag_ == "VBG"]


def _postposed(verb: Token) -> bool:
    """ "…, a person familiar with the matter told Reuters", "…, as reported by Reuters": said of the clause before."""
    if _marked(verb) and verb.dep_ == "advcl":
        return True
    if verb.dep_ not in ("conj", "dep", "parataxis", "advcl") or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    head = verb.head
    between = verb.doc[head.i + 1 : verb.i] if head.i < verb.i else ()
    if not tree.is_verbal(head) or any(each.dep_ == "cc" and each.head == head for each in between):
        return False
    if tree.children(verb, "ccomp", "mark", "relcl"):
        return False
    return any(each.left_edge.i > 0 and each.left_edge.nbor(-1).text == "," for each in speakers(verb))


def _marked(verb: Token) -> bool:
    return any(child.dep_ in ("mark", "advmod") and child.lower_ == "as" for child in verb.children)


def can_speak(who: Token, verb: Token) -> bool:
    """ "The move shows that …" is no voice, "the report shows that …" is."""
    lemma = verb.lemma_.lower()
    if who.lower_ in ("it", "this", "that", "which") and lemma in lexicon.words("speech", "by_things"):
        return False
    if lemma in lexicon.words("speech", "by_things") and who.pos_ == "NOUN":
        return (
            nouns.is_group(who)
            or who.lemma_.lower() in lexicon.words("speech", "papers")
            or who.lemma_.lower() in lexicon.words("groups", "unnamed")
            or lexicon.classes().get(who.lemma_.lower()) in _BODIES
        )
    return True


def is_said(below: Token, verb: Token) -> bool:
    """Whether a clause is what the verb of saying says."""
    if below.dep_ in ("ccomp", "parataxis", "csubj", "csubjpass"):
        return True
    if hearsay.passes_on(verb, below) or below in hearsay.claims_to(verb):
        return True
    if verb.lemma_.lower() in lexicon.words("speech", "denying") and below in _gerunds(verb):
        return True
    if below in advised(verb):
        return True
    return (
        below.dep_ in ("xcomp", "conj", "advcl", "dep")
        and any(child.text == '"' and child.i > below.left_edge.i for child in verb.children)
        and below.dep_ != "conj"
    )


def comments(verb: Token) -> bool:
    """ "…, as the governor said" and "…, the governor said" beside a clause that does not depend on it."""
    return verb.dep_ == "parataxis" or _marked(verb) or _postposed(verb)
