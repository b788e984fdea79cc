"""Pronouns and short descriptions: "it", "they", "the firm", "the central bank", "the city"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extract import lexicon, tree
from kg.extract.cast import Cast, Referent

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Accepts = Callable[[Referent], bool]

_NEAR = 2
"""Sentences before its own in which a pronoun looks for its name."""
_FAR = 40
"""Blocks before its own in which a description does; it also keeps long documents from costing the square."""
_HE = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_IT = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "themselves"))
_BODIES = frozenset(("CentralBank", "Company", "PublicAuthority", "Association", "Organization", "Unit"))
_DEFINITE = frozenset(("the", "this", "that"))


class References:
    """Finds the names that pronouns and descriptions of a document stand for."""

    def __init__(self, cast: Cast, docs: list[Doc]) -> None:
        self._cast = cast
        self._sentences = [[(sent.start, sent.end) for sent in doc.sents] for doc in docs]

    def pronoun(self, token: Token, accepts: Accepts) -> Referent | None:
        """The name that a pronoun stands for, or ``None`` where that is not clear."""
        word = token.lower_
        if word in _HE:
            return self._nearest(token, lambda who: who.person or bool(who.posts))
        if word in _IT:
            return self._subject_first(token, lambda who: not who.person and not who.posts and accepts(who))
        if word in _THEY:
            return self._subject_first(
                token, lambda who: accepts(who) and ("Organization" in who.types or bool(_BODIES & set(who.types)))
            )
        return None

    def description(self, token: Token, accepts: Accepts) -> Referent | None:
        """The name that "the firm" or "the country's central bank" stands for."""
        if token.i and token.nbor(-1).text == "-":
            return None  # "the city-state"
        state = state_of(token)
        if token.pos_ != "NOUN" or token.tag_ == "NNS" or not (_is_definite(token) or state):
            return None
        modifiers = [child for child in token.children if child.dep_ in ("compound", "amod", "nmod")]
        if any(child.dep_ in ("prep", "relcl", "acl", "nummod") for child in token.children):
            return None
        noun = token.lemma_.lower()
        pair = f"{modifiers[-1].lower_} {noun}" if modifiers else ""
        wanted = lexicon.classes().get(pair)
        if wanted is None:
            wanted = lexicon.classes().get(noun)
            if wanted is None or len(modifiers) > 1 or any(self._cast.at(each) for each in modifiers):
                return None
        if wanted == "Currency":
            return None  # "the dollar" is a name of its own
        if state and wanted == "CentralBank":
            # "the Dutch central bank" is no other state's
            return self._nearest(
                token, lambda who: state in who.label.lower() and _is_a(who, wanted, noun) and accepts(who), far=True
            )
        if state and not _is_definite(token):
            return None
        found = self._nearest(token, lambda who: _is_a(who, wanted, noun) and accepts(who), far=True)
        if found is None and wanted == "CentralBank":
            everyone = {id(each.referent): each.referent for each in self._cast.mentions}
            central = [who for who in everyone.values() if _is_a(who, wanted, noun)]
            found = central[0] if len(central) == 1 else None
        return found

    def _subject_first(self, token: Token, accepts: Accepts) -> Referent | None:
        for verb in token.ancestors:
            if tree.is_verbal(verb):
                for subject in tree.surface_subjects(verb):
                    if subject.i >= token.i or subject.doc is not token.doc:
                        continue
                    mention = self._cast.at(subject)
                    who = mention.referent if mention else self.description(subject, accepts)
                    if who and accepts(who):
                        return who
        return self._nearest(token, accepts)

    def _nearest(self, token: Token, accepts: Accepts, far: bool = False) -> Referent | None:
        """The last name before the token that will do; within a sentence a subject comes before the others."""
        block = token.doc.user_data["block"]
        sentences = [(start, end) for start, end in self._sentences[block] if start <= token.i]
        for start, end in sentences[::-1][: None if far else _NEAR + 1]:
            found = self._in_sentence(block, start, min(end, token.i), accepts)
            if found:
                return found
        if not far and len(sentences) > 1:
            return None
        for earlier in range(block - 1, max(block - (_FAR if far else 1) - 1, -1), -1):
            for start, end in self._sentences[earlier][::-1][: None if far else 1]:
                found = self._in_sentence(earlier, start, end, accepts)
                if found:
                    return found
        return None

    def _in_sentence(self, block: int, start: int, end: int, accepts: Accepts) -> Referent | None:
        fitting = [each for each in self._cast.within(block, start, end) if accepts(each.referent)]
        subjects = [each for each in fitting if each.subject]
        return (subjects or fitting)[-1].referent if fitting else None


def state_of(noun: Token) -> str | None:
    """The state that qualifies a noun, in lower case: "Ghana's central bank", "the Moroccan central bank"."""
    for child in noun.children:
        word = child.lower_
        if child.dep_ == "poss" and word in lexicon.words("places", "countries"):
            return word
        if child.dep_ in ("amod", "compound", "nmod") and word in lexicon.demonyms():
            return lexicon.demonyms()[word].lower()
    return None


def _is_definite(token: Token) -> bool:
    return any(
        (child.dep_ == "det" and child.lower_ in _DEFINITE)
        or (child.dep_ == "poss" and any(inner.lower_ in ("the", "its", "their") for inner in (child, *child.children)))
        for child in token.children
    )


def _is_a(who: Referent, wanted: str, noun: str) -> bool:
    """Whether a name may be meant by a description of that class."""
    if noun in who.kinds:
        return True
    if noun in who.label.lower().split() and not who.person and noun not in ("bank", "lender"):
        return True  # "the institute" of a name that ends in it
    if noun == "government":
        return "Government" in who.types
    if noun in ("bank", "lender"):
        return "CentralBank" in who.types or any(
            word.startswith(tuple(lexicon.words("names", "monetary"))) for word in who.label.lower().split()
        )
    if wanted == "CentralBank":
        if "CentralBank" in who.types or "central bank" in who.kinds:
            return True
        words = who.label.lower().split()
        return (
            "Organization" in who.types
            and who.soft
            and bool(words)
            and any(word.startswith(tuple(lexicon.words("names", "monetary"))) for word in words)
            and any(sign in who.label for sign in ("Reserve", "Central", "Monetary", "Riksbank", "Bundesbank", "Fed"))
        )
    if wanted in who.types:
        return True
    if wanted in ("Company", "Organization", "Unit", "Association", "PublicAuthority", "ResearchInstitute"):
        other = _BODIES & set(who.types) - {"Organization", wanted}
        return "Organization" in who.types and not other and noun not in ("bank", "government", "group")
    if wanted == "City":
        return "City" in who.types
    return False
