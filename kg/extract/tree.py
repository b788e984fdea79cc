"""A dependency tree read with the parser's habits mended: clauses, infinitives, antecedents, prepositions.

Who does what in such a tree is told by :mod:`kg.extract.roles`, and which nouns are one by
:mod:`kg.extract.apposition`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_VERBAL = ("VERB", "AUX")
_NO_NOUNS = frozenset(
    (
        "obliges",
        "forbids",
        "prohibits",
        "requires",
        "allows",
        "stipulates",
        "prescribes",
        "empowers",
        "entitles",
        "authorises",
        "authorizes",
        "rescinds",
        "revokes",
        "compels",
        "enables",
        "dispenses",
        "outlaws",
        "mandates",
        "hinges",
        "depends",
    )
)
"""Verbs of rules that the tagger takes for plurals: "Article 7 obliges employers to …"."""


def children(token: Token, *labels: str) -> list[Token]:
    """Direct dependents with one of the labels, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos_ in _VERBAL or (token.tag_ == "NNS" and token.lower_ in _NO_NOUNS)


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is what something is done to."""
    if children(verb, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):
        return not any(child.lemma_ == "have" for child in children(verb, "aux"))  # "reports that X has bought"
    auxiliaries = [child for child in verb.children if child.dep_ == "aux"]
    return (
        verb.dep_ in ("conj", "xcomp", "oprd", "advcl", "ROOT")
        and not auxiliaries
        and not children(verb, "nsubj", "dobj")
        and (verb.dep_ != "conj" or is_passive(verb.head))
    )


def is_infinitive(verb: Token) -> bool:
    """Whether a "to" stands before the verb."""
    return any(child.tag_ == "TO" for child in verb.children)


def clause(token: Token) -> Token:
    """The verb of the clause that a token stands in, or the root where there is none."""
    for each in (token, *token.ancestors):
        if is_verbal(each) and each.dep_ not in ("aux", "auxpass", "amod"):
            return each
        last = each
    return last


def agents(token: Token) -> list[Token]:
    """Who stands behind "by", also where a verb joined later has it: "owned and operated by X"."""
    found = [
        filler
        for by in token.children
        if by.lower_ == "by" and by.dep_ in ("agent", "prep")
        for filler in children(by, "pobj")
    ]
    if not found and is_verbal(token):
        # "owned and operated by X"
        for other in token.rights:
            if other.dep_ == "conj" and other.tag_ == "VBN" and not children(other, *SUBJECTS):
                return agents(other)
    return found


def fillers(token: Token, preposition: str) -> list[Token]:
    """What stands behind a preposition: ``in``, ``into``; ``due_to`` for one of two words."""
    first, _, second = preposition.partition("_")
    found = []
    for child in token.children:
        if child.lower_ != first or child.dep_ not in ("prep", "agent", "dative", "prt", "mark", "advmod"):
            continue
        inner = [child]
        if second:
            inner = [each for each in child.children if each.lower_ == second]
        for each in inner:
            found += [antecedent(filler) for filler in children(each, "pobj", "pcomp")]
        if second and inner and not found:
            found += children(child, "pobj")  # "because of": the parser hangs the noun on the first word
    if not found and first == "by" and token.tag_ == "VBN":
        found = agents(token)
    if not found and token.pos_ == "ADV" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == first:
        # "jointly with X": the parser hangs the preposition on the verb
        found = children(token.nbor(1), "pobj")
    if not found and not second and token.dep_ in ("attr", "dobj"):
        # "of which X is a member": the parser hangs the preposition on the verb
        fronted = [each for each in children(token.head, "prep") if each.lower_ == first and each.i < token.head.i]
        inside = [each for prep in fronted for each in children(prep, "pobj") if is_relative(each)]
        found += [antecedent(each) for each in inside]
    if not found and not second:
        relative = _stranded(token, first)
        found = [relative] if relative is not None else []
    return found


def _stranded(token: Token, preposition: str) -> Token | None:
    """The antecedent of "which it is based on"."""
    if token.dep_ != "relcl":
        return None
    if any(child.lower_ == preposition and not list(child.children) for child in token.children):
        return token.head
    return None


def is_relative(token: Token) -> bool:
    """Whether the token is a relative pronoun: "which", "who", "whose", and "that" where it is no conjunction."""
    return token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ", "DET"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if not is_relative(token):
        return token
    verb = next((above for above in token.ancestors if above.dep_ == "relcl"), None)
    if verb is None and token.tag_ == "WP$":
        return _before(token)
    if verb is None or verb.head.lemma_ in lexicon.words("tree", "adverbial"):
        return token
    return _real_antecedent(verb.head, token)


def _before(whose: Token) -> Token:
    """The noun before a "whose" whose clause the parser takes for the main one."""
    place = whose.i - 1
    while place > whose.sent.start and whose.doc[place].is_punct:
        place -= 1
    noun = whose.doc[place]
    return noun if noun.pos_ in ("NOUN", "PROPN") or noun.dep_ in ("appos", "dobj", "pobj") else whose


def _real_antecedent(noun: Token, pronoun: Token) -> Token:
    """Mend two habits of the parser: clauses tied to a date, and restrictive ones tied to a name."""
    above = noun.head
    if noun.dep_ == "pobj" and above.dep_ == "prep":
        if noun.ent_type_ in ("DATE", "TIME"):
            target = above.head
            return next(iter(children(target, "dobj", "nsubjpass")), target) if is_verbal(target) else target
        comma = pronoun.i > 0 and pronoun.nbor(-1).is_punct
        # "a subsidiary of the PBC which was founded": a clause without a comma does not qualify a name
        if noun.pos_ == "PROPN" and not comma and above.head.pos_ == "NOUN" and above.lower_ == "of":
            return above.head
    return noun
