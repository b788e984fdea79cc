"""Whether a claim is sound: its terms fit the ontology and its axes hang together.

One set of rules for every claim, whether a curator wrote it or a reviewer accepted it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.curation.fields import near
from kg.curation.terms import DATATYPES, DATES, NOTHING, NUMBERS, Terms
from kg.model import Claim, Modality, PartialDate, Polarity, Rank, Ref, Term, Value, Voice
from kg.vocabulary import Predicate

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_FRACTIONS = ("share", "weight")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which part of the claim."""

    message: str
    part: str


def faults(claim: Claim, terms: Terms) -> Iterator[Fault]:
    """Everything that is wrong with a claim, as its terms were read, before merged entities are replaced."""
    predicate = terms.vocabulary.predicates.get(claim.predicate)
    if predicate is None:
        hint = near(claim.predicate, terms.vocabulary.predicates)
        yield Fault(f"{claim.predicate!r} is not a predicate of the ontology{hint}", "predicate")
    yield from _subject(claim, predicate, terms)
    if predicate is not None:
        yield from _object(claim.object, predicate, terms)
    for name, value in claim.qualifiers:
        yield from _qualifier(name, value, predicate, terms)
    yield from _axes(claim, terms)


def ahead(claim: Claim, data_date: date) -> Iterator[Fault]:
    """Dates after the date of the data, of what is told as if it had happened."""
    if claim.modality is not Modality.ACTUAL or claim.polarity is not Polarity.AFFIRMED:
        return
    said = claim.object
    dated = said.text if isinstance(said, Value) and said.datatype in DATES else None
    validity = claim.validity
    for day in (validity.valid_from, validity.earliest_start, validity.observed_on, claim.said_on, dated):
        if day is not None and str(day) > data_date.isoformat()[: len(str(day))]:
            message = f"{day} lies after the date of the data, {data_date}; make it Planned or correct it"
            yield Fault(message, "modality")
            return


def _subject(claim: Claim, predicate: Predicate | None, terms: Terms) -> Iterator[Fault]:
    id = claim.subject.id
    known = terms.entity(id) if claim.subject.space == "entity" else None
    if known is None:
        yield Fault(f"subject {id!r} is not an entity{near(id, terms.entities)}", "subject")
    elif predicate and not terms.vocabulary.fits(known.types, predicate.domains):
        yield Fault(
            f"{id} is a {' and '.join(known.types)}, but the subject of {predicate.name} must be "
            f"{_or(predicate.domains)}",
            "subject",
        )


def _object(object: Term, predicate: Predicate, terms: Terms) -> Iterator[Fault]:
    wanted = (*predicate.ranges, *predicate.datatypes)
    if isinstance(object, Value):
        if object.datatype == NOTHING:
            yield Fault("the claim has no object; add object = …", "object")
        elif not predicate.datatypes:
            yield Fault(f"the object of {predicate.name} must be {_or(wanted)}", "object")
        else:
            yield from _literal("object", object, predicate.datatypes, "object")
    elif object.space == "concept":
        yield from _concept(object, predicate.ranges, None, terms, "object")
    else:
        known = terms.entity(object.id)
        if known is None:
            yield Fault(f"object {object.id!r} is not an entity{near(object.id, terms.entities)}", "object")
        elif not terms.vocabulary.fits(known.types, predicate.ranges):
            yield Fault(
                f"{object.id} is a {' and '.join(known.types)}, but the object of {predicate.name} must be "
                f"{_or(wanted)}",
                "object",
            )


