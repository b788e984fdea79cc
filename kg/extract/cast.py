"""Everybody who appears in a document: one referent for all the names of one thing.

Names are gathered in a first pass over all blocks, since a text may say "the central bank" or a surname before
the full name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import acronyms, apposition, lexicon, names, naming, normal, tree
from kg.extract.acronyms import Acronym
from kg.extract.gazetteer import Gazetteer
from kg.extract.referents import BODIES, NameMention, Referent, agrees, as_body, conclude, is_body, is_place, note
from kg.extract.segment import Block
from kg.extract.spans import NameSpan
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CARRIED = 5_000
"""Names that one part of a large document hands to the next: more than a book has, and a few megabytes."""
_OPENING = 3
"""Blocks of a text that name who says "we"."""
_TITLE_LENGTH = 5
"""Tokens between an organisation and the name of somebody who holds a post there."""
_SHORT = 2
"""Characters of a name that may be too many other things to be looked for everywhere."""
_KEPT = frozenset(
    ("DigitalCurrency", "CBDC", "Stablecoin", "Currency", "Country", "City", "Place", "Product", "Platform", "Project")
)
"""Classes of what is not the firm that is called after it."""


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
        self._counts: Counter[int] | None = None
        self._graph: dict[tuple[Entity, ...], Referent] = dict(earlier.graph) if earlier else {}
        self._short: dict[str, Referent] = dict(earlier.short) if earlier else {}
        self._by_block: dict[int, list[NameMention]] = {}

    def add(self, index: int, block: Block, doc: Doc) -> None:
        """Gather the names of a block."""
        self._docs.append((index, doc))
        spans = names.find(doc, block.text, self.gazetteer)
        for acronym in acronyms.find(doc, spans):
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
            conclude(referent)
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
        taken: dict[int, set[int]] = {}
        for index, _, each in self._spans:
            taken.setdefault(index, set()).update(range(each.start, each.end))
        more = [
            (index, doc, span) for index, doc in self._docs for span in names.again(doc, known, taken.get(index, set()))
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
            found.types = naming.classes(span.label, key)
        return found

    def _find(self, span: NameSpan, key: str) -> Referent:
        if span.entities:
            first = span.entities[0]
            one = Referent(first.id, first.label, first.types, span.entities, soft=False)
            return self._graph.setdefault(span.entities, one)
        short = " ".join(word for word in key.split() if word not in lexicon.words("names", "legal_forms"))
        known = self.gazetteer.named(short) if short != key and short else ()
        if known and BODIES & set(known[0].types):
            whole = Referent(known[0].id, known[0].label, known[0].types, known, soft=False)
            return self._graph.setdefault(known, whole)
        types = naming.classes(span.label, key) if span.label else naming.by_words(key)
        soft = types[:1] not in naming.SURE or not naming.by_words(key) or naming.ends_in(key) == "Unit"
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
        for noun in (
            *apposition.same(head),
            *(more for each in apposition.same(head) for more in tree.children(each, "conj")),
        ):
            own = self.at(noun) is mention or _follows(mention, noun)
            if not own and noun.pos_ in ("NOUN", "PROPN") and agrees(noun, mention.referent):
                note(mention.referent, noun)
        mention.referent.placed |= is_place(head, mention)
        before = doc[mention.start - 1] if mention.start else None
        if (
            before is not None
            and before.text[:1].isupper()
            and before.lower_.rstrip(".") in lexicon.words("names", "titles")
        ):
            mention.referent.posts.add(before.lower_)
        elif (
            before is not None
            and before.pos_ == "NOUN"
            and (before.head in (head, *doc[mention.start : mention.end]) or head.head == before)
        ):
            note(mention.referent, before)

    @property
    def house(self) -> Referent | None:
        """Who says "we" in the paper's own voice, as in a press release: the body named most of those it opens with."""
        opening = [each.referent for each in self.mentions if each.block < _OPENING and is_body(each.referent)]
        sure = [who for who in opening if not who.soft]
        return max(sure or opening, key=self.times, default=None)

    def times(self, who: Referent) -> int:
        """How often the text names it."""
        if self._counts is None:
            self._counts = Counter(id(each.referent) for each in self.mentions)
        return self._counts[id(who)]

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
                return as_body(before.referent)
        head = self.head(mention, doc)
        posts = [noun for noun in apposition.same(head) if noun.lemma_.lower() in heads]
        posts += [more for noun in posts for more in tree.children(noun, "conj")]
        for noun in (*posts, head):
            for child in noun.children:
                owner = self.at(child) if child.dep_ in ("poss", "compound", "nmod") and noun is not head else None
                if child.dep_ == "prep" and child.lower_ in ("of", "at", "for", "with", "from"):
                    owner = next((self.at(each) for each in tree.children(child, "pobj")), None)
                if owner and owner is not mention and as_body(owner.referent):
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
        acronyms: dict[str, dict[int, Referent]] = {}
        for each in everyone:
            if each.person:
                continue
            for short in naming.shorter(each.label):
                full.setdefault(short, {})[id(each)] = each
            for short in naming.initials(each.label):
                acronyms.setdefault(short, {})[id(each)] = each
        joined: dict[int, Referent] = {}
        for key, referent in self._named.items():
            table = acronyms if sum(map(str.isupper, referent.label)) > 1 and " " not in key else full
            long = [each for each in table.get(key, {}).values() if each is not referent]
            own = normal.name(referent.label) == key and not referent.known and not referent.placed
            if len(long) == 1 and own and not _KEPT & set(referent.types):
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


def _is_subject(doc: Doc, span: NameSpan) -> bool:
    return str(doc[span.start : span.end].root.dep_) in ("nsubj", "nsubjpass")


def _follows(mention: NameMention, noun: Token) -> bool:
    """Whether a post right behind a name is somebody else's: "Kite co-founder Ann Lee" is no founder called Kite."""
    between = noun.doc[mention.end : noun.i]
    return (
        noun.i >= mention.end
        and noun.lemma_.lower() in lexicon.words("posts", "heads")
        and not any((token.is_punct and token.text != "-") or tree.is_verbal(token) for token in between)
    )
