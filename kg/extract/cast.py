"""Everybody who appears in a document: one referent for all the names of one thing.

Names are gathered in a first pass over all blocks, since a text may say "the central bank" or a surname before
the full name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract import lexicon, normal, tree
from kg.extract.gazetteer import Gazetteer
from kg.extract.names import Acronym, NameSpan, acronyms, find
from kg.extract.segment import Block
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CARRIED = 5_000
"""Names that one part of a large document hands to the next: more than a book has, and a few megabytes."""


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


@dataclass(frozen=True, slots=True)
class Carried:
    """What a part of a document knows of names for the next one: normal forms of names, and of those without "Inc"."""

    named: dict[str, Referent]
    short: dict[str, Referent]
    graph: dict[tuple[Entity, ...], Referent]


class Cast:
    """The named things of one document, or of a part of it, and where their names stand."""

    def __init__(self, document: str, gazetteer: Gazetteer, earlier: Carried | None = None) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.mentions: list[NameMention] = []
        self.acronyms: list[tuple[int, Acronym]] = []
        self._owner: dict[tuple[int, int], NameMention] = {}
        self._named: dict[str, Referent] = dict(earlier.named) if earlier else {}
        self._spans: list[tuple[int, Doc, NameSpan]] = []
        self._graph: dict[tuple[Entity, ...], Referent] = dict(earlier.graph) if earlier else {}
        self._short: dict[str, Referent] = dict(earlier.short) if earlier else {}
        self._by_block: dict[int, list[NameMention]] = {}

    def add(self, index: int, block: Block, doc: Doc) -> None:
        """Gather the names of a block."""
        spans = find(doc, block.text, self.gazetteer)
        for acronym in acronyms(doc, spans):
            self.acronyms.append((index, acronym))
            spans = [each for each in spans if (each.start, each.end) != (acronym.short.start, acronym.short.end)]
            spans.append(acronym.short)
        self._spans += [(index, doc, each) for each in sorted(spans, key=lambda each: each.start)]

    def settle(self) -> None:
        """Give every name its referent, once all blocks are in."""
        pairs = [(each.name, each.short) for _, each in self.acronyms]
        for name, short in pairs:
            self._join(self._referent(name), short)
        # longer names first: a surname or a short form joins its full name wherever that stands
        for _, _, span in sorted(self._spans, key=lambda each: -len(normal.words(each[2].text))):
            self._referent(span)
        for index, doc, span in self._spans:
            mention = NameMention(index, span.start, span.end, self._referent(span), span.text, _is_subject(doc, span))
            self.mentions.append(mention)
            for place in range(span.start, span.end):
                self._owner[index, place] = mention
            self._describe(mention, doc)
        for referent in {each.referent.id: each.referent for each in self.mentions}.values():
            _conclude(referent)
        self._surnames()
        for mention in self.mentions:
            self._by_block.setdefault(mention.block, []).append(mention)

    def carried(self) -> Carried:
        """What the next part of the document is to know: the names seen last, up to a bound."""
        here = {normal.name(each.text): None for each in self.mentions}
        recent = [*(key for key in here if key in self._named), *(key for key in self._named if key not in here)]
        named = {key: self._named[key] for key in recent[:_CARRIED]}
        kept = {id(each) for each in named.values()}
        short = {key: each for key, each in self._short.items() if id(each) in kept}
        return Carried(named, short, {key: each for key, each in self._graph.items() if id(each) in kept})

    def at(self, token: Token) -> NameMention | None:
        """The name that a token is part of."""
        return self._owner.get((token.doc.user_data["block"], token.i))

    def within(self, block: int, start: int, end: int) -> list[NameMention]:
        """The names between two tokens of a block, in order."""
        return [each for each in self._by_block.get(block, ()) if start <= each.start and each.end <= end]

    def head(self, mention: NameMention, doc: Doc) -> Token:
        """The syntactic head of a name."""
        return doc[mention.start : mention.end].root

    def _referent(self, span: NameSpan) -> Referent:
        key = normal.name(span.text)
        if key not in self._named:
            self._named[key] = self._find(span, key)
        found = self._named[key]
        if span.label and not found.types:
            found.types = _classes(span.label, key)
        return found

    def _find(self, span: NameSpan, key: str) -> Referent:
        if span.entities:
            first = span.entities[0]
            known = Referent(first.id, first.label, first.types, span.entities, soft=False)
            return self._graph.setdefault(span.entities, known)
        short = " ".join(word for word in key.split() if word not in lexicon.words("names", "legal_forms"))
        types = _classes(span.label, key) if span.label else _by_words(key)
        new = Referent(normal.provisional(self.document, span.text), span.text, types)
        return self._short.setdefault(short or key, new)

    def _join(self, referent: Referent, short: NameSpan) -> None:
        key = normal.name(short.text)
        if short.entities and not referent.known:
            referent.id, referent.label = short.entities[0].id, short.entities[0].label
            referent.entities, referent.types, referent.soft = short.entities, short.entities[0].types, False
        self._named[key] = referent

    def _describe(self, mention: NameMention, doc: Doc) -> None:
        head = self.head(mention, doc)
        for noun in (*tree.same(head), *(more for each in tree.same(head) for more in tree.children(each, "conj"))):
            if self.at(noun) is not mention and noun.pos_ in ("NOUN", "PROPN"):
                _note(mention.referent, noun)
        mention.referent.placed |= _as_place(head, mention)
        before = doc[mention.start - 1] if mention.start else None
        if (
            before is not None
            and before.text[:1].isupper()
            and before.lower_.rstrip(".") in lexicon.words("names", "titles")
        ):
            mention.referent.posts.add(before.lower_)
        elif before is not None and before.pos_ == "NOUN" and before.head in (head, *doc[mention.start : mention.end]):
            _note(mention.referent, before)

    def _surnames(self) -> None:
        """Join "Shentu" to "Shentu Qingchun": a word that begins or ends the name of a person of this text."""
        people: dict[str, dict[int, Referent]] = {}
        for each in self._named.values():
            words = normal.words(each.label) if each.person or each.posts else ()
            if len(words) > 1:
                for word in (words[0], words[-1]):
                    people.setdefault(word, {})[id(each)] = each
        joined: dict[int, Referent] = {}
        for key, referent in self._named.items():
            if referent.known or " " in key or id(referent) in joined:
                continue
            full = [each for each in people.get(key, {}).values() if each is not referent]
            if len(full) == 1:
                joined.update({old: full[0] for old, new in joined.items() if new is referent})
                joined[id(referent)] = full[0]
        if joined:
            self._replace(joined)

    def _replace(self, joined: dict[int, Referent]) -> None:
        self._named = {key: joined.get(id(each), each) for key, each in self._named.items()}
        for place, mention in enumerate(self.mentions):
            if id(mention.referent) in joined:
                moved = replace(mention, referent=joined[id(mention.referent)])
                self.mentions[place] = moved
                for index in range(moved.start, moved.end):
                    self._owner[moved.block, index] = moved


def _is_subject(doc: Doc, span: NameSpan) -> bool:
    return str(doc[span.start : span.end].root.dep_) in ("nsubj", "nsubjpass")


def _note(referent: Referent, noun: Token) -> None:
    word = noun.lemma_.lower()
    if word in lexicon.words("posts", "heads"):
        referent.posts.add(word)
    elif noun.pos_ == "NOUN":
        left = noun.nbor(-1).lower_ if noun.i and noun.nbor(-1).head == noun else ""
        referent.kinds.add(f"{left} {word}" if f"{left} {word}" in lexicon.classes() else word)


def _conclude(referent: Referent) -> None:
    """Let what the text says about a thing decide what it is, where the graph does not know it."""
    if referent.known:
        return
    said = [lexicon.classes()[kind] for kind in sorted(referent.kinds) if kind in lexicon.classes()]
    if referent.posts and "LegalInstrument" not in referent.types and not any(
        word in lexicon.words("names", "organisation_words") for word in normal.words(referent.label)
    ):
        referent.types, referent.soft = ("Person",), False
    elif said:
        if "Country" in said:
            said.append("Authority")  # a state acts, and "Ghana is a country" does not keep it from acting
        referent.types, referent.soft = tuple(dict.fromkeys(said)), False
    elif "City" in referent.types and not referent.placed:
        referent.types = ()  # the model takes every name that it has never seen for a town


def _as_place(head: Token, mention: NameMention) -> bool:
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


def _classes(label: str, key: str) -> tuple[str, ...]:
    if key in lexicon.words("places", "countries"):
        return ("Country", "Authority")
    by_words = _by_words(key)
    if by_words:
        return by_words
    classes = lexicon.entity_labels().get(label, ())
    return tuple(each for each in classes if each != "Country") if label == "GPE" else classes


def _by_words(key: str) -> tuple[str, ...]:
    """What the words of a name say: "Bank of Ghana" is an organisation, "Ghana" a country."""
    if key in lexicon.words("places", "countries"):
        return ("Country", "Authority")
    words = key.split()
    if len(words) > 1 and words[0] in lexicon.words("acts", "passages") and words[1][0].isdigit():
        return ("LegalInstrument",)  # "Article 7 of the Commission's proposal"
    classes = lexicon.classes()
    if len(words) > 1 and any(letter.isdigit() for letter in words[-1]):
        words = words[: max(1, next(place for place, word in enumerate(words) if any(map(str.isdigit, word))))]
    last = classes.get(words[-1]) or classes.get(" ".join(words[-2:]))
    if words[0] == "project" and len(words) > 1:
        return ("Project",)
    if last in ("Event", "Platform", "Project") and len(words) > 1:
        return (last,)
    if last == "Currency" and len(words) > 1 and words[0] not in lexicon.words("places", "countries"):
        return ("Currency", "DigitalCurrency")  # "Sand Dollar" is no dollar like the others
    if last in ("Currency", "Stablecoin", "CBDC", "Cryptoasset", "LegalInstrument"):
        return (last,)
    if any(central in key for central in ("reserve bank of", "central bank", "monetary authority", "federal reserve")):
        return ("CentralBank",)
    if any(word in lexicon.words("names", "organisation_words") for word in words) and len(words) > 1:
        return ("Organization",)
    return ()
