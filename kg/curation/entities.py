"""Read ``entities/*.toml``: one table an entity, its name the entity's id."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.curation.fields import Fields, SeedFile, near, toml_files
from kg.model import Entity, Name
from kg.vocabulary import Vocabulary

ENTITY_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
"""What may stand in an IRI."""
_CODES = {
    "iso3166": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
    "iso4217": re.compile(r"[A-Z]{3}"),
    "lei": re.compile(r"[A-Z0-9]{18}[0-9]{2}"),
    "wikidata": re.compile(r"Q[1-9]\d*"),
}


def read_entities(
    folder: str, vocabulary: Vocabulary, sources: Collection[str], faults: list[str]
) -> dict[str, Entity]:
    """All entities of a folder by id. Faults are collected, a faulty entity is still returned."""
    found: dict[str, Entity] = {}
    for path in toml_files(folder):
        file = SeedFile.read(path, faults)
        if file is None:
            continue
        for id, table in file.table.items():
            if not isinstance(table, dict):
                faults.append(f"{file.origin(id)}: {id} must be a table such as [{id}]")
                continue
            fields = file.fields(table, id)
            entity = _entity(id, fields, vocabulary, sources)
            if id in found:
                fields.fault(f"the entity {id!r} is already defined at {found[id].origin}; keep one of them")
            else:
                found[id] = entity
    return found


def _entity(id: str, fields: Fields, vocabulary: Vocabulary, sources: Collection[str]) -> Entity:
    if not ENTITY_ID.fullmatch(id):
        fields.fault(f"{id!r} is not an id; use small letters, digits and hyphens")
    types = fields.texts("type")
    if not types:
        fields.fault(f'the entity {id!r} has no type; add type = ["Company"] or another class', "type")
    for each in types:
        if "Entity" not in vocabulary.ancestors(each):
            fields.fault(f"{each!r} is not a class of entities{near(each, vocabulary.classes)}", "type")
    entity = Entity(
        id=id,
        types=types,
        label=fields.required("label"),
        labels=_labels(fields),
        aliases=_aliases(fields),
        description=fields.text("description"),
        same_as=fields.texts("sameAs"),
        codes=_codes(fields),
        document=fields.text("document"),
        origin=fields.origin(),
    )
    if entity.document is not None and entity.document not in sources:
        fields.fault(f"document = {entity.document!r} is not a source{near(entity.document, sources)}", "document")
    for address in entity.same_as:
        if not WEB_ADDRESS.fullmatch(address):
            fields.fault(f"sameAs must be a web address, not {address!r}", "sameAs")
    fields.done()
    return entity


def _labels(fields: Fields) -> tuple[Name, ...]:
    names = []
    for language, text in fields.table_of("labels").items():
        if isinstance(text, str) and text.strip():
            names.append(Name(text, language))
        else:
            fields.fault(f"labels.{language} must be a text in quotes", "labels")
    return tuple(names)


def _aliases(fields: Fields) -> tuple[Name, ...]:
    names = [Name(text) for text in fields.texts("aliases")]
    for key in fields.table:
        if key.startswith("aliases_"):
            names += [Name(text, key.removeprefix("aliases_")) for text in fields.texts(key)]
    return tuple(names)


def _codes(fields: Fields) -> tuple[tuple[str, str], ...]:
    pairs = []
    for code_list, code in fields.table_of("codes").items():
        shape = _CODES.get(code_list)
        if shape is None:
            fields.fault(f"{code_list!r} is not a code list; use {', '.join(_CODES)}", "codes")
        elif not isinstance(code, str) or not shape.fullmatch(code):
            fields.fault(f"{code!r} is not a code of {code_list}", "codes")
        else:
            pairs.append((code_list, code))
    return tuple(pairs)
