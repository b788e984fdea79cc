"""What capitals say about names: runs of capitalised words, and texts in which capitals mark nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import lexicon
from kg.extract.spans import NameSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LABELS_OF_NUMBERS = frozenset(
    ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "NORP", "LANGUAGE")
)
_SEATED = frozenset(("based", "headquartered", "registered", "listed"))
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w+[A-Z])[A-Za-z]\w*(?:-\w+)?|[A-Z]{3,}\d*(?:-[A-Z]\w*)+")
"""A spelling that only names have: mBridge, CoinDCX, eNaira, JAM-DEX."""
_NUMBER = re.compile(r"[A-Z]?\d[\w./-]*|[IVX]{1,4}")
_HEADLINE = 40
"""Tokens of a headline at most."""
FEW = 3
"""Letters of a short word; a line with so few longer ones shows no style."""
_TITLE_CASE = 0.85
"""Share of capitalised words from which capitals say nothing about names."""


def title_case(doc: Doc) -> bool:
    """Whether capitals stand on almost every word, as in many headlines, so that they mark no names."""
    known = doc.user_data.get("title_case")
    if known is None:
        whole = len(doc) < _HEADLINE and doc[-1].text not in (".", "!", '"', ":")
        long = [token for token in doc if token.is_alpha and len(token) > FEW] if whole else []
        capital = sum(token.text[:1].isupper() for token in long)
        known = len(long) > FEW and capital > _TITLE_CASE * len(long)
        doc.user_data["title_case"] = known
    return bool(known)


def runs(doc: Doc) -> Iterator[NameSpan]:
    """Runs of capitalised words, with the small words and numbers that stand inside names."""
    joints = lexicon.words("names", "joints")
    start: int | None = None
    for token in doc:
        if is_capital(token):
            if start is None or (doc[token.i - 1].is_punct and doc[token.i - 1].text not in ("-", "&", ".")):
                if start is not None:
                    yield from _run(doc, start, token.i)
                start = token.i
        elif start is not None and _numbers(doc, token):
            continue
        elif start is not None and not (
            (token.lower_ in joints or token.text in ("-", "'s", "'", "&", "/"))
            and token.i + 1 < len(doc)
            and _joined(doc, token)
        ):
            yield from _run(doc, start, token.i)
            start = None
    if start is not None:
        yield from _run(doc, start, len(doc))


def _numbers(doc: Doc, token: Token) -> bool:
    """Whether a number belongs to the name before it: "Resolution 88", "Project Khokha 2x", "Finance Act 2025"."""
    before = doc[token.i - 1]
    if not _NUMBER.fullmatch(token.text) or not is_capital(before) or not before.whitespace_:
        return False
    if lexicon.classes().get(before.lower_) in ("LegalInstrument", "Phase", "Project", "Document", "Report", "Bill"):
        return True
    return token.ent_type_ in ("", "CARDINAL", before.ent_type_) and before.ent_type_ not in ("DATE", "TIME", "MONEY")


def _joined(doc: Doc, token: Token) -> bool:
    """Whether a small word or sign goes on with the name: "Bank of England", not "Tencent and Alibaba"."""
    after = doc[token.i + 1]
    if token.text in ("-", "/", "&"):
        tight = not token.whitespace_ and not doc[token.i - 1].whitespace_
        return (tight and (is_capital(after) or (token.text == "-" and len(after) < 4))) or token.text == "&"
    if token.lower_ in ("for", "the", "'s", "'"):
        # only inside a name whose parser tree holds together on one head
        owner = doc[token.i - 1].lower_ in lexicon.words("names", "owners")
        return is_capital(after) and token.text in ("'s", "'") and owner
    if token.lower_ == "and" and token.i + 2 < len(doc):
        fields = lexicon.words("names", "fields")
        more = after.lower_ in fields or is_capital(doc[after.i + 1])
        return is_capital(after) and doc[token.i - 1].lower_ in fields and more
    if token.lower_ == "in":
        return is_capital(after) and doc[token.i - 1].lower_ == "markets"
    if token.lower_ == "on":
        return is_capital(after) and doc[token.i - 1].lower_ in ("committee", "commission", "council", "board", "forum")
    if token.lower_ == "of":
        ahead = after if after.lower_ != "the" or token.i + 2 >= len(doc) else doc[token.i + 2]
        before = doc[token.i - 1].lower_
        return is_capital(ahead) and (before in lexicon.words("names", "organisation_words") or before == "ministry")
    return is_capital(after)


def is_capital(token: Token) -> bool:
    """Whether a word is written as names are: "Ghana", "mBridge", the "Mumbai" of "Mumbai-based"."""
    if token.text.islower():
        return False
    if _MIXED.fullmatch(token.text) or _is_seat(token):
        return True
    if token.pos_ == "PROPN":
        return token.text[:1].isupper() or any(letter.isupper() for letter in token.text[1:])
    if token.is_sent_start and token.pos_ in ("NOUN", "X") and token.is_title and token.i + 1 < len(token.doc):
        after = token.nbor(1)  # "Sand Dollar was …": two capitals in a row
        return after.is_title and after.pos_ == "PROPN" and token.dep_ == "compound"
    if token.is_sent_start or not token.text[:1].isupper():
        return False
    return token.pos_ in ("NOUN", "ADJ", "VERB", "X", "ADV", "INTJ") and token.ent_type_ not in LABELS_OF_NUMBERS


def _run(doc: Doc, start: int, end: int) -> Iterator[NameSpan]:
    while end > start and not is_capital(doc[end - 1]) and not _NUMBER.fullmatch(doc[end - 1].text):
        end -= 1
    if end > start and all(_is_people(token) for token in doc[start:end]):
        return
    if end > start and any(token.pos_ == "PROPN" or _alone(doc, token) for token in doc[start:end]):
        if all(token.ent_type_ in ("DATE", "TIME") for token in doc[start:end]):
            return
        yield NameSpan(start, end, doc[start:end].text)


def _alone(doc: Doc, token: Token) -> bool:
    """Whether a capital within a sentence marks a name although the tagger saw a common noun."""
    if _MIXED.fullmatch(token.text) or _is_seat(token):
        return True
    if token.is_sent_start or not token.i or token.pos_ not in ("NOUN", "X") or not token.is_title:
        return False
    before = doc[token.i - 1]
    return not before.is_punct and not before.is_quote and token.ent_type_ not in LABELS_OF_NUMBERS


def _is_seat(token: Token) -> bool:
    """Whether it is the town of "Mumbai-based"."""
    seat = token.i + 2 < len(token.doc) and token.nbor(1).text == "-" and token.nbor(2).lower_ in _SEATED
    return seat and token.text[:1].isupper() and token.pos_ == "NOUN"


def _is_people(token: Token) -> bool:
    """Whether a word is an adjective or noun for a people: "Moroccan", "Americans"."""
    return token.lower_ in lexicon.demonyms() or token.lower_.removesuffix("s") in lexicon.demonyms()
