"""Bytes to text: UTF-8 and nothing else, so that offsets mean the same to everybody.

The text is only decoded. A byte order mark is dropped; newlines, spaces and normal forms stay as they are.
"""

from __future__ import annotations

import re

from kg.errors import DocumentError

LONGEST_LINE = 1_000_000
"""Characters. No paragraph is that long, and no page; the longest novel has three times as many."""
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LINE = re.compile(r"[^\r\n]+")
_SAMPLE = 4_096


def decode(data: bytes, path: str) -> str:
    """The text of a UTF-8 file.

    Raises:
        DocumentError: the bytes are another encoding, binary, or hold no word.
    """
    for mark, name in _OTHER_MARKS:
        if data.startswith(mark):
            raise DocumentError(f"{path}: the text is {name}; save it as UTF-8")
    if data.startswith(_UTF8_MARK):
        data = data[len(_UTF8_MARK) :]
    place = data.find(b"\0")
    if place >= 0:
        if _looks_wide(data):
            raise DocumentError(f"{path}: the text looks like UTF-16 without a byte order mark; save it as UTF-8")
        raise DocumentError(f"{path}: this is no text, it holds a NUL byte at offset {place}; give a text file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if wrong.end == len(data) and wrong.reason == "unexpected end of data":
            raise DocumentError(
                f"{path}: the file ends in the middle of a character; it may have been cut off: fetch it again"
            ) from None
        line = data.count(b"\n", 0, wrong.start) + 1
        raise DocumentError(
            f"{path}:{line}: not UTF-8: byte 0x{data[wrong.start]:02x} at offset {wrong.start}; "
            "save the file as UTF-8 (it may be Windows-1252, Latin-1 or GB18030)"
        ) from None
    return nonempty(text, path)


def with_lines(text: str, path: str) -> str:
    """The text itself. Raises :class:`DocumentError` where a line is longer than any prose has."""
    for number, line in enumerate(_LINE.finditer(text), 1):
        if line.end() - line.start() > LONGEST_LINE:
            raise DocumentError(
                f"{path}: line {number} that is not empty has {line.end() - line.start():,} characters, and "
                f"{LONGEST_LINE:,} are the most; this is data, or a text without its line breaks"
            )
    return text


def _looks_wide(data: bytes) -> bool:
    """Whether nearly every other byte is zero, as in UTF-16 of a European language."""
    start = data[:_SAMPLE]
    zeros = [start[place::2].count(0) for place in (0, 1)]
    return len(start) >= 2 and len(data) % 2 == 0 and max(zeros) > 0.3 * len(start) and min(zeros) < 0.05 * len(start)


def nonempty(text: str, path: str) -> str:
    """The text itself. Raises :class:`DocumentError` where it is blank."""
    if not text.strip():
        raise DocumentError(f"{path}: the document is empty")
    return text
