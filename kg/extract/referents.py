"""A named thing as one document knows it, and what the text says it is: a body, a person, a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract import lexicon, naming, normal
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_BODIES = frozenset(
    ("Project", "Phase", "Event", "Document", "Report", "Plan", "Proposal", "LegalInstrument", "Speech")
)
BODIES = frozenset(
    (*naming.NAMED_BY_KIND, "CentralBank", "Company", "Organization", "Unit", "MediaOutlet", "InternationalBody")
)
_ACRONYM_LENGTH = 7


@dataclass(eq=False, slots=True)
class Referent:
    """A named thing as this document knows it. ``soft`` types are guesses that a pattern may overrule."""

    id: str
    label: str
    types: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    soft: bool = True
    kinds: set[str] = field(default_factory=set)
    """Head nouns that the text applies to it: "blockchain firm BankLedger"."""
    posts: set[str] = field(default_factory=set)
    placed: bool = False
    """Whether the text speaks of it as of a place: "in Bergen", "Bergen-based"."""
    house: Referent | None = None
    """The organisation that a person speaks for, as far as the text says."""

    @property
    def known(self) -> bool:
        """Whether the graph knows it."""
        return bool(self.entities)

    @property
    def person(self) -> bool:
        """Whether it is a person as far as one can tell."""
        return "Person" in self.types


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at tokens ``start`` to ``end`` of a block."""

    block: int
    start: int
    end: int
    referent: Referent
    text: str
    subject: bool = False
    """Whether a verb has it for its subject: pronouns prefer such."""


def is_body(who: Referent) -> bool:
    """Whether a name is one of an organisation, as far as one can tell."""
    return any(each in BODIES for each in who.types) and not who.person


def as_body(who: Referent) -> Referent | None:
    """The organisation that has a post to give: one that nothing else is known of is one by that."""
    if not who.types and not who.known:
        who.types = ("Organization",)
    return who if is_body(who) else None


def agrees(noun: Token, who: Referent) -> bool:
    """Whether a noun may be said of a name: "the project, involving the Bank of X" does not make the bank a project."""
    wanted = lexicon.classes().get(noun.lemma_.lower())
    return who.soft or not is_body(who) or wanted not in _NO_BODIES


def note(referent: Referent, noun: Token) -> None:
    """Keep what a noun says of a thing: a post, or a kind of thing with the word before it."""
    word = noun.lemma_.lower()
    if word in lexicon.words("posts", "heads"):
        referent.posts.add(word)
    elif noun.pos_ == "NOUN":
        left = noun.nbor(-1).lower_ if noun.i and noun.nbor(-1).head == noun else ""
        referent.kinds.add(f"{left} {word}" if f"{left} {word}" in lexicon.classes() else word)


def conclude(referent: Referent) -> None:
    """Let what the text says about a thing decide what it is, where the graph does not know it."""
    if referent.known:
        return
    said = [lexicon.classes()[kind] for kind in sorted(referent.kinds) if kind in lexicon.classes()]
    if (
        referent.posts
        and "LegalInstrument" not in referent.types
        and not (
            (referent.label.isupper() and len(referent.label) < _ACRONYM_LENGTH)
            or any(word in lexicon.words("names", "organisation_words") for word in normal.words(referent.label))
        )
    ):
        referent.types, referent.soft = ("Person",), False
    elif said:
        if "Country" in said:
            said.append("Authority")  # a state acts, and "Ghana is a country" does not keep it from acting
        sure = () if referent.soft else referent.types  # "Project Tamarind: interim report" is still a project
        referent.types, referent.soft = tuple(dict.fromkeys((*sure, *said))), False
    elif {"City", "Place"} & set(referent.types) and not referent.placed:
        referent.types = ()  # the model takes many an unknown product for a place


def is_place(head: Token, mention: NameMention) -> bool:
    """Whether a name stands where places stand: "in Bergen", "Bergen-based", "BERGEN - ", "Bergen, Norway"."""
    doc = head.doc
    after = [token.lower_ for token in doc[mention.end : mention.end + 2]]
    if after[:1] in (["-"], ["–"], ["—"], ["/"]) and (
        mention.start == 0 or after[1:] in (["based"], ["headquartered"])
    ):
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "in":
        return head.head.head.lemma_.lower() not in lexicon.words("places", "in_no_place")
    if head.dep_ == "pobj":
        return head.head.lower_ in lexicon.words("places", "locatives") or head.head.head.lower_ in ("city", "town")
    if head.dep_ == "appos" and head.head.dep_ == "pobj":
        return head.head.head.lower_ in lexicon.words("places", "locatives")
    return head.dep_ == "conj" and head.head.dep_ == "pobj" and head.head.head.lower_ in ("in", "across")
