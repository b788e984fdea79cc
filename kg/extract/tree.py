"""Who does what to whom in a dependency tree, whatever the sentence's form.

Active and passive, relative clauses, infinitives, gerunds, shared subjects and nouns that stand for verbs are
brought to a few *roles*, so that a pattern is written once. A role gives the heads of its fillers; coordination
is opened later (:mod:`kg.extract.arguments`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_VERBAL = ("VERB", "AUX")
_CLAUSES = ("xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "conj")
_DEEPEST = 12
"""No path between a verb and its subject is longer; it also ends loops."""


def children(token: Token, *labels: str) -> list[Token]:
    """Direct dependents with one of the labels, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause."""
    return token.pos_ in _VERBAL


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is what something is done to."""
    if children(verb, "nsubjpass", "auxpass", "csubjpass"):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    auxiliaries = [child for child in verb.children if child.dep_ == "aux"]
    return (
        verb.dep_ in ("conj", "xcomp", "oprd", "advcl", "ROOT")
        and not auxiliaries
        and not children(verb, "nsubj", "dobj")
        and (verb.dep_ != "conj" or is_passive(verb.head))
    )


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, one's own or the one that the clause inherits."""
    if depth > _DEEPEST:
        return []
    own = [antecedent(child) for child in children(verb, "nsubj", "nsubjpass")]
    # "had better form": the parser hangs the subject on the auxiliary
    own = own or [antecedent(each) for aux in children(verb, "aux") for each in children(aux, "nsubj", "nsubjpass")]
    if own:
        return own
    if children(verb, "csubj", "csubjpass"):
        return [each for event in children(verb, "csubj", "csubjpass") for each in objects(event, depth + 1)]
    head = verb.head
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG"):
        return []  # a finite clause that lost its subject does not borrow the speaker
    if verb.dep_ == "conj" and is_verbal(head):
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl"):
        return _controller(verb, head, depth)
    if verb.dep_ in ("acl", "relcl", "amod"):
        if _is_infinitive(verb):
            return doers(head, depth + 1) or [head]
        return [head]
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "agent"):
        above = head.head
        before = head.nbor(-1) if head.i else head
        if is_verbal(above) and above.lemma_ in lexicon.words("polarity", "verbs") and objects(above, depth + 1):
            return objects(above, depth + 1)  # "bars agencies from issuing": the agencies issue
        if is_verbal(above) and before.head == above and children(before, "poss"):
            above = before  # "speeds up its push into testing": the parser ties the preposition to the verb
        return surface_subjects(above, depth + 1) if is_verbal(above) else doers(above, depth + 1)
    if verb.dep_ == "ROOT" and verb.tag_ in ("VB", "VBN", "VBD", "VBG"):
        return _headline_subject(verb)
    return []


def _headline_subject(verb: Token) -> list[Token]:
    # "Riksbank to test e-krona": the parser often calls the noun a modifier
    left = [child for child in verb.children if child.i < verb.i and child.pos_ in ("PROPN", "NOUN")]
    return [child for child in left if child.dep_ in ("npadvmod", "dep", "nmod", "compound")][-1:]


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    if not is_verbal(head):
        return doers(head, depth + 1) if head.pos_ == "NOUN" else surface_subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.lemma_ in lexicon.words("tree", "object_control"):
        told = objects(head, depth + 1) or [*fillers(head, "on"), *fillers(head, "upon")]
        if told:
            return told
    return surface_subjects(head, depth + 1)


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def doers(token: Token, depth: int = 0) -> list[Token]:
    """Who does it: the logical subject of a verb, or of a noun that stands for one."""
    if depth > _DEEPEST:
        return []
    if is_verbal(token):
        if is_passive(token):
            return _agents(token)
        return surface_subjects(token, depth)
    by = [*children(token, "poss"), *_agents(token)]
    if by:
        return by
    head = token.head
    if token.dep_ == "conj" and not is_verbal(head):
        return doers(head, depth + 1)
    if token.dep_ == "dobj" and _lends_its_subject(head):
        return doers(head, depth + 1)
    if token.dep_ == "pobj" and head.dep_ == "prep" and is_verbal(head.head):
        # "is involved in research on", "embarked on a study of"
        if head.head.lemma_ in lexicon.words("tree", "engaged_in"):
            return surface_subjects(head.head, depth + 1)
    elif token.dep_ == "nsubjpass" and _lends_its_subject(head):
        return _agents(head)
    return []


