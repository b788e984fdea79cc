"""JSON Lines with faults that name file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Line:
    """A JSON object and where it stands. Its readers raise EvaluationError on a missing or wrong part."""

    path: str
    number: int
    data: dict[str, Any]

    def fault(self, message: str) -> EvaluationError:
        """The error to raise for this line."""
        return EvaluationError(f"{self.path}:{self.number}: {message}")

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self._needed(name)
        if not isinstance(value, str):
            raise self.fault(f"{name} must be a text, not {value!r}")
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise self.fault(f"{name} holds half a character: {value!r}")
        return value

    def literal(self, name: str) -> str | None:
        """A text or a number, as text; it may be missing or null."""
        value = self.data.get(name)
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else self.maybe(name)

    def maybe(self, name: str) -> str | None:
        """A text that may be missing or null."""
        return None if self.data.get(name) is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; none where it is missing or null."""
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(f"{name} must be a list of texts, not {value!r}")
        return tuple(value)

    def span(self, start: str, end: str) -> tuple[int, int]:
        """A half-open range of code points, from two keys."""
        return self._pair((self._needed(start), self._needed(end)), f"{start} and {end}")

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        """A list of half-open ranges; none where it is missing or null."""
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, list) and len(each) == 2 for each in value):
            raise self.fault(f"{name} must be a list of pairs [start, end], not {value!r}")
        return tuple(self._pair(each, name) for each in value)

    def _needed(self, name: str) -> Any:
        if name not in self.data:
            raise self.fault(f"no {name}")
        return self.data[name]

    def _pair(self, value: Any, name: str) -> tuple[int, int]:
        start, end = value
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise self.fault(f"{name} must be whole numbers, the end behind the start, not {start!r}, {end!r}")
        return start, end


def read(path: str) -> Iterator[Line]:
    """The JSON objects of a file, blank lines passed over; one line is in memory at a time.

    Raises:
        EvaluationError: the file cannot be read, or a line is no JSON object.
    """
    try:
        with open(path, "rb") as handle:
            for number, raw in enumerate(handle, 1):
                if raw.strip():
                    yield Line(path, number, _object(raw.removeprefix(b"\xef\xbb\xbf"), f"{path}:{number}"))
    except OSError as wrong:
        raise EvaluationError(f"{path}: cannot be read: {wrong.strerror}") from None


def _object(raw: bytes, where: str) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as wrong:
        raise EvaluationError(f"{where}: byte {wrong.start} is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as wrong:
        raise EvaluationError(f"{where}: not JSON: {wrong.msg}, column {wrong.colno}") from None
    except (ValueError, RecursionError) as wrong:
        # Python's own limits on the length of numbers and on nesting
        raise EvaluationError(f"{where}: not JSON: {wrong}") from None
    if not isinstance(data, dict):
        raise EvaluationError(f"{where}: a JSON object is expected on each line")
    return data
