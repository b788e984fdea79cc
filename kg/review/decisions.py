"""Decisions on candidates from a file, for review in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from kg.curation.fields import near
from kg.errors import ReviewError
from kg.model import CandidateClaim, Decision, Review
from kg.review.decide import decide
from kg.review.log import reason_of

_KEYS = ("id", "decision", "by", "on", "reason", "edit")


def batch(
    lines: Iterable[tuple[int, Mapping[str, Any]]],
    candidates: Mapping[str, CandidateClaim],
    *,
    path: str,
    by: str,
    on: date,
    check: Callable[[Review], None] = lambda _: None,
) -> list[Review]:
    """Reviews from the lines of a decisions file: ``{"id", "decision", "reason", "edit", "by", "on"}``.

    ``decision`` is ``accept`` where absent; ``edit`` holds the changed fields of the candidate's JSON. ``check``
    raises ReviewError for a decision that must not be logged.

    Raises:
        ReviewError: with every faulty line, each fault with file and line.
    """
    reviews = []
    faults: list[str] = []
    for number, line in lines:
        try:
            review = _review(line, candidates, by, on)
            check(review)
            reviews.append(review)
        except ReviewError as wrong:
            faults += [f"{path}:{number}: {each}" for each in str(wrong).split("\n")]
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            faults.append(f"{path}:{number}: {reason_of(wrong)}")
    if faults:
        raise ReviewError("\n".join(faults))
    return reviews


def _review(line: Mapping[str, Any], candidates: Mapping[str, CandidateClaim], by: str, on: date) -> Review:
    for name in line:
        if name not in _KEYS:
            raise ReviewError(f"{name!r} is not a key of a decision{near(name, _KEYS)}")
    id = line.get("id")
    candidate = candidates.get(id) if isinstance(id, str) else None
    if candidate is None:
        raise ReviewError(f"{id!r} is no candidate of the queue")
    edited = _edited(candidate, line.get("edit"))
    decision = Decision(line.get("decision", "accept"))
    if edited is not None:
        if decision is Decision.REJECT:
            raise ReviewError("a rejected candidate is not edited; take out the edit, or accept")
        decision = Decision.EDIT
    day = _text(line, "on")
    return decide(
        candidate,
        decision,
        by=_text(line, "by") or by,
        on=_day(day) if day is not None else on,
        reason=_text(line, "reason"),
        edited=edited,
    )


def _edited(candidate: CandidateClaim, edit: Any) -> CandidateClaim | None:
    if edit is None:
        return None
    if not isinstance(edit, dict):
        raise ReviewError(f'edit must hold the changed fields, such as {{"modality": "Planned"}}, not {edit!r}')
    known = candidate.to_json()
    for name in edit:
        if name not in known:
            raise ReviewError(f"edit: {name!r} is not a field of a candidate{near(name, known)}")
    return CandidateClaim.from_json({**known, **edit}) if edit else None


def _text(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    if value is not None and not isinstance(value, str):
        raise ReviewError(f"{name} must be a text, not {value!r}")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReviewError(f"on = {text!r} is not a date; write 2026-01-31") from None
