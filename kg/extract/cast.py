"""Everybody who appears in a document: one referent for all the names of one thing.

Names are gathered in a first pass over all blocks, since a text may say "the central bank" or a surname before
the full name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract import lexicon, names, normal, tree
from kg.extract.gazetteer import Gazetteer
from kg.extract.names import Acronym, NameSpan, acronyms, find
from kg.extract.segment import Block
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CARRIED = 5_000
"""Names that one part of a large document hands to the next: more than a book has, and a few megabytes."""
_NAMED_BY_KIND = ("PublicAuthority", "Government", "Association", "ResearchInstitute", "ThinkTank")
"""Classes that the last word of a name gives, or the first of "Ministry of Finance"."""
_OPENING = 3
"""Blocks of a text that name who says "we"."""
_TITLE_LENGTH = 5
"""Tokens between an organisation and the name of somebody who holds a post there."""
_SHORT = 2
"""Characters of a name that may be too many other things to be looked for everywhere."""


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
    located: bool = False
    """Whether the text has something "in" it, as only places have."""
    posts: set[str] = field(default_factory=set)
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
        self._docs: list[tuple[int, Doc]] = []
        self._graph: dict[tuple[Entity, ...], Referent] = dict(earlier.graph) if earlier else {}
        self._short: dict[str, Referent] = dict(earlier.short) if earlier else {}
        self._by_block: dict[int, list[NameMention]] = {}

    def add(self, index: int, block: Block, doc: Doc) -> None:
        """Gather the names of a block."""
        self._docs.append((index, doc))
        spans = find(doc, block.text, self.gazetteer)
        for acronym in acronyms(doc, spans):
            self.acronyms.append((index, acronym))
            spans = [each for each in spans if (each.start, each.end) != (acronym.short.start, acronym.short.end)]
            spans.append(acronym.short)
        self._spans += [(index, doc, each) for each in sorted(spans, key=lambda each: each.start)]

    def settle(self) -> None:
        """Give every name its referent, once all blocks are in."""
        self._seen_again()
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
        self._houses()
        self._surnames()
        self._short_forms()
        for mention in self.mentions:
            self._by_block.setdefault(mention.block, []).append(mention)

    def _seen_again(self) -> None:
        """Find the names of the text also where capitals or the model do not show them."""
        known = frozenset(
            " ".join(token.text for token in doc[each.start : each.end])
            for _, doc, each in self._spans
            if len(each.text) > _SHORT and each.text[:1].isupper()
        ) | frozenset(each.text.split()[-1] for _, _, each in self._spans if each.label == "PERSON")
        taken = {(index, place) for index, _, each in self._spans for place in range(each.start, each.end)}
        more = [
            (index, doc, span)
            for index, doc in self._docs
            for span in names.again(doc, known, lambda place, index=index: (index, place) in taken)
        ]
        self._spans = sorted([*self._spans, *more], key=lambda each: (each[0], each[2].start))

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
        soft = not _by_words(key) or types[:1] not in _SURE or lexicon.classes().get(key.split()[-1]) == "Unit"
        new = Referent(normal.provisional(self.document, span.text), span.text, types, soft=soft)
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
                if not _follows(mention, noun):
                    _note(mention.referent, noun)
        before = doc[mention.start - 1] if mention.start else None
        if _is_whereabouts(head):
            mention.referent.located = True
        if (
            before is not None
            and before.text[:1].isupper()
            and before.lower_.rstrip(".") in lexicon.words("names", "titles")
        ):
            mention.referent.posts.add(before.lower_)
        elif before is not None and before.pos_ == "NOUN" and before.head in (head, *doc[mention.start : mention.end]):
            _note(mention.referent, before)

    @property
    def house(self) -> Referent | None:
        """Who says "we" in the paper's own voice, as in a press release: the body named most, if the text opens with it."""
        counts = Counter(id(each.referent) for each in self.mentions)
        opening = [each.referent for each in self.mentions if each.block < _OPENING and is_body(each.referent)]
        sure = [who for who in opening if not who.soft]
        return max(sure or opening, key=lambda who: counts[id(who)], default=None)

    def _houses(self) -> None:
        """Learn whom people speak for: "Ann Lee, governor of the Bank of X", "Kite CEO Ann Lee", "Ann Lee of Kite"."""
        docs = dict(self._docs)
        before: NameMention | None = None
        for mention in self.mentions:
            who, doc = mention.referent, docs[mention.block]
            if (who.person or who.posts) and who.house is None:
                who.house = self._house(mention, doc, before)
            before = mention

    def _house(self, mention: NameMention, doc: Doc, before: NameMention | None) -> Referent | None:
        heads = lexicon.words("posts", "heads")
        if before and before.block == mention.block and 0 < mention.start - before.end <= _TITLE_LENGTH:
            between = [token.lower_ for token in doc[before.end : mention.start]]
            if any(word in heads for word in between) and all(
                word in heads or word in lexicon.words("names", "titles") or word in ("'s", "and", "-", ",")
                for word in between
            ):
                return before.referent if is_body(before.referent) else None
        head = self.head(mention, doc)
        posts = [noun for noun in tree.same(head) if noun.lemma_.lower() in heads]
        posts += [more for noun in posts for more in tree.children(noun, "conj")]
        for noun in (*posts, head):
            for child in noun.children:
                owner = self.at(child) if child.dep_ in ("poss", "compound", "nmod") and noun is not head else None
                if child.dep_ == "prep" and child.lower_ in ("of", "at", "for", "with", "from"):
                    owner = next((self.at(each) for each in tree.children(child, "pobj")), None)
                if owner and owner is not mention and is_body(owner.referent):
                    return owner.referent
        return None

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

    def _short_forms(self) -> None:
        """Join "RBF" and "the Reserve Bank" to "Reserve Bank of Fiji", and "Kite" to "Kite Payments SE"."""
        everyone = {id(each): each for each in self._named.values()}.values()
        full: dict[str, dict[int, Referent]] = {}
        for each in everyone:
            for short in _shorter(each.label) if not each.person else ():
                full.setdefault(short, {})[id(each)] = each
        joined: dict[int, Referent] = {}
        for key, referent in self._named.items():
            long = [each for each in full.get(key, {}).values() if each is not referent]
            if len(long) == 1 and not referent.known and not _KEPT & set(referent.types):
                if key == "".join(key.split()) and len(key) < _ACRONYM_LENGTH and not referent.label.isupper():
                    continue  # "Boa" is no "BoA"
                joined[id(referent)] = long[0]
        if joined:
            self._replace({old: joined.get(id(new), new) for old, new in joined.items()})

    def _replace(self, joined: dict[int, Referent]) -> None:
        self._named = {key: joined.get(id(each), each) for key, each in self._named.items()}
        for place, mention in enumerate(self.mentions):
            if id(mention.referent) in joined:
                moved = replace(mention, referent=joined[id(mention.referent)])
                self.mentions[place] = moved
                for index in range(moved.start, moved.end):
                    self._owner[moved.block, index] = moved


