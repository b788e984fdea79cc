"""What is part of a name and what only stands beside it: titles, articles, towns, a second name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import lexicon
from kg.extract.spans import NameSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SYMBOL = re.compile(r"[^\W\d_]")


def trimmed(doc: Doc, span: NameSpan) -> NameSpan | None:
    """The name without article, possessive ending, titles and bare acronyms in brackets; nothing where none is left."""
    if span.entities:
        return span
    start, end = span.start, span.end
    titles = lexicon.words("names", "titles")
    while start < end and (
        doc[start].lower_ in ("the", "a", "an", "'s", '"', "-") or doc[start].is_punct or doc[start].is_space
    ):
        start += 1
    while end - start > 1 and doc[start].lower_ in lexicon.words("names", "days"):
        start += 1
    opened = next((place for place in range(start, end) if doc[place].text in ("(", "[")), end)
    end = end if any(doc[place].text in (")", "]") for place in range(opened, end)) else opened
    joints = lexicon.words("names", "joints")
    while end > start and (
        doc[end - 1].lower_ in ("'s", "'")
        or doc[end - 1].is_punct
        or doc[end - 1].is_space
        or doc[end - 1].text in joints
    ):
        end -= 1
    start = _behind_titles(doc, start, end)
    while end - start > 1 and doc[end - 1].lower_ in lexicon.words("posts", "heads") and doc[end - 1].text.istitle():
        if doc[start:end].text.count(" of ") or span.label == "PERSON":
            break
        end -= 1  # "RBI Governor": what follows was no part of the name
        while end - start > 1 and doc[end - 1].lower_ in ("deputy", "vice", "assistant", "chief"):
            end -= 1
    if start >= end or (span.label != "CURRENCY" and _is_common(doc, start, end)):
        return None
    text = doc[start:end].text
    if all(token.lower_ in titles or token.lower_ in ("of", "and") for token in doc[start:end]):
        return None
    if any(sign in text for sign in "$€£¥%"):
        return None
    if text.lower() in lexicon.words("names", "no_names") or not _SYMBOL.search(text) or len(text) < 2:
        return None
    if not any(letter.isupper() for letter in text):
        return None
    return NameSpan(start, end, text, span.entities, span.label)


def _behind_titles(doc: Doc, start: int, end: int) -> int:
    """Where the name begins behind its titles: "Governor Ingves", not "General Electric" or "Finance Act"."""
    titles, heads = lexicon.words("names", "titles"), lexicon.words("posts", "heads")
    words = [token.lower_.rstrip(".") for token in doc[start:end]]
    stop = next((place for place, word in enumerate(words) if word not in titles), len(words))
    if not stop or stop == len(words) or "of" in words[stop:] or not doc[start + stop].text[:1].isupper():
        return start
    if not any(word in heads or word in lexicon.words("names", "honorifics") for word in words[:stop]):
        return start
    if any(word in lexicon.words("names", "organisation_words") or word in lexicon.classes() for word in words[stop:]):
        return start
    return start + stop


def _is_common(doc: Doc, start: int, end: int) -> bool:
    """Whether a capitalised word is the short form of a longer name ("the Bank", "the Order") and none by itself."""
    if end - start != 1 or doc[start].text.isupper():
        return False
    word = doc[start].lower_
    classes = lexicon.classes()
    common = word in classes or doc[start].lemma_.lower() in classes
    return common and classes.get(word) not in ("Cryptoasset", "CBDC")


def at_titles(doc: Doc, span: NameSpan) -> Iterator[NameSpan]:
    """Cut a run at the titles inside it: "RBI Deputy Governor T. Rabi Sankar" names a bank and a person."""
    titles, heads = lexicon.words("names", "titles"), lexicon.words("posts", "heads")
    words = [token.lower_.rstrip(".") for token in doc[span.start : span.end]]
    begin = next((place for place, word in enumerate(words) if word in titles), None)
    if span.entities or begin is None or "of" in words or not any(word in heads for word in words):
        yield span
        return
    end = begin
    while end < len(words) and words[end] in titles:
        end += 1
    if end == len(words) or not any(word in heads for word in words[begin:end]):
        yield span
        return
    if words[-1] in lexicon.words("names", "organisation_words"):
        yield span
        return
    if begin:
        yield NameSpan(span.start, span.start + begin, doc[span.start : span.start + begin].text)
    yield NameSpan(span.start + end, span.end, doc[span.start + end : span.end].text, (), "PERSON")


def at_and(doc: Doc, span: NameSpan, graph: set[tuple[int, int]]) -> Iterator[NameSpan]:
    """Cut "X and Y" where the graph knows one of both by itself."""
    joints = [place for place in range(span.start + 1, span.end - 1) if doc[place].lower_ == "and"]
    if span.entities or len(joints) != 1:
        yield span
        return
    left = (span.start + (doc[span.start].lower_ == "the"), joints[0])
    right = (joints[0] + 1 + (doc[joints[0] + 1].lower_ == "the"), span.end)
    if not {left, right} & graph:
        yield span
        return
    for start, end in (left, right):
        if start < end and (start, end) not in graph:
            yield NameSpan(start, end, doc[start:end].text, (), span.label)


def at_place(doc: Doc, span: NameSpan) -> Iterator[NameSpan]:
    """Cut "Kite Systems of Bergen" where the model sees a firm and a town; "Bank of Ghana" is one name."""
    joint = next((place for place in range(span.start + 1, span.end - 1) if doc[place].lower_ == "of"), None)
    if not span.entities and span.label is None and joint is not None:
        left = next((each for each in doc.ents if each.end == joint and each.start <= span.start), None)
        right = next((each for each in doc.ents if each.start == joint + 1 and each.end == span.end), None)
        firm = doc[joint - 1].lower_ in lexicon.words("names", "legal_forms")
        office = {token.lower_ for token in doc[span.start : joint]} & lexicon.words("names", "monetary")
        town = right is not None and right.label_ == "GPE"
        seat = town and right and (firm or right.text.lower() not in lexicon.words("places", "countries"))
        if left and left.label_ == "ORG" and right and seat and not office:
            yield NameSpan(span.start, joint, doc[span.start : joint].text, label="ORG")
            yield NameSpan(joint + 1, span.end, right.text, label="GPE")
            return
    yield span
