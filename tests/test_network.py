"""The network of links: its edges, chains between two things, what was left out, and the way to networkx."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from random import Random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.curation import load as load_seeds
from kg.dataset.derivation import Strength
from kg.dataset.facts import derive
from kg.errors import UsageError
from kg.model import Claim, Entity, Knowledge, Source
from kg.network import Answer, Network, central, network, paths, to_networkx
from kg.network.rules import LINKING, UNIT, rules
from kg.network.search import Costs, chains, cheapest
from kg.vocabulary import load
from tests.builders import DENIED, DEPRECATED, PLANNED, UNNAMED, claim, entity, knowledge, shuffled

VOCABULARY = load()


def net_of(known: Knowledge) -> Network:
    return network(known, derive(known, VOCABULARY), VOCABULARY)


def net(*records: Claim | Entity | Source) -> Network:
    return net_of(knowledge(*records))


@pytest.fixture(scope="module")
def seeds() -> Network:
    return net_of(load_seeds())


def nodes(answer: Answer) -> list[tuple[str, ...]]:
    return [chain.nodes for chain in answer.chains]


def edges(of: Network) -> list[tuple[str, str, str, str | None, Strength]]:
    return [(each.subject, each.predicate, each.object, each.qualifier, each.strength) for each in of.edges]


# --- Edges --------------------------------------------------------------------------------------------------------


def test_links_between_things_are_edges() -> None:
    found = net(
        claim("a", "tencent", "owns", "tenpay"),
        claim("b", "alibaba", "owns", "alipay", voice=UNNAMED),
        claim("c", "facebook", "launches", "libra", modality=PLANNED),
    )
    assert edges(found) == [
        ("alibaba", "owns", "alipay", None, Strength.REPORTED),
        ("facebook", "launches", "libra", None, Strength.HEDGED),
        ("tencent", "owns", "tenpay", None, Strength.FACT),
    ]


def test_what_is_denied_withheld_or_a_judgement_links_nothing() -> None:
    found = net(
        claim("a", "tencent", "owns", "tenpay", polarity=DENIED),
        claim("b", "shenzhen", "suitableFor", "trials"),
        claim("c", "facebook", "aimsAt", "profit", modality=PLANNED),
        claim("d", "sft", "subsidiaryOf", "pbc", "one"),
        claim("e", "sft", "subsidiaryOf", "cmb", "two"),
        claim("f", "shenzhen", "hosts", "fair", rank=DEPRECATED),
    )
    assert found.edges == ()
    assert "fair" in found.nodes


def test_literals_are_no_nodes_and_concepts_are() -> None:
    found = net(claim("a", "sft", "foundedOn", "2018-06"), claim("b", "libra", "instanceOf", "concept:kind-stablecoin"))
    assert found.nodes == ("concept:kind-stablecoin", "libra", "sft")
    assert (found.label("concept:kind-stablecoin"), found.types("concept:kind-stablecoin")) == (
        "stablecoin",
        ("Concept",),
    )


def test_an_edge_rests_on_the_claims_that_give_it_its_strength() -> None:
    found = net(
        claim("hearsay", "tencent", "owns", "tenpay", voice=UNNAMED),
        claim("own", "tencent", "owns", "tenpay"),
        claim("plan", "tencent", "owns", "tenpay", modality=PLANNED),
        claim("weak", "tencent", "owns", "wechat", voice=UNNAMED),
        claim("weaker", "tencent", "owns", "wechat", modality=PLANNED),
    )
    assert [each.claims for each in found.edges] == [("own",), ("weak",)]


def test_a_qualifier_that_names_a_second_party_is_a_link() -> None:
    found = net(entity("ceo", "Role"), claim("a", "ma", "holdsPosition", "ceo", qualifiers={"organization": "tencent"}))
    assert edges(found) == [
        ("ma", "holdsPosition", "ceo", None, Strength.FACT),
        ("ma", "holdsPosition", "tencent", "organization", Strength.FACT),
    ]
    assert [found.words(each) for each in found.edges] == ["holds the position", "holds a position in"]
    assert [found.words(each, forward=False) for each in found.edges] == ["is held by", "has the office-holder"]


def test_a_qualifier_is_no_stronger_than_the_claims_that_carry_it() -> None:
    found = net(
        claim("a", "ma", "holdsPosition", "ceo", qualifiers={"organization": "tencent"}),
        claim("b", "ma", "holdsPosition", "ceo", qualifiers={"organization": "alibaba"}, voice=UNNAMED),
        claim("c", "ma", "holdsPosition", "ceo", qualifiers={"organization": "jd"}, modality=PLANNED),
    )
    strengths = {each.object: each.strength for each in found.edges if each.qualifier}
    assert strengths == {"tencent": Strength.FACT, "alibaba": Strength.REPORTED, "jd": Strength.HEDGED}


def test_a_qualifier_that_is_no_link() -> None:
    found = net(claim("a", "china", "bans", "ico", qualifiers={"scope": "shenzhen"}))
    assert [each.object for each in found.edges] == ["ico"]


def test_words_fit_the_direction(seeds: Network) -> None:
    (edge,) = [each for each in seeds.edges if each.predicate == "subsidiaryOf"]
    assert (seeds.words(edge), seeds.words(edge, forward=False)) == ("is a subsidiary of", "has the subsidiary")


def test_the_rules_name_classes_predicates_and_qualifiers_that_there_are() -> None:
    known = {*VOCABULARY.classes, "Concept"}
    for passage in rules().passages.values():
        assert known >= passage.classes | passage.but_not
        assert passage.opened_by in {None, "reported", "hedged"}
    for selection in rules().selections.values():
        assert VOCABULARY.predicates.keys() >= selection.predicates
        assert rules().qualifiers.keys() >= selection.qualifiers
    assert VOCABULARY.qualifiers.keys() >= rules().qualifiers.keys()
    costs = [rules().costs[strength] for strength in LINKING]
    assert costs == sorted(costs)


@pytest.mark.parametrize(
    ("types", "passages"),
    [
        (("Company",), ()),
        (("City",), ("places",)),
        (("Country", "Agent"), ("places",)),
        (("Topic",), ("topics",)),
        (("Use",), ("topics",)),
        (("Activity",), ("topics",)),
        (("Project",), ()),
        (("CrossBorderProject",), ()),
        (("Action",), ()),
        (("Technology",), ("topics",)),
        (("Role",), ("kinds",)),
        (("Concept",), ("kinds",)),
        (("Post",), ()),
        (("Currency",), ("hubs",)),
        (("CBDC",), ()),
        (("MediaOutlet",), ("hubs",)),
        (("UnnamedGroup",), ("groups",)),
        (("UnnamedGroup", "Place"), ("places", "groups")),
    ],
)
def test_what_is_a_place_a_topic_a_kind_a_hub_or_a_group(types: tuple[str, ...], passages: tuple[str, ...]) -> None:
    assert rules().passages_of(types, VOCABULARY) == passages


# --- Chains on the project's own seeds ----------------------------------------------------------------------------


def test_tencent_and_the_central_bank_are_not_linked_by_facts(seeds: Network) -> None:
    answer = paths(seeds, "tencent", "pbc")
    assert (answer.chains, answer.others) == ((), 0)
    assert answer.left_out.count > 0
    assert dict(answer.left_out.through)["places"] > 0
    assert dict(answer.left_out.include)["reported"] > 0


def test_tencent_and_the_central_bank_through_shenzhen(seeds: Network) -> None:
    answer = paths(seeds, "tencent", "pbc", include=["reported"], through=["places", "topics"])
    chain = answer.chains[0]
    assert chain.nodes == ("tencent", "shenzhen", "gt190828-shenzhen-companies", "pbc")
    assert [[(edge.predicate, hop.forward(edge), edge.strength) for edge in hop.edges] for hop in chain.hops] == [
        [("locatedIn", True, Strength.REPORTED)],
        [("locatedIn", False, Strength.REPORTED)],
        [("indicatesTopicsTo", False, Strength.REPORTED)],
    ]
    assert chain.strength is Strength.REPORTED


@pytest.mark.parametrize("include", [[], ["reported"], ["reported", "hedged"]])
def test_tencent_and_the_central_bank_have_no_ownership_between_them(seeds: Network, include: list[str]) -> None:
    everything = tuple(seeds.rules.passages)
    answer = paths(seeds, "tencent", "pbc", only="ownership", include=include, through=everything, max_hops=10)
    assert (answer.chains, answer.left_out.count) == ((), 0)


def test_ownership_is_found_where_there_is_some(seeds: Network) -> None:
    answer = paths(seeds, "pbc", "sft", only="ownership")
    (hop,) = answer.chains[0].hops
    assert [(edge.predicate, hop.forward(edge)) for edge in hop.edges] == [("owns", True), ("subsidiaryOf", False)]


def test_the_head_of_a_firm_is_linked_to_it(seeds: Network) -> None:
    assert nodes(paths(seeds, "shentu-qingchun", "bankledger")) == [("shentu-qingchun", "bankledger")]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_seeds_changes_nothing(seeds: Network, seed: int) -> None:
    other = net_of(shuffled(load_seeds(), seed))
    assert other.edges == seeds.edges
    for ends in (("tencent", "pbc"), ("facebook", "pbc"), ("sft", "shenzhen"), ("cmb", "shentu-qingchun")):
        for options in ({}, {"include": ["reported", "hedged"], "through": tuple(seeds.rules.passages), "k": 9}):
            assert paths(other, *ends, **options) == paths(seeds, *ends, **options)  # type: ignore[arg-type]


# --- What makes an inner node -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("types", "passage"),
    [
        (("City",), "places"),
        (("Country", "Agent"), "places"),
        (("Topic",), "topics"),
        (("Role",), "kinds"),
        (("Currency",), "hubs"),
        (("UnnamedGroup",), "groups"),
    ],
)
def test_a_passage_is_closed_until_it_is_asked_for(types: tuple[str, ...], passage: str) -> None:
    of = net(entity("x", *types), claim("1", "a", "partnersWith", "x"), claim("2", "b", "partnersWith", "x"))
    shut = paths(of, "a", "b")
    assert (shut.chains, shut.left_out.count) == ((), 1)
    assert (shut.left_out.through, shut.left_out.include) == (((passage, 1),), ())
    wide = paths(of, "a", "b", through=[passage])
    assert (nodes(wide), wide.left_out.count) == ([("a", "x", "b")], 0)
    others = [name for name in of.rules.passages if name != passage]
    assert not paths(of, "a", "b", through=others).chains


@pytest.mark.parametrize("end", ["a", "x"])
def test_anything_may_be_an_end(end: str) -> None:
    of = net(entity("x", "City"), entity("a", "City"), claim("1", "a", "partnersWith", "x"))
    assert nodes(paths(of, end, "a" if end == "x" else "x"))


def test_a_concept_may_be_an_end() -> None:
    of = net(claim("1", "libra", "instanceOf", "concept:kind-stablecoin"))
    assert nodes(paths(of, "libra", "concept:kind-stablecoin"))


def test_a_group_connects_where_hearsay_is_read() -> None:
    of = net(entity("x", "UnnamedGroup"), claim("1", "a", "partnersWith", "x"), claim("2", "b", "partnersWith", "x"))
    assert not paths(of, "a", "b").chains
    assert not paths(of, "a", "b", include=["hedged"]).chains
    assert paths(of, "a", "b", include=["reported"]).chains


def test_weaker_links_are_followed_when_asked_for() -> None:
    of = net(
        claim("1", "a", "partnersWith", "x", voice=UNNAMED),
        claim("2", "x", "partnersWith", "b"),
        claim("3", "a", "partnersWith", "y", modality=PLANNED),
        claim("4", "y", "partnersWith", "b"),
    )
    shut = paths(of, "a", "b")
    assert (shut.chains, shut.left_out.count, shut.left_out.include) == ((), 2, (("reported", 1), ("hedged", 1)))
    assert nodes(paths(of, "a", "b", include=["reported"])) == [("a", "x", "b")]
    assert nodes(paths(of, "a", "b", include=["hedged"])) == [("a", "y", "b")]
    assert nodes(paths(of, "a", "b", include=["hedged", "reported"])) == [("a", "x", "b"), ("a", "y", "b")]


def test_a_chain_that_needs_two_options_counts_in_both() -> None:
    of = net(entity("x", "City"), claim("1", "a", "locatedIn", "x", voice=UNNAMED), claim("2", "b", "locatedIn", "x"))
    out = paths(of, "a", "b").left_out
    assert (out.count, out.through, out.include) == (1, (("places", 1),), (("reported", 1),))
    assert paths(of, "a", "b", include=["reported"]).left_out.include == ()
    assert paths(of, "a", "b", through=["places"]).left_out.through == ()


def test_parallel_links_make_one_step() -> None:
    of = net(
        claim("1", "a", "owns", "b"),
        claim("2", "b", "subsidiaryOf", "a"),
        claim("3", "a", "partnersWith", "b", voice=UNNAMED),
    )
    answer = paths(of, "a", "b")
    (hop,) = answer.chains[0].hops
    assert [(edge.predicate, hop.forward(edge)) for edge in hop.edges] == [("owns", True), ("subsidiaryOf", False)]
    assert (answer.others, answer.left_out.count) == (0, 0)
    (hop,) = paths(of, "b", "a", include=["reported"]).chains[0].hops
    assert [edge.predicate for edge in hop.edges] == ["owns", "subsidiaryOf", "partnersWith"]
    assert hop.strength is Strength.FACT


def test_a_link_to_itself_is_no_step() -> None:
    of = net(claim("1", "a", "competesWith", "a"), claim("2", "a", "partnersWith", "b"))
    assert nodes(paths(of, "a", "b")) == [("a", "b")]


def test_only_vendors() -> None:
    of = net(
        claim("1", "gd", "suppliesTo", "bank", qualifiers={"onProject": "ecedi"}),
        claim("2", "gd", "partnersWith", "rival"),
        claim("3", "rival", "suppliesTo", "other"),
        entity("ecedi", "Project"),
    )
    assert nodes(paths(of, "bank", "ecedi", only="vendors")) == [("bank", "gd", "ecedi")]
    assert nodes(paths(of, "bank", "other")) == [("bank", "gd", "rival", "other")]
    assert nodes(paths(of, "bank", "other", only="vendors")) == []


# --- Cost ---------------------------------------------------------------------------------------------------------


def test_a_fact_comes_before_hearsay_and_a_specific_thing_before_a_hub() -> None:
    busy = [claim(f"h{n}", f"firm{n}", "partnersWith", "hub") for n in range(20)]
    of = net(
        claim("1", "a", "partnersWith", "hub"),
        claim("2", "hub", "partnersWith", "b"),
        claim("3", "a", "partnersWith", "quiet"),
        claim("4", "quiet", "partnersWith", "b"),
        claim("5", "a", "partnersWith", "said", voice=UNNAMED),
        claim("6", "said", "partnersWith", "b"),
        *busy,
    )
    answer = paths(of, "a", "b", include=["reported"])
    assert nodes(answer) == [("a", "quiet", "b"), ("a", "said", "b"), ("a", "hub", "b")]
    assert [chain.cost for chain in answer.chains] == [
        pytest.approx(2 + math.log(2), abs=1e-5),
        pytest.approx(3 + math.log(2), abs=1e-5),
        pytest.approx(2 + math.log(22), abs=1e-5),
    ]


def test_a_chain_costs_the_same_whatever_found_it_and_in_either_direction(seeds: Network) -> None:
    everything: dict[str, Any] = {"include": ["reported", "hedged"], "through": tuple(seeds.rules.passages), "k": 50}
    some: dict[str, Any] = {"include": ["reported"], "through": ["places"], "k": 50}
    wide = {chain.nodes: chain.cost for chain in paths(seeds, "tencent", "pbc", **everything).chains}
    narrow = {chain.nodes: chain.cost for chain in paths(seeds, "tencent", "pbc", **some).chains}
    back = {chain.nodes[::-1]: chain.cost for chain in paths(seeds, "pbc", "tencent", **everything).chains}
    assert narrow.items() <= wide.items()
    assert wide == back


def test_k_and_the_others() -> None:
    of = net(*(claim(f"{end}{n}", end, "partnersWith", f"m{n}") for n in range(5) for end in "ab"))
    first, rest = paths(of, "a", "b", k=2), paths(of, "a", "b", k=9)
    assert (len(first.chains), first.others) == (2, 3)
    assert (len(rest.chains), rest.others) == (5, 0)
    assert rest.chains[:2] == first.chains
    assert [chain.nodes[1] for chain in rest.chains] == ["m0", "m1", "m2", "m3", "m4"]


def test_the_limit_of_hops() -> None:
    of = net(*(claim(str(n), f"n{n}", "partnersWith", f"n{n + 1}") for n in range(5)))
    assert not paths(of, "n0", "n5", max_hops=4).chains
    assert len(paths(of, "n0", "n5", max_hops=5).chains[0].hops) == 5


def test_counting_stops_somewhere() -> None:
    records = [
        claim(f"{layer}-{one}-{other}", f"l{layer}x{one}", "partnersWith", f"l{layer + 1}x{other}", voice=UNNAMED)
        for layer in range(3)
        for one in range(12)
        for other in range(12)
    ]
    ends = [claim(f"s{n}", "start", "partnersWith", f"l0x{n}") for n in range(12)]
    ends += [claim(f"e{n}", "end", "partnersWith", f"l3x{n}") for n in range(12)]
    out = paths(net(*records, *ends), "start", "end", max_hops=5).left_out
    assert (out.count, out.more) == (1000, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"include": ["rumours"]}, "'rumours' is not a strength of links; use fact, reported, hedged"),
        ({"through": ["walls"]}, "'walls' is not something that chains can be led through; use places, topics"),
        ({"only": "love"}, "'love' is not a network of certain links; use ownership, vendors"),
        ({"k": 0}, "must be at least 1"),
        ({"max_hops": 0}, "must be at least 1"),
    ],
)
def test_wrong_options(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        paths(net(claim("1", "a", "partnersWith", "b")), "a", "b", **options)


def test_wrong_ends() -> None:
    of = net(claim("1", "a", "partnersWith", "b"))
    with pytest.raises(UsageError, match="both ends of the path are A; give two different things"):
        paths(of, "a", "a")
    with pytest.raises(UsageError, match="'nobody' is not an entity of the graph"):
        paths(of, "a", "nobody")


# --- The search, against networkx ---------------------------------------------------------------------------------


def graph_of(costs: Costs) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_weighted_edges_from((a, b, cost) for a, steps in costs.items() for b, cost in steps.items())
    graph.add_nodes_from(["0", "1"])
    return graph


def random_costs(seed: int, size: int = 9, links: int = 20) -> Costs:
    chance = Random(seed)
    pairs = [chance.sample([str(n) for n in range(size)], 2) for _ in range(links)]
    costs: dict[str, dict[str, int]] = {}
    for a, b in pairs:
        costs.setdefault(a, {})[b] = chance.randint(0, 4)
        costs.setdefault(b, {})[a] = chance.randint(0, 4)
    return costs


def costed(costs: Costs, every: Iterable[tuple[str, ...]]) -> list[tuple[int, tuple[str, ...]]]:
    found = [(sum(costs[a][b] for a, b in pairwise(each)), tuple(each)) for each in every]
    return sorted(found, key=lambda each: (each[0], len(each[1]), each[1]))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_the_search_finds_what_networkx_finds(seed: int, max_hops: int) -> None:
    costs = random_costs(seed)
    every = costed(costs, map(tuple, nx.all_simple_paths(graph_of(costs), "0", "1", cutoff=max_hops)))
    assert list(cheapest(costs, "0", "1", max_hops)) == every
    assert sorted(chains(costs, "0", "1", max_hops)) == sorted(nodes for _, nodes in every)


def test_no_way_to_oneself_or_to_strangers() -> None:
    costs = {"a": {"b": 1}, "b": {"a": 1}}
    for search in (cheapest, chains):
        assert list(search(costs, "a", "a", 3)) == []
        assert list(search(costs, "a", "z", 3)) == []
        assert list(search(costs, "z", "a", 3)) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_chains_are_those_of_networkx(seed: int) -> None:
    of = net_of(random_knowledge(seed))
    strengths = {Strength.FACT, Strength.REPORTED}
    graph: nx.Graph[str] = nx.Graph()
    for edge in of.edges:
        if edge.strength in strengths and edge.subject != edge.object:
            old = graph.get_edge_data(edge.subject, edge.object, {"cost": 10**9})["cost"]
            graph.add_edge(edge.subject, edge.object, cost=min(old, of.rules.costs[edge.strength]))
    graph.add_nodes_from(["n0", "n1"])
    closed = [node for node in graph if node not in ("n0", "n1") and set(of.passages[node]) - {"groups"}]
    graph.remove_nodes_from(closed)
    expected = []
    for each in nx.all_simple_paths(graph, "n0", "n1", cutoff=4):
        links = sum(graph[a][b]["cost"] for a, b in pairwise(each))
        inner = sum(round(math.log(len(of.neighbours[node])) * UNIT) for node in each[1:-1])
        expected.append((links + inner, len(each), tuple(each)))
    answer = paths(of, "n0", "n1", include=["reported"], k=1000)
    assert [(round(chain.cost * UNIT), len(chain.nodes), chain.nodes) for chain in answer.chains] == sorted(expected)
    everything: nx.Graph[str] = nx.Graph()
    everything.add_nodes_from(["n0", "n1"])
    everything.add_edges_from((edge.subject, edge.object) for edge in of.edges if edge.subject != edge.object)
    every = list(nx.all_simple_paths(everything, "n0", "n1", cutoff=4))
    assert answer.left_out.count == len(every) - len(expected)


def random_knowledge(seed: int) -> Knowledge:
    chance = Random(seed)
    types = ["Company", "Company", "Company", "City", "Topic", "UnnamedGroup"]
    things = [entity("n0"), entity("n1"), *(entity(f"n{n}", chance.choice(types)) for n in range(2, 10))]
    more: list[dict[str, Any]] = [{}, {}, {"voice": UNNAMED}, {"modality": PLANNED}, {"polarity": DENIED}]
    claims = [
        claim(
            f"c{n}",
            chance.choice(things).id,
            chance.choice(["partnersWith", "owns", "researches"]),
            chance.choice(things).id,
            f"s{n}",
            **chance.choice(more),
        )
        for n in range(24)
    ]
    return knowledge(*things, *claims)


# --- networkx -----------------------------------------------------------------------------------------------------


def test_to_networkx(seeds: Network) -> None:
    known = load_seeds()
    derivation = derive(known, VOCABULARY)
    graph = to_networkx(known, derivation, VOCABULARY)
    assert isinstance(graph, nx.MultiDiGraph)
    assert set(known.entities) <= set(graph)
    assert graph.nodes["pbc"] == {"label": "People's Bank of China", "classes": ("CentralBank",), "kind": "entity"}
    assert {attributes["strength"] for _, _, attributes in graph.edges(data=True)} == {"fact"}
    edge = graph["sft"]["pbc"]["subsidiaryOf"]
    assert (edge["label"], edge["strength"], edge["voices"], edge["disputed"]) == (
        "is a subsidiary of",
        "fact",
        ("OwnVoice",),
        False,
    )
    assert edge["claims"][0] in known.claims
    assert graph.has_edge("shentu-qingchun", "bankledger", "holdsPosition/organization")
    assert not graph.has_edge("tencent", "tenpay")
    assert to_networkx(known, derivation, VOCABULARY, include=["reported"]).has_edge("tencent", "tenpay", "owns")
    with pytest.raises(UsageError, match="'all' is not a strength of links; use fact, reported, hedged"):
        to_networkx(known, derivation, VOCABULARY, include=["all"])


def test_networkx_gets_nodes_and_edges_in_order() -> None:
    known = load_seeds()
    one = to_networkx(known, derive(known, VOCABULARY), VOCABULARY, include=["reported", "hedged"])
    mixed = shuffled(known, 7)
    other = to_networkx(mixed, derive(mixed, VOCABULARY), VOCABULARY, include=["reported", "hedged"])
    assert list(one.nodes(data=True)) == list(other.nodes(data=True)) == sorted(one.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_parallel_links_are_parallel_edges() -> None:
    known = knowledge(claim("1", "a", "owns", "b"), claim("2", "a", "partnersWith", "b"), entity("alone"))
    graph = to_networkx(known, derive(known, VOCABULARY), VOCABULARY)
    assert sorted(graph["a"]["b"]) == ["owns", "partnersWith"]
    assert "alone" in graph


# --- Centrality ---------------------------------------------------------------------------------------------------


def test_what_is_linked_to_many_is_central() -> None:
    of = net(*(claim(str(n), f"n{n}", "partnersWith", "hub") for n in range(4)), claim("x", "n0", "owns", "hub"))
    found = central(of, top=2)
    assert [(each.id, each.label, each.neighbours, each.betweenness) for each in found] == [
        ("hub", "Hub", 4, 1.0),
        ("n0", "N0", 1, 0.0),
    ]


def test_only_facts_between_entities_count() -> None:
    of = net(
        claim("1", "a", "owns", "b", voice=UNNAMED),
        claim("2", "a", "instanceOf", "concept:kind-stablecoin"),
        claim("3", "a", "competesWith", "a"),
        claim("4", "c", "owns", "d"),
    )
    assert [each.id for each in central(of)] == ["c", "d"]
    assert [each.id for each in central(of, include=["reported"])] == ["a", "b", "c", "d"]
    assert central(of, top=0) == ()


def test_betweenness_is_that_of_networkx(seeds: Network) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(seeds.knowledge.entities)
    for edge in seeds.edges:
        if edge.strength is Strength.FACT and edge.subject != edge.object and "concept:" not in edge.object:
            graph.add_edge(edge.subject, edge.object)
    expected = nx.betweenness_centrality(graph)
    for each in central(seeds, top=1000):
        assert each.betweenness == pytest.approx(expected[each.id], abs=1e-6)
        assert each.neighbours == graph.degree(each.id)


def test_large_networks_are_estimated_the_same_every_time(seeds: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = {each.id: each.betweenness for each in central(seeds, top=1000, include=["reported"])}
    monkeypatch.setattr("kg.network.centrality.WORK", 1)
    one, other = (central(seeds, top=1000, include=["reported"]) for _ in range(2))
    assert one == other
    assert {each.id: each.betweenness for each in one} != exact
    assert {each.id for each in one} == exact.keys()
