"""What the classifier sees of a pair of mentions, hashed.

Every feature is a name put through CRC-32 into ``2**BITS`` places: single words, kinds and short shapes of the
sentence around the pair. Names within a feature are replaced by their kind, so no run of text can be read back from the
weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from kg.extract.classifier.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERSION = 1
"""Raised with every change of the features: weights of another version are refused."""
BITS = 18
FURTHEST = 60
"""Tokens between the ends of a pair at most."""
_LONGEST_PATH = 12
_MASK = (1 << BITS) - 1
_LINKS = ("appos", "compound", "amod", "nmod", "poss", "attr", "relcl", "acl", "prep", "npadvmod", "advmod", "det")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions by their index, in the order subject, object."""

    subject: int
    object: int


class Sentence:
    """A parsed text with its mentions, ready to describe pairs of them."""

    def __init__(self, doc: Doc, mentions: list[Mention]) -> None:
        self.doc = doc
        self.mentions = mentions
        self._words = _masked(doc, mentions)
        self._own = [self._alone(index) for index in range(len(mentions))]
        self._chains: dict[int, list[int]] = {}
        self._names = [self._name_words(each) for each in mentions]

    def features(self, pair: Pair) -> list[int]:
        """The places of a pair's features, each once, in order."""
        return sorted({crc32(name.encode()) & _MASK for name in self.names(pair)})

    def names(self, pair: Pair) -> list[str]:
        """The features of a pair by name."""
        a, b = self.mentions[pair.subject], self.mentions[pair.object]
        forward = a.start < b.start
        first, second = (a, b) if forward else (b, a)
        kinds = f"{a.kind}{'>' if forward else '<'}{b.kind}"
        found = ["bias", f"k={kinds}"]
        found += [f"s:{each}" for each in self._own[pair.subject]]
        found += [f"o:{each}" for each in self._own[pair.object]]
        between = self._words[first.end : second.start]
        distance = len(between)
        bucket = distance if distance < 6 else 6 + min(distance // 5, 8)
        inner = sum(1 for each in self.mentions if first.end <= each.start and each.end <= second.start)
        same = sum(
            1
            for each in self.mentions
            if first.end <= each.start and each.end <= second.start and each.kind in (a.kind, b.kind)
        )
        found += [f"d={kinds}{bucket}", f"n={kinds}{min(inner, 4)}", f"m={kinds}{min(same, 3)}"]
        side = ">" if forward else "<"
        for word in dict.fromkeys(between if distance <= 24 else between[:12] + between[-12:]):
            found += [f"b{side}{word}", f"B{kinds}{word}"]
        for left, right in pairwise(between):
            found.append(f"bb{side}{left} {right}")
        if distance <= 7:
            whole = " ".join(between)
            found += [f"w{side}{whole}", f"W{kinds}{whole}"]
        before, after = self._words[max(first.start - 3, 0) : first.start], self._words[second.end : second.end + 3]
        found += [f"l{side}{word}" for word in before[-2:]] + [f"r{side}{word}" for word in after[:2]]
        if before:
            found.append(f"L{kinds}{before[-1]}")
        if after:
            found.append(f"R{kinds}{after[0]}")
        found.append(f"lb{side}{' '.join(before[-2:])}")
        found.append(f"ra{side}{' '.join(after[:2])}")
        found += [f"z{kinds}{each}" for each in self._likeness(pair.subject, pair.object)]
        found += self._path(a, b, kinds)
        return found

    def _path(self, a: Mention, b: Mention, kinds: str) -> list[str]:
        up, down, top = self._between(a.head, b.head)
        if top is None or not (up or down):
            return ["p=none", f"p=none{kinds}"]
        doc = self.doc
        steps = [f"{doc[each].dep_}^" for each in up] + [f"{doc[each].dep_}_" for each in reversed(down)]
        if len(steps) > _LONGEST_PATH:
            return ["p=long", f"p=long{kinds}"]
        inner = [*up[1:], *([top] if up and down else []), *reversed(down[1:])]
        words = [self._words[each] for each in inner]
        peak = self._words[top]
        bare = " ".join(steps)
        found = [f"p={bare}", f"P={kinds}{bare}", f"pl={kinds}{min(len(steps), 8)}", f"pw={' '.join(words)}"]
        found += [f"PW={kinds}{' '.join(words)}", f"pp={bare}|{' '.join(words)}"]
        found += [f"x{word}" for word in words] + [f"X{kinds}{word}" for word in words]
        found += [f"y{one}{two}" for one, two in pairwise(words)]
        found += [f"t{peak}{steps[0]}{steps[-1]}", f"T{kinds}{peak}"]
        found += [f"q{step}{word}" for step, word in zip(steps, words, strict=False)]
        for child in doc[top].children:
            if child.dep_ in ("neg", "aux", "auxpass", "prt", "advmod", "attr", "dobj", "acomp", "mark"):
                found.append(f"c{kinds}{child.dep_}{self._words[child.i]}")
        return found

    def _between(self, a: int, b: int) -> tuple[list[int], list[int], int | None]:
        """Tokens from either end up to their lowest common ancestor, without it."""
        up, down = self._chain(a), self._chain(b)
        places = {place: index for index, place in enumerate(down)}
        for index, place in enumerate(up):
            if place in places:
                return up[:index], down[: places[place]], place
        return [], [], None

    def _chain(self, place: int) -> list[int]:
        found = self._chains.get(place)
        if found is None:
            found = [place]
            token = self.doc[place]
            while token.head.i != token.i:
                token = token.head
                found.append(token.i)
            self._chains[place] = found
        return found

    def _name_words(self, mention: Mention) -> tuple[str, ...]:
        inside = self.doc[mention.start : mention.end]
        return tuple(token.lower_ for token in inside if token.text[0].isalnum()) if mention.is_name else ()

    def _likeness(self, one: int, other: int) -> list[str]:
        """How much two names look like names of one thing."""
        a, b = sorted((self._names[one], self._names[other]), key=len)
        if not a:
            return []
        if a == b:
            return ["equal"]
        found = ["last"] if a[-1] == b[-1] else []
        if a[0] == b[0]:
            found.append("first")
        if set(a) & set(b):
            found.append("shared")
        if set(a) <= set(b):
            found.append("within")
        initials = "".join(word[0] for word in b)
        if len(a) == 1 and len(b) > 1 and (a[0] == initials or initials.startswith(a[0][:3])):
            found.append("initials")
        return found or ["unlike"]

    def _alone(self, index: int) -> list[str]:
        """What is said of one mention, whatever its partner."""
        mention = self.mentions[index]
        doc, kind = self.doc, mention.kind
        head = doc[mention.head]
        found = [f"kind={kind}", f"dep={kind}{head.dep_}", f"gov={head.dep_}{self._words[head.head.i]}"]
        if mention.is_name or kind == "D":
            inside = [doc[place].lower_ for place in range(mention.start, mention.end)]
            found += [f"in={word}" for word in inside]
            found += [f"last={inside[-1]}", f"size={kind}{min(len(inside), 5)}", f"shape={head.shape_}"]
            if len(inside) == 1:
                found.append(f"one={inside[0]}")
            found.append(f"suffix={inside[-1][-3:]}")
        else:
            found.append(f"pro={head.lower_}")
        found += [f"-1={word}" for word in self._words[max(mention.start - 1, 0) : mention.start]]
        found += [f"+1={word}" for word in self._words[mention.end : mention.end + 1]]
        found.append("-2=" + " ".join(self._words[max(mention.start - 2, 0) : mention.start]))
        found.append("+2=" + " ".join(self._words[mention.end : mention.end + 2]))
        for child in head.children:
            if child.dep_ in _LINKS and not mention.start <= child.i < mention.end:
                found.append(f"{child.dep_}={self._words[child.i]}")
        if head.dep_ in ("nsubj", "nsubjpass"):
            for each in head.head.children:
                if each.dep_ in ("attr", "acomp"):
                    found.append(f"is={self._words[each.i]}")
        found.append(f"first={kind}{sum(1 for each in self.mentions[:index] if each.kind == kind) == 0}{index == 0}")
        return found


def _masked(doc: Doc, mentions: list[Mention]) -> list[str]:
    """Lemma of every word outside names; kind of the name within them."""
    words = [_lemma(token) for token in doc]
    for each in mentions:
        if each.is_name or each.kind == "D":
            words[each.start : each.end] = [f"<{each.kind}>"] * (each.end - each.start)
    return words


def _lemma(token: Token) -> str:
    if token.pos_ == "PROPN" or token.pos_ == "PRON":
        return str(token.lower_)
    if token.like_num:
        return "<#>"
    return str(token.lemma_).lower()
