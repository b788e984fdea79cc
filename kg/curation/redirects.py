"""Merged entities: read ``redirects.toml`` (``old = "new"``) and apply it. Ids of claims stay as first minted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from kg.curation.fields import SeedFile, near
from kg.model import Claim, Entity, Ref, Term


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


def redirected(claim: Claim, redirects: Mapping[str, str]) -> Claim:
    """The claim with merged entities replaced; its id stays the one first minted."""

    def now(term: Term) -> Term:
        return entity_now(term) if isinstance(term, Ref) else term

    def entity_now(ref: Ref) -> Ref:
        return Ref(ref.space, redirects.get(ref.id, ref.id)) if ref.space == "entity" else ref

    return replace(
        claim,
        subject=entity_now(claim.subject),
        object=now(claim.object),
        qualifiers=tuple((name, now(value)) for name, value in claim.qualifiers),
        speaker=claim.speaker and redirects.get(claim.speaker, claim.speaker),
        curator=claim.curator and redirects.get(claim.curator, claim.curator),
    )
