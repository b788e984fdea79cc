"""A text in blocks: paragraphs and headings with their offsets, without what machines added.

Each block is parsed on its own, so memory for parsing is bounded by the longest paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.metadata import date_line
from kg.model import Document

_EMPTY_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_LINE = re.compile(r"[^\r\n]+")
_PLACE = r"[A-Z][\w.’'-]*(?:[ ,/]+[A-Z][\w.’'-]*){0,3}"
_DAY = r"(?:[ ,]+[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)"
_AGENCY = r"\((?:Reuters|AP|AFP|UPI|Xinhua|Bloomberg|dpa|Kyodo|ANI|PTI|IANS|TASS|Yonhap|Bernama)\b[^)]{0,20}\)"
_DATELINE = re.compile(
    rf"\s*{_PLACE}{_DAY}?,? {_AGENCY}\s*[-–—:]*\s+|\s*[A-Z]{{3,}}(?:[ ,/]+[A-Z][\w.]*){{0,3}}{_DAY}?\s+[-–—]+\s+"
)
"""The place, day and agency that open a wire report."""
_FULL_LINE = 160
"""A line longer than any editor wraps: such a text has one paragraph a line."""
_LONGEST = 20_000
_HEADING_LENGTH = 130
_ENDS = (".", "!", "?", '"', "”", "’", ":", ";", ",", "…")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: ``text`` begins at ``start`` of the document."""

    start: int
    text: str
    heading: bool


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of a document in order, without date lines and datelines."""
    text = document.text
    line = date_line(text)
    skip = line[2] if line else 0
    marked = set(document.headings)
    for start, end in _paragraphs(text):
        if start < skip:
            if end <= skip:
                continue
            start = skip
        lead = _DATELINE.match(text, start, end)
        if lead:
            start = lead.end()
        for part_start, part_end in _parts(text, start, end):
            body = text[part_start:part_end]
            yield Block(part_start, body, (part_start, part_end) in marked or _heading(body))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _EMPTY_LINE.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = [found.span() for found in _LINE.finditer(text, start, end)]
    if any(stop - begin > _FULL_LINE for begin, stop in lines):
        yield from (_stripped(text, *each) for each in lines if text[slice(*each)].strip())
    elif text[start:end].strip():
        yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what no paragraph can be, at a full stop or space where there is one."""
    while end - start > _LONGEST:
        cut = max(text.rfind(mark, start, start + _LONGEST) for mark in (". ", "。"))
        if cut <= start:
            cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut + 1 if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield _stripped(text, start, end)


def _heading(body: str) -> bool:
    return len(body) <= _HEADING_LENGTH and "\n" not in body and not body.endswith(_ENDS)
