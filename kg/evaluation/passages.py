"""Gold files of passages (KnowledgeNet): relations between two spans, and for which properties a passage was searched.

One JSON object a line: ``doc``, ``passage_start``, ``passage_end``, ``annotated`` and ``facts``, each with its
``property``, ``subject`` and ``object``. Offsets count code points from the start of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.errors import EvaluationError
from kg.evaluation.lines import Line
from kg.evaluation.lines import read as read_lines

Key: TypeAlias = tuple[str, int, int]
"""Document, start and end of a passage."""


@dataclass(frozen=True, slots=True)
class End:
    """Subject or object of a fact: its span in the document, and what it is where the gold knows."""

    start: int
    end: int
    text: str = ""
    uri: str | None = None

    def overlaps(self, other: End) -> bool:
        """Whether the spans share anything."""
        return max(self.start, other.start) < min(self.end, other.end)

    def spans(self, other: End) -> bool:
        """Whether the spans are equal."""
        return (self.start, self.end) == (other.start, other.end)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a passage states, or that somebody found there."""

    relation: str
    subject: End
    object: End

    @property
    def key(self) -> tuple[str, int, int, int, int]:
        """What makes two predictions one."""
        return self.relation, self.subject.start, self.subject.end, self.object.start, self.object.end

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Fact:
        """A fact of a record. Raises KeyError, TypeError or ValueError on a faulty one."""
        if not isinstance(data["property"], str):
            raise TypeError(f"property must be a text, not {data['property']!r}")
        return cls(data["property"], _end(data["subject"]), _end(data["object"]))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and its gold facts. A property that is not ``annotated`` says nothing either way."""

    doc: str
    start: int
    end: int
    text: str
    annotated: tuple[str, ...]
    facts: tuple[Fact, ...]
    fold: int | None = None

    @property
    def key(self) -> Key:
        """What names the passage in a file of predictions."""
        return self.doc, self.start, self.end


def is_passages(path: str) -> bool:
    """Whether a gold file holds passages and not claims, by the keys of its first line.

    Raises:
        EvaluationError: the file cannot be read, its first line is no JSON object, or it is empty.
    """
    for line in read_lines(path):
        return "passage_start" in line.data
    raise EvaluationError(f"{path}: holds no gold")


def read(path: str) -> list[Passage]:
    """Every passage of a gold file.

    Raises:
        EvaluationError: with file and line; a passage stands there twice.
    """
    first: dict[Key, int] = {}
    found = []
    for line in read_lines(path):
        passage = _passage(line)
        if passage.key in first:
            raise line.fault(f"the passage stands on line {first[passage.key]} already")
        first[passage.key] = line.number
        found.append(passage)
    return found


def _passage(line: Line) -> Passage:
    start, end = line.span("passage_start", "passage_end")
    doc = line.literal("doc")
    if doc is None:
        raise line.fault("no doc")
    if "annotated" not in line.data:
        raise line.fault("no annotated: the properties that the passage was searched for")
    facts = line.data.get("facts")
    if not isinstance(facts, list):
        raise line.fault("facts must be a list")
    fold = line.data.get("fold")
    try:
        return Passage(
            doc=doc,
            start=start,
            end=end,
            text=line.maybe("text") or "",
            annotated=line.texts("annotated"),
            facts=tuple(map(Fact.of, facts)),
            fold=fold if isinstance(fold, int) else None,
        )
    except KeyError as missing:
        raise line.fault(f"a fact has no {missing.args[0]}") from None
    except (TypeError, ValueError) as wrong:
        raise line.fault(f"a fact is no fact: {wrong}") from None


def _end(data: Mapping[str, Any]) -> End:
    start, end = data["start"], data["end"]
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"start and end must be whole numbers, not {start!r}, {end!r}")
    text, uri = data.get("text"), data.get("uri")
    return End(start, end, text if isinstance(text, str) else "", uri if isinstance(uri, str) else None)
