"""What a document says twice becomes one candidate with all its places, however far apart they are.

The candidates of a large document are kept in a file meanwhile, so that memory does not grow with them.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from kg.errors import ExtractionError
from kg.extract import identity
from kg.model import CandidateClaim, Mention


def merged(found: Iterable[CandidateClaim]) -> list[CandidateClaim]:
    """Every candidate once, in the order of the text, the best reading first and the other places with it.

    What is said once with its date or its qualifiers and once without them is said once, unless two others say it
    more fully, each in its own way: chief of one house and chief of another stay two.
    """
    groups: dict[str, list[CandidateClaim]] = {}
    for candidate in found:
        groups.setdefault(identity.core(candidate), []).append(candidate)
    whole = [each for group in groups.values() for each in _one_by_id(group)]
    return sorted(whole, key=_place)


def merged_on_disk(found: Iterable[CandidateClaim]) -> Iterator[CandidateClaim]:
    """The same as :func:`merged` for more candidates than memory should hold, over a temporary file.

    Raises:
        ExtractionError: the folder for temporary files is full or not writable.
    """
    try:
        # A folder, since SQLite may put files of its own beside the first.
        with (
            tempfile.TemporaryDirectory(prefix="cbdc-kg-") as folder,
            closing(sqlite3.connect(os.path.join(folder, "candidates"), isolation_level=None)) as base,
        ):
            yield from _sorted_out(base, found)
    except (OSError, sqlite3.Error) as wrong:
        raise ExtractionError(
            f"{tempfile.gettempdir()}: the candidates of a large document cannot be kept there: {wrong}; "
            "make room, or set TMPDIR to another folder"
        ) from None


def _sorted_out(base: sqlite3.Connection, found: Iterable[CandidateClaim]) -> Iterator[CandidateClaim]:
    for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
        base.execute(f"PRAGMA {setting}")
    base.execute("CREATE TABLE found (core TEXT, number INTEGER PRIMARY KEY, candidate BLOB)")
    base.execute("CREATE TABLE merged (start INTEGER, stop INTEGER, id TEXT, candidate BLOB)")
    base.execute("BEGIN")
    for candidate in found:
        row = (identity.core(candidate), pickle.dumps(candidate))
        base.execute("INSERT INTO found (core, candidate) VALUES (?, ?)", row)
    rows = base.execute("SELECT core, candidate FROM found ORDER BY core, number")
    for _, group in groupby(rows, key=itemgetter(0)):
        for each in _one_by_id(pickle.loads(blob) for _, blob in group):
            base.execute("INSERT INTO merged VALUES (?, ?, ?, ?)", (*_place(each), pickle.dumps(each)))
    for (blob,) in base.execute("SELECT candidate FROM merged ORDER BY start, stop, id"):
        yield pickle.loads(blob)


def _place(candidate: CandidateClaim) -> tuple[int, int, str]:
    return candidate.evidence.start, candidate.evidence.end, candidate.id


def _one_by_id(alike: Iterable[CandidateClaim]) -> list[CandidateClaim]:
    """Candidates with one core, in the order of finding, those with one id merged and the less full ones folded in."""
    group: dict[str, CandidateClaim] = {}
    for candidate in alike:
        known = group.get(candidate.id)
        group[candidate.id] = _merge(known, candidate) if known else candidate
    return _folded(group)


def _folded(group: dict[str, CandidateClaim]) -> list[CandidateClaim]:
    for candidate in list(group.values()):
        fuller = [each for each in group.values() if each.id != candidate.id and _fuller(each, candidate)]
        if len(fuller) == 1:
            del group[candidate.id]
            group[fuller[0].id] = _merge(fuller[0], candidate)
    return list(group.values())


def _fuller(one: CandidateClaim, other: CandidateClaim) -> bool:
    return other.time in (None, one.time) and (not other.qualifiers or _said(other) == _said(one))


def _said(candidate: CandidateClaim) -> list[object]:
    return [
        (name, identity.end(value) if isinstance(value, Mention) else value) for name, value in candidate.qualifiers
    ]


def _merge(known: CandidateClaim, again: CandidateClaim) -> CandidateClaim:
    """Both places, the better reading, and the id, the time and the qualifiers of the first, which says more."""
    best, other = (again, known) if again.score > known.score else (known, again)
    places = {*known.also, *again.also, known.evidence, again.evidence} - {best.evidence}
    return replace(
        best,
        id=known.id,
        time=known.time,
        qualifiers=known.qualifiers,
        said=best.said or other.said,
        also=tuple(sorted(places, key=lambda span: (span.start, span.end))),
    )
