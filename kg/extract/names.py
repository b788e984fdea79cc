"""Names in a text: from the graph, from the language model, and runs of proper nouns.

The small model alone misses names and cuts others short, so a run of capitalised words counts too; where they
overlap the longest reading stands, and the graph's name wins among equals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import lexicon
from kg.extract.gazetteer import Gazetteer
from kg.extract.parts import text_of
from kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS_OF_NUMBERS = frozenset(
    ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "NORP", "LANGUAGE")
)
_SURE_LABELS = frozenset(("GPE", "ORG", "PERSON"))
"""Labels by which a capital is a name even where the tagger sees a common noun."""
_ACRONYM = re.compile(r"\s*[(\[][\"“']?((?=[^)\]]*[A-Z])[A-Z][\w&/.-]{1,11}|[a-z]-?[A-Z]{2,6})[\"”']?[)\]]")
_SEATED = frozenset(("based", "headquartered", "registered", "listed"))
_SYMBOL = re.compile(r"[^\W\d_]")
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w+[A-Z])[A-Za-z]\w*(?:-\w+)?|[A-Z]{3,}\d*(?:-[A-Z]\w*)+")
"""A spelling that only names have: mBridge, CoinDCX, eNaira, JAM-DEX."""
_NUMBER = re.compile(r"[A-Z]?\d[\w./-]*|[IVX]{1,4}")
_HEADLINE = 40
"""Tokens of a headline at most."""
_FEW = 3
"""A line of so few long words shows no style."""
_TITLE_CASE = 0.85
"""Share of capitalised words from which capitals say nothing about names."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at tokens ``start`` to ``end`` of a block."""

    start: int
    end: int
    text: str
    entities: tuple[Entity, ...] = ()
    label: str | None = None
    """The language model's label, where it saw the name."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form that the text defines: token indexes of both."""

    name: NameSpan
    short: NameSpan


def find(doc: Doc, text: str, gazetteer: Gazetteer) -> list[NameSpan]:
    """The names of a block in order, none overlapping. ``text`` is the block's own text."""
    candidates = [*_from_graph(doc, text, gazetteer), *_from_model(doc), *_digital(doc)]
    if not title_case(doc):
        candidates += _runs(doc)
    graph = {(each.start, each.end) for each in candidates if each.entities}
    candidates = [part for each in candidates for part in _apart(doc, each, graph)]
    candidates = [part for each in candidates for part in _of_place(doc, each)]
    candidates = [part for each in candidates for part in _split(doc, each)]
    candidates = [each for each in (_trimmed(doc, each) for each in candidates) if each]
    candidates.sort(key=lambda each: (-(each.end - each.start), not each.entities, each.label is None, each.start))
    taken: dict[int, NameSpan] = {}
    kept: list[NameSpan] = []
    for each in candidates:
        if not any(place in taken for place in range(each.start, each.end)):
            kept.append(each)
            taken.update(dict.fromkeys(range(each.start, each.end), each))
    labels = {(token.i): token.ent_type_ for token in doc if token.ent_type_}
    kept = [_labelled(each, labels) for each in kept]
    return sorted(kept, key=lambda each: each.start)


def again(doc: Doc, known: frozenset[str], taken: set[int]) -> Iterator[NameSpan]:
    """Names of the document where nothing marked them: at the start of a sentence, in a headline.

    ``known`` holds their words, in the text's own capitals, joined by single spaces; ``taken`` are others' tokens.
    """
    longest = 5
    firsts = {name.split()[0] for name in known}
    words = [token.text for token in doc]
    place = 0
    while place < len(words):
        if words[place] in firsts:
            for end in range(min(place + longest, len(words)), place, -1):
                if " ".join(words[place:end]) in known and taken.isdisjoint(range(place, end)):
                    yield NameSpan(place, end, doc[place:end].text)
                    place = end - 1
                    break
        place += 1


def acronyms(doc: Doc, names: list[NameSpan]) -> Iterator[Acronym]:
    """Short forms in brackets behind a name that they abbreviate: "Bank of Ghana (BoG)"."""
    starts = {doc[each.start].idx: each for each in names}
    for each in names:
        stop = doc[each.end - 1].idx + len(doc[each.end - 1])
        found = _ACRONYM.match(text_of(doc), stop)
        if found is None:
            continue
        short = starts.get(found.start(1)) or _span(doc, found.start(1), found.end(1))
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


