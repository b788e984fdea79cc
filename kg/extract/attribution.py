"""Who says it: the voice and the speaker of every word of a block.

Indirect speech follows the clause, direct speech the quotation marks, over as many sentences as they hold. An
apposition in indirect speech ("SFT, a subsidiary of the PBC, is hiring, she said") is the paper's own voice; inside
quotation marks everything is the speaker's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import hearsay, lexicon, normal, nouns, phrases, telling, tree
from kg.extract.arguments import Arguments
from kg.extract.parts import text_of
from kg.extract.referents import Referent
from kg.extract.scope import governors
from kg.model import SpeakerMention, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORT = 4
"""Words up to which a quotation is a turn of phrase within the paper's sentence."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An act of saying: the verb (or "according", or "rumours"), and the head of who says it, if anybody is told."""

    verb: Token
    who: Token | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a claim. ``verb`` bounds what governs the claim; ``who`` is the named speaker, if any."""

    voice: Voice = Voice.OWN_VOICE
    speaker: SpeakerMention | None = None
    verb: Token | None = None
    who: Referent | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Character range of a quotation in a block, marks included; ``closed`` unless its end is missing."""

    start: int
    end: int
    closed: bool


def quotations(text: str) -> list[Quotation]:
    """The quotations of a block; ``text`` has typewriter quotes (:func:`kg.extract.normal.for_parser`)."""
    found = []
    start = text.find('"')
    while start >= 0:
        end = text.find('"', start + 1)
        if end < 0:
            found.append(Quotation(start, len(text), False))
            break
        found.append(Quotation(start, end + 1, True))
        start = text.find('"', end + 1)
    return [each for each in found if _is_speech(text, each)]


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is more than a word of somebody's: it is long, or a sentence of its own."""
    if not quotation.closed or len(text[quotation.start : quotation.end].split()) > _SHORT:
        return True
    before = text[: quotation.start].rstrip()
    return text[quotation.start + 1].isupper() and (not before or before.endswith((".", "!", "?", ":", ",", '"')))


def _bounded(found: list[Quotation], doc: Doc, following: Doc | None) -> list[Quotation]:
    """End a quotation whose closing mark was forgotten with its sentence, unless the next block goes on with it."""
    if not found or found[-1].closed or not text_of(doc)[: found[-1].start].strip():
        return found
    if following is not None and text_of(following).lstrip().startswith('"'):
        return found
    start = found[-1].start
    end = next((sent.end_char for sent in doc.sents if sent.start_char <= start < sent.end_char), found[-1].end)
    return [*found[:-1], Quotation(start, end, False)]


