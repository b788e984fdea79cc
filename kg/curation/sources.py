"""Read ``sources/<id>.toml``: a source's metadata and its claims."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping

from kg.curation.entities import WEB_ADDRESS
from kg.curation.fields import Fields, SeedFile, near, toml_files
from kg.model import PartialDate, Snapshot, Source
from kg.vocabulary import Vocabulary

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_URN = re.compile(r"(urn|doi):[^\s<>\"]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_DATE = PartialDate("0001")


def source_files(folder: str, faults: list[str]) -> list[tuple[str, SeedFile]]:
    """Every source file by the source's id, which is the file's name."""
    found = []
    for path in toml_files(folder):
        id = os.path.basename(path).removesuffix(".toml")
        if not _ID.fullmatch(id):
            faults.append(f"{path}: {id!r} is not an id; use small letters, digits and hyphens")
        file = SeedFile.read(path, faults)
        if file is not None:
            found.append((id, file))
    return found


def read_source(
    id: str,
    file: SeedFile,
    sources: Collection[str],
    entities: Collection[str],
    redirects: Mapping[str, str],
    vocabulary: Vocabulary,
) -> tuple[Source, list[Fields]]:
    """A source, and its claims' tables still to be read."""
    fields = file.fields(dict(file.table))
    kind = fields.required("type")
    if kind and "Document" not in vocabulary.ancestors(kind):
        fields.fault(f"type = {kind!r} is not a class of documents{near(kind, vocabulary.classes)}", "type")
    publisher = fields.text("publisher")
    if publisher is not None:
        publisher = redirects.get(publisher, publisher)
    if publisher is not None and publisher not in entities:
        fields.fault(f"publisher {publisher!r} is not an entity{near(publisher, entities)}", "publisher")
    address = fields.required("address")
    if address and not (WEB_ADDRESS.fullmatch(address) or _URN.fullmatch(address)):
        fields.fault(f"address must be a web address, a urn: or a doi:, not {address!r}", "address")
    relays = fields.text("relays")
    if relays is not None and relays not in sources:
        fields.fault(f"relays {relays!r}, which is no source{near(relays, sources)}", "relays")
    reliability = fields.number("reliability")
    if reliability is None or not 1 <= reliability <= 8:
        fields.fault("reliability must be a class from 1 (law text) to 8 (unsourced page)", "reliability")
    published = fields.partial_date("published")
    if published is None and not fields.has("published"):
        fields.fault("the source has no publication date; add published = 2019-08-28")
    source = Source(
        id=id,
        title=fields.required("title"),
        type=kind,
        address=address,
        publisher=publisher,
        published=published or _NO_DATE,
        reliability=reliability or 8,
        authors=fields.texts("authors"),
        language=fields.text("language") or "en",
        retrieved=fields.day("retrieved"),
        archived=fields.flag("archived"),
        quotable=fields.flag("quotable"),
        relays=relays,
        snapshots=tuple(_snapshot(each) for each in fields.tables("snapshot")),
        note=fields.text("note"),
        origin=file.origin("title"),
    )
    labels = [each.label for each in source.snapshots]
    for label in {each for each in labels if labels.count(each) > 1}:
        fields.fault(f"two snapshots are called {label!r}", "snapshot")
    claims = fields.tables("claim")
    fields.done()
    return source, claims


def _snapshot(fields: Fields) -> Snapshot:
    sha256 = fields.text("sha256")
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        fields.fault("sha256 must be 64 hex digits in small letters (run: sha256sum FILE)", "sha256")
    label = fields.required("label")
    if label and not _ID.fullmatch(label):
        fields.fault(f"label {label!r} must be small letters, digits and hyphens", "label")
    snapshot = Snapshot(
        label=label,
        sha256=sha256,
        file=fields.text("file"),
        title=fields.text("title"),
        published=fields.partial_date("published"),
        note=fields.text("note"),
    )
    fields.done()
    return snapshot
