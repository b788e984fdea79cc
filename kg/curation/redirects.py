"""Read ``redirects.toml``: merged entities, ``old = "new"``. Ids of claims and reviews stay as first minted."""

from __future__ import annotations

import os
from collections.abc import Mapping

from kg.curation.fields import SeedFile, near
from kg.model import Entity


def read_redirects(path: str, faults: list[str]) -> tuple[dict[str, str], SeedFile | None]:
    """Old id → new id, and the file for messages; empty where there is no such file."""
    if not os.path.exists(path):
        return {}, None
    file = SeedFile.read(path, faults)
    if file is None:
        return {}, None
    fields = file.fields(file.table)
    return {old: fields.text(old) or old for old in file.table}, file


def check_redirects(
    redirects: Mapping[str, str], file: SeedFile | None, entities: Mapping[str, Entity], faults: list[str]
) -> None:
    """Collect redirects that lead nowhere, and entities that are still there although redirected."""
    if file is None:
        return
    for old, new in redirects.items():
        if new not in entities:
            hint = near(new, entities)
            faults.append(f"{file.origin(old)}: {old} is redirected to {new!r}, which is no entity{hint}")
        if old in entities:
            faults.append(
                f"{entities[old].origin}: {old!r} is redirected to {new!r} in redirects.toml;"
                " take out the entity or the redirect"
            )
