"""Claims with their evidence, back from a store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import (
    Claim,
    Evidence,
    Method,
    Modality,
    PartialDate,
    Polarity,
    Rank,
    Ref,
    ReviewStatus,
    Source,
    Term,
    Validity,
    Value,
    Voice,
)
from kg.query.described import Said, described, described_of, local, text
from kg.store.base import Store
from kg.vocabulary.namespaces import (
    CBDC,
    CLAIM,
    CONCEPT,
    DCTERMS,
    ENTITY,
    METHOD,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SOURCE,
)

AXES = ("voice", "speaker", "anonymous", "modality", "hedge", "condition", "polarity")
TIMES = ("validFrom", "validUntil", "observedOn", "earliestStart", "latestStart", "earliestEnd", "latestEnd", "saidOn")
NOT_QUALIFIERS = frozenset(CBDC + name for name in (*AXES, *TIMES, "evidence", "reviewStatus", "rank", "rankReason"))
"""Properties of a claim in our namespace that are axes of the claim model; the rest are qualifiers."""


def claims_of(store: Store, sources: Mapping[str, Source], ids: Collection[str] | None = None) -> dict[str, Claim]:
    """Claims by id, all or some.

    Raises:
        StoreError: a claim in the store lacks what every claim has.
    """
    if ids is None:
        found = described(store, f"?s a <{CBDC}Claim> ; ?p ?o")
        places = described(store, f"?s a <{OA}SpecificResource> ; ?p ?o")
        selectors = described(store, f"?place <{OA}hasSelector> ?s . ?s ?p ?o")
    else:
        found = described_of(store, (CLAIM + id for id in ids))
        places = described_of(
            store, (each.value for said in found.values() for each in said.get(CBDC + "evidence", ()))
        )
        selectors = described_of(
            store, (each.value for said in places.values() for each in said.get(OA + "hasSelector", ()))
        )
    evidence = _evidence(places, selectors, sources)
    methods = described(store, f"?s <{DCTERMS}type> ?kind ; a <{PROV}Activity> ; ?p ?o")
    claims = {}
    for iri, said in sorted(found.items()):
        try:
            claims[local(iri, CLAIM)] = _claim(local(iri, CLAIM), said, evidence, methods)
        except (LookupError, ValueError) as wrong:
            raise StoreError(f"{store.location}: the claim <{iri}> is broken: {wrong}; build the graph again") from None
    return claims


def _claim(id: str, said: Said, evidence: Mapping[str, Evidence], methods: Mapping[str, Said]) -> Claim:
    speaker, curator, said_on = (
        text(said, CBDC + "speaker"),
        text(said, PROV + "wasAttributedTo"),
        _partial(said, "saidOn"),
    )
    subject = _term(said[RDF + "subject"][0])
    if not isinstance(subject, Ref):
        raise ValueError("its subject is a literal")
    return Claim(
        id=id,
        source=local(said[DCTERMS + "source"][0].value, SOURCE),
        subject=subject,
        predicate=local(said[RDF + "predicate"][0].value, CBDC),
        object=_term(said[RDF + "object"][0]),
        qualifiers=tuple(
            sorted(
                (
                    (local(name, CBDC), _term(value))
                    for name, each in said.items()
                    if _qualifies(name)
                    for value in each
                ),
                key=lambda pair: (pair[0], str(pair[1])),
            )
        ),
        voice=Voice(_axis(said, "voice")),
        speaker=speaker and local(speaker, ENTITY),
        anonymous=text(said, CBDC + "anonymous") == "true",
        modality=Modality(_axis(said, "modality")),
        hedge=text(said, CBDC + "hedge"),
        condition=text(said, CBDC + "condition"),
        polarity=Polarity(_axis(said, "polarity")),
        validity=_validity(said),
        said_on=said_on,
        evidence=tuple(evidence[each.value] for each in sorted(said.get(CBDC + "evidence", ()), key=_value)),
        method=_method(said[PROV + "wasGeneratedBy"][0].value, methods),
        curator=curator and local(curator, ENTITY),
        review_status=ReviewStatus(_axis(said, "reviewStatus")),
        rank=Rank(_axis(said, "rank")),
        rank_reason=text(said, CBDC + "rankReason"),
        note=text(said, RDFS + "comment"),
        key=text(said, DCTERMS + "identifier"),
    )


def _qualifies(name: str) -> bool:
    return name.startswith(CBDC) and name not in NOT_QUALIFIERS


def _value(term: ox.NamedNode | ox.Literal) -> str:
    return term.value


def _axis(said: Said, name: str) -> str:
    return local(said[CBDC + name][0].value, CBDC)


def _term(node: ox.NamedNode | ox.Literal) -> Term:
    """The inverse of :func:`kg.dataset.terms.node`. Oxigraph keeps values, so a decimal gets its point back."""
    if isinstance(node, ox.NamedNode):
        if node.value.startswith(ENTITY):
            return Ref("entity", node.value[len(ENTITY) :])
        return Ref("concept", local(node.value, CONCEPT))
    if node.language:
        return Value(node.value, "langString", node.language)
    datatype = node.datatype.value.rsplit("#", 1)[-1]
    decimal = datatype == "decimal" and "." not in node.value
    return Value(f"{node.value}.0" if decimal else node.value, datatype)


def _partial(said: Said, name: str) -> PartialDate | None:
    found = text(said, CBDC + name)
    return PartialDate(found) if found else None


def _day(said: Said, name: str) -> date | None:
    found = text(said, CBDC + name)
    return date.fromisoformat(found) if found else None


def _validity(said: Said) -> Validity:
    return Validity(
        _partial(said, "validFrom"),
        _partial(said, "validUntil"),
        _partial(said, "observedOn"),
        _day(said, "earliestStart"),
        _day(said, "latestStart"),
        _day(said, "earliestEnd"),
        _day(said, "latestEnd"),
    )


def _method(iri: str, methods: Mapping[str, Said]) -> Method:
    said = methods.get(iri, {})
    kind = text(said, DCTERMS + "type")
    if kind is None:
        return Method(local(iri, CBDC, METHOD))
    return Method(local(kind, CBDC), text(said, RDFS + "label"), text(said, SCHEMA + "version"))


def _evidence(
    places: Mapping[str, Said], selectors: Mapping[str, Said], sources: Mapping[str, Source]
) -> dict[str, Evidence]:
    digests = {
        f"{SOURCE}{source.id}/snapshot/{each.label}": each.sha256
        for source in sources.values()
        for each in source.snapshots
    }
    return {iri: _place(said, selectors, digests) for iri, said in places.items()}


def _place(said: Said, selectors: Mapping[str, Said], digests: Mapping[str, str | None]) -> Evidence:
    start = end = quote = None
    for each in said.get(OA + "hasSelector", ()):
        selector = selectors.get(each.value, {})
        quote = text(selector, OA + "exact") or quote
        if OA + "start" in selector:
            start, end = int(selector[OA + "start"][0].value), int(selector[OA + "end"][0].value)
    return Evidence(
        snapshot=digests.get(text(said, OA + "hasSource") or ""),
        start=start,
        end=end,
        digest=text(said, CBDC + "spanDigest"),
        locator=text(said, CBDC + "locator"),
        quote=quote,
    )
