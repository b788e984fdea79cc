"""Extract from the documents of a gold file and score what was found, with all names known and blind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import curation, extract, vocabulary
from kg.errors import DocumentError
from kg.evaluation import blind, gold, predictions, scores, texts
from kg.evaluation.gold import GoldClaim
from kg.evaluation.scores import Scores
from kg.model import CandidateClaim, Document, Knowledge


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was taken out of the gazetteer for a document; ``source`` is none where the seeds do not know it."""

    source: str | None
    entities: int = 0
    names: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a gold file of claims."""

    path: str
    documents: Mapping[str, Document]
    known: Scores
    """With all names of the seeds."""
    blind: Scores | None
    """Without the names known from the evaluated document alone."""
    hidden: Mapping[str, Hidden]
    faults: tuple[str, ...] = ()
    """Documents that nothing could be extracted from; all their claims count as missed."""

    @property
    def hardest(self) -> Scores:
        """The blind scores where there are any."""
        return self.blind or self.known

    def to_json(self) -> dict[str, Any]:
        """All figures as one object."""
        data: dict[str, Any] = {"gold": self.path, "kind": "claims", "names known": self.known.to_json()}
        if self.blind:
            data["blind"] = self.blind.to_json()
            data["taken out"] = {
                doc: {"source": each.source, "entities": each.entities, "names": each.names}
                for doc, each in self.hidden.items()
            }
        return {**data, "faults": list(self.faults)}


def evaluate(
    path: str,
    *,
    documents: str | None = None,
    seeds: str | None = None,
    blinded: bool = False,
    started: Callable[[int], None] = lambda steps: None,
    step: Callable[[], None] = lambda: None,
) -> Evaluation:
    """Score the extractor on the documents of a gold file; each is extracted once, and blind once more.

    ``started`` is told the number of extractions to come, ``step`` is called after each.

    Raises:
        EvaluationError: the gold cannot be read, or a text is missing or is not the one that was annotated.
        DocumentError: the only document cannot be read or is not in English.
        SeedError, ExtractionError: the seeds or the extractor are faulty.
    """
    claims = gold.read(path)
    by_doc: dict[str, list[GoldClaim]] = {}
    for claim in claims:
        by_doc.setdefault(claim.doc, []).append(claim)
    files = texts.find(list(by_doc), documents, path)
    work = _Work(curation.load(seeds, vocabulary.load()))
    for doc, file in files.items():
        work.read(doc, file, by_doc[doc])
    started(len(work.documents) * (2 if blinded else 1))
    work.extract(step)
    if blinded:
        work.extract_blind(files, by_doc, step)
    if len(files) == 1 and work.faults:
        raise DocumentError(work.faults[0])
    return Evaluation(
        path=path,
        documents=work.documents,
        known=_scored(claims, work.known),
        blind=_scored(claims, work.unknown) if blinded else None,
        hidden=work.hidden,
        faults=tuple(work.faults),
    )


class _Work:
    """The documents of a gold file in work."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._gazetteer = extract.Gazetteer(knowledge.entities.values())
        self.documents: dict[str, Document] = {}
        self.known: dict[str, list[CandidateClaim]] = {}
        self.unknown: dict[str, list[CandidateClaim]] = {}
        self.hidden: dict[str, Hidden] = {}
        self.faults: list[str] = []

    def read(self, doc: str, file: str, claims: Sequence[GoldClaim]) -> None:
        """Read a document, so that a missing one is told before the long work begins."""
        try:
            self.documents[doc] = texts.read_checked(doc, file, claims, self._knowledge)
        except DocumentError as wrong:
            self.faults.append(str(wrong))

    def extract(self, step: Callable[[], None]) -> None:
        """Extract from every document with all names known."""
        every = extract.extract_each(self.documents.values(), self._gazetteer, vocabulary.load())
        for doc, given in zip(self.documents, every, strict=True):
            if given.error:
                self.faults.append(str(given.error))
            else:
                self.known[doc] = list(given.candidates)
            step()

    def extract_blind(
        self, files: Mapping[str, str], claims: Mapping[str, Sequence[GoldClaim]], step: Callable[[], None]
    ) -> None:
        """Extract from every document without the names known from it alone."""
        for doc in self.known:
            self.unknown[doc] = self._without_names(doc, files[doc], claims[doc])
            step()

    def _without_names(self, doc: str, file: str, claims: Sequence[GoldClaim]) -> list[CandidateClaim]:
        source = blind.source_of(self.documents[doc], doc, self._knowledge)
        if source is None:
            self.hidden[doc] = Hidden(None)
            return self.known[doc]
        rest = blind.without(self._knowledge, source)
        self.hidden[doc] = Hidden(source, rest.removed, rest.shortened)
        # what the seeds know of the source itself, its day for one, is not to be known either
        unknown = texts.read_checked(doc, file, claims, None)
        return list(extract.extract(unknown, extract.Gazetteer(rest.entities), vocabulary.load()))


def _scored(claims: Sequence[GoldClaim], found: Mapping[str, Sequence[CandidateClaim]]) -> Scores:
    def pairs() -> Iterator[tuple[str, CandidateClaim]]:
        for doc, candidates in found.items():
            for each in candidates:
                yield doc, each

    return scores.score(claims, list(predictions.numbered(pairs())))
