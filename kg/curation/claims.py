"""Read the ``[[claim]]`` tables of a source."""

from __future__ import annotations

import re

from kg.curation.fields import Fields
from kg.curation.redirects import redirected
from kg.curation.soundness import faults
from kg.curation.terms import Terms
from kg.model import (
    Claim,
    Evidence,
    Modality,
    Polarity,
    Rank,
    ReviewStatus,
    Source,
    Validity,
    Voice,
    claim_id,
    entity,
)

_DIGEST = re.compile(r"[0-9a-f]{16}")
_BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")


def read_claim(fields: Fields, source: Source, terms: Terms) -> Claim:
    """One claim of a source; faults are collected at their line."""
    name = fields.required("predicate")
    predicate = terms.vocabulary.predicates.get(name)
    subject = entity(fields.required("subject"))
    object = terms.object(fields.raw("object"), predicate, fields.text("language"))
    qualifiers = terms.qualifiers(fields.table_of("qualifiers"))
    voice = fields.choice("voice", Voice, Voice.OWN_VOICE)
    speaker = fields.text("speaker")
    modality = fields.choice("modality", Modality, Modality.ACTUAL)
    condition = fields.text("condition")
    polarity = fields.choice("polarity", Polarity, Polarity.AFFIRMED)
    validity = _validity(fields)
    claim = Claim(
        id=claim_id(
            source=source.id,
            subject=subject,
            predicate=name,
            object=object,
            qualifiers=qualifiers,
            identifying=terms.vocabulary.identifying,
            validity=validity,
            voice=voice,
            speaker=speaker,
            modality=modality,
            polarity=polarity,
            condition=condition,
        ),
        source=source.id,
        subject=subject,
        predicate=name,
        object=object,
        qualifiers=qualifiers,
        voice=voice,
        speaker=speaker,
        anonymous=fields.flag("anonymous"),
        modality=modality,
        hedge=fields.text("hedge"),
        condition=condition,
        polarity=polarity,
        validity=validity,
        said_on=fields.partial_date("said"),
        evidence=_evidence(fields, source),
        curator=fields.text("curator"),
        review_status=_status(fields),
        rank=fields.choice("rank", Rank, Rank.NORMAL),
        rank_reason=fields.text("rank_reason"),
        note=fields.text("note"),
        key=fields.text("key"),
        origin=fields.origin(),
    )
    # A required text that is missing was told when it was read.
    told = {part for part, text in (("predicate", name), ("subject", subject.id)) if not text}
    for fault in faults(claim, terms):
        if fault.part not in told:
            fields.fault(fault.message, fault.part)
    fields.done()
    return redirected(claim, terms.redirects)


def _status(fields: Fields) -> ReviewStatus:
    status = fields.choice("status", ReviewStatus, ReviewStatus.ACCEPTED)
    if status in (ReviewStatus.CANDIDATE, ReviewStatus.REJECTED):
        fields.fault(
            f"a claim that is {status} belongs in the queue and the review log;"
            " in seeds it is one of Accepted, Superseded, Retracted",
            "status",
        )
    return status


def _validity(fields: Fields) -> Validity:
    between = fields.table_of("between")
    for name in between:
        if name not in _BOUNDS:
            fields.fault(f"{name} is not a bound; use {', '.join(_BOUNDS)}", "between")
    inner = fields.file.fields(dict(between), *fields.path, "between")
    try:
        return Validity.of(
            fields.partial_date("from"),
            fields.partial_date("until"),
            fields.partial_date("observed"),
            **{name: inner.day(name) for name in _BOUNDS},
        )
    except ValueError as wrong:
        fields.fault(str(wrong), "from" if fields.has("from") else "between")
        return Validity()


def _evidence(fields: Fields, source: Source) -> tuple[Evidence, ...]:
    locator = fields.text("locator")
    spans = fields.tables("evidence")
    if not spans and locator is None and fields.raw("evidence") in (None, []):
        fields.fault("the claim has no evidence; add evidence = [{ start = …, end = … }] or a locator")
    found = []
    for span in spans:
        label = span.text("snapshot")
        snapshot = source.snapshot(label)
        if snapshot is None or snapshot.sha256 is None:
            span.fault(
                f"{label!r} is not a snapshot of this source with a sha256"
                if label
                else "say in which snapshot the offsets count: none or several of this source have a sha256",
                "evidence",
            )
        start, end = span.number("start"), span.number("end")
        if start is None or end is None or not 0 <= start < end:
            span.fault(f"evidence {start}–{end} is not a span; start and end count from 0, end is after start")
        digest = span.text("digest")
        if digest is not None and not _DIGEST.fullmatch(digest):
            span.fault("digest must be the first 16 hex digits of the span's SHA-256", "digest")
        own_locator = span.text("locator")
        span.done()
        found.append(Evidence(snapshot.sha256 if snapshot else None, start, end, digest, own_locator or locator))
    return tuple(found) or (Evidence(locator=locator),)
