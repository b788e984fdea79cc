"""A text in blocks: paragraphs and headings with their offsets, without what machines added.

Each block is parsed on its own, so memory for parsing is bounded by the longest paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.metadata import date_line
from kg.extract import lexicon
from kg.model import Document

_EMPTY_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_LINE = re.compile(r"[^\r\n]+")
_PLACE = r"[A-Z][\w.’'-]*(?:[ ,/]+[A-Z][\w.’'-]*){0,3}"
_DAY = r"(?:[ ,]+[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)"
_AGENCY = r"\((?:Reuters|AP|AFP|UPI|Xinhua|Bloomberg|dpa|Kyodo|ANI|PTI|IANS|TASS|Yonhap|Bernama)\b[^)]{0,20}\)"
_DAY_FIRST = r"(?:[ ,]+\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?)"
_DATELINE = re.compile(
    rf"\s*{_PLACE}(?:{_DAY}|{_DAY_FIRST})?,? {_AGENCY}\s*[-–—:]*\s+"
    rf"|\s*[A-Z]{{3,}}(?:[ ,/]+[A-Z][\w.]*){{0,3}}(?:{_DAY}|{_DAY_FIRST})?\s*[-–—]+\s+"
    rf"|\s*{_PLACE}(?:{_DAY}|{_DAY_FIRST})\s*[-–—]+\s+"
    rf"|\s*{_AGENCY}\s*[-–—]+\s+"
)
"""The place, day and agency that open a wire report."""
_FULL_LINE = 160
"""A line longer than any editor wraps: such a text has one paragraph a line."""
_LONGEST = 20_000
_HEADING_LENGTH = 130
_BULLET = re.compile(r"\s*(?:[-•*–—·▪◦‣●○✓]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_BYLINE_LENGTH = 120
_CAPTION_LENGTH = 250
_BOILERPLATE_LENGTH = 320
_SMALL = 3
"""Letters of words that titles may leave in lower case, and words of which a headline has more."""
_TITLE_CASE = 0.8
"""Share of capitals from which a line is in title case."""
_BUTTONS = 12
"""Words that a row of buttons has at most."""
_LIST_LENGTH = 1_200
_ITEM_LENGTH = 240
_ENDS = (".", "!", "?", '"', "”", "’", ":", ";", ",", "…")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading: ``text`` begins at ``start`` of the document."""

    start: int
    text: str
    heading: bool
    plain: str | None = None
    """The same length of text in one sentence for the parser, where a list goes on with its lead."""


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of a document in order, without date lines, datelines, bylines, captions and what sites add.

    A list is one block with the sentence that leads to it: "The bank will: - study …; - publish …".
    """
    text = document.text
    marked = set(document.headings)
    held: list[tuple[int, int]] = []
    for start, end in _body(document):
        item = _BULLET.match(text, start, end)
        if held and item and end - held[0][0] < _LIST_LENGTH and _is_item(text[item.end() : end]):
            held.append((item.end(), end))
            continue
        yield from _list(text, held, marked)
        held = []
        if item:
            start = item.end()
        if text[start:end].rstrip().endswith(":"):
            held = [(start, end)]
        else:
            yield from _whole(text, start, end, marked)
    yield from _list(text, held, marked)


def _body(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of the paragraphs and items that belong to the text."""
    text = document.text
    line = date_line(text)
    skip = line[2] if line else 0
    if line:
        # what stands above the date: the headline and the byline, a line each
        yield from (
            _stripped(text, *found.span())
            for found in _LINE.finditer(text, 0, line[1])
            if found.group().strip() and not is_added(found.group())
        )
    for start, end in _paragraphs(text, skip):
        lead = _DATELINE.match(text, start, end)
        if lead:
            start = lead.end()
        if start < end and not is_added(text[start:end]):
            yield start, end


def _whole(text: str, start: int, end: int, marked: set[tuple[int, int]]) -> Iterator[Block]:
    for part_start, part_end in _parts(text, start, end):
        body = text[part_start:part_end]
        yield Block(part_start, body, (part_start, part_end) in marked or _heading(body))


