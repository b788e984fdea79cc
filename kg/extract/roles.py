"""Who does what to whom in a dependency tree, whatever the sentence's form.

Active and passive, relative clauses, infinitives, gerunds, shared subjects and nouns that stand for verbs are
brought to a few *roles*, so that a pattern is written once. A role gives the heads of its fillers; coordination
is opened later (:mod:`kg.extract.arguments`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon, tree

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST = 12
"""No path between a verb and its subject is longer; it also ends loops."""


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, one's own or the one that the clause inherits."""
    if depth > _DEEPEST:
        return []
    own = [tree.antecedent(child) for child in tree.children(verb, "nsubj", "nsubjpass")]
    # "had better form": the parser hangs the subject on the auxiliary
    own = own or [
        tree.antecedent(each)
        for aux in tree.children(verb, "aux", "auxpass")
        for each in tree.children(aux, "nsubj", "nsubjpass")
    ]
    if own:
        return own
    if tree.children(verb, "csubj", "csubjpass"):
        return [each for event in tree.children(verb, "csubj", "csubjpass") for each in objects(event, depth + 1)]
    head = verb.head
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG"):
        return []  # a finite clause that lost its subject does not borrow the speaker
    if verb.dep_ == "conj" and tree.is_verbal(head):
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl"):
        return _controller(verb, head, depth)
    if verb.dep_ == "acomp":
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl", "amod"):
        if tree.is_infinitive(verb):
            if head.dep_ == "attr" and tree.is_verbal(head.head):
                return surface_subjects(head.head, depth + 1)  # "was the first country to launch"
            if head.dep_ == "appos":
                return [head.head]
            willing = head.dep_ == "dobj" and head.lemma_ in lexicon.words("tree", "intents")
            own = doers(head, depth + 1)
            return own or (surface_subjects(head.head, depth + 1) if willing else []) or [head]
        return [head]
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "agent"):
        above = head.head
        before = head.nbor(-1) if head.i else head
        if tree.is_verbal(above) and above.lemma_ in lexicon.words("polarity", "verbs") and objects(above, depth + 1):
            return objects(above, depth + 1)  # "bars agencies from issuing": the agencies issue
        if tree.is_verbal(above) and before.head == above and tree.children(before, "poss"):
            above = before  # "speeds up its push into testing": the parser ties the preposition to the verb
        verbal = tree.is_verbal(above) or above.dep_ == "acomp"  # "is interested in launching"
        return surface_subjects(above, depth + 1) if verbal else doers(above, depth + 1)
    if verb.dep_ == "ROOT" and verb.tag_ in ("VB", "VBN", "VBD", "VBG"):
        return _headline_subject(verb)
    return []


def _headline_subject(verb: Token) -> list[Token]:
    # "Riksbank to test e-krona": the parser often calls the noun a modifier
    left = [child for child in verb.children if child.i < verb.i and child.pos_ in ("PROPN", "NOUN")]
    return [child for child in left if child.dep_ in ("npadvmod", "dep", "nmod", "compound")][-1:]


def _controller(verb: Token, head: Token, depth: int) -> list[Token]:
    if not tree.is_verbal(head):
        return doers(head, depth + 1) if head.pos_ == "NOUN" else surface_subjects(head, depth + 1)
    if (
        verb.dep_ in ("xcomp", "advcl")
        and tree.is_infinitive(verb)
        and head.lemma_ in lexicon.words("tree", "object_control")
    ):
        told = objects(head, depth + 1) or [*tree.fillers(head, "on"), *tree.fillers(head, "upon")]
        if told:
            return told
    return surface_subjects(head, depth + 1)


def doers(token: Token, depth: int = 0) -> list[Token]:
    """Who does it: the logical subject of a verb, or of a noun that stands for one."""
    if depth > _DEEPEST:
        return []
    if tree.is_verbal(token):
        if tree.is_passive(token):
            return tree.agents(token)
        return surface_subjects(token, depth)
    by = [*tree.children(token, "poss"), *tree.agents(token)]
    if by:
        return by
    head = token.head
    if token.dep_ == "conj" and not tree.is_verbal(head):
        return doers(head, depth + 1)
    if token.dep_ == "dobj" and _lends_its_subject(head):
        return doers(head, depth + 1)
    if token.dep_ == "pobj" and head.dep_ == "prep" and tree.is_verbal(head.head):
        # "is involved in research on", "embarked on a study of"
        if head.head.lemma_ in lexicon.words("tree", "engaged_in"):
            return surface_subjects(head.head, depth + 1)
    elif token.dep_ == "nsubjpass" and _lends_its_subject(head):
        return tree.agents(head)
    return []


def _lends_its_subject(verb: Token) -> bool:
    return tree.is_verbal(verb) and verb.lemma_ in lexicon.words("tree", "light")


def objects(token: Token, depth: int = 0) -> list[Token]:
    """What is done to: the logical object of a verb, or of a noun that stands for one."""
    if depth > _DEEPEST:
        return []
    if not tree.is_verbal(token):
        return [*tree.fillers(token, "of"), *tree.children(token, "poss")]
    if tree.is_passive(token):
        return [tree.antecedent(each) for each in _passive_subjects(token, depth)]
    own = [tree.antecedent(child) for child in tree.children(token, "dobj")]
    if own:
        return own
    shared = [child for child in token.rights if child.dep_ == "conj" and tree.is_verbal(child)]
    if shared and not tree.children(token, "ccomp", "xcomp", "prep", "attr", "acomp", "oprd"):
        return objects(shared[0], depth + 1)
    if (
        token.dep_ == "relcl"
        and tree.children(token, "nsubj")
        and not tree.is_relative(tree.children(token, "nsubj")[0])
    ):
        return [token.head]
    return []


