"""Read the ``[[claim]]`` tables of a source."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.curation.fields import Fields, near
from kg.curation.terms import Terms
from kg.model import (
    Claim,
    Evidence,
    Modality,
    Polarity,
    Rank,
    Ref,
    ReviewStatus,
    Source,
    Term,
    Validity,
    Voice,
    claim_id,
)

_DIGEST = re.compile(r"[0-9a-f]{16}")
_BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")


def read_claim(fields: Fields, source: Source, terms: Terms) -> Claim:
    """One claim of a source; faults are collected at their line."""
    name = fields.required("predicate")
    predicate = terms.vocabulary.predicates.get(name)
    if predicate is None and name:
        fields.fault(
            f"{name!r} is not a predicate of the ontology{near(name, terms.vocabulary.predicates)}", "predicate"
        )
    subject = terms.subject(fields, predicate)
    object = terms.object(fields, predicate)
    fields.has("language")
    qualifiers = terms.qualifiers(fields, predicate)
    voice = fields.choice("voice", Voice, Voice.OWN_VOICE)
    speaker = _speaker(fields, voice, terms)
    modality = fields.choice("modality", Modality, Modality.ACTUAL)
    condition = fields.text("condition")
    if modality is Modality.CONDITIONAL and condition is None:
        fields.fault('a conditional claim needs its condition; add condition = "if …"', "modality")
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
        curator=_curator(fields, terms),
        review_status=_status(fields),
        rank=fields.choice("rank", Rank, Rank.NORMAL),
        rank_reason=fields.text("rank_reason"),
        note=fields.text("note"),
        key=fields.text("key"),
        origin=fields.origin(),
    )
    if claim.rank is not Rank.NORMAL and claim.rank_reason is None:
        fields.fault(f'rank = "{claim.rank}" needs its reason; add rank_reason = "…"', "rank")
    fields.done()
    return redirected(claim, terms)


def redirected(claim: Claim, terms: Terms) -> Claim:
    """The claim with merged entities replaced; its id stays the one first minted."""

    def now(term: Term) -> Term:
        return Ref(term.space, terms.redirects.get(term.id, term.id)) if isinstance(term, Ref) else term

    subject = now(claim.subject)
    assert isinstance(subject, Ref)
    return replace(
        claim,
        subject=subject,
        object=now(claim.object),
        qualifiers=tuple((name, now(value)) for name, value in claim.qualifiers),
        speaker=claim.speaker and terms.redirects.get(claim.speaker, claim.speaker),
    )


def _speaker(fields: Fields, voice: Voice, terms: Terms) -> str | None:
    speaker = fields.text("speaker")
    if speaker is not None and terms.entity(speaker) is None:
        fields.fault(f"speaker {speaker!r} is not an entity{near(speaker, terms.entities)}", "speaker")
    if voice is Voice.NAMED and speaker is None:
        fields.fault('a claim in a named voice needs its speaker; add speaker = "…"', "voice")
    if voice is Voice.OWN_VOICE and speaker is not None:
        fields.fault(
            'a claim with a speaker is not in the document\'s own voice; add voice = "Named" or "Unnamed"',
            "speaker",
        )
    return speaker


def _curator(fields: Fields, terms: Terms) -> str | None:
    curator = fields.text("curator")
    if curator is not None and terms.entity(curator) is None:
        fields.fault(f"curator {curator!r} is not an entity{near(curator, terms.entities)}", "curator")
    return curator


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
