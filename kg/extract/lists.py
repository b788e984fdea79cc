"""Lists of things, read along the surface: parsers lose the end of long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.cast import Cast

_INNER = ("NOUN", "PROPN", "ADJ", "DET", "NUM", "X")
_CUES = ("such as", "among them", "among which", "among whom")
_ENDS = ("dobj", "pobj", "appos", "attr", "conj", "oprd", "dative", "pcomp")
_SUBJECTS = ("nsubj", "nsubjpass")


def after(cue: Token, cast: Cast) -> list[Token]:
    """Heads of the list that a cue opens: "such as X, Y (Z) and W"."""
    items, _ = _items(cue.i + 1, cue, cast)
    heads = [token for token in items if token.dep_ != "compound" or cast.at(token)]
    if len(items) > 1 and items[-1].head.dep_ == "ROOT" and items[-1].dep_ == "nsubj":
        heads = heads[:-1]
    return heads


def examples(head: Token, cast: Cast) -> list[Token]:
    """Named examples right behind a plural that the parser hangs elsewhere: "its members, among them X and Y"."""
    doc, place, end = head.doc, head.i + 1, head.sent.end
    if head.tag_ not in ("NNS", "NNPS") or cast.at(head):
        return []
    place += place < end and doc[place].text == ","
    said = " ".join(token.lower_ for token in doc[place : min(place + 2, end)])
    if not said.startswith(("including ", "notably ", "namely ")) and said not in _CUES:
        place = _later(head)
        items = _items(place, head, cast)[0] if place else []
        return [each for each in items if cast.at(each)]
    items, _ = _items(place + (2 if said in _CUES else 1), head, cast)
    return [each for each in items if cast.at(each)]


def _later(head: Token) -> int:
    """Where the examples begin of "eleven banks joined the trial, among them X and Y", else 0."""
    doc, actors = head.doc, lexicon.words("groups", "actors")
    if head.lemma_.lower() not in actors or head.dep_ not in (*_SUBJECTS, "dobj"):
        return 0
    for place in range(head.i + 1, head.sent.end - 2):
        token = doc[place]
        if token.tag_ == "NNS" and token.lemma_.lower() in actors:
            return 0  # they may be the examples of these
        if token.text == "," and f"{doc[place + 1].lower_} {doc[place + 2].lower_}" in _CUES[1:]:
            return place + 3
    return 0


def serial(first: Token, cast: Cast) -> list[Token]:
    """Heads of the list "X, Y and Z" that begins with a head; nothing where it is no list of at least three."""
    mention = cast.at(first)
    if first.dep_ not in _ENDS or (mention and first.doc[mention.start : mention.end].root != first):
        return []
    start = _end_of_name(first, cast) if cast.at(first) else first.i + 1
    start = _behind_brackets(start, first)
    start, joined = _joint(start, first)
    if not joined:
        return []
    items, closed = _items(start, first, cast)
    if not closed or any(each.dep_ in _SUBJECTS for each in items):
        return []
    if cast.at(first):
        items = [each for each in items if cast.at(each) or each.tag_ in ("NNS", "NNPS")]
    return [first, *items] if len(items) > 1 else []


def _items(place: int, near: Token, cast: Cast) -> tuple[list[Token], bool]:
    """Heads of the items from a place on, and whether an "and" stands before the last one."""
    doc, end = near.doc, near.sent.end
    found: list[Token] = []
    closed = False
    while place < end:
        stop = place
        while stop < end:
            token = doc[stop]
            if cast.at(token):
                stop = _end_of_name(token, cast)
            elif token.pos_ in _INNER or token.text in ("-", "'s", "’s", "%") or token.dep_ in ("amod", "quantmod"):
                stop += 1
            else:
                break
        if stop == place or not (doc[stop - 1].pos_ in ("NOUN", "PROPN", "X") or cast.at(doc[stop - 1])):
            break
        found.append(_head(doc[stop - 1], cast))
        if closed:
            break
        place = _behind_brackets(stop, near)
        place, joint = _joint(place, near)
        if not joint:
            break
        closed = joint == "and"
    return found, closed and len(found) > 1


def _joint(place: int, near: Token) -> tuple[int, str]:
    """Where the next item begins, and what joins it: a comma, "and" for the last one, or nothing."""
    doc, end = near.doc, near.sent.end
    start, kind = place, ""
    while place < end and doc[place].lower_ in lexicon.words("groups", "joints"):
        kind = "and" if kind == "and" or doc[place].text != "," else ","
        place += 1
    return (place, kind) if place > start else (place, "")


def _behind_brackets(place: int, near: Token) -> int:
    doc, end = near.doc, near.sent.end
    if place < end and doc[place].text == "(":
        while place < end and doc[place].text != ")":
            place += 1
        place += 1
    return place


def _end_of_name(token: Token, cast: Cast) -> int:
    mention = cast.at(token)
    return mention.end if mention else int(token.i) + 1


def _head(last: Token, cast: Cast) -> Token:
    mention = cast.at(last)
    return last.doc[mention.start : mention.end].root if mention else last
