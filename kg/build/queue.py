"""Extract candidates from documents into the queue; an unchanged document is not extracted again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable

from kg.errors import DocumentError
from kg.model import CandidateClaim, Document, Knowledge
from kg.review.log import candidates as read_candidates
from kg.vocabulary import Vocabulary


def extract_all(
    documents: Iterable[Document],
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    cache: str,
    tell: Callable[[str], None],
) -> tuple[dict[str, CandidateClaim], list[str]]:
    """Candidates of all documents by id, and a message for each document that cannot be extracted from.

    ``cache`` is a folder; a file there holds one document's candidates.

    Raises:
        ExtractionError: the language model is missing.
    """
    documents = list(documents)
    if not documents:
        return {}, []
    from kg import extract

    os.makedirs(cache, exist_ok=True)
    gazetteer = extract.Gazetteer(knowledge.entities.values())
    state = hashlib.sha256(f"{extract.version()} {_names(knowledge)}".encode()).hexdigest()
    used = set()
    found: dict[str, CandidateClaim] = {}
    faults: list[str] = []
    for document in documents:
        key = hashlib.sha256(f"{state} {document.sha256} {document.id}".encode()).hexdigest()[:32]
        path = os.path.join(cache, f"{key}.jsonl")
        used.add(f"{key}.jsonl")
        if not os.path.exists(path):
            tell(f"extracting {document.id}")
            lines = (each.to_json() for each in extract.extract(document, gazetteer, vocabulary))
            try:
                write_whole(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
            except DocumentError as wrong:
                faults.append(str(wrong))
                continue
        found.update(read_candidates(path))
    for name in os.listdir(cache):
        if name not in used:
            os.unlink(os.path.join(cache, name))
    return found, faults


def write_whole(path: str, text: str) -> None:
    """Write a file beside its place and rename it there."""
    new = f"{path}.new-{os.getpid()}"
    with open(new, "w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(new, path)


def _names(knowledge: Knowledge) -> str:
    """Digest of all that the gazetteer knows."""
    rows = sorted(repr((each.id, each.types, each.names, each.document)) for each in knowledge.entities.values())
    dates = sorted(repr((each.id, each.published.text, each.snapshots)) for each in knowledge.sources.values())
    return hashlib.sha256("\n".join([*rows, *dates]).encode()).hexdigest()
