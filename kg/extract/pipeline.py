"""From a document to its candidate claims.

Blocks are parsed one by one, names are gathered over the whole document, then every sentence is matched against the
patterns. What a document says twice becomes one candidate with all its places. Every candidate has evidence: the
span from the first to the last word that it rests on.

The score is the pattern's trust times what is left of it for both ends (see :mod:`kg.extract.arguments` and
:mod:`kg.extract.typing`), and a tenth more doubt where the voice is not the paper's own and nobody is known to
speak. It orders a review queue; it is no probability.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.extract import identity, modality, model, normal, patterns, polarity
from kg.extract.arguments import Argument, Arguments
from kg.extract.attribution import Attribution, Voices
from kg.extract.cast import Cast
from kg.extract.gazetteer import Gazetteer
from kg.extract.matching import Match, matches
from kg.extract.merging import merged
from kg.extract.reference import References
from kg.extract.segment import Block, blocks
from kg.extract.timing import Timing, argument, descriptive
from kg.extract.version import version
from kg.model import CandidateClaim, CandidateTime, Document, Mention, Modality, Polarity, Span, Voice
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOBODY = 0.9


def extract(document: Document, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Iterator[CandidateClaim]:
    """The candidate claims of a document, in the order of the text.

    Raises:
        ExtractionError: the language model or a data file of the extractor is missing or broken.
        DocumentError: the document is not in English.
    """
    if document.language != "en":
        raise DocumentError(
            f"{document.path}: the text is in another language than English ({document.language}); "
            "nothing is extracted from it"
        )
    patterns.load()
    yield from Extraction(document, gazetteer, vocabulary).candidates()


@dataclass(frozen=True, slots=True)
class _Finding:
    """A match with its ends resolved."""

    match: Match
    subject: Argument
    object: Argument


class Extraction:
    """One document in work: its parsed blocks, its names and its voices."""

    def __init__(self, document: Document, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._blocks: list[Block] = []
        self._docs: list[Doc] = []
        self._timing = Timing(document.published)
        self._cast = Cast(document.id, _for(document, gazetteer))
        nlp = model.load()
        found = list(blocks(document))
        for index, (block, doc) in enumerate(
            zip(found, nlp.pipe(normal.for_parser(each.text) for each in found), strict=True)
        ):
            doc.user_data["block"] = index
            self._blocks.append(block)
            self._docs.append(doc)
            self._cast.add(index, block, doc)
        self._cast.settle()
        references = References(self._cast, self._docs)
        self._arguments = Arguments(document.id, self._cast, references, vocabulary, self._blocks)
        self._voices = Voices(document.id, self._docs, self._arguments)

    def candidates(self) -> Iterator[CandidateClaim]:
        """Every candidate once, the best reading first and the other places with it."""
        yield from merged(self.every())

    def every(self) -> Iterator[CandidateClaim]:
        """Every candidate each time that a pattern finds it, before what is said twice is merged."""
        for doc in self._docs:
            for sentence in doc.sents:
                if sentence.text.rstrip().endswith("?"):
                    continue  # a question claims nothing
                for match in matches(sentence):
                    yield from self._of(match)
        yield from self._acronyms()

    def _of(self, match: Match) -> Iterator[CandidateClaim]:
        predicate = self._vocabulary.predicates.get(match.pattern.predicate)
        if predicate is None:
            return
        pattern = match.pattern
        attribution = (
            Attribution() if pattern.own_voice else self._voices.of(match.anchor, descriptive=descriptive(match))
        )
        speaker = attribution.who
        subjects = self._arguments.of(match.subject, pattern.subjects or predicate.domains, speaker)
        if pattern.literal:
            subjects = [each for each in subjects if self._arguments.is_name(match.subject)]
        if not subjects:
            return
        reading, denied = self._stance(match, attribution)
        when = self._timing.of(match, reading.modality is Modality.PLANNED)
        if match.object is None:
            objects = argument(when, self._blocks[match.anchor.doc.user_data["block"]].start)
            when = None
        elif match.pattern.literal:
            objects = self._literal(match.object)
        else:
            objects = self._arguments.of(match.object, pattern.objects or predicate.ranges, speaker)
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
        low, high = base + anchor.sent.start_char, base + anchor.sent.end_char
        spans = [(base + word.idx, base + word.idx + len(word)) for word in (anchor, *finding.match.words)]
        for mention in (finding.subject.mention, finding.object.mention):
            if mention.span and low <= mention.span.start and mention.span.end <= high:
                spans.append((mention.span.start, mention.span.end))
        return Span(min(start for start, _ in spans), max(end for _, end in spans))

    def _literal(self, token: Token) -> list[Argument]:
        text = self._arguments.name(token)
        if not text:
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


def _for(document: Document, gazetteer: Gazetteer) -> Gazetteer:
    """The names that may stand in this document: not the vague groups of another one."""
    foreign = [each for each in gazetteer.entities if each.document not in (None, document.id)]
    return Gazetteer(each for each in gazetteer.entities if each not in foreign) if foreign else gazetteer
