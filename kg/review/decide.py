"""Decisions on candidates, and whether an earlier one still stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kg.errors import ReviewError
from kg.model import CandidateClaim, Decision, Review


def digest(candidate: CandidateClaim) -> str:
    """Digest of what a reviewer judges: what is said in which document.

    Neither the place counts, which one inserted letter moves, nor the score or the rule that found it.
    """
    content = candidate.to_json()
    for name in ("id", "method", "score", "also"):
        del content[name]
    for name in ("subject", "object", "speaker"):
        content[name] = _placeless(content[name])
    content["qualifiers"] = {name: _placeless(value) for name, value in content["qualifiers"].items()}
    content["evidence"] = candidate.document
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def decide(
    candidate: CandidateClaim,
    decision: Decision,
    *,
    by: str,
    on: date,
    reason: str | None = None,
    edited: CandidateClaim | None = None,
) -> Review:
    """A review of a candidate.

    Raises:
        ReviewError: an edit without the edited claim, or one that moves it to another document.
    """
    if decision is Decision.EDIT:
        if edited is None:
            raise ReviewError(f"candidate {candidate.id}: an edit needs the edited claim")
        if (edited.document, edited.sha256) != (candidate.document, candidate.sha256):
            raise ReviewError(f"candidate {candidate.id}: an edit cannot move a claim to another document")
    return Review(candidate, digest(candidate), decision, by, on, reason, edited)


def latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """The last decision on each candidate; the same content found again under another id is one candidate."""
    found: dict[str, Review] = {}
    ids: dict[str, str] = {}
    for review in reviews:
        found.pop(ids.get(review.judged, review.candidate.id), None)
        found[review.candidate.id] = review
        ids[review.judged] = review.candidate.id
    return found


def stands(review: Review, texts: Mapping[str, str], found: Mapping[str, CandidateClaim]) -> bool:
    """Whether a review still holds for what is at hand now.

    It falls back to the queue only when both changed: the document's text (``texts`` maps a document's id to the
    digest of the text at hand) and the content that was judged, among the candidates found there now.
    """
    return _stands(review, texts, {digest(candidate) for candidate in found.values()})


def standing(
    reviews: Iterable[Review],
    texts: Mapping[str, str],
    queue: Mapping[str, CandidateClaim],
    snapshots: Collection[str | None] = (),
) -> tuple[list[Review], dict[str, CandidateClaim]]:
    """The last decisions that still hold, and the queue without what they decide.

    A candidate that was found again in a changed text is decided already. Where the text that was judged is none
    of the ``snapshots`` (digests) any more but the new one is, the decision moves to the places in the new one.
    """
    digests = {id: digest(candidate) for id, candidate in queue.items()}
    again = {judged: queue[id] for id, judged in digests.items()}
    held = [review for review in latest(reviews).values() if _stands(review, texts, again)]
    ids = {review.candidate.id for review in held}
    judged = {review.judged for review in held}
    rest = {id: each for id, each in queue.items() if id not in ids and digests[id] not in judged}
    return [_moved(review, again.get(review.judged), snapshots) for review in held], rest


def _stands(review: Review, texts: Mapping[str, str], present: Collection[str]) -> bool:
    now = texts.get(review.candidate.document)
    return now is None or now == review.candidate.sha256 or review.judged in present


def _moved(review: Review, now: CandidateClaim | None, snapshots: Collection[str | None]) -> Review:
    if now is None or review.candidate.sha256 in snapshots or now.sha256 not in snapshots:
        return review
    edited = review.edited and replace(review.edited, sha256=now.sha256, evidence=now.evidence, also=now.also)
    return replace(review, candidate=now, edited=edited)


def _placeless(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {name: value for name, value in part.items() if name not in ("start", "end")}