def _passive_subjects(verb: Token, depth: int) -> list[Token]:
    own = tree.children(verb, "nsubjpass", "nsubj")
    return own or surface_subjects(verb, depth + 1)


def actors(token: Token) -> list[Token]:
    """Who does what the clause around a word tells: "X built it in collaboration with Y"."""
    verb = tree.clause(token)
    if verb == token or not tree.is_verbal(verb):
        return doers(token)
    if token.dep_ in tree.SUBJECTS or (token.dep_ in ("conj", "appos") and token.head.dep_ in tree.SUBJECTS):
        return []
    return doers(verb) or surface_subjects(verb)


def owners(token: Token) -> list[Token]:
    """Whose it is: "X's partner", "whose partner", and "X's partner Y", where the parser makes it X's Y."""
    own = tree.children(token, "poss")
    if not own and token.dep_ in ("compound", "nmod") and token.pos_ == "NOUN" and token.head.pos_ == "PROPN":
        own = [child for child in tree.children(token.head, "poss") if child.i < token.i]
    return [tree.antecedent(child) for child in own]


def hyphenated(token: Token) -> list[Token]:
    """What stands before a hyphen: the euro of "euro-pegged"."""
    return [
        child
        for child in tree.children(token, "npadvmod", "compound", "nmod", "advmod", "amod")
        if child.i < token.i and (child.dep_ != "advmod" or (child.i + 2 == token.i and child.nbor(1).text == "-"))
    ]


def told(verb: Token) -> list[Token]:
    """Who is told to do it: "asked X to review", where the parser makes X the object or the infinitive's subject."""
    below = [each for each in tree.children(verb, "ccomp", "xcomp") if tree.is_infinitive(each)]
    inner = [tree.antecedent(who) for each in below for who in tree.children(each, "nsubj", "nsubjpass")]
    return inner or tree.children(verb, "dative") or objects(verb)


def to_do(token: Token) -> list[Token]:
    """What somebody is told or allowed to do: the infinitive below a verb, a noun, or the verb's object."""
    own = [
        each
        for each in tree.children(token, "xcomp", "ccomp", "acl", "relcl", "advcl", "oprd")
        if tree.is_infinitive(each)
    ]
    if own or not tree.is_verbal(token):
        return own[:1]
    near = [*objects(token), *tree.agents(token), *tree.children(token, "dobj", "dative")]
    near += [who for preposition in ("on", "upon", "to", "with") for who in tree.fillers(token, preposition)]
    near += [deeper for each in near for deeper in (*tree.fillers(each, "of"), *tree.children(each, "appos"))]
    found = [
        each
        for noun in near
        if noun.i > token.i
        for each in tree.children(noun, "acl", "relcl")
        if tree.is_infinitive(each)
    ]
    return found[:1]


def aims(verb: Token) -> list[Token]:
    """Infinitives that tell what for: "hired it to build a wallet"."""
    return [each for each in tree.children(verb, "xcomp", "advcl", "ccomp", "acl") if tree.is_infinitive(each)]


def purposes(verb: Token) -> list[Token]:
    """Infinitives of purpose: "to curb inflation, it launched X", "launched X to curb inflation"."""
    if not tree.is_verbal(verb):
        return []
    found = [each for each in tree.children(verb, "advcl") if each.tag_ == "VB" and tree.is_infinitive(each)]
    found += [
        each
        for each in tree.children(verb, "xcomp")
        if each.tag_ == "VB" and tree.is_infinitive(each) and (tree.children(verb, "dobj") or each.i < verb.i)
    ]
    for order in tree.fillers(verb, "in"):
        found += [each for each in tree.children(order, "acl") if order.lower_ == "order"]
    return found


def reasons(verb: Token) -> list[Token]:
    """What the sentence gives as the reason: "because it leaked", "because of a leak", "citing a leak"."""
    found: list[Token] = []
    for child in tree.children(verb, "advcl", "prep", "xcomp"):
        if any(mark.lower_ == "because" and mark.dep_ == "mark" for mark in child.children) or _since(child):
            found.append(child)
        elif child.tag_ == "VBG" and child.lemma_ in lexicon.words("tree", "giving_reasons"):
            found += tree.children(child, "dobj", "ccomp")
    for words in sorted(lexicon.words("tree", "reason_prepositions")):
        found += tree.fillers(verb, words)
    return found


def _since(clause: Token) -> bool:
    """ ", since it is no member": behind a comma it gives the reason, else it may be the time."""
    first = clause.left_edge
    return bool(first.lower_ == "since" and first.dep_ == "mark" and first.i and first.nbor(-1).text == ",")


def is_deed(verb: Token) -> bool:
    """Whether a clause without a subject of its own says what to do: "to register", "from lending"."""
    return tree.is_infinitive(verb) or (verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "xcomp", "dobj"))


def share_frame(first: Token, second: Token) -> bool:
    """Whether two joined verbs are two deeds of the same: "to collect data and publish them"."""
    verbs = tree.is_verbal(first) and tree.is_verbal(second) and first.tag_ == second.tag_
    return verbs and not tree.children(second, "nsubj", "nsubjpass")
