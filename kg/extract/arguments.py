"""From the head of a noun phrase to the things it stands for: names, groups, phrases, one or several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import apposition, hearsay, lexicon, lists, normal, nouns, phrases, roles, tree, typing
from kg.extract.cast import Cast
from kg.extract.reference import THEY, References, state_of
from kg.extract.referents import Referent, agrees
from kg.extract.segment import Block
from kg.model import Mention, Span
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED, _GUESSED, _PHRASE, _DESCRIBED, _PRONOUN = 1.0, 0.95, 0.85, 0.85, 0.75
"""How much of a pattern's trust is left for a name of the graph, of the text, a phrase, a description, a pronoun."""
_NAMED_AFTER_COMMA = ("DigitalCurrency", "CBDC", "Stablecoin", "Product", "Platform", "Project")
"""Kinds whose name follows behind a comma even where the kind is new: "a stablecoin, Lunacoin"."""
_DATES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY")
_LABELS = frozenset(("Role", "Post", "Kind"))
_WE = frozenset(("we", "our", "us", "ourselves"))
_I = frozenset(("i", "me", "my", "myself"))


@dataclass(frozen=True, slots=True)
class Argument:
    """One end of a relation: its mention and what is left of the trust in it."""

    mention: Mention
    trust: float


class Arguments:
    """Resolves the ends of relations within one document."""

    def __init__(
        self, document: str, cast: Cast, references: References, vocabulary: Vocabulary, blocks: list[Block]
    ) -> None:
        self._document = document
        self._cast = cast
        self._references = references
        self._vocabulary = vocabulary
        self._blocks = blocks

    def of(
        self,
        token: Token,
        allowed: tuple[str, ...],
        speaker: Referent | None = None,
        *,
        strict: bool = False,
        named: bool = False,
        within: Token | None = None,
    ) -> list[Argument]:
        """Everything that a noun phrase stands for and that may stand in the slot, in the order of the text.

        ``strict`` keeps out names that the language model takes for something else, ``named`` whatever has no name.
        What is said ``within`` the phrase ("X, who heads Y, and Z") is not said of what is joined to it later.
        """
        found: dict[str, Argument] = {}
        if "Kind" in allowed and _bracketed(token):
            return []  # "central bank digital currency (CBDC)": an acronym is no kind
        members = [token] if "Kind" in allowed else list(self._members(token))
        if within == token:
            members = [each for each in members if each is token or not _joined(each, token)]
        elif within is not None and token in within.ancestors:
            members = [each for each in members if each.i < within.i or each.i <= token.i] or members
        for head in members:
            if (
                head is token
                and len(members) > 1
                and self._cast.at(head) is None
                and not list(head.lefts)
                and (any(map(nouns.gives_examples, head.children)) and not nouns.is_group(head))
            ) or (head is token and any(each.dep_ == "appos" and nouns.opens_list(each) for each in head.children)):
                continue  # "currencies such as …": the examples say more than the bare word
            if named and self._referent(head, lambda who: self._class(who, allowed, strict) is not None)[0] is None:
                continue
            for argument in self._meant(head, allowed, speaker, strict):
                if argument.mention.id:
                    found.setdefault(argument.mention.id, argument)
        return list(found.values())

    def _meant(self, token: Token, allowed: tuple[str, ...], speaker: Referent | None, strict: bool) -> list[Argument]:
        """What one head stands for: for "they" everything that was joined by "and"."""
        target = None
        if token.lower_ in ("former", "latter"):
            target = self._references.one_of_two(token)
        elif token.tag_ in ("PRP", "PRP$", "DT") and not self._cast.at(token):
            target = self._references.antecedent(token, lambda each: self._fit(token, each, allowed))
        if target is None:
            found = self._one(token, allowed, speaker, strict)
            return [found] if found else []
        heads = list(self._members(target)) if token.lower_ in THEY else [target]
        arguments = [each for each in (self._one(head, allowed, speaker, strict) for head in heads) if each]
        here = self._offsets(token, token.i, token.i + 1)
        return [Argument(replace(each.mention, span=here), each.trust * _PRONOUN) for each in arguments]

    def _fit(self, token: Token, target: Referent | Token, allowed: tuple[str, ...]) -> float:
        """How well something would do for a pronoun in the slot."""
        if isinstance(target, Referent):
            found = self._named(token, target, allowed, 1.0)
        else:
            found = self._phrase(target, allowed, None)
            if found and found.mention.type in typing.LOOSE:
                return 0.5
        return found.trust if found else 0.0

    def is_name(self, token: Token) -> bool:
        """Whether a token stands for something that has a name."""
        return self.referent(token) is not None

    def name(self, token: Token) -> str | None:
        """The words of a name or phrase, for literals."""
        mention = self._cast.at(token)
        return mention.text if mention else phrases.label(token) or None

    def referent(self, token: Token) -> Referent | None:
        """The named thing that a token, pronoun or description stands for."""
        return self._referent(token, lambda who: True)[0]

    def span(self, token: Token) -> Span:
        """Where a phrase or name stands in the document."""
        mention = self._cast.at(token)
        if mention:
            return self._offsets(token, mention.start, mention.end)
        return self._offsets(token, *phrases.extent(token))

    def _members(self, token: Token) -> Iterator[Token]:
        """The head, what is joined to it by "and", and the examples given for it."""
        seen: list[Token] = []
        queue = self._spelled_out(token) or [token]
        while queue:
            head = queue.pop(0)
            if head in seen:
                continue
            seen.append(head)
            for child in head.children:
                if child.dep_ == "conj" and not phrases.in_fixed_pair(head, child) and not tree.is_verbal(child):
                    queue.append(child)
                elif child.dep_ == "conj" and roles.share_frame(head, child):
                    queue.append(child)  # "to collect data and publish them"
                elif nouns.gives_examples(child):
                    queue += lists.after(child, self._cast)
                elif child.dep_ == "appos" and nouns.opens_list(child):
                    queue.append(child)
            if head.dep_ == "dobj":
                # "released some uses beforehand, such as …": the parser hangs the examples on the verb
                for child in head.head.rights:
                    if child.i > head.i and nouns.gives_examples(child):
                        queue += lists.after(child, self._cast)
        for head in list(seen):
            seen += [each for each in lists.examples(head, self._cast) if each not in seen]
        seen += [each for each in lists.serial(token, self._cast) if each not in seen]
        yield from sorted(seen, key=lambda each: each.i)

    def _spelled_out(self, group: Token) -> list[Token]:
        """The names that spell out a group: "two engineers, Mere Tabua and Josh Lal"."""
        if group.tag_ != "NNS" or self._cast.at(group):
            return []
        found = [child for child in group.rights if child.dep_ == "appos" and self._cast.at(child)]
        return found if found and tree.children(found[0], "conj") and nouns.is_group(group) else []

    def _one(
        self, token: Token, allowed: tuple[str, ...], speaker: Referent | None, strict: bool = False
    ) -> Argument | None:
        if token.ent_type_ in _DATES and not self._cast.at(token) and token.pos_ in ("NUM", "PROPN", "NOUN"):
            entity = next((each for each in token.doc.ents if each.start <= token.i < each.end), None)
            if entity is not None and entity.end > token.i and entity.label_ in ("DATE", "TIME", "PERCENT", "MONEY"):
                return None
        if token.tag_ in ("PRP", "PRP$") and (token.lower_ in _WE or token.lower_ in _I):
            if speaker is None or (token.lower_ in _I and not speaker.person):
                return None
            # who says "we have built it" is not who built it; but one may speak of oneself in the plural where
            # the relation is an opinion, such as even a document can hold
            if token.lower_ in _WE and speaker.person and "Document" not in allowed:
                return self._named(token, speaker.house, allowed, _PRONOUN) if speaker.house else None
            return self._named(token, speaker, allowed, _PRONOUN)
        named = self._cast.at(token)
        if named is None and token.lower_ in lexicon.demonyms() and token.dep_ in ("amod", "compound", "nmod"):
            return self._state(token, allowed)
        who, trust = self._referent(token, lambda each: self._class(each, allowed, strict) is not None)
        if named is not None and "Kind" in allowed and not named.text.islower():
            return None  # the name of one thing is no kind of others
        if who is not None and named is None and _LABELS & set(allowed):
            who = None  # what somebody or something is called says no more than itself
        if who is not None and strict and not who.known and self._class(who, allowed, strict) is None:
            return None
        if who is not None and not (named and self._common(who, token)):
            found = self._named(token, who, allowed, trust)
            if found or named or token.pos_ in ("PRON", "DET"):
                return found
            who = None
        if token.pos_ in ("PRON", "DET") and token.lower_ not in lexicon.words("groups", "pronouns"):
            return None
        return self._phrase(token, allowed, who)

    def _referent(self, token: Token, accepts: object) -> tuple[Referent | None, float]:
        mention = self._cast.at(token)
        if mention:
            return mention.referent, _NAMED if mention.referent.known else _GUESSED
        if token.pos_ in ("PRON", "DET") or token.tag_ in ("PRP", "PRP$", "WDT"):
            return self._references.pronoun(token, accepts), _PRONOUN  # type: ignore[arg-type]
        for other in apposition.called(token):
            given = self._cast.at(other)
            if given:
                return given.referent, _DESCRIBED
        for other in apposition.same(token):
            # "the online payment wallet Tenpay", "the Libra stablecoin"
            beside = self._cast.at(other)
            if (
                beside
                and agrees(token, beside.referent)
                and other.dep_ in ("appos", "pobj", "dobj", "nsubj", "nsubjpass", "conj")
                and (
                    (
                        other.head == token
                        and (nouns.definite(token) or not nouns.comma_between(token, other))
                        and not nouns.clause_between(token, other)
                    )
                    or (other.head == token and nouns.head_class(token) in _NAMED_AFTER_COMMA)
                    or token.head == other
                    or token.dep_ == "appos"
                    or (token.dep_ == "attr" and token.head == other.head and not hearsay.negated(token.head))
                )
            ):
                return beside.referent, _DESCRIBED
        if token.pos_ == "NOUN" and token.i and token.lemma_.lower() in lexicon.classes():
            before = self._cast.at(token.nbor(-1))
            if before and before.end == token.i and nouns.is_kind_of(token, before.referent):
                return before.referent, _DESCRIBED
        described = self._references.description(token, accepts)  # type: ignore[arg-type]
        return described, _DESCRIBED

    def _common(self, who: Referent, token: Token) -> bool:
        """Whether a name is a common noun of the graph ("digital currency") within a longer phrase."""
        mention = self._cast.at(token)
        if mention is None or not who.known or not mention.text.islower():
            return False
        start, end = phrases.extent(token)
        return (start, end) != (mention.start, mention.end) and normal.name(token.doc[start:end].text) != normal.name(
            mention.text
        )

    def _class(self, who: Referent, allowed: tuple[str, ...], strict: bool = False) -> tuple[str, float] | None:
        if not who.soft or (strict and who.types):
            found = typing.strict(who.types, allowed, self._vocabulary)
            if found or who.known:
                return (found, 1.0) if found else None
            return typing.kindred(who.types, allowed, self._vocabulary, named=True)
        return typing.guessed(who.types, allowed, self._vocabulary)

    def _named(self, token: Token, who: Referent, allowed: tuple[str, ...], trust: float) -> Argument | None:
        for entity in who.entities:
            found = typing.strict(entity.types, allowed, self._vocabulary)
            if found:
                return Argument(Mention(entity.label, found, entity.id, span=self._where(token)), trust)
        if "Authority" in allowed and "Country" in who.types:
            return self._government(token, who.label, trust)
        state = lexicon.seats().get(who.label.lower()) if {"City", "Place"} & set(who.types) or not who.types else None
        if state and ("Agent" in allowed or "Authority" in allowed):
            return self._government(token, state, trust)  # "Beijing wants": who sits there
        if who.known:
            mention = self._cast.at(token)
            return self._phrase(token, allowed, None) if mention and mention.text.islower() else None
        fits = self._class(who, allowed)
        if fits is None:
            return None
        return Argument(Mention(who.label, fits[0], who.id, span=self._where(token)), trust * fits[1])

    def _state(self, adjective: Token, allowed: tuple[str, ...]) -> Argument | None:
        """The state of "the Moroccan central bank"; the graph's one of that name, else a provisional one."""
        if typing.strict(("Country",), allowed, self._vocabulary) is None:
            return None
        start, end = int(adjective.i), int(adjective.i) + 1
        if start and f"{adjective.nbor(-1).lower_} {adjective.lower_}" in lexicon.demonyms():
            start -= 1
        name = lexicon.demonyms()[adjective.doc[start:end].text.lower()]
        where = self._offsets(adjective, start, end)
        for entity in self._cast.gazetteer.named(name):
            found = typing.strict(entity.types, allowed, self._vocabulary)
            if found:
                return Argument(Mention(entity.label, found, entity.id, span=where), _DESCRIBED)
        identity = normal.provisional(self._document, name)
        return Argument(Mention(name, "Country", identity, span=where), _DESCRIBED)

    def _government(self, token: Token, country: str, trust: float) -> Argument:
        """What a state forbids its government forbids: the graph's government of it, else a provisional one."""
        words = set(normal.words(country))
        for entity in self._cast.gazetteer.entities:
            if "Government" in entity.types and words <= set(normal.words(entity.label)):
                return Argument(Mention(entity.label, "Government", entity.id, span=self._where(token)), trust)
        label = f"government of {country}"
        identity = normal.provisional(self._document, label)
        return Argument(Mention(label, "Government", identity, span=self._where(token)), trust)

    def _where(self, token: Token) -> Span:
        mention = self._cast.at(token)
        if mention:
            return self._offsets(token, mention.start, mention.end)
        if token.pos_ in ("PRON", "DET"):
            return self._offsets(token, token.i, token.i + 1)
        for other in apposition.same(token):
            beside = self._cast.at(other)
            if beside:
                return self._offsets(token, beside.start, beside.end)
        return self._offsets(token, *phrases.extent(token))

    def _phrase(self, token: Token, allowed: tuple[str, ...], known: Referent | None) -> Argument | None:
        start, end = phrases.extent(token)
        label = phrases.label(token)
        if "Status" in allowed:
            start, end = phrases.core(token)  # "design stage", "shut down"
            label = token.doc[start:end].text
        elif token.pos_ == "VERB" and end - start < 2 and not roles.is_deed(token):
            return None
        if not label or not any(letter.isalpha() for letter in label):
            return None
        acts = nouns.is_group(token)
        kind = "UnnamedGroup" if acts else None if tree.is_verbal(token) else nouns.head_class(token)
        state = state_of(token) if kind == "CentralBank" else None
        if state:
            label = f"central bank of {state.title()}"  # or all of them would be one "central bank"
        if kind == "Role" and not {"Role", "Post", "Thing"} & set(allowed):
            kind = "Person"  # "the finance minister" proposes as persons do
        if {"Role", "Post"} & set(allowed):
            # "engineers" are wanted, and "officer" is held: here such words name roles, not people
            acts, kind = False, "Role"
            start, end = phrases.core(token)
            while start < token.i and self._cast.at(token.doc[start]):
                start += 1  # "RBI deputy governor": the bank is no part of the post
            label = " ".join(token.doc[start:end].text.split())
            if token.pos_ == "VERB":
                label = token.lemma_.lower()  # "who heads the bank"
        fits = typing.phrase(kind, allowed, self._vocabulary, acts=acts)
        if fits is None and acts and "Authority" in allowed:
            kind = nouns.head_class(token)  # "regulators" may forbid what "firms" may not
            fits = typing.phrase(kind, allowed, self._vocabulary, acts=True)
        if fits is None and acts and "Organization" in allowed:
            return None
        if fits is None:
            return None
        found, price = fits
        if found not in typing.LOOSE and kind != found and kind is not None:
            found = kind
        entity = next(
            (
                each
                for each in self._cast.gazetteer.named(label)
                if typing.strict(each.types, allowed, self._vocabulary)
            ),
            None,
        )
        span = self._offsets(token, start, end)
        if entity:
            return Argument(Mention(entity.label, found, entity.id, span=span), _NAMED * price)
        return Argument(Mention(label, found, normal.provisional(self._document, label), span=span), _PHRASE * price)

    def _offsets(self, token: Token, start: int, end: int) -> Span:
        doc = token.doc
        base = self._blocks[doc.user_data["block"]].start
        last = doc[end - 1]
        return Span(base + doc[start].idx, base + last.idx + len(last))


def _bracketed(token: Token) -> bool:
    """Whether a word stands in brackets, or brackets stand behind it."""
    after = token.nbor(1).text if token.i + 1 < len(token.doc) else ""
    return after in ("(", ")")


def _joined(token: Token, first: Token) -> bool:
    """Whether a word hangs on another by nothing but "and"."""
    while token.dep_ == "conj" and token != first:
        token = token.head
    return token == first
