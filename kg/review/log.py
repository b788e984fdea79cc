"""The review log: one JSON object a line, only ever appended to."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from kg.errors import ReviewError
from kg.model import CandidateClaim, Decision, Review


def read(path: str) -> tuple[Review, ...]:
    """Every decision of a log in order; a log that does not exist holds none.

    Raises:
        ReviewError: a line is not a review, with its file and line.
    """
    if not os.path.exists(path):
        return ()
    reviews = []
    for number, data in json_lines(path):
        try:
            reviews.append(from_json(data))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ReviewError(f"{path}:{number}: not a review: {reason_of(wrong)}") from None
    return tuple(reviews)


def append(path: str, reviews: list[Review]) -> None:
    """Add decisions at the end of a log and make sure that they are on the disk.

    Raises:
        ReviewError: the log cannot be written.
    """
    try:
        data = "".join(json.dumps(to_json(each), ensure_ascii=False) + "\n" for each in reviews).encode()
    except UnicodeEncodeError as wrong:
        raise ReviewError(f"the decisions hold a sign that is no character: {wrong.object[wrong.start]!r}") from None
    try:
        with open(path, "a+b") as handle, _alone(handle):
            handle.write(_line_end(handle) + data)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as wrong:
        raise ReviewError(f"{path}: the review log cannot be written: {wrong.strerror}; name one with --log") from None


@contextlib.contextmanager
def _alone(handle: BinaryIO) -> Iterator[None]:
    """Hold the file alone, where files can be locked; closing it lets go."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield


def _line_end(handle: BinaryIO) -> bytes:
    """What is missing at the end of the last line: an editor may have left out its newline."""
    if handle.seek(0, os.SEEK_END) == 0:
        return b""
    handle.seek(-1, os.SEEK_END)
    return b"" if handle.read(1) == b"\n" else b"\n"


def to_json(review: Review) -> dict[str, Any]:
    """A review as the JSON object of its line."""
    data: dict[str, Any] = {
        "decision": review.decision.value,
        "by": review.by,
        "on": review.on.isoformat(),
        "reason": review.reason,
        "judged": review.judged,
        "candidate": review.candidate.to_json(),
    }
    if review.edited is not None:
        data["edited"] = review.edited.to_json()
    return data


def from_json(data: dict[str, Any]) -> Review:
    """A review from the JSON object of its line. Raises KeyError, TypeError or ValueError on a faulty one."""
    edited = data.get("edited")
    decision = Decision(data["decision"])
    if decision is Decision.EDIT and edited is None:
        raise ValueError('the decision "edit" has no "edited" claim')
    return Review(
        candidate=CandidateClaim.from_json(data["candidate"]),
        judged=_text(data, "judged"),
        decision=decision,
        by=_text(data, "by"),
        on=date.fromisoformat(data["on"]),
        reason=None if data.get("reason") is None else _text(data, "reason"),
        edited=CandidateClaim.from_json(edited) if edited else None,
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {value!r}")
    return value


def candidates(path: str) -> dict[str, CandidateClaim]:
    """Candidates by id, from a file as ``cbdc-kg extract`` writes it.

    Raises:
        ReviewError: the file is missing, or a line is no candidate.
    """
    found = {}
    for number, data in json_lines(path):
        try:
            candidate = CandidateClaim.from_json(data)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ReviewError(f"{path}:{number}: not a candidate claim: {reason_of(wrong)}") from None
        found[candidate.id] = candidate
    return found


def json_lines(path: str) -> list[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file with their line numbers.

    Raises:
        ReviewError: the file cannot be read, or a line is not a JSON object.
    """
    found = []
    try:
        with open(path, encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                if not line.strip():
                    continue
                try:
                    data = json.loads(line)
                except ValueError as wrong:
                    raise ReviewError(f"{path}:{number}: not JSON: {wrong}") from None
                if not isinstance(data, dict):
                    raise ReviewError(f"{path}:{number}: a JSON object is expected on each line")
                found.append((number, data))
    except UnicodeDecodeError as wrong:
        raise ReviewError(f"{path}: byte {wrong.start} is not UTF-8") from None
    except OSError as wrong:
        raise ReviewError(f"{path}: cannot be read: {wrong.strerror}") from None
    return found


def reason_of(wrong: Exception) -> str:
    """What is wrong with a JSON object that could not be read."""
    return f"{wrong.args[0]!r} is missing" if isinstance(wrong, KeyError) else str(wrong)
