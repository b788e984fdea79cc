"""Find what a person means by a name: an id, a prefixed name, an address, a label, an alias or an acronym."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import NotFound, StoreError
from kg.prefixes import PREFIXES, expand
from kg.store.base import Store

MAX_NAME = 300
"""Longer than any name; what is longer is a mistake."""

_NEAR = 5
_SHOWN = 60

ENTITY = PREFIXES["entity"]
_NAMES = f"""
SELECT ?thing ?name ?main ?unnamed WHERE {{
  {{ ?thing <{PREFIXES["rdfs"]}label> ?name . BIND(true AS ?main) }}
  UNION {{ ?thing <{PREFIXES["skos"]}altLabel> ?name . BIND(false AS ?main) }}
  FILTER(STRSTARTS(STR(?thing), "{ENTITY}"))
  OPTIONAL {{ ?thing a ?unnamed FILTER(?unnamed = <{PREFIXES["cbdc"]}UnnamedGroup>) }}
}}"""


@dataclass(frozen=True)
class Names:
    """Every name of every entity, read once."""

    labels: Mapping[str, str]
    """Entity id → English label, or the label in another language where there is none."""
    exact: Mapping[str, frozenset[str]] = field(repr=False)
    """Label in its own spelling → ids."""
    folded: Mapping[str, frozenset[str]] = field(repr=False)
    """Label, alias or id without case, accents and marks → ids."""
    acronyms: Mapping[str, frozenset[str]] = field(repr=False)
    """Initials of a label of several words → ids."""
    unnamed: frozenset[str] = field(default=frozenset(), repr=False)
    """Ids of unnamed groups: what has a name of its own goes before them."""

    @classmethod
    def read(cls, store: Store) -> Names:
        """The names of a store's entities."""
        answer = store.query(_NAMES)
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError(f"{store.location}: answers a SELECT with something else than rows")
        found = []
        unnamed = set()
        for thing, name, main, group in answer:
            found.append((thing.value[len(ENTITY) :], name.value, name.language or "", main.value == "true"))
            if group is not None:
                unnamed.add(thing.value[len(ENTITY) :])
        labels = {id: text for id, text, language, main in sorted(found) if main and language != "en"}
        labels |= {id: text for id, text, language, main in sorted(found, reverse=True) if main and language == "en"}
        return cls(
            labels,
            _index((text, id) for id, text, _, main in found if main),
            _index([*((fold(text), id) for id, text, _, _ in found), *((fold(id), id) for id in labels)]),
            _index((initials(text), id) for id, text, _, main in found if main),
            frozenset(unnamed),
        )

    def resolve(self, text: str) -> str:
        """The id of the entity that a text names.

        Raises:
            NotFound: no entity has that name, or several have; the message lists near names or the choices.
        """
        text = text.strip()
        if not text:
            raise NotFound(
                'an empty name names nothing; give an id or a label, such as pbc or "People\'s Bank of China"'
            )
        if len(text) > MAX_NAME:
            raise NotFound(f"{_quoted(text)} is too long for a name ({len(text):,} characters)")
        for ids in (self._by_id(text), self.exact.get(text), self.folded.get(fold(text)), self._by_acronym(text)):
            ids = ids and (ids - self.unnamed or ids)
            if ids and len(ids) == 1:
                return next(iter(ids))
            if ids:
                raise NotFound(f"{_quoted(text)} fits several entities: {self._listed(sorted(ids))}; give the id")
        near = self.near(text)
        hint = (
            f"; did you mean {self._listed(near)}?"
            if near
            else "; list them with cbdc-kg query or look in seeds/entities/"
        )
        raise NotFound(f"no entity is called {_quoted(text)}{hint}")

    def near(self, text: str) -> list[str]:
        """Ids of entities with a like name, best first."""
        import difflib

        wanted = fold(text)
        known = self.folded
        parts = [name for name in known if wanted and len(wanted) > 2 and wanted in name]
        close = difflib.get_close_matches(wanted[:80], known, _NEAR, 0.6)
        ids = dict.fromkeys(id for name in [*close, *sorted(parts, key=len)] for id in sorted(known[name]))
        return list(ids)[:_NEAR]

    def _by_id(self, text: str) -> frozenset[str] | None:
        iri = expand(text)
        id = iri.removeprefix(ENTITY) if iri is not None and iri.startswith(ENTITY) else text
        return frozenset({id}) if id in self.labels else None

    def _by_acronym(self, text: str) -> frozenset[str] | None:
        return self.acronyms.get(text.replace(".", "").upper())

    def _listed(self, ids: Iterable[str]) -> str:
        return ", ".join(f"{self.labels[id]} ({id})" for id in ids)


def fold(text: str) -> str:
    """The text without case, accents, punctuation and repeated blanks."""
    spread = unicodedata.normalize("NFKD", text)
    kept = "".join(
        each if each.isalnum() else "" if unicodedata.combining(each) or each in "'’ʼ" else " " for each in spread
    )
    return " ".join(kept.casefold().split()) or text.casefold()


def initials(text: str) -> str:
    """The capital initials of a name of three words or more, else nothing."""
    letters = "".join(word[0] for word in text.replace("-", " ").split() if word[0].isupper())
    return letters if len(letters) > 2 else ""


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, id in pairs:
        if name:
            found.setdefault(name, set()).add(id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _quoted(text: str) -> str:
    shown = "".join(each if each.isprintable() else " " for each in text)
    return repr(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…")