def is_body(who: Referent) -> bool:
    """Whether a name is one of an organisation, as far as one can tell."""
    return any(each in _BODIES for each in who.types) and not who.person


_BODIES = frozenset((*_NAMED_BY_KIND, "CentralBank", "Company", "Organization", "Unit", "MediaOutlet", "InternationalBody"))


def _shorter(name: str) -> Iterator[str]:
    """Normal forms of what a name may be cut to: its initials, what stands before "of", all but the legal form."""
    words = normal.name(name).split()
    big = [word for word in words if word not in lexicon.words("names", "joints")]
    if len(big) > 1 and len(words) > 2:
        yield "".join(word[0] for word in big)
        yield "".join(word[0] for word in words)
    if "of" in words[2:-1]:
        yield " ".join(words[: words.index("of")])
    if words[-1] in lexicon.words("names", "legal_forms"):
        rest = [word for word in words[1:] if word not in lexicon.words("names", "legal_forms")]
        if len(words) > 1 and all(word in lexicon.words("names", "trades") for word in rest):
            yield words[0]


_KEPT = frozenset(("DigitalCurrency", "CBDC", "Stablecoin", "Currency", "Country", "Product", "Platform", "Project"))
"""Classes of what is not its maker, although it may be called like it."""
_ACRONYM_LENGTH = 7


def _is_subject(doc: Doc, span: NameSpan) -> bool:
    return str(doc[span.start : span.end].root.dep_) in ("nsubj", "nsubjpass")


