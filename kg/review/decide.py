"""Decisions on candidates, and whether an earlier one still stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kg.errors import ReviewError
from kg.model import CandidateClaim, Decision, Review


def digest(candidate: CandidateClaim) -> str:
    """Digest of what a reviewer judges: content and place, not the score or the rule that found it."""
    content = candidate.to_json()
    for name in ("id", "method", "score"):
        del content[name]
    del content["evidence"]["sha256"], content["evidence"]["document"]
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
        if edited.sha256 != candidate.sha256:
            raise ReviewError(f"candidate {candidate.id}: an edit cannot move a claim to another document")
    return Review(candidate, digest(candidate), decision, by, on, reason, edited)


def batch(
    lines: Iterable[tuple[int, Mapping[str, Any]]],
    candidates: Mapping[str, CandidateClaim],
    *,
    path: str,
    by: str,
    on: date,
) -> list[Review]:
    """Reviews from the lines of a decisions file: ``{"id", "decision", "reason", "edit"}``.

    ``decision`` is ``accept`` where absent; ``edit`` holds the changed fields of the candidate's JSON.

    Raises:
        ReviewError: a line names no candidate, or its decision or edit does not fit, with file and line.
    """
    reviews = []
    for number, line in lines:
        candidate = candidates.get(str(line.get("id")))
        if candidate is None:
            raise ReviewError(f"{path}:{number}: {line.get('id')!r} is no candidate of the queue")
        edit = line.get("edit")
        try:
            decision = Decision(line.get("decision", "edit" if edit else "accept"))
            edited = CandidateClaim.from_json({**candidate.to_json(), **edit}) if edit else None
            review = decide(
                candidate,
                decision,
                by=str(line.get("by", by)),
                on=date.fromisoformat(line["on"]) if "on" in line else on,
                reason=line.get("reason"),
                edited=edited,
            )
        except ReviewError as wrong:
            raise ReviewError(f"{path}:{number}: {wrong}") from None
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ReviewError(f"{path}:{number}: {wrong}") from None
        reviews.append(review)
    return reviews


def latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """The last decision on each candidate."""
    return {review.candidate.id: review for review in reviews}


def stands(review: Review, texts: Mapping[str, str], found: Mapping[str, CandidateClaim]) -> bool:
    """Whether a review still holds for what is at hand now.

    It falls back to the queue only when both changed: the document's text (``texts`` maps a document's id to the
    digest of the text at hand) and the content that was judged, among the candidates found there now.
    """
    now = texts.get(review.candidate.document)
    if now is None or now == review.candidate.sha256:
        return True
    return any(
        digest(replace(candidate, sha256=review.candidate.sha256)) == review.judged
        for candidate in found.values()
        if candidate.document == review.candidate.document
    )
