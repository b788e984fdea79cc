"""The texts that a gold file is about."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.documents import SUFFIXES, read
from kg.errors import EvaluationError
from kg.evaluation.gold import GoldClaim, stem_of
from kg.model import Document, Knowledge, PartialDate


def find(docs: Sequence[str], folder: str | None, gold: str) -> dict[str, str]:
    """Document → its file: of that name, with any suffix that documents have, in the folder or right below it.

    ``folder`` is by default that of the gold file. Of several files the one in the folder itself comes first, then one
    in the subfolder that bears the gold file's name; among suffixes the order is that of ``SUFFIXES``, text first.

    Raises:
        EvaluationError: names every document without a text, or with texts in several subfolders.
    """
    place = folder if folder is not None else os.path.dirname(gold) or os.curdir
    if not os.path.isdir(place):
        raise EvaluationError(f"{place}: is not a folder of documents; name it with --documents")
    found: dict[str, str] = {}
    faults: list[str] = []
    for files in _layers(place, stem_of(gold)):
        if len(found) == len(docs):
            break
        for doc in docs:
            if doc in found or doc not in files:
                continue
            by_folder = {os.path.dirname(path): path for path in reversed(files[doc])}
            if len(by_folder) > 1:
                faults.append(f"{doc}: there are several texts: {', '.join(sorted(by_folder.values()))}")
            found[doc] = min(by_folder.values())
    missing = [doc for doc in docs if doc not in found]
    if missing:
        shown = ", ".join(missing[:10]) + (f" and {len(missing) - 10} more" if len(missing) > 10 else "")
        faults.append(
            f"{gold}: no text for {shown}; expected is a file of that name ({', '.join(SUFFIXES)}) in {place} or in a"
            " folder there; name the folder with --documents"
        )
    if faults:
        raise EvaluationError("\n".join(faults))
    return found


def read_checked(doc: str, path: str, claims: Sequence[GoldClaim], knowledge: Knowledge | None) -> Document:
    """A document, dated by itself, by its source, or by the gold's ``published``.

    Raises:
        DocumentError: it cannot be read.
        EvaluationError: it is shorter than the annotation, so it is not the text that was annotated.
    """
    days = [claim.published for claim in claims if claim.published]
    document = read(path, knowledge, id=doc, published=PartialDate(days[0]) if days else None)
    beyond = max(claims, key=lambda claim: claim.last)
    if beyond.last > len(document.text):
        raise EvaluationError(
            f"{path}: this is not the text that was annotated: it has {len(document.text)} characters, and the gold"
            f" claim {beyond.id} stands up to {beyond.last}"
        )
    return document


def _layers(place: str, named: str) -> Iterator[dict[str, list[str]]]:
    """Files by document: of the folder, of its subfolder of the gold's name, of all its subfolders."""
    yield _files([place])
    with os.scandir(place) as entries:
        below = sorted(each.path for each in entries if each.is_dir())
    yield _files([each for each in below if os.path.basename(each) == named])
    yield _files(below)


def _files(folders: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue  # what is in it is missed, if it is needed
        for name in names:
            stem, suffix = os.path.splitext(name)
            if suffix.lower() in SUFFIXES:
                found[stem].append((SUFFIXES.index(suffix.lower()), os.path.join(folder, name)))
    return {stem: [path for _, path in sorted(files)] for stem, files in found.items()}
