"""Identities of candidates: digests of what is said, so that the same text gives the same ids everywhere."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from kg.model import CandidateClaim, Mention


def identified(candidate: CandidateClaim) -> CandidateClaim:
    """The candidate with its id: twenty hex digits from the document's digest and all that is said.

    The place in the text does not count.
    """
    time = candidate.time
    parts = [
        core(candidate),
        [[name, value if isinstance(value, str) else end(value)] for name, value in candidate.qualifiers],
        time and [time.start, time.end, time.precision],
    ]
    return replace(candidate, id=_digest(parts))


def core(candidate: CandidateClaim) -> str:
    """Digest of what is said but for its qualifiers and its time."""
    return _digest(
        [
            candidate.sha256,
            candidate.subject.id,
            candidate.predicate,
            end(candidate.object),
            candidate.voice.value,
            candidate.speaker.id if candidate.speaker else None,
            candidate.modality.value,
            candidate.polarity.value,
            candidate.condition,
        ]
    )


def end(mention: Mention) -> list[str | None]:
    """What an end stands for, without its place."""
    return [mention.id, mention.value]


def _digest(parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
