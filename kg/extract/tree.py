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
_CLAUSES = ("xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "conj")
_DEEPEST = 12
"""No path between a verb and its subject is longer; it also ends loops."""


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


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, one's own or the one that the clause inherits."""
    if depth > _DEEPEST:
        return []
    own = [antecedent(child) for child in children(verb, "nsubj", "nsubjpass")]
    # "had better form": the parser hangs the subject on the auxiliary
    own = own or [
        antecedent(each) for aux in children(verb, "aux", "auxpass") for each in children(aux, "nsubj", "nsubjpass")
    ]
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
    if verb.dep_ == "acomp":
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl", "amod"):
        if _is_infinitive(verb):
            if head.dep_ == "attr" and is_verbal(head.head):
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
        if is_verbal(above) and above.lemma_ in lexicon.words("polarity", "verbs") and objects(above, depth + 1):
            return objects(above, depth + 1)  # "bars agencies from issuing": the agencies issue
        if is_verbal(above) and before.head == above and children(before, "poss"):
            above = before  # "speeds up its push into testing": the parser ties the preposition to the verb
        verbal = is_verbal(above) or above.dep_ == "acomp"  # "is interested in launching"
        return surface_subjects(above, depth + 1) if verbal else doers(above, depth + 1)
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
    if (
        verb.dep_ in ("xcomp", "advcl")
        and _is_infinitive(verb)
        and head.lemma_ in lexicon.words("tree", "object_control")
    ):
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
    found = [
        filler
        for by in token.children
        if by.lower_ == "by" and by.dep_ in ("agent", "prep")
        for filler in children(by, "pobj")
    ]
    if not found and is_verbal(token):
        # "owned and operated by X"
        for other in token.rights:
            if other.dep_ == "conj" and other.tag_ == "VBN" and not children(other, *_SUBJECTS):
                return _agents(other)
    return found


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


def to_do(token: Token) -> list[Token]:
    """What somebody is told or allowed to do: the infinitive below a verb, a noun, or the verb's object."""
    own = [each for each in children(token, "xcomp", "ccomp", "acl", "relcl", "advcl", "oprd") if _is_infinitive(each)]
    if own or not is_verbal(token):
        return own[:1]
    near = [*objects(token), *_agents(token), *children(token, "dobj", "dative")]
    near += [who for preposition in ("on", "upon", "to", "with") for who in fillers(token, preposition)]
    near += [deeper for each in near for deeper in (*fillers(each, "of"), *children(each, "appos"))]
    found = [
        each for noun in near if noun.i > token.i for each in children(noun, "acl", "relcl") if _is_infinitive(each)
    ]
    return found[:1]


def told(verb: Token) -> list[Token]:
    """Who is told to do it: "asked X to review", where the parser makes X the object or the infinitive's subject."""
    below = [each for each in children(verb, "ccomp", "xcomp") if _is_infinitive(each)]
    inner = [antecedent(who) for each in below for who in children(each, "nsubj", "nsubjpass")]
    return inner or children(verb, "dative") or objects(verb)


def purposes(verb: Token) -> list[Token]:
    """Infinitives of purpose: "to curb inflation, it launched X", "launched X to curb inflation"."""
    if not is_verbal(verb):
        return []
    found = [each for each in children(verb, "advcl") if each.tag_ == "VB" and _is_infinitive(each)]
    found += [
        each
        for each in children(verb, "xcomp")
        if each.tag_ == "VB" and _is_infinitive(each) and (children(verb, "dobj") or each.i < verb.i)
    ]
    for order in fillers(verb, "in"):
        found += [each for each in children(order, "acl") if order.lower_ == "order"]
    return found


def reasons(verb: Token) -> list[Token]:
    """What the sentence gives as the reason: "because it leaked", "because of a leak", "citing a leak"."""
    found: list[Token] = []
    for child in children(verb, "advcl", "prep", "xcomp"):
        if any(mark.lower_ == "because" and mark.dep_ == "mark" for mark in child.children) or _since(child):
            found.append(child)
        elif child.tag_ == "VBG" and child.lemma_ in lexicon.words("tree", "giving_reasons"):
            found += children(child, "dobj", "ccomp")
    for words in sorted(lexicon.words("tree", "reason_prepositions")):
        found += fillers(verb, words)
    return found


def _since(clause: Token) -> bool:
    """ ", since it is no member": behind a comma it gives the reason, else it may be the time."""
    first = clause.left_edge
    return bool(first.lower_ == "since" and first.dep_ == "mark" and first.i and first.nbor(-1).text == ",")


def is_deed(verb: Token) -> bool:
    """Whether a clause without a subject of its own says what to do: "to register", "from lending"."""
    return _is_infinitive(verb) or (verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "xcomp", "dobj"))


