"""A rough answer to one question: is this text English?

Only to say so clearly instead of extracting nonsense; it names other languages by their script alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_COMMON = frozenset(
    {"the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "it", "as", "with", "was", "by", "at"}
    | {"from", "be", "has", "have", "an", "are", "its", "said", "this", "will", "not"}
)
_SAMPLE = 20_000
_ENOUGH = 30
"""Words below which a text is too short to judge."""
_SHARE = 0.12
"""English prose has a third of its words in the list, other languages hardly one in fifty."""
_SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "THAI": "th",
}


def guess(text: str) -> str:
    """``en``, the usual language of another script, or ``und`` for Latin text that is not English."""
    sample = text[:_SAMPLE]
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in sample if letter.isalpha())
    latin = scripts.pop("LATIN", 0)
    if scripts:
        script = min(scripts, key=lambda name: (-scripts[name], name))
        # a Chinese sign carries about as much as two or three letters
        if sum(scripts.values()) > latin * (0.4 if script == "CJK" else 1):
            return "ja" if script == "CJK" and scripts["HIRAGANA"] else _SCRIPTS.get(script, "und")
    words = re.findall(r"[a-z]+", sample.lower())
    if len(words) < _ENOUGH:
        return "en"
    return "en" if sum(word in _COMMON for word in words) >= _SHARE * len(words) else "und"
