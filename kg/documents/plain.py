"""Bytes to text: UTF-8 and nothing else, so that offsets mean the same to everybody.

The text is only decoded. A byte order mark is dropped; newlines, spaces and normal forms stay as they are.
"""

from __future__ import annotations

from kg.errors import DocumentError

_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


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
        raise DocumentError(f"{path}: this is no text, it holds a NUL byte at offset {place}; give a text file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise DocumentError(
            f"{path}:{line}: not UTF-8: byte 0x{data[wrong.start]:02x} at offset {wrong.start}; "
            "save the file as UTF-8 (it may be Windows-1252, Latin-1 or GB18030)"
        ) from None
    return nonempty(text, path)


def nonempty(text: str, path: str) -> str:
    """The text itself. Raises :class:`DocumentError` where it is blank."""
    if not text.strip():
        raise DocumentError(f"{path}: the document is empty")
    return text