def share_frame(first: Token, second: Token) -> bool:
    """Whether two joined verbs are two deeds of the same: "to collect data and publish them"."""
    verbs = is_verbal(first) and is_verbal(second) and first.tag_ == second.tag_
    return verbs and not children(second, "nsubj", "nsubjpass")


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
        if second and inner and not found:
            found += children(child, "pobj")  # "because of": the parser hangs the noun on the first word
    if not found and first == "by" and token.tag_ == "VBN":
        found = _agents(token)
    if not found and token.pos_ == "ADV" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == first:
        # "jointly with X": the parser hangs the preposition on the verb
        found = children(token.nbor(1), "pobj")
    if not found and not second and token.dep_ in ("attr", "dobj"):
        # "of which X is a member": the parser hangs the preposition on the verb
        fronted = [each for each in children(token.head, "prep") if each.lower_ == first and each.i < token.head.i]
        inside = [each for prep in fronted for each in children(prep, "pobj") if _relative(each)]
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


def _relative(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.pos_ in ("PRON", "SCONJ", "DET"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if not _relative(token):
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


def same(token: Token) -> list[Token]:
    """Nouns that the sentence says are one with this one: "X is a bank", "X, a bank", "the bank X"."""
    found = []
    for child in token.children:
        if (
            child.dep_ == "appos"
            and child.ent_type_ not in ("DATE", "CARDINAL", "MONEY", "PERCENT")
            and _apposed(child, token) == token
        ) or (child.dep_ in ("compound", "nmod", "amod") and _is_kind(child) and token.pos_ == "PROPN"):
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
    if token.lower_ == "executive" and (token.i == 0 or token.nbor(-1).lower_ not in ("chief", "former")):
        return False  # "Executive Order"
    return token.pos_ == "PROPN" and token.lower_ in heads and last


def _apposed(token: Token, head: Token) -> Token:
    """The noun that an apposition explains; where numbers disagree it is the nearest name before the comma."""
    if head.pos_ == "NOUN" and head.tag_ == "NNS" and token.tag_ in ("NN", "NNP"):
        before = [each for each in head.subtree if each.i < token.left_edge.i and each.tag_ == "NNP"]
        outer = [each for each in before if each.dep_ in ("pobj", "dobj")]
        if outer:
            return outer[-1]
    nearest = _name_before(token)
    if nearest is not None and nearest != head and token not in nearest.subtree:
        crossed = is_verbal(head.head) and head.i < head.head.i < token.left_edge.i
        kinds = lexicon.classes()
        other = kinds.get(token.lemma_.lower()), kinds.get(head.lemma_.lower())
        if crossed or (head.pos_ == "NOUN" and None not in other and other[0] != other[1]):
            return nearest
    return head


def _name_before(token: Token) -> Token | None:
    """The head of the name that ends before the comma in front of an apposition: "by the Institute (EPI), a body"."""
    doc, place = token.doc, token.left_edge.i - 1
    if place <= token.sent.start or doc[place].text != ",":
        return None
    place -= 1
    if doc[place].text == ")":
        while place > token.sent.start and doc[place].text != "(":
            place -= 1
        place -= 1
    found = doc[place]
    if found.pos_ != "PROPN":
        return None
    while (
        found.head.i < found.i
        and found.dep_ in ("pobj", "prep", "compound", "flat")
        and found.head.pos_ in ("PROPN", "ADP")
        and (found.pos_ == "ADP" or found.head.pos_ != "ADP" or found.head.head.pos_ == "PROPN")
    ):
        found = found.head
    return found if found.pos_ == "PROPN" else doc[place]


def actors(token: Token) -> list[Token]:
    """Who does what the clause around a word tells: "X built it in collaboration with Y"."""
    verb = clause(token)
    if verb == token or not is_verbal(verb):
        return doers(token)
    if token.dep_ in _SUBJECTS or (token.dep_ in ("conj", "appos") and token.head.dep_ in _SUBJECTS):
        return []
    return doers(verb) or surface_subjects(verb)


def hyphenated(token: Token) -> list[Token]:
    """What stands before a hyphen: the euro of "euro-pegged"."""
    return [
        child
        for child in children(token, "npadvmod", "compound", "nmod", "advmod", "amod")
        if child.i < token.i and (child.dep_ != "advmod" or (child.i + 2 == token.i and child.nbor(1).text == "-"))
    ]


def owners(token: Token) -> list[Token]:
    """Whose it is: "X's partner", "whose partner", and "X's partner Y", where the parser makes it X's Y."""
    own = children(token, "poss")
    if not own and token.dep_ in ("compound", "nmod") and token.pos_ == "NOUN" and token.head.pos_ == "PROPN":
        own = [child for child in children(token.head, "poss") if child.i < token.i]
    return [antecedent(child) for child in own]


def aims(verb: Token) -> list[Token]:
    """Infinitives that tell what for: "hired it to build a wallet"."""
    return [each for each in children(verb, "xcomp", "advcl", "ccomp", "acl") if _is_infinitive(each)]


def called(noun: Token) -> list[Token]:
    """The name that a phrase is given: "a coin called Libra", "the system known as Bakong"."""
    found = []
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in lexicon.words("names", "naming"):
            found += [*children(child, "oprd", "attr", "dobj"), *fillers(child, "as")]
    return found


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