def _lends_its_subject(verb: Token) -> bool:
    return is_verbal(verb) and verb.lemma_ in lexicon.words("tree", "light")


def _agents(token: Token) -> list[Token]:
    return [
        filler
        for by in token.children
        if by.lower_ == "by" and by.dep_ in ("agent", "prep")
        for filler in children(by, "pobj")
    ]


def objects(token: Token, depth: int = 0) -> list[Token]:
    """What is done to: the logical object of a verb, or of a noun that stands for one."""
    if depth > _DEEPEST:
        return []
    if not is_verbal(token):
        return [*fillers(token, "of"), *children(token, "poss")]
    if is_passive(token):
        return [antecedent(each) for each in _passive_subjects(token, depth)]
    own = [antecedent(child) for child in children(token, "dobj")]
    if own:
        return own
    shared = [child for child in token.rights if child.dep_ == "conj" and is_verbal(child)]
    if shared and not children(token, "ccomp", "xcomp", "prep", "attr", "acomp", "oprd"):
        return objects(shared[0], depth + 1)
    if token.dep_ == "relcl" and children(token, "nsubj") and not _relative(children(token, "nsubj")[0]):
        return [token.head]
    return []


def _passive_subjects(verb: Token, depth: int) -> list[Token]:
    own = children(verb, "nsubjpass", "nsubj")
    return own or surface_subjects(verb, depth + 1)


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


def _relative(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ", "DET"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if not _relative(token):
        return token
    verb = next((above for above in token.ancestors if above.dep_ == "relcl"), None)
    if verb is None or verb.head.lemma_ in lexicon.words("tree", "adverbial"):
        return token
    return _real_antecedent(verb.head, token)


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


def same(token: Token) -> list[Token]:
    """Nouns that the sentence says are one with this one: "X is a bank", "X, a bank", "the bank X"."""
    found = []
    for child in token.children:
        if (child.dep_ == "appos" and child.ent_type_ not in ("DATE", "CARDINAL", "MONEY", "PERCENT")) or (
            child.dep_ in ("compound", "nmod", "amod") and _is_kind(child) and token.pos_ == "PROPN"
        ):
            found.append(child)
    head = token.head
    if token.dep_ == "appos":
        found.append(_apposed(token, head))
    elif token.dep_ in ("compound", "nmod") and _is_kind(token) and head.pos_ == "PROPN":
        found.append(head)
    elif token.dep_ in ("attr", "oprd") and is_verbal(head):
        found += surface_subjects(head)
    elif token.dep_ in ("nsubj", "nsubjpass"):
        found += children(head, "attr") if head.lemma_ in ("be", "become", "remain") else []
    elif token.dep_ == "pobj" and head.lower_ == "as" and head.dep_ == "prep":
        verb = head.head
        if verb.lemma_ in lexicon.words("tree", "serves_as"):
            found += objects(verb) if is_passive(verb) or children(verb, "dobj") else surface_subjects(verb)
    return found


def _is_kind(token: Token) -> bool:
    """A common noun before a name, or a title, which the tagger takes for a part of the name."""
    if token.pos_ == "NOUN":
        return True
    heads = lexicon.words("posts", "heads")
    last = token.i + 1 == len(token.doc) or token.nbor(1).lower_ not in heads  # "Deputy Governor" is one title
    return token.pos_ == "PROPN" and token.lower_ in heads and last


def _apposed(token: Token, head: Token) -> Token:
    """The noun that an apposition explains; where numbers disagree it is the nearest name before the comma."""
    if head.pos_ == "NOUN" and head.tag_ == "NNS" and token.tag_ in ("NN", "NNP"):
        before = [each for each in head.subtree if each.i < token.left_edge.i and each.tag_ == "NNP"]
        outer = [each for each in before if each.dep_ in ("pobj", "dobj")]
        if outer:
            return outer[-1]
    return head


def clause(token: Token) -> Token:
    """The verb of the clause that a token stands in, or the root where there is none."""
    for each in (token, *token.ancestors):
        if is_verbal(each) and each.dep_ not in ("aux", "auxpass", "amod"):
            return each
        last = each
    return last


def upward(token: Token) -> Iterator[Token]:
    """The token and all above it."""
    yield token
    yield from token.ancestors
