"""How a candidate is printed: as a line of JSON, or as a claim to paste into a source's seed file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from kg.curation.terms import DATATYPES, literal
from kg.model import CandidateClaim, Entity, Knowledge, Mention, Validity
from kg.model.precision import holds
from kg.review import brought_by, joined
from kg.review.conversion import plain, spoken
from kg.vocabulary import Vocabulary

_BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end")


def as_json(candidate: CandidateClaim) -> str:
    """A candidate as a line of JSON, which is the contract."""
    return json.dumps(candidate.to_json(), ensure_ascii=False)


def as_toml(candidate: CandidateClaim, vocabulary: Vocabulary) -> str:
    """A candidate as a ``[[claim]]`` table of seeds; read back it is the claim that accepting it gives."""
    lines = ["[[claim]]", f"# {candidate.method}, score {candidate.score}"]
    predicate = vocabulary.predicates.get(candidate.predicate)
    rows = [
        ("subject", _end(candidate.subject, ())),
        ("predicate", _text(candidate.predicate)),
        ("object", _end(candidate.object, predicate.datatypes if predicate else ())),
    ]
    texts = [
        ("voice", candidate.voice.value),
        ("speaker", plain(candidate.speaker.id) if candidate.speaker and candidate.speaker.id else None),
        ("modality", candidate.modality.value),
        ("hedge", candidate.hedge),
        ("condition", candidate.condition),
        ("polarity", candidate.polarity.value),
        ("said", candidate.said),
    ]
    rows += [(name, _text(text)) for name, text in texts if text is not None]
    lines += [f"{name} = {written}" for name, written in rows]
    if candidate.qualifiers:
        pairs = (f"{name} = {_qualifier(name, value, vocabulary)}" for name, value in candidate.qualifiers)
        lines.append(f"qualifiers = {{ {', '.join(pairs)} }}")
    lines += _times(holds(candidate))
    spans = ", ".join(f"{{ start = {s.start}, end = {s.end} }}" for s in (candidate.evidence, *candidate.also))
    lines.append(f"evidence = [{spans}]")
    return "\n".join(lines) + "\n"


def entities_as_toml(candidates: Iterable[CandidateClaim], knowledge: Knowledge) -> str:
    """The entities that only the candidates' documents name, as a comment to be pasted into a file of entities."""
    found: dict[str, Entity] = {}
    for candidate in candidates:
        for id, each in brought_by(candidate, candidate.document, knowledge).items():
            found[id] = joined(found[id], each) if id in found else each
    if not found:
        return ""
    lines = ["The claims above need these entities: put them into a file of entities/, without the leading #."]
    for each in found.values():
        types = ", ".join(map(_text, each.types))
        lines += ["", f"[{each.id}]", f"type = [{types}]", f"label = {_text(each.label)}"]
        lines.append(f"document = {_text(each.document or '')}")
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def _times(when: Validity) -> list[str]:
    """The keys of a claim that give this validity."""
    stated = (("from", when.valid_from), ("until", when.valid_until), ("observed", when.observed_on))
    lines = [f"{name} = {_text(str(day))}" for name, day in stated if day is not None]
    implied = Validity.of(when.valid_from, when.valid_until)
    bounds: dict[str, date | None] = {name: getattr(when, name) for name in _BOUNDS}
    own = [f"{name} = {day}" for name, day in bounds.items() if day is not None and day != getattr(implied, name)]
    return [*lines, f"between = {{ {', '.join(own)} }}"] if own else lines


def _qualifier(name: str, value: Mention | str, vocabulary: Vocabulary) -> str:
    declared = vocabulary.qualifiers.get(name)
    datatypes = tuple(each for each in declared.ranges if each in DATATYPES) if declared else ()
    return _end(value, datatypes) if isinstance(value, Mention) else _literal(value, datatypes)


def _end(mention: Mention, datatypes: tuple[str, ...]) -> str:
    if mention.id is not None:
        return _text(plain(mention.id))
    return _literal(mention.label if mention.value is None else mention.value, datatypes)


def _literal(text: str, datatypes: tuple[str, ...]) -> str:
    """A number or truth value as it is, all else in quotes."""
    raw = spoken(text, datatypes)
    return _text(text) if isinstance(raw, str) else literal(raw, datatypes).text


def _text(text: str) -> str:
    # A JSON string is a valid TOML string but for one sign: both escape with a backslash.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
