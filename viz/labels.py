"""How much room a label takes, near enough to place nodes by; the browser measures again when it draws."""

from __future__ import annotations

import unicodedata

WRAP = 122
"""Pixels after which a label goes on in the next line; static/labels.js holds the same."""
LINES = 3
LINE_HEIGHT = 15
_NARROW = set("iljtfrI.,:;'|!()[] ")
_WIDE = set("mwMW@%")


def text_width(text: str) -> float:
    """Width in pixels at 12 px in a common sans serif face."""
    return sum(_width(char) for char in text)


def _width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 12.0
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 4.2
    if char in _WIDE:
        return 10.4
    return 8.0 if char.isupper() else 7.0


def wrap(text: str) -> list[str]:
    """Lines of at most :data:`WRAP` pixels where words allow it, three at most."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= WRAP:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[:LINES] or [""]


def label_size(text: str) -> tuple[float, float]:
    """Width and height of the wrapped label."""
    lines = wrap(text)
    return min(max(text_width(line) for line in lines), WRAP * 1.2), len(lines) * LINE_HEIGHT
