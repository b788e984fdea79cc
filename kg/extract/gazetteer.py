"""The graph's own names in a text: word by word, longest match first.

Extraction sees names and classes of entities, never claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract import normal
from kg.model import Entity

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_JOINT = re.compile(r"[\s\-‐‑–/.&’']{1,3}|[’']s\s")
"""What may stand between two words of one name."""
_LONG = 5
_SMALL = 3
"""Letters of a word that titles leave in lower case."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a name stands, and every entity of that name."""

    start: int
    end: int
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    text: str
    entities: tuple[Entity, ...]


class Gazetteer:
    """An index over the names of entities."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)
        named: dict[tuple[str, ...], dict[str, list[Entity]]] = defaultdict(dict)
        signs: dict[str, list[Entity]] = defaultdict(list)
        for each in self.entities:
            for name in each.names:
                if _CJK.search(name.text):
                    signs[name.text].append(each)
                else:
                    key = normal.words(re.sub(r"^(?:The|the)\s+", "", name.text))
                    if key:
                        named[key].setdefault(name.text, []).append(each)
        self._index: dict[str, list[_Entry]] = defaultdict(list)
        for key, spelled in named.items():
            for text, who in spelled.items():
                self._index[key[0]].append(_Entry(key, text, _distinct(who)))
        for entries in self._index.values():
            entries.sort(key=lambda entry: (-len(entry.words), entry.text))
        self._signs = {text: _distinct(who) for text, who in signs.items()}
        longest_first = sorted(self._signs, key=lambda text: (-len(text), text))
        self._sign = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

        self._bound = frozenset(each.document for each in self.entities if each.document is not None)
        self._within: dict[str | None, Gazetteer] = {}

    def within(self, document: str) -> Gazetteer:
        """The names that may stand in a document: not the vague groups of another one."""
        if not self._bound - {document}:
            return self
        key = document if document in self._bound else None
        if key not in self._within:
            self._within[key] = Gazetteer(each for each in self.entities if each.document in (None, document))
        return self._within[key]

    def find(self, text: str) -> list[Hit]:
        """Every name in the text, in order, none within another."""
        # possessive endings become spaces, so that offsets stay
        bare = normal.without_possessives(text)
        found = list(normal.WORD.finditer(bare))
        forms = [normal.word(each.group()) for each in found]
        hits: list[Hit] = []
        at = 0
        while at < len(found):
            length, entities = self._match(bare, found, forms, at)
            if entities:
                hits.append(Hit(found[at].start(), found[at + length - 1].end(), entities))
            at += max(length, 1)
        if self._sign:
            hits += [Hit(*each.span(), self._signs[each.group()]) for each in self._sign.finditer(text)]
        return sorted(hits, key=lambda hit: hit.start)

    def named(self, text: str) -> tuple[Entity, ...]:
        """Entities with exactly this name, whatever its case."""
        key = normal.words(text)
        entries = self._index.get(key[0], ()) if key else ()
        return _distinct(who for entry in entries if entry.words == key for who in entry.entities)

    def _match(
        self, text: str, found: list[re.Match[str]], forms: list[str], at: int
    ) -> tuple[int, tuple[Entity, ...]]:
        """Length in words of the longest name that begins here, and whose name it is."""
        entries = self._index.get(forms[at], ()) or self._index.get(normal.singular(forms[at]), ())
        if not entries:
            return 0, ()
        best = 0
        entities: list[Entity] = []
        for entry in entries:
            length = len(entry.words)
            if length < best:
                break
            if not _same(forms[at : at + length], entry):
                continue
            gaps = (text[found[n].end() : found[n + 1].start()] for n in range(at, at + length - 1))
            if all(_JOINT.fullmatch(gap) for gap in gaps) and _case_fits(
                [each.group() for each in found[at : at + length]], entry.text
            ):
                best = length
                entities += entry.entities
        return best, _distinct(entities)


def _same(forms: list[str], entry: _Entry) -> bool:
    if tuple(forms) == entry.words:
        return True
    # "initial coin offerings" is the plural of a name that is a common noun
    return (
        len(forms) == len(entry.words)
        and tuple(forms[:-1]) == entry.words[:-1]
        and normal.singular(forms[-1]) == normal.singular(entry.words[-1])
        and not normal.WORD.findall(entry.text)[-1].isupper()
        and (len(forms) > 1 or entry.text.islower())
    )


def _case_fits(seen: list[str], name: str) -> bool:
    """Whether the text's capitals allow the name: single words are strict, longer names are not.

    "Petro" is no "petro" and "US" is no "us"; "digital yuan" may stand as "Digital Yuan" and the reverse.
    """
    if len(seen) > 1:
        # all in lower case is a matter of style, half in lower case is another phrase: "the central bank of Ghana"
        shown_words = normal.WORD.findall(normal.without_possessives(name))
        pairs = [(ours, theirs) for ours, theirs in zip(seen, shown_words, strict=False) if len(theirs) > _SMALL]
        lowered = [ours[:1].islower() and theirs[:1].isupper() for ours, theirs in pairs]
        return not any(lowered) or all(ours.islower() for ours, _ in pairs)
    word = seen[0]
    if name.islower() or not any(letter.isalpha() for letter in name):
        return True
    shown = name.replace(".", "")
    if sum(letter.isupper() for letter in shown) > 1 and len(shown) < _LONG:
        return word.replace(".", "").rstrip("s") == shown.rstrip("s")
    return word[:1].isupper() or word == name


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({each.id: each for each in entities}.values())
