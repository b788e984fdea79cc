"""A small knowledge made by hand: every voice, modality, strength and kind of object, and nothing real."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kg.dataset.derivation import Conflict, ConflictKind, Derivation, Link, Resolution, Strength, Triple
from kg.model import (
    Claim,
    Entity,
    Evidence,
    Knowledge,
    Modality,
    Name,
    PartialDate,
    Polarity,
    Ref,
    Release,
    ReviewStatus,
    Snapshot,
    Source,
    Term,
    Validity,
    Value,
    Voice,
    concept,
    entity,
)
from kg.vocabulary.terms import Class, Concept, Predicate, Qualifier, Scheme, Vocabulary

DIGEST = "ab" * 32
QUOTE = "The wallet passes every test, the person said."

_CLASSES = {
    "Entity": (),
    "Agent": ("Entity",),
    "Organization": ("Agent",),
    "Authority": ("Agent",),
    "CentralBank": ("Organization", "Authority"),
    "Company": ("Organization",),
    "MediaOutlet": ("Organization",),
    "Person": ("Agent",),
    "UnnamedGroup": ("Agent",),
    "Place": ("Entity",),
    "Country": ("Place",),
    "City": ("Place",),
    "Currency": ("Entity",),
    "Project": ("Entity",),
    "Product": ("Entity",),
    "Document": ("Entity",),
    "Report": ("Document",),
    "Topic": ("Entity",),
}
_PREDICATES = {
    # name: label, inverse label, group, evaluative, symmetric
    "owns": ("owns", "is owned by", "corporate", False, False),
    "isCentralBankOf": ("is the central bank of", "has the central bank", "corporate", False, False),
    "locatedIn": ("is located in", "is the location of", "place", False, False),
    "runs": ("runs", "is run by", "research", False, False),
    "researches": ("researches", "is researched by", "research", False, False),
    "launches": ("launches", "is launched by", "outlook", False, False),
    "competesWith": ("competes with", "competes with", "relation", False, True),
    "partnersWith": ("partners with", "partners with", "relation", False, True),
    "basedOn": ("is based on", "is the basis of", "product", False, False),
    "hasAdvantageIn": ("has an advantage in", "is an advantage of", "assessment", True, False),
    "publishes": ("publishes", "is published by", "publication", False, False),
    "foundedOn": ("was founded on", "is the founding date of", "corporate", False, False),
    "alternateName": ("is also called", "is another name of", "corporate", False, False),
    "instanceOf": ("is a", "is the kind of", "assessment", False, False),
}


def vocabulary() -> Vocabulary:
    """Just the terms of the sample, in the shape of the real ones."""
    groups = sorted({row[2] for row in _PREDICATES.values()})
    concepts = {
        **{f"group-{name}": Concept(f"group-{name}", name, "group") for name in groups},
        "kind-fintech": Concept("kind-fintech", "fintech company", "kind"),
        "reliability-3": Concept("reliability-3", "national press", "reliability"),
    }
    return Vocabulary(
        classes={
            name: Class(name, name.lower(), f"What a {name} is.", parents)
            for name, parents in _CLASSES.items()
        },
        predicates={
            name: Predicate(
                name, label, inverse, f"Says that one {label} another.", ("Entity",), ("Entity",), (),
                ("share",), f"group-{group}", True, False, evaluative, symmetric,
            )
            for name, (label, inverse, group, evaluative, symmetric) in _PREDICATES.items()
        },
        qualifiers={"share": Qualifier("share", "share", "Part held.", ("decimal",))},
        concepts=concepts,
        schemes={"kind": Scheme("kind", "kind", ("kind-fintech",))},
    )  # fmt: skip


def _entities() -> list[Entity]:
    made = [
        Entity("bank-of-arden", ("CentralBank",), "Bank of Arden", (Name("阿登银行", "zh"),), (Name("BoA"),)),
        Entity("bank-of-brome", ("CentralBank",), "Bank of Brome", description="Bank of an island."),
        Entity("arden", ("Country",), "Arden", codes=(("iso3166", "AR"),)),
        Entity("brome", ("Country",), "Brome", same_as=("https://example.org/brome",)),
        Entity("port-clare", ("City",), "Port Clare"),
        Entity("agora", ("Project",), "Project Agorá", aliases=(Name("Agora pilot"),)),
        Entity("digital-arden", ("Currency",), "digital arden"),
        Entity("arden-crown", ("Currency",), "Arden crown"),
        Entity("paywell", ("Product",), "Paywell", aliases=(Name("Paywell wallet"),)),
        Entity("kestrel", ("Company",), "Kestrel Payments"),
        Entity("osprey", ("Company",), "Osprey Øre Systems"),
        Entity("daily-arden", ("MediaOutlet",), "Daily Arden"),
        Entity("mira-holt", ("Person",), "Mira Holt"),
        Entity("jon-vale", ("Person",), "Jon Vale"),
        Entity("a-source", ("UnnamedGroup",), "a source (unnamed)", document="daily-1"),
        Entity("officials", ("UnnamedGroup",), "officials (unnamed)", document="daily-1"),
        Entity("media", ("UnnamedGroup",), "media reports (unnamed)", document="daily-1"),
        Entity("white-paper", ("Report",), "White paper on the digital arden"),
        Entity("privacy", ("Topic",), "privacy"),
        Entity("offline-use", ("Topic",), "offline use"),
    ]
    made += [Entity(f"bank-{n:02}", ("Company",), f"Member bank {n}") for n in range(1, 17)]
    made += [Entity(f"topic-{n}", ("Topic",), f"Topic with a longer name, number {n}") for n in range(1, 5)]
    return made


def _sources() -> list[Source]:
    return [
        Source(
            "daily-1", "The wallet that waits", "Report", "https://example.org/daily/1", "daily-arden",
            PartialDate("2021-03-04"), 3, authors=("A. Reporter",),
            snapshots=(Snapshot("wire", DIGEST), Snapshot("site")),
        ),
        Source(
            "report-2", "Annual report", "Report", "https://example.org/report/2", "bank-of-arden",
            PartialDate("2022"), 1,
        ),
    ]  # fmt: skip


class Sample:
    """Collects claims and the links they stand behind."""

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self.links: dict[Triple, Link] = {}
        self.conflicts: list[Conflict] = []

    def add(
        self, subject: str, predicate: str, object: str | Term, strength: Strength = Strength.FACT, **more: object
    ) -> str:
        """A claim and its link; the claim's id is its number."""
        target = entity(object) if isinstance(object, str) else object
        id = f"c{len(self.claims) + 1:03}"
        place = Evidence(DIGEST, 10 * len(self.claims), 10 * len(self.claims) + 9, "0" * 16, "paragraph 7")
        fields: dict[str, object] = {"source": "daily-1", "evidence": (place,), "key": id, **more}
        claim = Claim(id=id, subject=entity(subject), predicate=predicate, object=target, **fields)  # type: ignore[arg-type]
        self.claims[id] = claim
        triple: Triple = (entity(subject), predicate, target)
        known = self.links.get(triple) or Link(triple, strength, ())
        against = claim.polarity is Polarity.DENIED and strength is not Strength.DENIED
        side = "opposing" if against else "supporting"
        self.links[triple] = replace(known, **{side: (*getattr(known, side), id)})
        return id


