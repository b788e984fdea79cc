"""From the parsed blocks of a document to its candidate claims.

Names are gathered over all blocks, then every sentence is matched against the patterns. Every candidate has evidence:
the span from the first to the last word that it rests on. How documents come here, and how what one says twice
becomes one candidate, is told in :mod:`kg.extract.stream`.

The score is the pattern's trust times what is left of it for both ends (see :mod:`kg.extract.arguments` and
:mod:`kg.extract.typing`), and a tenth more doubt where the voice is not the paper's own and nobody is known to
speak. It orders a review queue; it is no probability.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import identity, lexicon, modality, openness, polarity
from kg.extract.arguments import Argument, Arguments
from kg.extract.attribution import Attribution, Voices
from kg.extract.cast import Carried, Cast
from kg.extract.classifier import finding
from kg.extract.gazetteer import Gazetteer
from kg.extract.lookalikes import lookalikes
from kg.extract.matching import Match, matches
from kg.extract.parts import Parsed, parse, sentence_of, text_of
from kg.extract.reference import References
from kg.extract.referents import Referent
from kg.extract.segment import blocks
from kg.extract.timing import Timing, argument, descriptive
from kg.extract.version import version
from kg.model import CandidateClaim, CandidateTime, Document, Mention, Modality, Polarity, Span, Voice
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_NOBODY = 0.9
_LONGEST = 600
"""Tokens. Nobody writes such a sentence; lists and tables without full stops come as one, and trees over them mean
nothing and take time by the square."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """A match with its ends resolved."""

    match: Match
    subject: Argument
    object: Argument


class Extraction:
    """A document in work, or a part of a large one: its parsed blocks, its names and its voices.

    ``part`` is the parsed part, by default the whole document; ``earlier`` holds the names of the parts before it.
    """

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        vocabulary: Vocabulary,
        part: Parsed | None = None,
        earlier: Carried | None = None,
    ) -> None:
        part = part or next(parse([list(blocks(document))]))
        self._document = document
        self._vocabulary = vocabulary
        self._blocks, self._docs = part.blocks, part.docs
        self._timing = Timing(document.published)
        self._cast = Cast(document.id, gazetteer.within(document.id), earlier)
        for index, (block, doc) in enumerate(zip(self._blocks, self._docs, strict=True)):
            self._cast.add(index, block, doc)
        self._cast.settle()
        references = References(self._cast, self._docs)
        self._arguments = Arguments(document.id, self._cast, references, vocabulary, self._blocks)
        self._voices = Voices(document.id, self._docs, self._arguments)

    def every(self) -> Iterator[CandidateClaim]:
        """Every candidate each time that it is found, before what is said twice is merged."""
        for doc in self._docs:
            for sentence in doc.sents:
                text = text_of(doc)[sentence.start_char : sentence.end_char]
                # a question claims nothing
                if len(sentence) <= _LONGEST and not text.rstrip().endswith("?"):
                    for match in self._matches(sentence):
                        yield from self._of(match)
        yield from self._acronyms()

    def carried(self) -> Carried:
        """What the next part of the document is told about names."""
        return self._cast.carried()

    def lookalikes(self) -> Iterator[str]:
        """Names that are almost the same, for the reviewer."""
        yield from lookalikes(self._cast)

    def _matches(self, sentence: SpacySpan) -> Iterator[Match]:
        """Where a sentence holds a relation. Every layer that finds such places is asked here and only here."""
        by_pattern = list(matches(sentence))
        yield from by_pattern
        yield from finding.found(sentence, by_pattern)

    def _of(self, match: Match) -> Iterator[CandidateClaim]:
        predicate = self._vocabulary.predicates.get(match.pattern.predicate)
        if predicate is None or openness.is_order(match.anchor):
            return
        pattern = match.pattern
        attribution = (
            Attribution() if pattern.own_voice else self._voices.of(match.anchor, descriptive=descriptive(match))
        )
        speaker = attribution.who
        if speaker is None and attribution.voice is Voice.OWN_VOICE:
            speaker = self._cast.house
        subjects = self._ends("S", match.subject, match, pattern.subjects or predicate.domains, speaker)
        if pattern.literal:
            subjects = [each for each in subjects if self._arguments.is_name(match.subject)]
        if pattern.deed and (not subjects or match.anchor.lemma_ in lexicon.words("acts", "against")):
            subjects = self._arguments.of(match.anchor, ("Action",), speaker) or subjects
        if not subjects:
            return
        objects: list[Argument] = []
        if match.object is not None and pattern.literal:
            objects = self._literal(match.object)
        elif match.object is not None:
            objects = self._ends("O", match.object, match, pattern.objects or predicate.ranges, speaker)
        if match.object is not None and not objects:
            return
        reading, denied = self._stance(match, attribution)
        when = self._timing.of(match, reading.modality is Modality.PLANNED)
        if match.object is None:
            objects = argument(when, self._blocks[match.anchor.doc.user_data["block"]].start)
        qualifiers = self._qualifiers(match, speaker)
        for subject in subjects:
            for object in objects:
                if subject.mention.id == object.mention.id or subject.mention.label == object.mention.label:
                    continue
                yield self._claim(
                    _Finding(match, subject, object),
                    attribution,
                    reading,
                    denied,
                    when.candidate() if when else None,
                    qualifiers,
                )

    def _ends(
        self, end: str, token: Token, match: Match, allowed: tuple[str, ...], speaker: Referent | None
    ) -> list[Argument]:
        strict, named = end in match.pattern.strict, end in match.pattern.named
        return self._arguments.of(token, allowed, speaker, strict=strict, named=named, within=match.anchor)

    def _stance(self, match: Match, attribution: Attribution) -> tuple[modality.Reading, Polarity]:
        """How firmly it is said, and whether it is denied."""
        pattern = match.pattern
        if descriptive(match):
            return modality.Reading(), pattern.polarity or Polarity.AFFIRMED
        ends = [each for each in (match.subject, match.object) if each is not None]
        reading = modality.read(match.anchor, ends, attribution.verb)
        if pattern.modality and reading.modality is Modality.ACTUAL:
            reading = replace(reading, modality=pattern.modality)
        denied = polarity.read(match.anchor, ends, attribution.verb)
        if pattern.polarity is Polarity.DENIED:
            denied = Polarity.AFFIRMED if denied is Polarity.DENIED else Polarity.DENIED
        return reading, denied

    def _claim(
        self,
        finding: _Finding,
        attribution: Attribution,
        reading: modality.Reading,
        denied: Polarity,
        when: CandidateTime | None,
        qualifiers: tuple[tuple[str, Mention | str], ...],
    ) -> CandidateClaim:
        subject, object = finding.subject.mention, finding.object.mention
        predicate = finding.match.pattern.predicate
        score = finding.match.pattern.trust * finding.subject.trust * finding.object.trust
        if attribution.voice is not Voice.OWN_VOICE and attribution.speaker is None:
            score *= _NOBODY
        claim = CandidateClaim(
            id="",
            subject=subject,
            predicate=predicate,
            object=object,
            voice=attribution.voice,
            document=self._document.id,
            sha256=self._document.sha256,
            evidence=self._evidence(finding),
            method=f"{finding.match.pattern.name}@{version()}",
            score=round(score, 3),
            speaker=attribution.speaker,
            modality=reading.modality,
            polarity=denied,
            hedge=reading.hedge,
            condition=reading.condition,
            qualifiers=qualifiers,
            time=when,
            said=self._timing.said(attribution),
        )
        return identity.identified(claim)

    def _evidence(self, finding: _Finding) -> Span:
        """From the first to the last word that the claim rests on, within the sentence of its anchor."""
        anchor = finding.match.anchor
        base = self._blocks[anchor.doc.user_data["block"]].start
        within = sentence_of(anchor)
        low, high = base + within.first, base + within.last
        spans = [(base + word.idx, base + word.idx + len(word)) for word in (anchor, *finding.match.words)]
        for mention in (finding.subject.mention, finding.object.mention):
            if mention.span and low <= mention.span.start and mention.span.end <= high:
                spans.append((mention.span.start, mention.span.end))
        return Span(min(start for start, _ in spans), max(end for _, end in spans))

    def _literal(self, token: Token) -> list[Argument]:
        text = self._arguments.name(token)
        if not text or text.islower():  # a name, not a description: "called it a failure"
            return []
        return [Argument(Mention(text, "langString", value=text, span=self._arguments.span(token)), 1.0)]

    def _qualifiers(self, match: Match, speaker: object) -> tuple[tuple[str, Mention | str], ...]:
        found: list[tuple[str, Mention | str]] = []
        allowed = self._vocabulary.predicates[match.pattern.predicate].qualifiers
        for name, token in match.qualifiers:
            if name not in allowed:
                continue
            ranges = self._vocabulary.qualifiers[name].ranges
            arguments = self._arguments.of(token, ranges or ("Thing",))
            if arguments:
                found.append((name, arguments[0].mention))
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def _acronyms(self) -> Iterator[CandidateClaim]:
        """A short form that the text puts in brackets behind a name is another name of it, in the paper's voice."""
        predicate = self._vocabulary.predicates.get("alternateName")
        for index, each in self._cast.acronyms if predicate else ():
            doc, base = self._docs[index], self._blocks[index].start
            token = doc[each.name.start : each.name.end].root
            subjects = self._arguments.of(token, predicate.domains if predicate else ())
            start, end = doc[each.short.start].idx, doc[each.short.end - 1].idx + len(doc[each.short.end - 1])
            short = Mention(each.short.text, "langString", value=each.short.text, span=Span(base + start, base + end))
            for subject in subjects[:1]:
                evidence = Span(base + doc[each.name.start].idx, base + end)
                claim = CandidateClaim(
                    id="",
                    subject=subject.mention,
                    predicate="alternateName",
                    object=short,
                    voice=Voice.OWN_VOICE,
                    document=self._document.id,
                    sha256=self._document.sha256,
                    evidence=evidence,
                    method=f"acronym-in-brackets@{version()}",
                    score=round(0.95 * subject.trust, 3),
                )
                yield identity.identified(claim)