class Voices:
    """Attributes the words of a document, block by block."""

    def __init__(self, document: str, docs: list[Doc], arguments: Arguments) -> None:
        self._document = document
        self._docs = docs
        self._arguments = arguments
        self._quotations = [
            _bounded(quotations(text_of(doc)), doc, docs[index + 1] if index + 1 < len(docs) else None)
            for index, doc in enumerate(docs)
        ]
        self._sayings = [self._sayings_of(index, doc) for index, doc in enumerate(docs)]

    def of(self, token: Token, *, descriptive: bool = False) -> Attribution:
        """Who says the claim whose anchor the token is. ``descriptive`` marks what is said in passing."""
        index = token.doc.user_data["block"]
        quotation = self._quotation(index, token)
        saying = self._governing(token, quotation)
        if quotation is None:
            if saying is None:
                return Attribution() if descriptive else self._adverb(token)
            if descriptive or _described(token, saying.verb):
                return Attribution(verb=saying.verb)
            return self._by(saying)
        if saying is None:
            saying = self._beside(index, quotation)
        if saying is None:
            return Attribution(Voice.UNNAMED)
        return self._by(saying)

    def _quotation(self, index: int, token: Token) -> Quotation | None:
        place = token.idx
        for each in self._quotations[index]:
            if each.start <= place < each.end:
                return each
        return None

    def _sayings_of(self, index: int, doc: Doc) -> list[Saying]:
        found = []
        told = lexicon.words("speech", "told")
        for token in doc:
            if not tree.is_verbal(token) and token.lower_ != "according" and token.lemma_.lower() not in told:
                continue  # what none of the cases below can take
            if self._quotation(index, token):
                continue
            if token.lower_ == "according" and token.dep_ in ("prep", "advmod", "ROOT", "advcl"):
                found += [Saying(token, who) for who in tree.fillers(token, "to")[:1]]
            elif hearsay.passes_on(token) or telling.as_told(token):
                found.append(Saying(token, hearsay.agent(token)))
            elif telling.says(token):
                found += [Saying(token, who) for who in telling.speakers(token) if telling.can_speak(who, token)]
        return found

    def _governing(self, token: Token, quotation: Quotation | None) -> Saying | None:
        """The nearest act of saying above the token; one within the same quotation does not count."""
        sayings: list[Saying] = self._sayings[token.doc.user_data["block"]]
        below = token
        for above in (token, *token.ancestors):
            if hearsay.report(below, above) and quotation is None:
                return Saying(above, None)
            if below.dep_ in ("ccomp", "acl") and quotation is None and tree.is_verbal(above):
                told = [each for each in tree.children(above, "nsubj") if hearsay.is_report(each)]
                if told and not any(each.verb == above for each in sayings) and hearsay.content(below):
                    return Saying(told[0], None)  # "rumours spread that …"
            for each in sayings:
                if each.verb == above and above is not token and telling.is_said(below, above):
                    return each
                within = (each.verb.head, tree.clause(each.verb.head))
                if each.verb.lower_ == "according" and above in within and each.verb not in (token, below):
                    return each
                if each.verb.head == above and telling.comments(each.verb) and token.i < each.verb.i:
                    return each
                if each.verb.dep_ in ("advcl", "parataxis") and each.verb.head == above and telling.comments(each.verb):
                    return each
            below = above
        return None

    def _beside(self, index: int, quotation: Quotation) -> Saying | None:
        """Who is named beside a quotation: in its own sentences, in the block, or before it."""
        doc = self._docs[index]
        inside = [sent for sent in doc.sents if sent.start_char < quotation.end and quotation.start < sent.end_char]
        sayings = self._sayings[index]
        for each in sayings:
            if any(sent.start <= each.verb.i < sent.end for sent in inside):
                return each
        after = [each for each in sayings if each.verb.idx >= quotation.end]
        before = [each for each in sayings if each.verb.idx < quotation.start]
        if before:
            return before[-1]
        if after:
            return after[0]
        if index == 0 or text_of(doc)[: quotation.start].strip():
            return None
        return self._carried(index, quotation)

    def _carried(self, index: int, quotation: Quotation) -> Saying | None:
        """A block that is one quotation goes on with the speaker of the block before, if that one ends in speech."""
        earlier = self._quotations[index - 1]
        before = text_of(self._docs[index - 1]).rstrip()
        open_before = bool(earlier) and not earlier[-1].closed
        goes_on = open_before or before.endswith((":", '"')) or self._sayings[index - 1]
        if (quotation.closed or open_before) and goes_on:
            if self._sayings[index - 1]:
                return self._sayings[index - 1][-1]
            if open_before:
                return self._beside(index - 1, earlier[-1])
        return None

    def _adverb(self, token: Token) -> Attribution:
        """ "reportedly" says that it is not the paper which knows."""
        for step in governors(token, None):
            cue = hearsay.adverb(step.token)
            if cue is not None:
                return Attribution(Voice.RELAYED if hearsay.is_relayed(cue) else Voice.UNNAMED)
        return Attribution()

    def _report(self, noun: Token) -> Attribution:
        """Whose a report is: who denies or confirms it, who owns it, or hearsay.

        What is simply false, or true, is so in the voice of the sentence.
        """
        verdict = hearsay.verdict(noun)
        if verdict is not None and verdict.verb is None:
            outer = self._governing(noun, None)
            return replace(self._by(outer), verb=noun) if outer else Attribution(verb=noun)
        who = verdict.who if verdict else telling.owner(noun)
        if who is not None:
            return replace(self._by(Saying(verdict.verb if verdict and verdict.verb else noun, who)), verb=noun)
        return Attribution(_hearsay(noun) if verdict is None else Voice.UNNAMED, None, noun)

    def _by(self, saying: Saying) -> Attribution:
        token = saying.who
        if token is None:
            if hearsay.is_report(saying.verb):
                return self._report(saying.verb)
            return Attribution(_hearsay(saying.verb), None, saying.verb)
        # the official of "…, an official who asked for no name told X" is no apposition, whatever the parser says
        mistaken = token.dep_ in ("appos", "conj") and token.pos_ == "NOUN" and telling.lost_subject(saying.verb)
        who = None if mistaken else self._arguments.referent(token)
        span = self._arguments.span(token)
        organisation = None if who else self._organisation(token)
        if who is not None and (who.person or not nouns.is_group(token)):
            mention = SpeakerMention(who.label, Voice.NAMED, who.id, span)
            return Attribution(Voice.NAMED, mention, saying.verb, who)
        if organisation is not None:
            mention = SpeakerMention(organisation.label, Voice.NAMED, organisation.id, span)
            return Attribution(Voice.NAMED, mention, saying.verb, organisation)
        if token.pos_ == "PRON" and token.lower_ not in lexicon.words("groups", "pronouns"):
            return Attribution(Voice.UNNAMED, None, saying.verb)
        label = phrases.label(token) or token.text
        voice = Voice.RELAYED if _is_media(token) else Voice.UNNAMED
        identity = normal.provisional(self._document, label)
        return Attribution(voice, SpeakerMention(label, voice, identity, span), saying.verb)

    def _organisation(self, token: Token) -> Referent | None:
        """The organisation behind "a Riksbank report said" and "the bank's statement said"."""
        if token.tag_ == "NNS" or token.lemma_.lower() not in lexicon.words("speech", "papers"):
            return None
        for child in (
            *tree.children(token, "compound", "poss", "nmod"),
            *tree.fillers(token, "by"),
            *tree.fillers(token, "from"),
        ):
            found = self._arguments.referent(child)
            if found is not None:
                return found
        return None


def _hearsay(cue: Token) -> Voice:
    return Voice.RELAYED if hearsay.is_relayed(cue) else Voice.UNNAMED


def _described(token: Token, verb: Token) -> bool:
    """Whether the token stands in an apposition, or in brackets, below the clause that is said."""
    for above in (token, *token.ancestors):
        if above == verb:
            return False
        if above.dep_ == "appos" or (above.dep_ in ("compound", "nmod") and above.head.pos_ == "PROPN"):
            return True
    return False


def _is_media(token: Token) -> bool:
    words = {
        token.lower_,
        token.lemma_.lower(),
        *(child.lemma_.lower() for child in tree.children(token, "compound", "amod")),
    }
    return bool(words & lexicon.words("groups", "media")) and not (words & lexicon.words("groups", "unnamed"))
