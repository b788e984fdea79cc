"""Read ``mappings.sssom.tsv``: decisions on identity, in the Simple Standard for Sharing Ontological Mappings."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection

from kg.curation.fields import near, not_utf8

_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


def read_distinct(path: str, entities: Collection[str], faults: list[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of entities that must never be merged, in the order of the file. Faults are collected with their line."""
    if not os.path.exists(path):
        return ()
    try:
        with open(path, "rb") as handle:
            data = handle.read()
    except OSError as wrong:
        faults.append(f"{path}: cannot be read: {wrong.strerror}")
        return ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        faults.append(f"{path}:{not_utf8(data, wrong)}")
        return ()
    numbered = enumerate(text.splitlines(), 1)
    lines = [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        faults.append(f"{path}:{lines[0][0] if lines else 1}: the columns {', '.join(missing)} are missing")
        return ()
    pairs = []
    for (number, _), row in zip(lines[1:], rows, strict=True):
        ends = [str(row[name] or "").removeprefix("entity:") for name in ("subject_id", "object_id")]
        for id in ends:
            if id not in entities:
                faults.append(f"{path}:{number}: {id!r} is not an entity{near(id, entities)}")
        if not row["mapping_justification"]:
            faults.append(f"{path}:{number}: the mapping has no justification")
        if row["predicate_id"] == "owl:sameAs" and row.get("predicate_modifier") == "Not":
            pairs.append((ends[0], ends[1]))
        else:
            faults.append(
                f"{path}:{number}: only owl:sameAs with the modifier Not is read here;"
                " entities that are one are merged in redirects.toml"
            )
    return tuple(pairs)
