"""The build: seeds, reviews and documents in, a published folder of products out."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from kg import curation, review
from kg.build import folders
from kg.build.inputs import code_digest, folder_digest
from kg.build.queue import extract_all
from kg.check import Severity
from kg.dataset.derivation import Derivation, Strength
from kg.dataset.facts import derive
from kg.documents import read_all
from kg.errors import CheckError, StoreError
from kg.model import CandidateClaim, Document, Knowledge
from kg.resources import seeds_folder
from kg.review.log import read as read_reviews
from kg.store.write import can_be_opened
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary

DATASET, STORE, PAGE, QUEUE = "dataset.nq", "store", "index.html", "candidates.jsonl"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build gave: counts, warnings of its checks, faults in documents, and whether anything had changed."""

    output: str
    counts: dict[str, int]
    warnings: tuple[str, ...]
    faults: tuple[str, ...]
    unchanged: bool


def build(
    output: str = "build",
    *,
    seeds: str | None = None,
    documents: str | None = None,
    with_candidates: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Build everything and point ``output`` at it. ``tell`` hears what is being done.

    Raises:
        SeedError: a fault in the seeds, or evidence that does not fit its document.
        ReviewError: a fault in the review log.
        DocumentError: the documents folder does not exist.
        CheckError: the dataset breaks a rule; the last good build stays.
        StoreError: the output cannot be written.
    """
    seeds = seeds or seeds_folder()
    output = os.path.normpath(output)
    folders.current(output)
    state = folder_digest(seeds)
    vocabulary = load_vocabulary()
    tell(f"reading the seeds in {seeds}")
    curated = curation.load(seeds, vocabulary)
    reviews = read_reviews(os.path.join(seeds, "reviews.jsonl"))
    found, faults = read_all(documents, curated) if documents else ([], [])
    with folders.exclusive(output) as builds:
        digest = _digest(state, found, with_candidates)
        done = os.path.join(builds, digest, folders.COMPLETE)
        if os.path.exists(done):
            if _is_whole(os.path.join(builds, digest)):
                _publish(output, builds, digest)
                return _report(output, done, unchanged=True)
            tell("the last build is damaged, making it anew")
            folders.discard(builds, digest)
        queue, more = extract_all(found, curated, vocabulary, os.path.join(builds, ".extracted"), tell)
        faults += more
        knowledge, queue = _reviewed(curated, reviews, found, queue, vocabulary)
        knowledge = curation.quoted(knowledge, found)
        if folder_digest(seeds) != state:
            raise StoreError(f"{seeds}: the seeds changed while they were read; build again")
        _fill(builds, digest, knowledge, queue, vocabulary, with_candidates, faults, tell)
        _publish(output, builds, digest)
        return _report(output, done, unchanged=False)


def _fill(
    builds: str,
    digest: str,
    knowledge: Knowledge,
    queue: dict[str, CandidateClaim],
    vocabulary: Vocabulary,
    with_candidates: bool,
    faults: list[str],
    tell: Callable[[str], None],
) -> None:
    from kg.check import check
    from kg.dataset import candidates, quads
    from kg.store.write import load as load_store

    tell("deriving facts")
    derivation = derive(knowledge, vocabulary)
    whole = quads.dataset(knowledge, derivation)
    text = quads.nquads(whole)
    tell("checking")
    findings = check(knowledge, whole, text)
    violations = [each for each in findings if each.severity is Severity.VIOLATION]
    if violations:
        raise CheckError("\n".join(str(each) for each in violations))
    if with_candidates:
        text += candidates.candidate_quads(queue.values(), knowledge, vocabulary, whole.default_graph)
        text = "".join(sorted(text.splitlines(keepends=True)))
    with folders.filled(builds, digest) as new:
        tell("writing the dataset, the store and the page")
        path = os.path.join(new, DATASET)
        _write(path, text)
        load_store(path, os.path.join(new, STORE))
        lines = (json.dumps(each.to_json(), ensure_ascii=False) + "\n" for each in queue.values())
        _write(os.path.join(new, QUEUE), "".join(lines))
        write_page(knowledge, derivation, vocabulary, os.path.join(new, PAGE))
        counts = _counts(knowledge, derivation, queue)
        about = {
            "counts": counts,
            "sha256": {name: _sha256(os.path.join(new, name)) for name in (DATASET, PAGE, QUEUE)},
            "warnings": [str(each) for each in findings],
            "faults": faults,
        }
        _write(os.path.join(new, folders.COMPLETE), json.dumps(about, indent=1, ensure_ascii=False) + "\n")


def write_page(
    knowledge: Knowledge,
    derivation: Derivation,
    vocabulary: Vocabulary,
    path: str,
    focus: str | None = None,
    hops: int = 1,
) -> None:
    """Write the explorer for all or for the neighbourhood of an entity."""
    from viz import page, view

    page.write(view.view_of(knowledge, derivation, vocabulary, focus, hops), path)


def _reviewed(
    knowledge: Knowledge,
    reviews: tuple[review.Review, ...],
    documents: list[Document],
    queue: dict[str, CandidateClaim],
    vocabulary: Vocabulary,
) -> tuple[Knowledge, dict[str, CandidateClaim]]:
    """The knowledge with what was accepted, and what is left of the queue."""
    texts = {document.id: document.sha256 for document in documents}
    snapshots = {each.sha256 for source in knowledge.sources.values() for each in source.snapshots}
    standing, rest = review.standing(reviews, texts, queue, snapshots)
    return review.accepted(knowledge, standing, vocabulary), rest


def _counts(knowledge: Knowledge, derivation: Derivation, queue: dict[str, CandidateClaim]) -> dict[str, int]:
    strengths = Counter(link.strength for link in derivation.links.values())
    return {
        "sources": len(knowledge.sources),
        "entities": len(knowledge.entities),
        "claims": len(knowledge.claims),
        "facts": strengths[Strength.FACT],
        "reported": strengths[Strength.REPORTED],
        "conflicts": len(derivation.conflicts),
        "candidates": len(queue),
        "quotations": sum(any(e.quote for e in claim.evidence) for claim in knowledge.claims.values()),
    }


def _digest(seeds: str, documents: list[Document], with_candidates: bool) -> str:
    parts = [code_digest(with_extraction=bool(documents)), seeds, str(with_candidates)]
    parts += [f"{each.id} {each.sha256}" for each in documents]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _report(output: str, done: str, *, unchanged: bool) -> Report:
    with open(done, encoding="utf-8") as handle:
        about = json.load(handle)
    return Report(output, about["counts"], tuple(about["warnings"]), tuple(about["faults"]), unchanged)


def _is_whole(path: str) -> bool:
    """Whether every product of a build is there, as it was written; the store is only opened."""
    try:
        with open(os.path.join(path, folders.COMPLETE), encoding="utf-8") as handle:
            digests = json.load(handle)["sha256"]
        if any(_sha256(os.path.join(path, name)) != digests[name] for name in (DATASET, PAGE, QUEUE)):
            return False
        return can_be_opened(os.path.join(path, STORE))
    except (OSError, ValueError, KeyError):
        return False


def _sha256(path: str) -> str:
    with open(path, "rb") as handle:
        return hashlib.sha256(handle.read()).hexdigest()


def _publish(output: str, builds: str, digest: str) -> None:
    before = folders.current(output)
    folders.point(output, builds, digest)
    folders.prune(builds, {digest} | ({os.path.basename(before)} if before else set()))


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except OSError as wrong:
        raise StoreError(f"{path}: cannot be written: {wrong.strerror}") from None
