"""The data block of the page: the view as compact JSON, safe inside a script element."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from viz import words
from viz.network import DASHES, network_of
from viz.records import Attribute, ClaimCard, Edge, View


def data_of(view: View) -> dict[str, Any]:
    """Everything the page needs; what is empty or the default is left out."""
    network = network_of(view)
    links: tuple[Edge | Attribute, ...] = (*view.edges, *view.attributes)
    return {
        "title": view.title,
        "version": view.version,
        "date": view.data_date.isoformat(),
        "dateWords": words.date_words(view.data_date),
        "licence": view.licence,
        "description": view.description or "",
        "focus": view.focus,
        "words": {
            "voices": _words(words.VOICES),
            "modalities": _words(words.MODALITIES),
            "strengths": _words(words.STRENGTHS),
            "styles": _words(words.STYLES),
            "standings": _words(words.STANDINGS),
        },
        "dashes": DASHES,
        "groups": [_record(each) for each in view.groups],
        "classes": [_record(each) for each in view.classes],
        "predicates": [_record(each) for each in view.predicates],
        "network": {"nodes": network.nodes, "edges": network.edges, "options": network.options},
        # Labels and places stand in the network already.
        "entities": [_record(each, "label", "group", "x", "y") for each in view.nodes],
        "links": [_link(each) for each in links],
        "claims": [_claim(each) for each in view.claims],
        "sources": [_record(each) for each in view.sources],
    }


def json_block(data: dict[str, Any]) -> str:
    """JSON that cannot end its script element, whatever the data says."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _words(table: dict[Any, str]) -> list[list[str]]:
    """Pairs, so that the order of the axis stays."""
    return [[str(key.value), text] for key, text in table.items()]


def _record(record: Any, *without: str) -> dict[str, Any]:
    """A record's fields in camelCase without empty ones."""
    return {
        _camel(field.name): _plain(value)
        for field in fields(record)
        if field.name not in without and (value := getattr(record, field.name)) not in (None, "", (), False)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return _record(value)
    return getattr(value, "value", value)


def _link(link: Edge | Attribute) -> dict[str, Any]:
    # Words of the predicate and the line style follow from its id and the strength.
    return _record(link, "label", "inverse_label", "style", "curve")


def _claim(claim: ClaimCard) -> dict[str, Any]:
    return _record(claim)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
