"""KnowledgeNet: from its passages to examples for training, and from the classifier to its facts.

Nine properties are learnt; six of them have a predicate in the ontology (``kg/extract/classifier/relations.toml``),
three are known here only (``knowledgenet.toml`` beside this module).
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.errors import ExtractionError, UsageError
from kg.evaluation import passages as gold
from kg.evaluation.passages import Passage
from kg.extract import data, model, normal

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.classifier.mentions import Mention
    from kg.extract.classifier.scoring import Scorer
    from kg.extract.classifier.train import Example
    from kg.extract.classifier.weights import Weights

LICENCE = "KnowledgeNet, CC BY-SA 4.0"
"""Name and licence of the data, as its notice asks to keep them with what is made of it."""


@lru_cache(maxsize=1)
def properties() -> tuple[str, ...]:
    """The properties that are learnt, those of the ontology first."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "knowledgenet.toml")
    try:
        with open(path, "rb") as handle:
            own = tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise ExtractionError(f"{path}: cannot be read: {wrong}; install cbdc-kg again") from None
    return (*data.read_toml("classifier/relations.toml"), *own)


def read(path: str) -> Iterator[Passage]:
    """The passages of a file of JSON Lines.

    Raises:
        EvaluationError: with file and line.
    """
    yield from gold.read(path)


def train(passages: Iterable[Passage], source: str = "") -> Weights:
    """Weights learnt from passages. ``source`` names the file for the metadata of the weights.

    Raises:
        ExtractionError: scikit-learn is missing, or there are too few examples of a property.
    """
    every = list(passages)
    return _trained(list(zip(every, _parsed(every), strict=True)), source)


def predict(passages: Iterable[Passage], weights: Weights | None = None) -> Iterator[dict[str, Any]]:
    """The facts found in each passage, as records that ../shared/benchmarks/score_relations.py reads."""
    from kg.extract.classifier.scoring import Scorer
    from kg.extract.classifier.weights import load

    scorer = Scorer(weights or load())
    every = list(passages)
    for passage, doc in zip(every, _parsed(every), strict=True):
        yield _record(passage, doc, scorer)


def cross_validated(passages: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    """The same records, each fold predicted by weights learnt from the other folds.

    Raises:
        UsageError: the passages have fewer than two folds.
    """
    from kg.extract.classifier.scoring import Scorer

    every = list(passages)
    folds = sorted({each.fold for each in every if each.fold is not None})
    if len(folds) < 2:
        raise UsageError("leaving one fold out needs passages of at least two folds")
    parsed = list(zip(every, _parsed(every), strict=True))
    for fold in folds:
        scorer = Scorer(_trained([each for each in parsed if each[0].fold != fold], ""))
        yield from (_record(passage, doc, scorer) for passage, doc in parsed if passage.fold == fold)


def _parsed(passages: list[Passage]) -> Iterator[Doc]:
    yield from model.load().pipe(normal.for_parser(each.text) for each in passages)


def _trained(parsed: list[tuple[Passage, Doc]], source: str) -> Weights:
    from kg.extract.classifier.train import train as learn

    folds = sorted({each.fold for each, _ in parsed if each.fold is not None})
    about = {
        "data": LICENCE,
        "source": source,
        "folds": folds,
        "passages": len(parsed),
        "facts": sum(len(each.facts) for each, _ in parsed),
        "digest": _digest(each for each, _ in parsed),
        "language model": model.identity(),
    }
    return learn([_example(passage, doc) for passage, doc in parsed], properties(), about)


def _digest(passages: Iterable[Passage]) -> str:
    whole = hashlib.sha256()
    for each in passages:
        whole.update(f"{each.doc} {each.start} {each.end} {each.text}\n".encode())
    return whole.hexdigest()


def _example(passage: Passage, doc: Doc) -> Example:
    from kg.extract.classifier.train import Ends, Example

    facts: Mapping[str, list[Ends]] = defaultdict(list)
    for each in passage.facts:
        ends = ((each.subject.start, each.subject.end), (each.object.start, each.object.end))
        subject, object = ((start - passage.start, end - passage.start) for start, end in ends)
        facts[each.relation].append((subject, object))
    return Example(
        doc=doc,
        annotated=frozenset(passage.annotated),
        facts={name: tuple(found) for name, found in facts.items() if name in properties()},
        group=passage.doc,
    )


def _record(passage: Passage, doc: Doc, scorer: Scorer) -> dict[str, Any]:
    return {
        "doc": passage.doc,
        "passage_start": passage.start,
        "passage_end": passage.end,
        "facts": [
            {
                "property": each.relation,
                "subject": _end(passage, doc, each.subject),
                "object": _end(passage, doc, each.object),
                "score": round(each.probability, 3),
            }
            for each in scorer.scored(doc)
        ],
    }


def _end(passage: Passage, doc: Doc, mention: Mention) -> dict[str, Any]:
    last = doc[mention.end - 1]
    start, end = doc[mention.start].idx, last.idx + len(last)
    return {"start": passage.start + start, "end": passage.start + end, "text": passage.text[start:end]}
