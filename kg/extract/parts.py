"""A document in parts that are worked on one after another, and its blocks as the language model parses them.

Almost every document is one part. A larger one is cut between blocks, so that no more than a part of it is ever held
parsed; what its names stand for is handed on from part to part (:meth:`kg.extract.cast.Cast.carried`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.extract import model, normal
from kg.extract.segment import Block, sentence_case

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MOST = 200_000
"""Characters of a part: an hour of reading. Parsed they take some 50 MB."""
_AT_ONCE = 64
"""Blocks that the model takes at once: with more the memory grows, with fewer the time."""
_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)), " ")
"""Control characters and marks of direction."""
_NO_WORD = re.compile(r"\S{400,}")
"""No word or address, but data; the tokenizer's time grows with its square."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A part: its blocks, and for each the parse of its text, of the same length."""

    blocks: list[Block]
    docs: list[Doc]


class Sentence(NamedTuple):
    """Half-open ranges of a sentence in its doc: tokens and characters."""

    start: int
    end: int
    first: int
    last: int


def parts(blocks: Iterable[Block], most: int = MOST) -> Iterator[list[Block]]:
    """Consecutive blocks of up to ``most`` characters together; a document without blocks has one empty part."""
    part: list[Block] = []
    length = 0
    for block in blocks:
        if part and length + len(block.text) > most:
            yield part
            part, length = [], 0
        part.append(block)
        length += len(block.text)
    yield part


def parse(wanted: list[list[Block]]) -> Iterator[Parsed]:
    """Parse parts of one or several documents together: the model is faster with much at once, and says the same.

    Each doc knows in ``user_data["block"]`` the index of its block in the part.

    Raises:
        ExtractionError: the language model is missing or changed.
    """
    texts = (_plain(text) for part in wanted for text in _texts(part))
    docs = model.load().pipe(texts, batch_size=_AT_ONCE)
    for part in wanted:
        parsed = Parsed(part, [])
        for index, doc in zip(range(len(part)), docs, strict=False):
            doc.user_data["block"] = index
            parsed.docs.append(doc)
        yield parsed


def _texts(part: list[Block]) -> Iterator[str]:
    """What the parser is to read for every block: lists as sentences, headlines without their capitals."""
    body = "\n".join(block.text for block in part if not block.heading)
    for block in part:
        yield sentence_case(block.text, body) if block.heading else block.plain or block.text


def text_of(doc: Doc) -> str:
    """The text of a doc, remembered; spaCy joins it anew every time."""
    known = doc.user_data.get("text")
    if known is None:
        known = doc.user_data["text"] = doc.text
    return str(known)


def sentence_of(token: Token) -> Sentence:
    """The sentence that a token stands in, remembered; spaCy looks at every token of the doc to find it."""
    known = token.doc.user_data.get("sentences")
    if known is None:
        known = [each for sent in token.doc.sents for each in [_sentence(sent)] * len(sent)]
        token.doc.user_data["sentences"] = known
    found: Sentence = known[token.i]
    return found


def _sentence(sent: Span) -> Sentence:
    return Sentence(sent.start, sent.end, sent.start_char, sent.end_char)


def _plain(text: str) -> str:
    """The text for the parser, of the same length: plain quotes and spaces, and gaps for what nobody reads."""
    return _NO_WORD.sub(lambda found: " " * len(found.group()), normal.for_parser(text).translate(_UNSEEN))
