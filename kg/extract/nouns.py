"""What common nouns say: a group that can act, a class of things, a list of examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon, normal, tree
from kg.extract.referents import Referent

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_group(token: Token) -> bool:
    """Whether a phrase is a vague group that can act: "state-owned banks", "some", "industry insiders"."""
    if token.lower_ in lexicon.words("groups", "pronouns") and token.pos_ in ("PRON", "DET", "ADJ", "NUM", "NOUN"):
        return token.lower_ != "one" or not any(child.dep_ in ("amod", "compound", "det") for child in token.lefts)
    if token.lower_ in lexicon.words("groups", "counts"):
        return any(is_group(inner) for inner in tree.fillers(token, "of"))
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    if token.lower_ in lexicon.words("groups", "collectives"):
        return definite(token)
    plural = token.tag_ in ("NNS", "NNPS") or token.lower_ == "people"
    return plural and token.lemma_.lower() in lexicon.words("groups", "actors")


def head_class(token: Token) -> str | None:
    """The class that a phrase's head noun names."""
    lemma = token.lemma_.lower()
    left = token.nbor(-1).lower_ if token.i else ""
    classes = lexicon.classes()
    if lemma not in classes and token.tag_ == "NNS":
        lemma = normal.singular(token.lower_)
    if lemma == "currency" or classes.get(lemma) == "Currency":
        digital = {"digital", "crypto", "virtual", "programmable", "tokenised", "tokenized"}
        return "DigitalCurrency" if any(child.lower_ in digital for child in token.lefts) else "Currency"
    if token.tag_ == "NNS" and lemma in lexicon.words("groups", "authorities"):
        return "PublicAuthority"
    if lemma in lexicon.words("posts", "heads"):
        return "Role"
    if lemma in lexicon.words("acts", "passages") and numbered(token):
        return "LegalInstrument"  # "Article 16 forbids it"
    return classes.get(f"{left} {lemma}") or classes.get(lemma)


def numbered(token: Token) -> bool:
    """Whether a number follows that tells which one it is: "Section 357", "Part 4"."""
    return bool(token.i + 1 < len(token.doc) and token.nbor(1).head == token and token.nbor(1).tag_ == "CD")


def gives_examples(token: Token) -> bool:
    """Whether a preposition opens a list of examples: "such as", "including"."""
    if token.dep_ != "prep":
        return False
    return token.lower_ == "including" or (token.lower_ == "as" and token.i > 0 and token.nbor(-1).lower_ == "such")


def opens_list(token: Token) -> bool:
    """Whether an apposition is the first of a list behind a colon: "two wallets: Kite and Lark"."""
    start = token.left_edge.i
    return start > 0 and token.nbor(start - token.i - 1).text == ":" and token.head.tag_ in ("NNS", "NNPS")


def is_kind_of(noun: Token, who: Referent) -> bool:
    """Whether "Libra stablecoin" is Libra: a kind of thing behind a name that may be one."""
    if noun.tag_ == "NNS" or who.person:
        return False
    wanted = lexicon.classes()[noun.lemma_.lower()]
    if wanted in ("Company", "PublicAuthority", "Organization", "Unit", "City", "Country", "Place"):
        return wanted in who.types
    return not {"Organization", "Country", "City", "CentralBank", "Company"} & set(who.types) or wanted in who.types


def definite(token: Token) -> bool:
    """Whether a noun stands with "the" or with its owner."""
    return any(child.dep_ == "poss" or child.lower_ == "the" for child in token.lefts)


def comma_between(first: Token, second: Token) -> bool:
    """Whether a comma stands between two words."""
    low, high = sorted((first.i, second.i))
    return any(token.text == "," for token in first.doc[low:high])


def clause_between(first: Token, second: Token) -> bool:
    """Whether a verb stands between two words, so that the second cannot just explain the first."""
    low, high = sorted((first.i, second.i))
    return any(tree.is_verbal(token) for token in first.doc[low:high])
