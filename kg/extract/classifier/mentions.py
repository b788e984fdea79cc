"""Candidate ends of relations in a parsed text: names, runs of capitals, pronouns, dates and demonyms.

The small model's entities alone miss a quarter of the ends, so runs of capitalised words count too, and what a
pronoun stands for is left to the classifier's second stage. No mention overlaps another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

KINDS = {
    "PERSON": "P",
    "ORG": "O",
    "GPE": "G",
    "LOC": "G",
    "FAC": "G",
    "NORP": "N",
    "LANGUAGE": "N",
    "DATE": "D",
    "PRODUCT": "X",
    "WORK_OF_ART": "X",
    "EVENT": "X",
    "LAW": "X",
}
"""Entity labels of the language model → kind of mention; ``U`` is a run of capitals without a label."""

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("who", "whom", "whose"), "who"),
    **dict.fromkeys(("which", "that"), "which"),
    "where": "where",
}
"""Pronoun → kind of mention."""

NAMES = frozenset("POGNXU")
"""Kinds that are names."""
_JOINTS = frozenset(("of", "de", "la", "del", "di", "da", "du", "des", "van", "von", "der", "den", "al", "el", "bin"))
_ENDINGS = frozenset(("inc", "inc.", "corp", "corp.", "ltd", "ltd.", "llc", "co.", "plc", "ag", "gmbh", "group"))
_INNER = frozenset(("-", "&", "/", ".", "'s", "’s"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``start`` to ``end``; ``head`` is the index of the token that the rest hangs on."""

    start: int
    end: int
    head: int
    kind: str

    @property
    def is_name(self) -> bool:
        """Whether it is a name and no pronoun or date."""
        return self.kind in NAMES


def find(doc: Doc) -> list[Mention]:
    """Every mention of a text in order."""
    taken: dict[int, str] = {}
    spans: list[tuple[int, int, str]] = []
    for entity in _entities(doc):
        spans.append(entity)
        taken.update(dict.fromkeys(range(entity[0], entity[1]), entity[2]))
    for start, end in _runs(doc):
        for piece in _free(start, end, taken):
            _place(doc, spans, *piece)
    for token in doc:
        if token.i in taken:
            continue
        kind = _pronoun(token)
        if kind:
            spans.append((token.i, token.i + 1, kind))
        elif token.is_digit and len(token) == 4 and token.text[0] in "12":
            spans.append((token.i, token.i + 1, "D"))
    return [Mention(start, end, _head(doc, start, end), kind) for start, end, kind in sorted(spans)]


def _entities(doc: Doc) -> Iterator[tuple[int, int, str]]:
    for each in doc.ents:
        kind = KINDS.get(each.label_)
        start, end = each.start, each.end
        if kind is None or (kind == "D" and not any(letter.isdigit() for letter in each.text)):
            continue
        while start < end - 1 and (doc[start].lower_ in ("the", "a", "an", "'s") or doc[start].is_punct):
            start += 1
        while end - 1 > start and (doc[end - 1].lower_ in ("'s", "'") or doc[end - 1].is_punct):
            end -= 1
        if not any(letter.isalnum() for letter in doc[start:end].text):
            continue
        yield start, end, kind


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    start: int | None = None
    last = 0
    for token in doc:
        if _capital(token):
            if start is None:
                start = token.i
            last = token.i + 1
        elif start is not None and not (token.lower_ in _JOINTS or token.text in _INNER):
            yield start, last
            start = None
    if start is not None:
        yield start, last


def _capital(token: Token) -> bool:
    text = token.text
    if token.pos_ == "PROPN":
        return text[0].isalnum()
    if text[0].isalpha() and not text[0].isascii() and not text[0].islower():
        return True  # names in other scripts
    return text[0].isupper() and not token.is_sent_start and token.pos_ in ("NOUN", "ADJ", "VERB", "X")


def _free(start: int, end: int, taken: dict[int, str]) -> Iterator[tuple[int, int]]:
    begin = start
    for place in range(start, end + 1):
        if place == end or place in taken:
            if place > begin:
                yield begin, place
            begin = place + 1


def _place(doc: Doc, spans: list[tuple[int, int, str]], start: int, end: int) -> None:
    """Add what is left of a run, or let it go on with the name before it."""
    while start < end and not doc[start].text[0].isalnum():
        start += 1
    while end > start and (not doc[end - 1].text[0].isalnum() or doc[end - 1].lower_ in _JOINTS):
        end -= 1
    while start < end and doc[start].lower_ in _JOINTS and not doc[start].text[0].isupper():
        start += 1
    if start >= end or doc[start:end].text.lower() in PRONOUNS:
        return
    if all(doc[place].lower_ in _ENDINGS for place in range(start, end)):
        for index, (first, stop, kind) in enumerate(spans):
            if stop == start and kind in NAMES:
                spans[index] = (first, end, kind)
                return
    spans.append((start, end, "U"))


def _pronoun(token: Token) -> str | None:
    kind = PRONOUNS.get(token.lower_)
    if kind is None or (kind == "which" and (token.tag_ not in ("WDT", "WP") or token.dep_ == "mark")):
        return None
    if token.lower_ == "it" and token.dep_ == "expl":
        return None
    return kind


def _head(doc: Doc, start: int, end: int) -> int:
    for place in range(end - 1, start - 1, -1):
        head = doc[place].head.i
        if not start <= head < end or head == place:
            return place
    return end - 1
