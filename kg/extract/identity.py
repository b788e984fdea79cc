"""Identities of candidates: digests of what is said, so that the same text gives the same ids everywhere."""

from __future__ import annotations

import hashlib
import json

from kg.model import Mention, Modality, Polarity, SpeakerMention, Voice


def candidate_id(
    sha256: str,
    subject: Mention,
    predicate: str,
    object: Mention,
    voice: Voice,
    speaker: SpeakerMention | None,
    modality: Modality,
    polarity: Polarity,
) -> str:
    """Twenty hex digits from the document's digest and what is said; the place in the text does not count."""
    parts = [
        sha256,
        subject.id,
        predicate,
        object.id,
        object.value,
        voice.value,
        speaker.id if speaker else None,
        modality.value,
        polarity.value,
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
