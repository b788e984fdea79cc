"""The dataset of the project's own seeds keeps its promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import curation
from kg.check.run import check_path
from kg.model import Claim, Modality, Polarity, Rank, ReviewStatus, Value, Voice
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary
from kg.vocabulary.namespaces import CBDC, CLAIM, CONCEPT, CONFLICTS, ENTITY, RDF, REPORTED, XSD


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return list(curation.load().claims.values())


@pytest.fixture(scope="module")
def store(built: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(built / "dataset.nq"))
    return store


def plain(claim: Claim) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    object: ox.NamedNode | ox.Literal
    if isinstance(claim.object, Value):
        if claim.object.language:
            object = ox.Literal(claim.object.text, language=claim.object.language)
        else:
            object = ox.Literal(claim.object.text, datatype=ox.NamedNode(XSD + claim.object.datatype))
    else:
        object = ox.NamedNode((ENTITY if claim.object.space == "entity" else CONCEPT) + claim.object.id)
    return ox.NamedNode(ENTITY + claim.subject.id), ox.NamedNode(CBDC + claim.predicate), object


def test_only_what_is_actual_and_affirmed_is_a_plain_triple(
    claims: list[Claim], store: ox.Store, vocabulary: Vocabulary
) -> None:
    stated = {
        plain(claim)
        for claim in claims
        if claim.modality is Modality.ACTUAL
        and claim.polarity is Polarity.AFFIRMED
        and not vocabulary.predicates[claim.predicate].evaluative
    }
    walked = Counter[bool]()
    for claim in claims:
        triple = plain(claim)
        there = any(True for _ in store.quads_for_pattern(*triple))
        walked[there] += 1
        assert not there or triple in stated, claim.key
    assert walked[True] > 60
    assert walked[False] > 35


def test_every_relation_triple_has_a_claim(claims: list[Claim], store: ox.Store, vocabulary: Vocabulary) -> None:
    stated = {plain(claim) for claim in claims}
    for name in vocabulary.predicates:
        for quad in store.quads_for_pattern(None, ox.NamedNode(CBDC + name), None):
            assert (quad.subject, quad.predicate, quad.object) in stated


def test_facts_need_the_documents_own_voice_or_a_speaker_of_itself(claims: list[Claim], store: ox.Store) -> None:
    default = ox.DefaultGraph()
    for claim in claims:
        if claim.voice in (Voice.UNNAMED, Voice.RELAYED):
            others = [each for each in claims if plain(each) == plain(claim) and each.voice is Voice.OWN_VOICE]
            if not others:
                assert ox.Quad(*plain(claim), default) not in store, claim.key


def test_no_triple_stands_in_two_graphs(store: ox.Store) -> None:
    seen = Counter((quad.subject, quad.predicate, quad.object) for quad in store)
    assert max(seen.values()) == 1
    graphs = {quad.graph_name for quad in store}
    assert graphs <= {ox.DefaultGraph(), ox.NamedNode(REPORTED), ox.NamedNode(CONFLICTS)}


def test_no_blank_nodes(store: ox.Store) -> None:
    assert not any(isinstance(term, ox.BlankNode) for quad in store for term in (quad.subject, quad.object))


def test_the_seeds_break_no_rule() -> None:
    assert [str(each) for each in check_path()] == []


def test_the_product_breaks_no_rule(built: Path) -> None:
    assert [str(each) for each in check_path(str(built / "dataset.nq"))] == []


@pytest.mark.parametrize(
    ("key", "subject", "predicate", "object", "voice"),
    [
        ("s067", "sft", "subsidiaryOf", "pbc", Voice.OWN_VOICE),
        ("s069", "pbc", "owns", "sft", Voice.OWN_VOICE),
        ("s039", "tencent", "proposes", "tencent-proposals", Voice.UNNAMED),
        ("s040", "tencent-proposals", "basedOn", "tenpay", Voice.UNNAMED),
        ("s053", "china-government", "bans", "initial-coin-offerings", Voice.OWN_VOICE),
    ],
)
def test_the_article_is_there(
    key: str, subject: str, predicate: str, object: str, voice: Voice, claims: list[Claim]
) -> None:
    (claim,) = [each for each in claims if each.key == key]
    assert (claim.subject.id, claim.predicate, getattr(claim.object, "id", None)) == (subject, predicate, object)
    assert claim.voice is voice
    assert claim.evidence[0].start is not None


def test_conditionals_and_denials_of_the_article(claims: list[Claim]) -> None:
    by_key = {claim.key: claim for claim in claims}
    assert by_key["s091"].modality is Modality.CONDITIONAL
    assert by_key["s091"].speaker == "meng-yan"
    assert by_key["s091"].condition
    assert by_key["s078"].polarity is Polarity.DENIED
    assert {f"s{number:03}" for number in range(1, 115)} <= set(by_key)


@pytest.mark.parametrize(
    ("enum", "scheme"),
    [
        (Voice, "VoiceScheme"),
        (Modality, "ModalityScheme"),
        (Polarity, "PolarityScheme"),
        (ReviewStatus, "ReviewStatusScheme"),
        (Rank, "RankScheme"),
    ],
)
def test_axes_are_the_ontologys_schemes(enum: type, scheme: str, vocabulary: Vocabulary) -> None:
    assert set(vocabulary.schemes[scheme].concepts) == {each.value for each in enum}  # type: ignore[attr-defined]


def test_claims_are_rdf_statements(store: ox.Store, claims: list[Claim]) -> None:
    of_type = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(CBDC + "Claim"))
    assert {quad.subject.value.removeprefix(CLAIM) for quad in of_type} == {claim.id for claim in claims}
