"""Check a folder of seeds or a dataset file from beginning to end."""

from __future__ import annotations

import os
import re

import pyoxigraph as ox
from rdflib.exceptions import ParserError

from kg import curation, review
from kg.check import check
from kg.check.finding import Finding, Severity
from kg.check.rules import findings as rule_findings
from kg.check.shapes import findings as shape_findings
from kg.dataset.facts import derive
from kg.dataset.quads import dataset, nquads, parse
from kg.documents import read_all
from kg.errors import ReviewError, SeedError, UsageError
from kg.model import Origin
from kg.resources import seeds_folder
from kg.review import log as review_log
from kg.vocabulary import load as load_vocabulary

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<message>.*)", re.DOTALL)


def check_path(path: str | None = None, documents: str | None = None) -> list[Finding]:
    """Findings of a folder of seeds (by default the project's own) or of an N-Quads file, violations first.

    Raises:
        UsageError: the path is neither.
        DocumentError: the folder of documents does not exist.
    """
    if path is None or os.path.isdir(path):
        return check_seeds(path, documents)
    if path.endswith(".nq"):
        return check_dataset(path)
    raise UsageError(f"{path}: is neither a folder of seeds nor an N-Quads file (.nq)")


def check_seeds(folder: str | None, documents: str | None = None) -> list[Finding]:
    """Findings of a folder of seeds; faults of its files are findings, not errors."""
    vocabulary = load_vocabulary()
    try:
        knowledge = curation.load(folder, vocabulary)
        log = os.path.join(folder or seeds_folder(), "reviews.jsonl")
        knowledge = review.accepted(knowledge, review.latest(review_log.read(log)).values(), vocabulary)
        found, faults = read_all(documents, knowledge) if documents is not None else ([], [])
        knowledge = curation.quoted(knowledge, found)
    except (SeedError, ReviewError) as wrong:
        return [_finding(fault) for fault in str(wrong).split("\n")]
    whole = dataset(knowledge, derive(knowledge, vocabulary))
    unread = [Finding(Severity.VIOLATION, "document", fault) for fault in faults]
    return unread + check(knowledge, whole, nquads(whole))


def check_dataset(path: str) -> list[Finding]:
    """Findings of a dataset; without seeds the places are nodes, not lines.

    Raises:
        UsageError: the file cannot be read or is not N-Quads.
    """
    try:
        with open(path, encoding="utf-8") as handle:
            text = handle.read()
        for _ in ox.parse(text, format=ox.RdfFormat.N_QUADS):
            pass  # rdflib says neither the line nor what is wrong with it
        whole = parse(text)
        found = [*shape_findings(whole, {}), *rule_findings(text, {})]
    except OSError as wrong:
        raise UsageError(f"{path}: cannot be read: {wrong.strerror}") from None
    except SyntaxError as wrong:
        raise UsageError(f"{path}:{wrong.lineno or 1}: is not N-Quads: {wrong.msg}") from None
    except (UnicodeDecodeError, ValueError, ParserError) as wrong:
        raise UsageError(f"{path}: is not N-Quads: {wrong}") from None
    return sorted(found, key=lambda each: each.order)


def _finding(fault: str) -> Finding:
    place = _PLACE.fullmatch(fault)
    if place is None:
        return Finding(Severity.VIOLATION, "seeds", fault)
    return Finding(Severity.VIOLATION, "seeds", place["message"], origin=Origin(place["file"], int(place["line"])))