def _fill(sample: Sample) -> None:
    add = sample.add
    add("bank-of-arden", "isCentralBankOf", "arden", source="report-2", evidence=(Evidence(locator="section 1"),))
    add("bank-of-brome", "isCentralBankOf", "brome")
    add("bank-of-arden", "runs", "agora", validity=Validity.of(PartialDate("2020-06")))
    add("bank-of-arden", "runs", "agora", source="report-2")
    add("bank-of-brome", "researches", "agora", Strength.REPORTED, voice=Voice.NAMED, speaker="mira-holt")
    add("kestrel", "owns", "paywell", Strength.REPORTED, voice=Voice.UNNAMED, speaker="a-source", anonymous=True,
        evidence=(Evidence(DIGEST, 90, 99, "0" * 16, "paragraph 8", QUOTE),))  # fmt: skip
    add("agora", "basedOn", "paywell", Strength.REPORTED, voice=Voice.UNNAMED, speaker="a-source", anonymous=True)
    add("kestrel", "researches", "agora", Strength.REPORTED, voice=Voice.RELAYED, speaker="media", anonymous=True)
    add("bank-of-arden", "launches", "digital-arden", Strength.HEDGED, voice=Voice.UNNAMED, speaker="officials",
        modality=Modality.PLANNED, hedge="will", said_on=PartialDate("2021-03-01"))  # fmt: skip
    add("bank-of-brome", "launches", "digital-arden", Strength.HEDGED, modality=Modality.POSSIBLE, hedge="could")
    add("agora", "locatedIn", "port-clare", Strength.HEDGED, voice=Voice.NAMED, speaker="jon-vale",
        modality=Modality.CONDITIONAL, condition="if the trial works")  # fmt: skip
    add("osprey", "partnersWith", "kestrel", Strength.HEDGED, voice=Voice.NAMED, speaker="mira-holt",
        modality=Modality.SUGGESTED)  # fmt: skip
    add("kestrel", "locatedIn", "brome", Strength.DENIED, polarity=Polarity.DENIED)
    add("arden", "hasAdvantageIn", "privacy", Strength.EVALUATIVE, voice=Voice.NAMED, speaker="jon-vale")
    add("daily-arden", "locatedIn", "port-clare", qualifiers=(("share", Value("0.5", "decimal")),))
    add("bank-of-arden", "publishes", "white-paper")
    add("white-paper", "researches", "privacy")
    add("white-paper", "researches", "offline-use")
    # Parallel and opposite links between one pair, and a link to itself.
    add("kestrel", "competesWith", "osprey")
    add("osprey", "competesWith", "kestrel")
    add("kestrel", "partnersWith", "osprey")
    add("bank-16", "competesWith", "bank-16")
    # Values and concepts.
    one = add("kestrel", "foundedOn", Value("2018-06", "gYearMonth"), Strength.WITHHELD)
    other = add("kestrel", "foundedOn", Value("2019", "gYear"), Strength.WITHHELD, source="report-2")
    sample.conflicts.append(Conflict("x1", ConflictKind.DATE, ((one,), (other,)), Resolution.OPEN))
    add("kestrel", "alternateName", Value("红隼", "langString", "zh"))
    add("osprey", "instanceOf", concept("kind-fintech"))
    # For and against.
    add("osprey", "locatedIn", "arden")
    add("osprey", "locatedIn", "arden", polarity=Polarity.DENIED, voice=Voice.UNNAMED, speaker="a-source")
    for number in range(1, 17):
        add(f"bank-{number:02}", "locatedIn", "arden" if number % 3 else "brome")
        if number % 2:
            add(f"bank-{number:02}", "researches", f"topic-{number % 4 + 1}", Strength.REPORTED,
                voice=Voice.UNNAMED, speaker="officials")  # fmt: skip
    for number in range(1, 5):
        add("bank-of-arden", "researches", f"topic-{number}")


