"""Seeds in a folder → :class:`~kg.model.Knowledge`."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from kg.curation.claims import read_claim
from kg.curation.entities import read_entities
from kg.curation.fields import SeedFile, raise_faults
from kg.curation.mappings import read_distinct
from kg.curation.redirects import check_redirects, read_redirects
from kg.curation.sources import read_source, source_files
from kg.curation.terms import Terms
from kg.errors import SeedError
from kg.model import Claim, Knowledge, Release, Source
from kg.resources import seeds_folder
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary


def load(folder: str | None = None, vocabulary: Vocabulary | None = None) -> Knowledge:
    """Everything curated in a folder of seeds, by default the project's own.

    Raises:
        SeedError: with every fault found, each with its file and line.
    """
    folder = folder or seeds_folder()
    if not os.path.isdir(folder):
        raise SeedError(f"{folder}: is not a folder of seeds (entities/, sources/, release.toml)")
    vocabulary = vocabulary or load_vocabulary()
    faults: list[str] = []
    release = _release(os.path.join(folder, "release.toml"), faults)
    redirects, redirect_file = read_redirects(os.path.join(folder, "redirects.toml"), faults)
    files = source_files(os.path.join(folder, "sources"), faults)
    ids = [id for id, _ in files]
    entities = read_entities(os.path.join(folder, "entities"), vocabulary, ids, faults)
    check_redirects(redirects, redirect_file, entities, faults)
    terms = Terms(vocabulary, entities, redirects)
    sources: dict[str, Source] = {}
    claims: dict[str, Claim] = {}
    for id, file in files:
        sources[id], tables = read_source(id, file, ids, entities, redirects, vocabulary)
        keys: dict[str, Claim] = {}
        for fields in tables:
            claim = read_claim(fields, sources[id], terms)
            if claim.id in claims:
                fields.fault(
                    f"says the same as the claim at {claims[claim.id].origin};"
                    " keep one and list both places as its evidence"
                )
            elif claim.key is not None and claim.key in keys:
                fields.fault(f"the key {claim.key!r} is taken by the claim at {keys[claim.key].origin}", "key")
            claims.setdefault(claim.id, claim)
            if claim.key is not None:
                keys.setdefault(claim.key, claim)
    distinct = read_distinct(os.path.join(folder, "mappings.sssom.tsv"), entities, faults)
    raise_faults(faults)
    return Knowledge(release, entities, sources, claims, redirects, distinct)


def _source_date() -> date | None:
    """The day of SOURCE_DATE_EPOCH, for builds that set their date from outside."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None


def _release(path: str, faults: list[str]) -> Release:
    file = SeedFile.read(path, faults)
    fields = (file or SeedFile(path, {}, {}, [])).fields(dict(file.table) if file else {})
    data_date = fields.day("data_date") or _source_date()
    if file is not None and data_date is None and not fields.has("data_date"):
        fields.fault("the release has no data_date; add data_date = 2026-01-31, the day the data is true for")
    release = Release(
        title=fields.required("title"),
        version=fields.required("version"),
        data_date=data_date or date.min,
        licence=fields.required("licence"),
        description=fields.text("description"),
    )
    fields.done()
    return release
