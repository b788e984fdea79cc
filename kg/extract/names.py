"""Names in a text: from the graph, from the language model, and runs of proper nouns.

The small model alone misses names and cuts others short, so a run of capitalised words counts too; where they
overlap the longest reading stands, and the graph's name wins among equals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import capitals, lexicon, spans, trimming
from kg.extract.gazetteer import Gazetteer
from kg.extract.parts import text_of
from kg.extract.spans import NameSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SURE_LABELS = frozenset(("GPE", "ORG", "PERSON"))
"""Labels by which a capital is a name even where the tagger sees a common noun."""


def find(doc: Doc, text: str, gazetteer: Gazetteer) -> list[NameSpan]:
    """The names of a block in order, none overlapping. ``text`` is the block's own text."""
    candidates = [*_from_graph(doc, text, gazetteer), *_from_model(doc), *_digital(doc)]
    if not capitals.title_case(doc):
        candidates += capitals.runs(doc)
    graph = {(each.start, each.end) for each in candidates if each.entities}
    candidates = [part for each in candidates for part in trimming.at_and(doc, each, graph)]
    candidates = [part for each in candidates for part in trimming.at_place(doc, each)]
    candidates = [part for each in candidates for part in trimming.at_titles(doc, each)]
    candidates = [each for each in (trimming.trimmed(doc, each) for each in candidates) if each]
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


def _from_graph(doc: Doc, text: str, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    for hit in gazetteer.find(text):
        span = spans.at_characters(doc, hit.start, hit.end)
        if span:
            yield NameSpan(span.start, span.end, text[hit.start : hit.end], hit.entities)


def _from_model(doc: Doc) -> Iterator[NameSpan]:
    for each in doc.ents:
        named = any(token.pos_ == "PROPN" for token in each)
        if each.label_ not in capitals.LABELS_OF_NUMBERS and (
            named or (each.label_ in _SURE_LABELS and each[0].is_title)
        ):
            if capitals.title_case(doc) and any(token.pos_ == "VERB" and not token.is_lower for token in each):
                continue
            yield from _pieces(doc, each.start, each.end, each.label_)


def _pieces(doc: Doc, start: int, end: int, label: str) -> Iterator[NameSpan]:
    """What the model takes for one name, cut where names end: "Libra, Shopify", "Diem's Stuart Levey"."""
    begin = start
    for place in range(start + 1, end - 1):
        token, before, after = doc[place], doc[place - 1], doc[place + 1]
        legal = after.lower_.rstrip(".") in lexicon.words("names", "legal_forms")
        owner = (
            token.text == "'s" and before.lower_ not in lexicon.words("names", "owners") and capitals.is_capital(after)
        )
        dash = token.text in ("-", "–", "—", "/") and token.whitespace_ and before.whitespace_
        verb = token.is_lower and (
            token.pos_ in ("VERB", "AUX") or (token.pos_ == "NOUN" and len(token) > capitals.FEW)
        )
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


def _labelled(span: NameSpan, labels: dict[int, str]) -> NameSpan:
    if span.label or span.entities:
        return span
    found = [labels[place] for place in range(span.start, span.end) if place in labels]
    whole = found and len(found) == span.end - span.start and len(set(found)) == 1
    return NameSpan(span.start, span.end, span.text, (), found[0] if whole else None)