def _qualifier(name: str, value: Term, predicate: Predicate | None, terms: Terms) -> Iterator[Fault]:
    declared = terms.vocabulary.qualifiers.get(name)
    if declared is None:
        yield Fault(f"{name!r} is not a qualifier{near(name, terms.vocabulary.qualifiers)}", "qualifiers")
        return
    if predicate and name not in predicate.qualifiers:
        allowed = ", ".join(predicate.qualifiers) or "none"
        yield Fault(f"{predicate.name} takes no qualifier {name!r} (it takes: {allowed})", "qualifiers")
    if isinstance(value, Ref) and value.space == "concept":
        yield from _concept(value, declared.ranges, declared.scheme, terms, "qualifiers")
    elif isinstance(value, Ref):
        known = terms.entity(value.id)
        if known is None:
            yield Fault(f"{name} = {value.id!r} is not an entity{near(value.id, terms.entities)}", "qualifiers")
        elif not terms.vocabulary.fits(known.types, declared.ranges):
            yield Fault(
                f"{value.id} is a {' and '.join(known.types)}, but {name} must be {_or(declared.ranges)}",
                "qualifiers",
            )
    else:
        datatypes = tuple(each for each in declared.ranges if each in DATATYPES)
        if not datatypes:
            yield Fault(f"{name} = {value.text!r} must be {_or(declared.ranges)}", "qualifiers")
            return
        wrong = list(_literal(name, value, datatypes, "qualifiers"))
        yield from wrong
        if not wrong and name in _FRACTIONS and not 0 <= Decimal(value.text) <= 1:
            yield Fault(f"{name} = {value.text} must be from 0 to 1; write 51 per cent as 0.51", "qualifiers")


def _concept(value: Ref, ranges: tuple[str, ...], scheme: str | None, terms: Terms, part: str) -> Iterator[Fault]:
    known = terms.vocabulary.concepts.get(value.id)
    written = f"concept:{value.id}"
    if known is None:
        yield Fault(f"{written!r} is not a concept{near(value.id, terms.vocabulary.concepts)}", part)
    elif scheme is not None and known.scheme != scheme:
        yield Fault(f"{written!r} is a concept of the scheme {known.scheme}, not of {scheme}", part)
    elif not terms.vocabulary.fits(known.types, ranges):
        yield Fault(f"{written!r} is a concept of the scheme {known.scheme}, but {_or(ranges)} is asked for here", part)


def _literal(name: str, value: Value, datatypes: tuple[str, ...], part: str) -> Iterator[Fault]:
    if value.language is not None and not _LANGUAGE.fullmatch(value.language):
        yield Fault(f"{value.language!r} is not a language; write en, zh or zh-Hans", "language")
    if value.datatype in datatypes and value.text.strip():
        if value.datatype in DATES and (wrong := _not_a_date(value.text)):
            yield Fault(f"{name}: {wrong}", part)
        elif value.datatype in NUMBERS and not _NUMBER.fullmatch(value.text):
            yield Fault(f"{name} = {value.text!r} is not a number", part)
        elif value.datatype == "boolean" and value.text not in ("true", "false"):
            yield Fault(f"{name} = {value.text!r} must be true or false", part)
        return
    wrong = _not_a_date(value.text) if value.datatype == "string" and all(each in DATES for each in datatypes) else None
    yield Fault(f"{name}: {wrong}" if wrong else f"{name} = {value.text!r} must be {_or(datatypes)}", part)


def _not_a_date(text: str) -> str | None:
    try:
        PartialDate(text)
    except ValueError as wrong:
        return str(wrong)
    return None


def _axes(claim: Claim, terms: Terms) -> Iterator[Fault]:
    speaker = claim.speaker
    if speaker is not None and terms.entity(speaker) is None:
        yield Fault(f"speaker {speaker!r} is not an entity{near(speaker, terms.entities)}", "speaker")
    if claim.voice is Voice.NAMED and speaker is None:
        yield Fault('a claim in a named voice needs its speaker; add speaker = "…"', "voice")
    if claim.voice is Voice.OWN_VOICE and speaker is not None:
        yield Fault(
            'a claim with a speaker is not in the document\'s own voice; add voice = "Named" or "Unnamed"', "speaker"
        )
    if claim.modality is Modality.CONDITIONAL and claim.condition is None:
        yield Fault('a conditional claim needs its condition; add condition = "if …"', "modality")
    if claim.modality is Modality.ACTUAL and claim.condition is not None:
        yield Fault(
            'a claim with a condition is not Actual; add modality = "Conditional" or take the condition out',
            "condition",
        )
    if claim.curator is not None and terms.entity(claim.curator) is None:
        yield Fault(f"curator {claim.curator!r} is not an entity{near(claim.curator, terms.entities)}", "curator")
    if claim.rank is not Rank.NORMAL and claim.rank_reason is None:
        yield Fault(f'rank = "{claim.rank}" needs its reason; add rank_reason = "…"', "rank")


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names) or NOTHING