def _follows(mention: NameMention, noun: Token) -> bool:
    """Whether a post right behind a name is somebody else's: "Kite co-founder Ann Lee" is no founder called Kite."""
    between = noun.doc[mention.end : noun.i]
    return (
        noun.i >= mention.end
        and noun.lemma_.lower() in lexicon.words("posts", "heads")
        and not any(token.is_punct and token.text != "-" or tree.is_verbal(token) for token in between)
    )


def _is_whereabouts(head: Token) -> bool:
    if head.dep_ == "pobj" and head.head.lower_ in ("in", "near", "outside", "across", "around"):
        return True
    after = head.nbor(1).text if head.i + 1 < len(head.doc) else ""
    return after == "-" and head.i + 2 < len(head.doc) and head.nbor(2).lower_ in ("based", "headquartered", "registered")


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
    if referent.posts and not (
        (referent.label.isupper() and len(referent.label) < _ACRONYM_LENGTH)
        or any(word in lexicon.words("names", "organisation_words") for word in normal.words(referent.label))
    ):
        referent.types, referent.soft = ("Person",), False
    elif said:
        referent.types, referent.soft = tuple(dict.fromkeys(said)), False
    elif referent.types[:1] == ("City",) and not referent.located:
        referent.types = ()  # the model takes many an unknown product for a place


def _classes(label: str, key: str) -> tuple[str, ...]:
    if label == "CURRENCY":
        return ("CBDC", "DigitalCurrency")
    by_words = _by_words(key)
    if by_words:
        return by_words
    classes = lexicon.entity_labels().get(label, ())
    if label == "PERSON" and " " not in key:
        return ()  # the model calls firms and coins of one word persons
    return tuple(each for each in classes if each != "Country") if label == "GPE" else classes


def _by_words(key: str) -> tuple[str, ...]:
    """What the words of a name say: "Bank of Ghana" is a central bank, "Ghana" a country."""
    countries = lexicon.words("places", "countries")
    if key in countries:
        return ("Country", "Authority")
    words = key.split()
    classes = lexicon.classes()
    last = classes.get(words[-1]) or classes.get(normal.singular(words[-1]))
    last = classes.get(" ".join(words[-2:])) or last
    if words[0] == "project" and len(words) > 1:
        return ("Project",)
    if last == "Currency" and len(words) > 1 and words[0] not in countries:
        return ("Currency", "DigitalCurrency")  # "Sand Dollar" is no dollar like the others
    if key.endswith(("digital currency", "digital currencies")):
        return ("CBDC",)
    if last in ("Currency", "Stablecoin", "CBDC", "Cryptoasset"):
        return (last,)
    if last == "LegalInstrument" and len(words) > 1:
        return (last,)
    if is_central_bank(key):
        return ("CentralBank",)
    if len(words) > 1:
        named = next((classes[word] for word in reversed(words) if classes.get(word) in _NAMED_BY_KIND), None)
        first = classes.get(words[0]) if " of " in key or " for " in key else None
        if first in _NAMED_BY_KIND:
            return (first,)
        if last in _NAMED_BY_KIND or last == "Platform":
            return (last,)
        if any(word in lexicon.words("names", "organisation_words") for word in words):
            return ("Company",) if last == "Company" and "bank" in words else ("Organization",)
        if words[-1].isdigit() and named is None:
            number = next((classes[word] for word in words[::-1] if word in classes), None)
            return (number,) if number in ("LegalInstrument", "Phase", "Document", "Project") else ()
    return ()


_SURE = tuple(
    (each,) for each in (*_NAMED_BY_KIND, "CentralBank", "Company", "Organization", "Project", "CBDC", "Stablecoin")
)
"""Classes by which the words of a name leave no doubt."""


def is_central_bank(key: str) -> bool:
    """Whether a name in its normal form is one of a central bank: "bank of ghana", "ecb"."""
    if key in lexicon.words("names", "central_banks"):
        return True
    if any(sign in key for sign in ("reserve bank of", "central bank", "monetary authority", "federal reserve")):
        return True
    if key.startswith(("banco central", "banque centrale", "national bank of")) or key.endswith("national bank"):
        return True
    home = key.removeprefix("bank of ").removeprefix("the ")
    states = home in lexicon.words("places", "countries") or home == "england"
    return home != key and states and key not in lexicon.words("names", "no_central_banks")
