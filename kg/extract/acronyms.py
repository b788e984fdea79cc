"""Short forms that a text defines in brackets behind a name: "Bank of Ghana (BoG)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import spans
from kg.extract.parts import text_of
from kg.extract.spans import NameSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACRONYM = re.compile(r"\s*[(\[][\"“']?((?=[^)\]]*[A-Z])[A-Z][\w&/.-]{1,11}|[a-z]-?[A-Z]{2,6})[\"”']?[)\]]")


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form that the text defines: token indexes of both."""

    name: NameSpan
    short: NameSpan


def find(doc: Doc, names: list[NameSpan]) -> Iterator[Acronym]:
    """Short forms in brackets behind a name that they abbreviate: "Bank of Ghana (BoG)"."""
    starts = {doc[each.start].idx: each for each in names}
    for each in names:
        stop = doc[each.end - 1].idx + len(doc[each.end - 1])
        found = _ACRONYM.match(text_of(doc), stop)
        if found is None:
            continue
        short = starts.get(found.start(1)) or spans.at_characters(doc, found.start(1), found.end(1))
        if short and abbreviates(found.group(1), each.text):
            yield Acronym(each, NameSpan(short.start, short.end, found.group(1), short.entities, short.label))
        elif short and short in starts.values() and abbreviates(each.text, short.text):
            yield Acronym(short, each)


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a short form are found in order among the name's initials and capitals."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    if not 2 <= len(letters) < len(name.replace(" ", "")):
        return False
    initials = [
        letter.lower()
        for word in re.findall(r"[^\W_]+", name)
        for place, letter in enumerate(word)
        if place == 0 or letter.isupper()
    ]
    if letters[0] != initials[0] and letters[0] not in initials[:2]:
        return False
    if letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    rest = iter(initials)
    return all(letter in rest for letter in letters)
