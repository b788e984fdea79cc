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

_OTHER = re.compile(
    "[\u0370-\u1dbf\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb07-\ufdff"
    "\ufe70-\ufeff\uff66-\uffdc\U00010000-\U0001cfff\U00020000-\U0003ffff]"
)
"""What lies outside of the blocks of Latin letters and of signs; whether it is a letter must still be asked."""
_FOREIGN = frozenset(
    {"de", "la", "le", "les", "des", "et", "est", "dans", "une", "pour", "que", "qui", "el", "los", "las", "del", "en"}
    | {"y", "un", "una", "por", "con", "para", "der", "die", "das", "und", "ist", "nicht", "den", "dem", "von", "mit"}
    | {"ein", "eine", "auf", "il", "di", "che", "per", "non", "sono", "da", "do", "dos", "em", "um", "uma", "com", "os"}
    | {"het", "van", "een", "och", "att", "det", "som", "är", "og", "av", "er", "nie", "się", "jest", "yang", "dan"}
)
_FEW = 25
_HARDLY = 0.04


def foreign(paragraph: str) -> str | None:
    """The language of a paragraph that is clearly not in English, as :func:`guess` names it; else ``None``.

    Short paragraphs and lists of names get the benefit of the doubt: most of the letters must be of another script,
    or a tenth of many words be small words of other languages and hardly any be English ones.
    """
    if not paragraph.isascii():
        others = sum(letter.isalpha() for letter in _OTHER.findall(paragraph))
        if others and 2 * others > sum(map(str.isalpha, paragraph)):
            return guess(paragraph)
    words = re.findall(r"[^\W\d_]+", paragraph.lower())
    if len(words) < _FEW or sum(word in _COMMON for word in words) > _HARDLY * len(words):
        return None
    return "und" if sum(word in _FOREIGN for word in words) >= 0.1 * len(words) else None


def _sample(text: str) -> str:
    """The text, or of a long one ten pieces from all over it."""
    if len(text) <= _SAMPLE:
        return text
    size = _SAMPLE // 10
    return "\n".join(text[start : start + size] for start in range(0, len(text) - size, (len(text) - size) // 9))


def guess(text: str) -> str:
    """``en``, the usual language of another script, or ``und`` for Latin text that is not English."""
    sample = _sample(text)
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