def _from_graph(doc: Doc, text: str, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    for hit in gazetteer.find(text):
        span = _span(doc, hit.start, hit.end)
        if span:
            yield NameSpan(span.start, span.end, text[hit.start : hit.end], hit.entities)


def _span(doc: Doc, start: int, end: int) -> NameSpan | None:
    found = doc.char_span(start, end, alignment_mode="expand")
    return NameSpan(found.start, found.end, text_of(doc)[start:end]) if found else None


def _from_model(doc: Doc) -> Iterator[NameSpan]:
    for each in doc.ents:
        named = any(token.pos_ == "PROPN" for token in each)
        if each.label_ not in _LABELS_OF_NUMBERS and (named or (each.label_ in _SURE_LABELS and each[0].is_title)):
            if title_case(doc) and any(token.pos_ == "VERB" and not token.is_lower for token in each):
                continue
            yield from _pieces(doc, each.start, each.end, each.label_)


def _pieces(doc: Doc, start: int, end: int, label: str) -> Iterator[NameSpan]:
    """What the model takes for one name, cut where names end: "Libra, Shopify", "Diem's Stuart Levey"."""
    begin = start
    for place in range(start + 1, end - 1):
        token, before, after = doc[place], doc[place - 1], doc[place + 1]
        legal = after.lower_.rstrip(".") in lexicon.words("names", "legal_forms")
        owner = token.text == "'s" and before.lower_ not in lexicon.words("names", "owners") and _capital(after)
        dash = token.text in ("-", "–", "—", "/") and token.whitespace_ and before.whitespace_
        verb = token.is_lower and (token.pos_ in ("VERB", "AUX") or (token.pos_ == "NOUN" and len(token) > _FEW))
        if (token.text == "," and not legal) or owner or dash or verb or token.text in (";", ":"):
            if begin < place:
                yield NameSpan(begin, place, doc[begin:place].text)
            begin = place + 1
    if begin < end:
        yield NameSpan(begin, end, doc[begin:end].text, label=label if begin == start else None)


def _digital(doc: Doc) -> Iterator[NameSpan]:
    """ "the digital euro", "a digital Fijian dollar": a name in lower case."""
    classes = lexicon.classes()
    if "igital " not in text_of(doc):
        return
    for token in doc:
        if token.lower_ != "digital":
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < 4 and doc[end].text[:1].isupper() and doc[end].lower_ not in classes:
            end += 1
        if end < len(doc) and classes.get(doc[end].lower_) == "Currency":
            yield NameSpan(token.i, end + 1, doc[token.i : end + 1].text, label="CURRENCY")


def title_case(doc: Doc) -> bool:
    """Whether capitals stand on almost every word, as in many headlines, so that they mark no names."""
    known = doc.user_data.get("title_case")
    if known is None:
        whole = len(doc) < _HEADLINE and doc[-1].text not in (".", "!", '"', ":")
        long = [token for token in doc if token.is_alpha and len(token) > _FEW] if whole else []
        capital = sum(token.text[:1].isupper() for token in long)
        known = len(long) > _FEW and capital > _TITLE_CASE * len(long)
        doc.user_data["title_case"] = known
    return bool(known)


def _runs(doc: Doc) -> Iterator[NameSpan]:
    joints = lexicon.words("names", "joints")
    start: int | None = None
    for token in doc:
        if _capital(token):
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
    if not _NUMBER.fullmatch(token.text) or not _capital(before) or not before.whitespace_:
        return False
    if lexicon.classes().get(before.lower_) in ("LegalInstrument", "Phase", "Project", "Document", "Report", "Bill"):
        return True
    return token.ent_type_ in ("", "CARDINAL", before.ent_type_) and before.ent_type_ not in ("DATE", "TIME", "MONEY")


def _joined(doc: Doc, token: Token) -> bool:
    """Whether a small word or sign goes on with the name: "Bank of England", not "Tencent and Alibaba"."""
    after = doc[token.i + 1]
    if token.text in ("-", "/", "&"):
        tight = not token.whitespace_ and not doc[token.i - 1].whitespace_
        return (tight and (_capital(after) or (token.text == "-" and len(after) < 4))) or token.text == "&"
    if token.lower_ in ("for", "the", "'s", "'"):
        # only inside a name whose parser tree holds together on one head
        owner = doc[token.i - 1].lower_ in lexicon.words("names", "owners")
        return _capital(after) and token.text in ("'s", "'") and owner
    if token.lower_ == "and" and token.i + 2 < len(doc):
        fields = lexicon.words("names", "fields")
        more = after.lower_ in fields or _capital(doc[after.i + 1])
        return _capital(after) and doc[token.i - 1].lower_ in fields and more
    if token.lower_ == "in":
        return _capital(after) and doc[token.i - 1].lower_ == "markets"
    if token.lower_ == "on":
        return _capital(after) and doc[token.i - 1].lower_ in ("committee", "commission", "council", "board", "forum")
    if token.lower_ == "of":
        ahead = after if after.lower_ != "the" or token.i + 2 >= len(doc) else doc[token.i + 2]
        before = doc[token.i - 1].lower_
        return _capital(ahead) and (before in lexicon.words("names", "organisation_words") or before == "ministry")
    return _capital(after)


def _capital(token: Token) -> bool:
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
    return token.pos_ in ("NOUN", "ADJ", "VERB", "X", "ADV", "INTJ") and token.ent_type_ not in _LABELS_OF_NUMBERS


def _run(doc: Doc, start: int, end: int) -> Iterator[NameSpan]:
    while end > start and not _capital(doc[end - 1]) and not _NUMBER.fullmatch(doc[end - 1].text):
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
    return not before.is_punct and not before.is_quote and token.ent_type_ not in _LABELS_OF_NUMBERS


def _is_seat(token: Token) -> bool:
    """Whether it is the town of "Mumbai-based"."""
    seat = token.i + 2 < len(token.doc) and token.nbor(1).text == "-" and token.nbor(2).lower_ in _SEATED
    return seat and token.text[:1].isupper() and token.pos_ == "NOUN"


def _is_people(token: Token) -> bool:
    """Whether a word is an adjective or noun for a people: "Moroccan", "Americans"."""
    return token.lower_ in lexicon.demonyms() or token.lower_.removesuffix("s") in lexicon.demonyms()


def _trimmed(doc: Doc, span: NameSpan) -> NameSpan | None:
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


def _split(doc: Doc, span: NameSpan) -> Iterator[NameSpan]:
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


def _apart(doc: Doc, span: NameSpan, graph: set[tuple[int, int]]) -> Iterator[NameSpan]:
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


def _of_place(doc: Doc, span: NameSpan) -> Iterator[NameSpan]:
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


def _labelled(span: NameSpan, labels: dict[int, str]) -> NameSpan:
    if span.label or span.entities:
        return span
    found = [labels[place] for place in range(span.start, span.end) if place in labels]
    whole = found and len(found) == span.end - span.start and len(set(found)) == 1
    return NameSpan(span.start, span.end, span.text, (), found[0] if whole else None)
