"""Whether two names are names of one thing, as far as the names alone can tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from kg.evaluation.groups import groups
from kg.model import Mention, SpeakerMention

Words: TypeAlias = frozenset[str]
Aliases: TypeAlias = tuple[frozenset[Words], ...]
"""Sets of names, as their words, that the gold itself says are names of one thing."""

_POSSESSIVE = re.compile(r"['’]s\b")
_LATIN_WORD = re.compile(r"[A-Za-z0-9]+")


def words(name: str) -> Words:
    """The words of a name that count, without case, accents and possessive endings."""
    return frozenset(_in_order(name))


def of(part: Mention | SpeakerMention) -> list[str]:
    """Every name that an end or a speaker of a prediction gives: label, value, and the words of its id."""
    found = [part.label, part.value if isinstance(part, Mention) else None]
    if part.id:
        found.append(re.split(r"[/#:]", part.id)[-1].replace("-", " ").replace("_", " "))
    return [each for each in found if each]


def fit(ours: Iterable[str], theirs: Iterable[str], aliases: Aliases = ()) -> bool:
    """Whether of any two names one holds the other's words, one is the other's initials, or both are aliases.

    Where a name of several words stands for initials (DC/EP), its words count in the order they are written in.
    """
    others = list(theirs)
    return any(_pair_fits(one, other, aliases) for one in ours for other in others)


def _pair_fits(one: str, other: str, aliases: Aliases) -> bool:
    ours, theirs = words(one), words(other)
    if not ours or not theirs:
        return False
    return (
        ours <= theirs
        or theirs <= ours
        or "".join(_in_order(other)) in _initials(one)
        or "".join(_in_order(one)) in _initials(other)
        or any(ours in each and theirs in each for each in aliases)
    )


@lru_cache(maxsize=1 << 16)
def _in_order(name: str) -> tuple[str, ...]:
    spelled = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(each for each in spelled if not unicodedata.combining(each))
    found = re.findall(r"\w+", _POSSESSIVE.sub("", plain))
    return tuple(dict.fromkeys(each for each in found if each not in groups().empty))


@lru_cache(maxsize=1 << 16)
def _initials(name: str) -> frozenset[str]:
    """Initials of all words, and of those that count; a single word has none."""
    found = [each.casefold() for each in _LATIN_WORD.findall(name)]
    if len(found) < 2:
        return frozenset()
    counting = [each for each in found if each not in groups().empty]
    return frozenset("".join(word[0] for word in some) for some in (found, counting))
