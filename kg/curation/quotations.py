"""Check evidence against the documents a reader has, and take the quotations from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.curation.fields import raise_faults
from kg.model import Claim, Document, Evidence, Knowledge, span_digest


def quoted(knowledge: Knowledge, documents: Iterable[Document]) -> Knowledge:
    """The same knowledge with quotations, wherever a claim's document is at hand.

    Raises:
        SeedError: a span lies outside its document, or its digest is not that of the text there.
    """
    texts = {document.sha256: document for document in documents}
    faults: list[str] = []
    claims: dict[str, Claim] = {}
    for id, claim in knowledge.claims.items():
        claims[id] = replace(claim, evidence=tuple(_quoted(claim, each, texts, faults) for each in claim.evidence))
    raise_faults(faults)
    return replace(knowledge, claims=claims)


def _quoted(claim: Claim, evidence: Evidence, texts: dict[str, Document], faults: list[str]) -> Evidence:
    document = texts.get(evidence.snapshot or "")
    if document is None or evidence.start is None or evidence.end is None:
        return evidence
    where = claim.origin or f"claim {claim.id}"
    if evidence.end > len(document.text):
        faults.append(
            f"{where}: evidence {evidence.start}–{evidence.end} lies outside {document.path},"
            f" which has {len(document.text)} characters"
        )
        return evidence
    span = document.text[evidence.start : evidence.end]
    if evidence.digest is not None and evidence.digest != span_digest(span):
        faults.append(
            f"{where}: evidence {evidence.start}–{evidence.end} has the digest {evidence.digest}, but the text"
            f" there in {document.path} has {span_digest(span)}; correct the offsets, or the digest if they are right"
        )
    return replace(evidence, digest=span_digest(span), quote=span)
