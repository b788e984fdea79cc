"""Records come back from any store as they went in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import vocabulary
from kg.dataset.facts import derive
from kg.errors import StoreError
from kg.model import (
    Claim,
    Entity,
    Evidence,
    Knowledge,
    Method,
    Modality,
    Name,
    PartialDate,
    Polarity,
    Rank,
    Ref,
    ReviewStatus,
    Snapshot,
    Source,
    Validity,
    Value,
    Voice,
)
from kg.query.about import read_about
from kg.query.records import read
from kg.store import open as open_store
from kg.store.embedded import Embedded
from tests.builders import RELEASE
from tests.stores import nquads_of, seeds, seeds_store, serving, store_of


def ordered(knowledge: Knowledge) -> Knowledge:
    """The same with everything sorted whose order RDF does not keep, and without redirects and pairs kept apart."""
    return replace(
        knowledge,
        entities={
            id: replace(
                each,
                types=tuple(sorted(each.types)),
                labels=tuple(sorted(each.labels)),
                aliases=tuple(sorted(each.aliases)),
                same_as=tuple(sorted(each.same_as)),
                codes=tuple(sorted(each.codes)),
            )
            for id, each in knowledge.entities.items()
        },
        sources={
            id: replace(
                each,
                authors=tuple(sorted(each.authors)),
                snapshots=tuple(sorted(each.snapshots, key=lambda snapshot: snapshot.label)),
            )
            for id, each in knowledge.sources.items()
        },
        claims={
            id: replace(each, evidence=tuple(sorted(each.evidence, key=repr))) for id, each in knowledge.claims.items()
        },
        redirects={},
        distinct=tuple(sorted(knowledge.distinct)),
    )


def test_the_seeds_come_back() -> None:
    assert ordered(read(seeds_store())) == ordered(seeds())


def test_they_come_back_from_an_endpoint() -> None:
    with serving() as address:
        assert ordered(read(open_store(address))) == ordered(seeds())


def test_what_is_no_dataset_of_ours_says_so() -> None:
    with pytest.raises(StoreError, match="holds no cbdc-kg dataset"):
        read(Embedded.from_nquads(""))


@pytest.mark.parametrize("id", ["pbc", "tencent", "shenzhen", "bankledger", "gt190828-insiders"])
def test_part_of_the_store_decides_like_the_whole(id: str) -> None:
    terms = vocabulary.load()
    whole, part = derive(seeds(), terms), derive(read_about(seeds_store(), id), terms)
    mine = [
        triple
        for triple in whole.links
        if any(isinstance(end, Ref) and end == Ref("entity", id) for end in (triple[0], triple[2]))
    ]
    assert mine
    assert all(part.links[triple] == whole.links[triple] for triple in mine)


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PARTIAL = st.one_of(
    DAYS.map(lambda day: PartialDate(day.isoformat())),
    DAYS.map(lambda day: PartialDate(day.isoformat()[:7])),
    DAYS.map(lambda day: PartialDate(day.isoformat()[:4])),
)
# What a seed file can hold: no control characters, no lone surrogates, not blank.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=["\u2028"]), min_size=1, max_size=30
).filter(lambda text: bool(text.strip()))
IDS = ["pbc", "sft", "x-1", "a.b"]
ENDS = st.sampled_from(
    [*(Ref("entity", id) for id in IDS), Ref("concept", "status-launched"), Ref("concept", "kind-bank")]
)
TERMS = st.one_of(
    ENDS,
    TEXT.map(lambda text: Value(text, "langString", "en")),
    TEXT.map(Value),
    PARTIAL.map(lambda day: Value(day.text, day.datatype)),
    st.decimals(-(10**9), 10**9, places=3).map(
        lambda number: Value(f"{number:f}".rstrip("0") + "0" * (number % 1 == 0), "decimal")
    ),
    st.integers(-(10**9), 10**9).map(lambda number: Value(str(number), "integer")),
)
SNAPSHOTS = (Snapshot("wire", "ab" * 32, "x.txt", "A title", PartialDate("2020-01"), "A note"), Snapshot("page"))
SOURCES = {
    "paper": Source(
        "paper",
        "A paper",
        "NewsArticle",
        "https://example.org/a",
        "pbc",
        PartialDate("2020-01-02"),
        3,
        authors=("B. Author", "A. Author"),
        retrieved=date(2020, 2, 3),
        archived=True,
        quotable=True,
        snapshots=SNAPSHOTS,
        note="A note",
    ),
    "wire": Source("wire", "A wire", "Report", "urn:x:1", None, PartialDate("2019"), 8, relays="paper"),
}
ENTITIES = {
    id: Entity(
        id,
        ("Company", "Agent"),
        f"Name of {id}",
        (Name("名", "zh"),),
        (Name("N", "en"), Name("né", "fr")),
        "Own words.",
        ("https://example.org/same",),
        (("iso3166", "CN"),),
        "paper",
    )
    for id in IDS
}


@st.composite
def evidence(draw: st.DrawFn) -> tuple[Evidence, ...]:
    if draw(st.booleans()):
        return (Evidence(locator=draw(TEXT)),)
    start = draw(st.integers(0, 5000))
    end = start + draw(st.integers(1, 500))
    # One place is one node, so that what is said of it must follow from where it is.
    seeded = random.Random(f"{start}-{end}")
    quote = "A quotation." if seeded.random() < 0.5 else None
    return (Evidence("ab" * 32, start, end, f"{seeded.getrandbits(64):016x}", f"paragraph {start}", quote),)


CLAIMS = st.builds(
    Claim,
    id=st.integers(0, 16**20 - 1).map(lambda number: f"{number:020x}"),
    source=st.just("paper"),
    subject=st.sampled_from(IDS).map(lambda id: Ref("entity", id)),
    predicate=st.sampled_from(["owns", "hasStatus", "foundedOn", "hasCharacteristic"]),
    object=TERMS,
    qualifiers=st.dictionaries(
        st.sampled_from(["share", "level", "role", "scope", "as", "for"]), TERMS, max_size=3
    ).map(lambda found: tuple(sorted(found.items()))),
    voice=st.sampled_from(Voice),
    speaker=st.none() | st.sampled_from(IDS),
    anonymous=st.booleans(),
    modality=st.sampled_from(Modality),
    hedge=st.none() | TEXT,
    condition=st.none() | TEXT,
    polarity=st.sampled_from(Polarity),
    validity=st.builds(Validity, *[st.none() | PARTIAL for _ in range(3)], *[st.none() | DAYS for _ in range(4)]),
    said_on=st.none() | PARTIAL,
    evidence=evidence(),
    method=st.sampled_from([Method(), Method("Extraction", "subsidiary-of", "1.2"), Method("Import", "tracker", None)]),
    curator=st.none() | st.sampled_from(IDS),
    review_status=st.sampled_from(ReviewStatus),
    rank=st.sampled_from(Rank),
    rank_reason=st.none() | TEXT,
    note=st.none() | TEXT,
    key=st.none() | TEXT,
)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty folder in place of the ontology, which takes long to parse and says nothing of claims."""
    return str(tmp_path_factory.mktemp("ontology"))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims=st.lists(CLAIMS, max_size=4, unique_by=lambda claim: claim.id))
def test_any_claims_come_back(claims: list[Claim], nothing: str) -> None:
    knowledge = Knowledge(RELEASE, ENTITIES, SOURCES, {claim.id: claim for claim in claims})
    assert ordered(read(store_of(knowledge, nothing))) == ordered(knowledge)


def test_a_broken_claim_says_which() -> None:
    claim = next(iter(seeds().claims.values()))
    lines = nquads_of(seeds()).splitlines(keepends=True)
    broken = "".join(line for line in lines if not (claim.id in line and "#polarity" in line))
    with pytest.raises(StoreError, match=claim.id):
        read(Embedded.from_nquads(broken))
