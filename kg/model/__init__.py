"""The data model: frozen records that know nobody else.

Knowledge ── Entity · Source (Snapshot) · Claim (Evidence, Validity, Method)
Document ── CandidateClaim (Mention, Span) ── Review
"""

from kg.model.axes import Holding, Modality, Polarity, Rank, ReviewStatus, Voice
from kg.model.candidate import CandidateClaim, CandidateTime, Mention, Span, SpeakerMention
from kg.model.claim import Claim, Method, claim_id
from kg.model.document import Document
from kg.model.entity import Entity, Name
from kg.model.evidence import Evidence, span_digest
from kg.model.knowledge import Knowledge, Release
from kg.model.origin import Origin
from kg.model.review import Decision, Review
from kg.model.source import Snapshot, Source
from kg.model.term import Ref, Term, Value, concept, entity
from kg.model.time import PartialDate, Validity

__all__ = [
    "CandidateClaim",
    "CandidateTime",
    "Claim",
    "Decision",
    "Document",
    "Entity",
    "Evidence",
    "Holding",
    "Knowledge",
    "Mention",
    "Method",
    "Modality",
    "Name",
    "Origin",
    "PartialDate",
    "Polarity",
    "Rank",
    "Ref",
    "Release",
    "Review",
    "ReviewStatus",
    "Snapshot",
    "Source",
    "Span",
    "SpeakerMention",
    "Term",
    "Validity",
    "Value",
    "Voice",
    "claim_id",
    "concept",
    "entity",
    "span_digest",
]
