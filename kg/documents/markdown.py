"""Markdown to the text that a reader sees: front matter and markup gone, headings marked."""

from __future__ import annotations

import re

from kg.documents.metadata import About, date_of

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"""^(\w+)\s*[:=]\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r""),
    (re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^>]*>"), r""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)(.+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+)")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}")


def render(source: str) -> tuple[str, tuple[tuple[int, int], ...], About]:
    """The text, the spans of its headings, and the front matter's metadata."""
    front = _FRONT.match(source)
    fields = {}
    if front:
        fields = {key.lower(): value for key, value in _FIELD.findall(front.group(2))}
        source = source[front.end() :]
    source = _COMMENT.sub("", _FENCE.sub("", source))
    parts: list[str] = []
    headings: list[tuple[int, int]] = []
    length = 0
    for line in source.splitlines():
        heading = _HEADING.fullmatch(line)
        shown = _inline(heading.group(1) if heading else _plain(line))
        if heading and shown:
            headings.append((length, length + len(shown)))
        parts.append(shown)
        length += len(shown) + 1
    text = "\n".join(parts)
    title = fields.get("title") or (text[slice(*headings[0])] if headings else None)
    published = date_of(fields.get("date")) or date_of(fields.get("published"))
    return (
        text,
        tuple(headings),
        About(title, published, fields.get("url"), fields.get("lang") or fields.get("language")),
    )


def _plain(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    marker = _MARKER.match(line)
    return line[marker.end() :] if marker else line


def _inline(line: str) -> str:
    for shape, by in _INLINE:
        line = shape.sub(by, line)
    return line