def _list(text: str, held: list[tuple[int, int]], marked: set[tuple[int, int]]) -> Iterator[Block]:
    """A lead sentence and its items as one block; a lead without items is a paragraph like others."""
    if len(held) < 2:
        for start, end in held:
            yield from _whole(text, start, end, marked)
        return
    (start, stop), items = held[0], held[1:]
    lead = text[start:stop].rstrip()[:-1]
    goes_on = lead.split()[-1:] and lead.split()[-1].lower() in lexicon.words("segment", "open_ends")
    plain = (lead + (" " if goes_on else ":")).ljust(stop - start)
    for place, (begin, end) in enumerate(items):
        gap = begin - start - len(plain)
        plain += ("," if place else "").ljust(gap)
        item = text[begin:end].rstrip()
        bare = re.sub(r"[,;.]?(?:\s+and|\s+or)?$", "", item) if place + 1 < len(items) else item
        plain += (bare[:1].lower() + bare[1:] if goes_on else bare).ljust(end - begin)
    last = held[-1][1]
    yield Block(start, text[start:last], False, plain)


def _is_item(body: str) -> bool:
    """Whether a list's item is short and one sentence, so that it may go on with the lead."""
    return len(body) <= _ITEM_LENGTH and "\n" not in body and not re.search(r"[.!?]\s+[A-Z]", body)


def is_added(body: str) -> bool:
    """Whether a paragraph is a byline, a caption, a row of buttons or another thing that pages put around a text."""
    words = re.findall(r"[^\W_][\w'-]*", body.lower())
    if len(words) < _BUTTONS and all(word in lexicon.words("segment", "buttons") for word in words):
        return True
    line = body.strip()
    if len(line) <= _BYLINE_LENGTH and _opens(line, "bylines") and _is_byline(line):
        return True
    if len(line) <= _CAPTION_LENGTH and re.match(r"[^:|/]{4,18}\s?[:|/]", line) and _opens(line, "captions"):
        return True
    return len(line) <= _BOILERPLATE_LENGTH and _opens(line, "boilerplate") and _is_boilerplate(line)


def _opens(line: str, key: str) -> bool:
    """Whether a line opens with one of the words, and these end there."""
    lower = line.lower()
    return any(
        lower.startswith(each) and not lower[len(each) : len(each) + 1].isalnum()
        for each in lexicon.words("segment", key)
    )


def _is_byline(line: str) -> bool:
    """Names and nothing else: "By Ann Lee and Bo Ek in Oslo", not "By March the bank had finished."."""
    if (
        line.endswith((".", "!", "?", ","))
        and ";" not in line
        and not line.lower().startswith(("reporting", "editing"))
    ):
        return False
    rest = re.sub(
        r"(?i)\b(?:reporting|editing|additional|written|edited|by|and|in|for|with|author|the|of)\b", " ", line
    )
    words = re.findall(r"[^\W\d_][\w.'’-]*", rest)
    return bool(words) and sum(word[:1].isupper() for word in words) >= 0.7 * len(words)


def _is_boilerplate(line: str) -> bool:
    """A label with a colon, a short line without a full stop, or a notice: not a sentence that happens to begin so."""
    first = re.match(r"[^.!?:|]{2,60}[:|]", line)
    notice = re.match(
        r"(?i)(?:copyright|©|\(c\)|all rights|disclaimer|disclosure|the (?:views|opinions)|this (?:article|story))",
        line,
    )
    return bool(first or notice) or not line.endswith((".", "!", "?", '"', "”"))


def _paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    for gap in _EMPTY_LINE.finditer(text, start):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a stretch without empty lines: one a line where lines are long or items, else one."""
    lines = [found.span() for found in _LINE.finditer(text, start, end) if found.group().strip()]
    if any(stop - begin > _FULL_LINE for begin, stop in lines):
        yield from (_stripped(text, *each) for each in lines)
        return
    first: int | None = None
    for place, (begin, stop) in enumerate(lines):
        first = begin if first is None else first
        after = lines[place + 1] if place + 1 < len(lines) else None
        if after is None or _BULLET.match(text, *after) or is_added(text[begin:stop]) or is_added(text[slice(*after)]):
            yield _stripped(text, first, stop)
            first = None


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


def sentence_case(heading: str, body: str) -> str:
    """A headline in title case as a sentence would be written, of the same length.

    A word loses its capital where the body has it without one, unless the body has it beside its neighbour with both
    capitals, as in a name.
    """
    words = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", heading))
    long = [each.group() for each in words if len(each.group()) > _SMALL]
    if len(long) < _SMALL or sum(word[:1].isupper() for word in long) <= _TITLE_CASE * len(long):
        return heading
    out = list(heading)
    for place, each in enumerate(words[1:], 1):
        word = each.group()
        around = [heading[words[n].start() : words[n + 1].end()] for n in (place - 1, place) if n + 1 < len(words)]
        named = any(pair.istitle() and pair in body for pair in around)
        if word.istitle() and not named and re.search(rf"\b{re.escape(word.lower())}\b", body):
            out[each.start()] = word[0].lower()
    return "".join(out)
