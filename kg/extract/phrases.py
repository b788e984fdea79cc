"""Noun phrases that name nothing: which words belong to them, and how they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 95
"""Code points. A longer phrase is a clause in disguise and helps nobody."""
_INSIDE = (
    "compound",
    "amod",
    "nummod",
    "nmod",
    "poss",
    "npadvmod",
    "advmod",
    "quantmod",
    "neg",
    "punct",
    "case",
    "det",
)
_AFTER = ("prt", "dobj", "prep", "advmod", "attr", "acomp", "agent", "dative", "oprd", "xcomp")
"""What a clause goes on with."""
_BELONGING = ("of", "for", "on", "into", "to", "about", "between", "against", "with", "behind", "among", "over")
"""Prepositions that a phrase goes on with; places and times behind others are circumstances."""
_FIXED_PAIRS = frozenset({("research", "development"), ("goods", "services"), ("trial", "error"), ("law", "order")})


def extent(head: Token) -> tuple[int, int]:
    """Token range of the phrase of a head: its modifiers, and what prepositions add as long as it stays short."""
    doc = head.doc
    if head.pos_ in ("VERB", "AUX"):
        return _clause_start(head), _clause_end(head)
    start = _left(head)
    end = _pair_end(head)
    if head.lemma_.lower() in lexicon.words("groups", "generic"):
        clauses = [child for child in head.rights if child.dep_ in ("acl", "relcl")]
        if clauses and doc[clauses[0].right_edge.i].idx - doc[start].idx < _LONGEST:
            return _without_determiners(start, int(clauses[0].right_edge.i) + 1, head)
    for child in doc[end - 1].rights if end > head.i + 1 else head.rights:
        if child.i < end:
            continue
        if child.dep_ != "prep" or child.lower_ not in _BELONGING or child.ent_type_ in ("DATE", "TIME"):
            break
        inner = [each for each in child.children if each.dep_ in ("pobj", "pcomp")]
        if not inner or inner[0].ent_type_ in ("DATE", "TIME") or child.i != end:
            break
        stop = _pair_end(inner[0]) if inner[0].dep_ == "pobj" else inner[0].right_edge.i + 1
        if inner[0].dep_ == "pobj" and child.lower_ in ("of", "for", "on"):
            stop = max(stop, extent(inner[0])[1])
        if doc[stop - 1].idx + len(doc[stop - 1]) - doc[start].idx > _LONGEST:
            break
        end = stop
    return _without_determiners(doc[start:end].start, end, head)


def core(head: Token) -> tuple[int, int]:
    """Token range of a phrase without what prepositions add; of a verb with its particle."""
    if head.pos_ in ("VERB", "AUX"):
        return int(head.i), int(next((child.i for child in head.rights if child.dep_ == "prt"), head.i)) + 1
    return _without_determiners(_left(head), _pair_end(head), head)


def _clause_start(verb: Token) -> int:
    """Start of a clause: its subject where it is finite ("a decision be taken"), else its verb ("be sold")."""
    before = [child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass")]
    infinitive = any(child.tag_ == "TO" for child in verb.lefts)
    if before and not infinitive and verb.dep_ == "ccomp" and verb.idx - before[0].left_edge.idx < _LONGEST:
        return int(before[0].left_edge.i)
    own = [child for child in before if child.dep_ == "nsubjpass" and child.tag_ not in ("WDT", "WP")]
    if own and not infinitive and verb.idx - own[0].left_edge.idx < _LONGEST:
        first = own[0].left_edge
        return int(first.i) + (first.dep_ == "det" and first != own[0])  # "pilot was halted"
    passive = [child for child in verb.lefts if child.dep_ == "auxpass"]
    return int(passive[0].i) if passive and not before else int(verb.i)


def _clause_end(verb: Token) -> int:
    """End of what a gerund does: "working out a payment system"."""
    end = int(verb.i) + 1
    for child in verb.rights:
        if child.dep_ not in _AFTER or (child.i != end and child.left_edge.i != end):
            break
        stop = int(child.right_edge.i) + 1
        if verb.doc[stop - 1].idx + len(verb.doc[stop - 1]) - verb.idx > _LONGEST:
            break
        end = stop
    return end


def label(head: Token) -> str:
    """What a phrase is called: its words on one line, without article and vague words in front."""
    start, end = extent(head)
    return " ".join(re.sub(r"\s+", " ", head.doc[start:end].text).strip(" \"',;").split())


def _left(head: Token) -> int:
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _INSIDE and child.right_edge.i + 1 != start:
            break
        if child.dep_ not in _INSIDE:
            break
        if child.is_punct and child.text != "-":
            break
        if child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    return start


def _pair_end(head: Token) -> int:
    """End of the head itself, or of a fixed pair ("research and development") that acts as one noun."""
    for child in head.rights:
        if child.dep_ == "conj" and (head.lower_, child.lower_) in _FIXED_PAIRS and not list(child.lefts):
            return int(child.i) + 1
    after = head.i + 1
    if head.lemma_.lower() in lexicon.words("acts", "passages") and after < len(head.doc):
        return int(after) + (head.doc[after].tag_ == "CD" and head.doc[after].head == head)  # "Article 16"
    return int(after)


def in_fixed_pair(first: Token, second: Token) -> bool:
    """Whether two joined nouns are one."""
    return (first.lower_, second.lower_) in _FIXED_PAIRS and not list(second.lefts)


def _without_determiners(start: int, end: int, head: Token) -> tuple[int, int]:
    doc = head.doc
    vague = lexicon.words("groups", "vague")
    owners = [child for child in head.lefts if child.dep_ == "poss"]
    if owners:
        start = max(start, owners[-1].right_edge.i + 1)
    while start < head.i:
        token = doc[start]
        if token.dep_ == "advmod" and doc[start + 1].tag_ == "HYPH":
            break  # "token-based"
        if not (
            token.dep_ in ("det", "predet", "neg", "case", "advmod")
            or token.pos_ in ("DET", "PUNCT", "SPACE")
            or token.tag_ == "PRP$"
            or token.lower_ in vague
        ):
            break
        start += 1
    return start, end
