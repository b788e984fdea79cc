"""Normal forms of names. They serve matching only: what is shown and stored is the text itself."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'](?!s\b)[^\W_]+)?|[^\W_]+")
"""A word, or an abbreviation with full stops (U.S.); a possessive 's is not part of it."""

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)(?:[’']s|(?<=s)[’'])(?!\w)")


def word(text: str) -> str:
    """Normal form of one word: case, width and full stops do not count."""
    if text.isascii():
        return text.lower().replace(".", "")
    return unicodedata.normalize("NFKC", text).casefold().replace(".", "").replace("’", "'")


def without_possessives(text: str) -> str:
    """The same text, of the same length, with spaces for possessive endings."""
    return _POSSESSIVE.sub(lambda found: " " * len(found.group()), text)


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Normal forms of the words of a name, without possessive endings."""
    return tuple(word(found.group()) for found in WORD.finditer(without_possessives(text)))


def name(text: str) -> str:
    """Normal form of a name: its words without a leading article."""
    return " ".join(words(_ARTICLE.sub("", text.strip())))


def singular(form: str) -> str:
    """A plural's likely singular; the model's lemmas miss rare words."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 3 else form


def provisional(document: str, text: str) -> str:
    """Identity of something that only one document names: digest of document and name."""
    return "x-" + hashlib.sha256(f"{document}\n{name(text) or text}".encode()).hexdigest()[:16]


def for_parser(text: str) -> str:
    """The same text for the parser, of the same length: typewriter quotes and plain spaces."""
    return text.translate(_PLAIN)


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‛", "'"),
        **dict.fromkeys("\n\r\t\v\f\u00a0\u2007\u202f\u2028\u2029\u00ad\u200b", " "),
        **dict.fromkeys("‐‑‒", "-"),
    }
)
