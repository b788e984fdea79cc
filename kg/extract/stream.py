"""Documents to candidates, in memory bounded by a part of a document (:mod:`kg.extract.parts`) and not by their number.

Short documents are parsed together, since the model is faster with much at once; what it says of one does not depend
on what is parsed beside it. A large document is worked on part by part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.documents import language
from kg.errors import DocumentError
from kg.extract import patterns
from kg.extract.gazetteer import Gazetteer
from kg.extract.merging import merged, merged_on_disk
from kg.extract.parts import MOST, Parsed, parse, parts
from kg.extract.pipeline import Extraction
from kg.extract.segment import Block, blocks
from kg.model import CandidateClaim, Document
from kg.vocabulary import Vocabulary

_TOGETHER = 64
"""Documents that are parsed together at most; more makes nothing faster."""
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Extracted:
    """What one document gave. ``candidates`` can be gone through once, and ``notices`` are whole after that.

    ``error`` is set where nothing can be extracted.
    """

    document: Document
    candidates: Iterator[CandidateClaim] = field(default_factory=lambda: iter(()))
    notices: list[str] = field(default_factory=list)
    error: DocumentError | None = None


@dataclass(slots=True)
class _Work:
    """A document whose first part, or all of it, is ready to be parsed."""

    given: Extracted
    part: list[Block]
    rest: Iterator[list[Block]]
    skipped: Counter[str]
    """Paragraphs in other languages, by language."""


def extract(document: Document, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Iterator[CandidateClaim]:
    """The candidate claims of a document, each once, in the order of the text.

    Raises:
        ExtractionError: the language model or a data file of the extractor is missing or broken.
        DocumentError: the document is not in English.
    """
    for given in extract_each([document], gazetteer, vocabulary):
        if given.error:
            raise given.error
        yield from given.candidates


def extract_each(
    documents: Iterable[Document], gazetteer: Gazetteer, vocabulary: Vocabulary, most: int = MOST
) -> Iterator[Extracted]:
    """What each document gives, in their order. Go through the candidates of one before asking for the next.

    ``most`` is the number of characters that are held parsed at a time.

    Raises:
        ExtractionError: the language model or a data file of the extractor is missing or broken.
    """
    patterns.load()
    ready: list[_Work] = []
    for document in documents:
        work = _begun(document, most)
        length = sum(len(block.text) for each in (*ready, work) for block in each.part)
        if ready and (length > most or len(ready) == _TOGETHER):
            yield from _done(ready, gazetteer, vocabulary)
            ready = []
        ready.append(work)
    yield from _done(ready, gazetteer, vocabulary)


def _begun(document: Document, most: int) -> _Work:
    given = Extracted(document)
    skipped: Counter[str] = Counter()
    if document.language != "en":
        given.error = DocumentError(
            f"{document.path}: the text is in another language than English ({document.language}); "
            "nothing is extracted from it"
        )
    elif _HALF.search(document.text):
        given.error = DocumentError(f"{document.path}: the text holds halves of characters (surrogates)")
    if given.error:
        return _Work(given, [], iter(()), skipped)
    rest = parts(_english(blocks(document), skipped), most)
    return _Work(given, next(rest), rest, skipped)


def _english(found: Iterable[Block], skipped: Counter[str]) -> Iterator[Block]:
    for block in found:
        other = language.foreign(block.text)
        if other is None:
            yield block
        else:
            skipped[other] += 1


def _noticed(work: _Work) -> None:
    if work.given.document.published is None:
        work.given.notices.append('no publication date is known, so "yesterday" and the like stay unresolved')
    if work.skipped:
        total, names = sum(work.skipped.values()), ", ".join(sorted(work.skipped))
        what = "1 paragraph that is" if total == 1 else f"{total} paragraphs that are"
        work.given.notices.append(f"passed over {what} not in English ({names})")


def _done(ready: list[_Work], gazetteer: Gazetteer, vocabulary: Vocabulary) -> Iterator[Extracted]:
    for work, first in zip(ready, parse([each.part for each in ready]), strict=True):
        if work.given.error is None:
            work.given.candidates = _candidates(work, first, gazetteer, vocabulary)
        yield work.given


def _candidates(work: _Work, first: Parsed, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Iterator[CandidateClaim]:
    document = work.given.document
    extraction = Extraction(document, gazetteer, vocabulary, first)
    second = next(work.rest, None)
    if second is None:
        yield from merged(extraction.every())
        work.given.notices += extraction.lookalikes()
        _noticed(work)
        return

    def every() -> Iterator[CandidateClaim]:
        nonlocal extraction, second
        while True:
            yield from extraction.every()
            work.given.notices += extraction.lookalikes()
            if second is None:
                return
            carried = extraction.carried()
            extraction = Extraction(document, gazetteer, vocabulary, next(parse([second])), carried)
            second = next(work.rest, None)

    yield from merged_on_disk(every())
    _noticed(work)