def sample() -> tuple[Knowledge, Derivation, Vocabulary]:
    """The whole sample; one claim that nobody accepted stands behind no link."""
    made = Sample()
    _fill(made)
    return _whole(made, _entities(), _sources())


def _whole(
    made: Sample, entities: Iterable[Entity], sources: Iterable[Source]
) -> tuple[Knowledge, Derivation, Vocabulary]:
    retracted = replace(made.claims["c001"], id="c999", review_status=ReviewStatus.RETRACTED)
    knowledge = Knowledge(
        Release("Sample of claims", "0.1", date(2026, 11, 22), "CC0-1.0"),
        {each.id: each for each in entities},
        {each.id: each for each in sources},
        {**made.claims, "c999": retracted},
    )
    return knowledge, Derivation(made.links, tuple(made.conflicts)), vocabulary()


def shuffled(parts: tuple[Knowledge, Derivation, Vocabulary], seed: int) -> tuple[Knowledge, Derivation, Vocabulary]:
    """The same knowledge in another order."""
    knowledge, derivation, terms = parts
    mix = random.Random(seed)

    def mixed(table: Mapping[Any, Any]) -> dict[Any, Any]:
        rows = list(table.items())
        mix.shuffle(rows)
        return dict(rows)

    return (
        replace(
            knowledge,
            entities=mixed(knowledge.entities),
            sources=mixed(knowledge.sources),
            claims=mixed(knowledge.claims),
        ),
        Derivation(mixed(derivation.links), derivation.conflicts),
        terms,
    )


HOSTILE = (
    "</script><img src=x onerror=\"window.XSS='a'\">",
    "<!--<script>window.XSS='b'//",
    "javascript:window.XSS='c'",
    "\"'&amp;<b>bold</b>\u2028\u2029",
    "\u202egnp.exe",
    "{{7*7}}${7*7}`",
    "]]><svg onload=window.XSS='d'>",
)


def hostile() -> tuple[Knowledge, Derivation, Vocabulary]:
    """Every text of the data tries to break out; each payload stands once in every slot."""
    made = Sample()
    entities = [
        Entity(
            f"evil-{n}", ("Company",), f"{n} {text}", (Name(text, "zh"),), (Name(text),), text,
            same_as=("javascript:window.XSS='e'", "https://example.org/?a=<b>"), codes=(("lei", text),),
            document=f"src-{n}",
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    entities.append(Entity("evil'\"><img src=x onerror=window.XSS='f'>", ("Company",), "evil id"))
    sources = [
        Source(f"src-{n}", text, text, text, f"evil-{n}", PartialDate("2021"), 3, authors=(text,), note=text)
        for n, text in enumerate(HOSTILE)
    ]
    for n, text in enumerate(HOSTILE):
        again = f"evil-{(n + 1) % len(HOSTILE)}"
        made.add(f"evil-{n}", "owns", again, source=f"src-{n}", voice=Voice.UNNAMED, speaker=f"evil-{n}",
                 hedge=text, condition=text, note=text, key=text,
                 evidence=(Evidence(DIGEST, 0, 9, "0" * 16, text, text),),
                 qualifiers=(("share", Value(text)),))  # fmt: skip
        made.add(f"evil-{n}", "alternateName", Value(text, "langString", "zh"), source=f"src-{n}")
    made.add(entities[-1].id, "owns", Ref("entity", "evil-0"), source="src-0")
    knowledge, derivation, terms = _whole(made, entities, sources)
    return replace(knowledge, release=replace(knowledge.release, title=HOSTILE[0])), derivation, terms
