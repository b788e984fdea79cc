"""Which date belongs to which claim: the one in its own clause, kept apart from when it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import lexicon, time, tree
from kg.extract.arguments import Argument
from kg.extract.attribution import Attribution
from kg.extract.matching import Match
from kg.extract.parts import sentence_of, text_of
from kg.model import Mention, PartialDate, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Timing:
    """The dates of one document, block by block."""

    def __init__(self, published: PartialDate | None) -> None:
        self._published = published
        self._found: dict[tuple[int, bool], list[time.Expression]] = {}

    def of(self, match: Match, planned: bool) -> time.Expression | None:
        """The date that belongs to the claim's own clause, the nearest to its words first."""
        doc = match.anchor.doc
        own = {word.i for word in match.words}
        if not descriptive(match):
            own |= {tree.clause(match.anchor).i, *(tree.clause(word).i for word in match.words)}
        found = []
        within = sentence_of(match.anchor)
        for each in self._in(doc, planned):
            if each.end <= within.first or within.last <= each.start:
                continue
            span = doc.char_span(each.start, each.end, alignment_mode="expand")
            if span is None or sentence_of(span.root) != within:
                continue
            ends = [end for end in (match.subject, match.object) if end is not None]
            inside = any(span.start <= end.i < span.end for end in ends) or _names_part(span.root, ends)
            if not inside and (
                tree.clause(span.root).i in own or any(above.i in own for above in _noun_path(span.root))
            ):
                found.append((abs(span.root.i - match.anchor.i), each.start, each))
        return min(found)[2] if found else self._over(match)

    def _over(self, match: Match) -> time.Expression | None:
        """What was so "formerly", and what a "former" governor was, ended before the text was written."""
        if self._published is None or not _former(match):
            return None
        return time.Expression(match.anchor.idx, match.anchor.idx, None, self._published.text, "before", dated=False)

    def said(self, attribution: Attribution) -> str | None:
        """When it was said, where the text dates the saying."""
        verb = attribution.verb
        if verb is None or attribution.speaker is None:
            return None
        for each in self._in(verb.doc, False):
            span = verb.doc.char_span(each.start, each.end, alignment_mode="expand")
            if span and tree.clause(span.root) == verb and each.first:
                return each.first if each.first == each.last else (each.first[:7] if each.last else None)
        return None

    def _in(self, doc: Doc, future: bool) -> list[time.Expression]:
        key = (doc.user_data["block"], future)
        if key not in self._found:
            self._found[key] = time.find(text_of(doc), self._published, future=future)
        return self._found[key]


def _names_part(date: Token, ends: list[Token]) -> bool:
    """ "the Banking Law of 2000", "the 1983 Act": the date tells which one is meant."""
    above = date.head
    if date.dep_ in ("nummod", "compound", "amod", "nmod"):
        return above in ends
    if date.dep_ != "pobj" or above.lower_ != "of" or tree.is_verbal(above.head):
        return False
    return above.head in ends or (above.head.like_num and above.head.head in ends)  # "Instrument 60 of 2024"


def _former(match: Match) -> bool:
    words = {match.anchor, tree.clause(match.anchor), *match.words}
    adverbs, adjectives = lexicon.words("times", "past_adverbs"), lexicon.words("times", "past_adjectives")
    below = [child for word in words for child in word.children]
    if any(child.lower_ in adverbs and child.dep_ == "advmod" for child in below if _stative(child.head)):
        return True
    if match.object is not None and not tree.is_verbal(match.object):
        words.add(match.object)
    return any(
        child.lower_ in adjectives and child.dep_ in ("amod", "compound", "nmod", "advmod") and not tree.is_verbal(word)
        for word in words
        for child in word.children
    )


def _stative(token: Token) -> bool:
    """Whether a word tells a state, which "once" ends, and not an act, which it only dates vaguely."""
    clause = tree.clause(token)
    return clause.lemma_ in ("be", "have", "own", "belong", "know", "call", "head", "lead", "hold")


def descriptive(match: Match) -> bool:
    """Whether a claim is said in passing: the clause around it, and its date, are about something else."""
    if match.pattern.presupposed:
        return True
    if any(end.dep_ == "appos" and end.head == match.anchor for end in (match.subject, match.object) if end):
        return True
    for above in (match.anchor, *match.anchor.ancestors):
        if tree.is_verbal(above):
            return False
        if above.dep_ in ("appos", "compound", "nmod", "amod"):
            return True
    return False


def argument(when: time.Expression | None, base: int) -> list[Argument]:
    """A date as the object of a dated fact."""
    if when is None or when.first is None or when.last is None or when.precision not in ("day", "month", "year"):
        return []
    text = when.first if when.first == when.last else None
    if text is None:
        return []
    return [Argument(Mention(text, "date", value=text, span=Span(base + when.start, base + when.end)), 1.0)]


def _noun_path(token: Token) -> list[Token]:
    """What a date qualifies: the nouns and prepositions above it up to the first verb."""
    found = []
    for above in token.ancestors:
        if tree.is_verbal(above):
            break
        found.append(above)
    return found
