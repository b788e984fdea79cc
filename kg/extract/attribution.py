"""Who says it: the voice and the speaker of every word of a block.

Indirect speech follows the clause, direct speech the quotation marks, over as many sentences as they hold. An
apposition in indirect speech ("SFT, a subsidiary of the PBC, is hiring, she said") is the paper's own voice; inside
quotation marks everything is the speaker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import lexicon, normal, nouns, phrases, tree
from kg.extract.arguments import Arguments
from kg.extract.cast import Referent
from kg.model import Span, SpeakerMention, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORT = 4
"""Words up to which a quotation is a turn of phrase within the paper's sentence."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An act of saying: the verb (or "according"), and the head of who says it."""

    verb: Token
    who: Token


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


class Voices:
    """Attributes the words of a document, block by block."""

    def __init__(self, document: str, docs: list[Doc], arguments: Arguments) -> None:
        self._document = document
        self._docs = docs
        self._arguments = arguments
        self._quotations = [quotations(doc.text) for doc in docs]
        self._sayings = [self._sayings_of(index, doc) for index, doc in enumerate(docs)]

    def of(self, token: Token, *, descriptive: bool = False) -> Attribution:
        """Who says the claim whose anchor the token is. ``descriptive`` marks what is said in passing."""
        index = token.doc.user_data["block"]
        quotation = self._quotation(index, token)
        saying = self._governing(token, quotation)
        if quotation is None:
            if saying is None or descriptive or _described(token, saying.verb):
                return Attribution(verb=saying.verb if saying else None)
            return self._by(saying)
        if saying is None:
            saying = self._beside(index, quotation)
        if saying is None:
            return Attribution(Voice.UNNAMED)
        return self._by(saying)

    def is_saying(self, token: Token) -> bool:
        """Whether the token is an act of saying."""
        return any(each.verb == token for each in self._sayings[token.doc.user_data["block"]])

    def _quotation(self, index: int, token: Token) -> Quotation | None:
        return next((each for each in self._quotations[index] if each.start <= token.idx < each.end), None)

    def _sayings_of(self, index: int, doc: Doc) -> list[Saying]:
        found = []
        for token in doc:
            if self._quotation(index, token):
                continue
            if token.lower_ == "according" and token.dep_ in ("prep", "advmod", "ROOT", "advcl"):
                found += [Saying(token, who) for who in tree.fillers(token, "to")[:1]]
            elif _says(token):
                found += [Saying(token, who) for who in tree.surface_subjects(token)[:1] if _can_speak(who, token)]
        return found

    def _governing(self, token: Token, quotation: Quotation | None) -> Saying | None:
        """The nearest act of saying above the token; one within the same quotation does not count."""
        sayings: list[Saying] = self._sayings[token.doc.user_data["block"]]
        below = token
        for above in (token, *token.ancestors):
            for each in sayings:
                if each.verb == above and above is not token and _is_said(below, above):
                    return each
                if each.verb.lower_ == "according" and each.verb.head == above and each.verb is not token:
                    return each
                if each.verb.dep_ in ("advcl", "parataxis") and each.verb.head == above and _comment(each.verb):
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
        if index == 0 or doc.text[: quotation.start].strip():
            return None
        return self._carried(index, quotation)

    def _carried(self, index: int, quotation: Quotation) -> Saying | None:
        """A block that is one quotation goes on with the speaker of the block before, if that one ends in speech."""
        earlier = self._quotations[index - 1]
        text = self._docs[index - 1].text.rstrip()
        open_before = bool(earlier) and not earlier[-1].closed
        if (quotation.closed or open_before) and (open_before or text.endswith((":", '"')) or self._sayings[index - 1]):
            if self._sayings[index - 1]:
                return self._sayings[index - 1][-1]
            if open_before:
                return self._beside(index - 1, earlier[-1])
        return None

    def _by(self, saying: Saying) -> Attribution:
        token = saying.who
        who = self._arguments.referent(token)
        span = self._arguments.span(token)
        organisation = None if who else self._organisation(token)
        if who is not None and not nouns.is_group(token):
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


def _says(token: Token) -> bool:
    if not tree.is_verbal(token) or token.lemma_.lower() not in lexicon.words("speech", "verbs"):
        return False
    if token.dep_ in ("amod", "acl", "xcomp") and token.tag_ != "VBG":
        return False
    clause = [child for child in token.children if child.dep_ in ("ccomp", "parataxis")]
    if clause:
        return True
    if token.lemma_ in lexicon.words("speech", "needs_clause") or token.lemma_ in lexicon.words("speech", "by_things"):
        return False
    return token.lemma_ in ("say", "tell", "add", "write", "explain", "note", "warn", "comment", "remark") or any(
        child.text == '"' for child in token.children
    )


def _can_speak(who: Token, verb: Token) -> bool:
    """ "The move shows that …" is no voice, "the report shows that …" is."""
    lemma = verb.lemma_.lower()
    if who.lower_ in ("it", "this", "that", "which") and lemma in lexicon.words("speech", "by_things"):
        return False
    if lemma in lexicon.words("speech", "by_things") and who.pos_ == "NOUN":
        return (
            nouns.is_group(who)
            or who.lemma_.lower() in lexicon.words("speech", "papers")
            or who.lemma_.lower() in (lexicon.words("groups", "unnamed"))
        )
    return True


def _is_said(below: Token, verb: Token) -> bool:
    if below.dep_ in ("ccomp", "parataxis", "csubj"):
        return True
    return (
        below.dep_ in ("xcomp", "conj", "advcl", "dep")
        and any(child.text == '"' and child.i > below.left_edge.i for child in verb.children)
        and below.dep_ != "conj"
    )


def _comment(verb: Token) -> bool:
    """ "…, as the governor said" and "…, the governor said" beside a clause that does not depend on it."""
    return verb.dep_ == "parataxis" or any(
        (child.dep_ == "mark" and child.lower_ == "as") or (child.dep_ == "advmod" and child.lower_ == "as")
        for child in verb.children
    )


def _described(token: Token, verb: Token) -> bool:
    """Whether the token stands in an apposition, or in brackets, below the clause that is said."""
    for above in (token, *token.ancestors):
        if above == verb:
            return False
        if above.dep_ == "appos" or (above.dep_ in ("compound", "nmod") and above.head.pos_ == "PROPN"):
            return True
    return False


def _is_media(token: Token) -> bool:
    words = {token.lemma_.lower(), *(child.lemma_.lower() for child in tree.children(token, "compound", "amod"))}
    return bool(words & lexicon.words("groups", "media")) and not (words & lexicon.words("groups", "unnamed"))


def said_span(attribution: Attribution) -> Span | None:
    """Where the speaker is named."""
    return attribution.speaker.span if attribution.speaker else None
