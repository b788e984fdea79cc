"""The view model: nothing lost, nothing twice, the same however it is handed over."""

from __future__ import annotations

from collections import deque

import pytest

from kg.dataset.derivation import Strength
from kg.errors import NotFound, UsageError
from kg.model import Evidence, PartialDate, Validity, Voice
from tests.samples import sample, shuffled
from viz import words
from viz.layout import layout
from viz.network import network_of
from viz.records import View
from viz.view import view_of


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(*sample())


def test_every_link_is_an_edge_or_an_attribute(view: View) -> None:
    _, derivation, _ = sample()
    assert len(view.edges) + len(view.attributes) == len(derivation.links)
    assert len({each.id for each in (*view.edges, *view.attributes)}) == len(derivation.links)


def test_every_accepted_claim_stands_behind_exactly_one_link(view: View) -> None:
    knowledge, _, _ = sample()
    behind = [id for each in (*view.edges, *view.attributes) for id in each.every_claim]
    assert sorted(behind) == sorted(id for id, claim in knowledge.claims.items() if claim.accepted)
    assert [claim.id for claim in view.claims] == sorted(
        (claim.id for claim in view.claims), key=lambda id: (next(c.link for c in view.claims if c.id == id), id)
    )
    assert {claim.id for claim in view.claims} == set(behind)


def test_every_entity_is_a_node_and_values_are_not(view: View) -> None:
    knowledge, _, _ = sample()
    assert {node.id for node in view.nodes} == set(knowledge.entities)
    assert {each.value for each in view.attributes} == {"June 2018", "2019", "红隼", "fintech company"}


def test_parallel_and_opposite_edges_and_loops_stay_apart(view: View) -> None:
    pair = [edge for edge in view.edges if {edge.subject, edge.object} == {"kestrel", "osprey"}]
    assert len(pair) == 4
    bends = [edge.curve if edge.subject < edge.object else -edge.curve for edge in pair]
    assert len(set(bends)) == 4, "seen from the pair, every line bends its own way"
    assert any(edge.subject == edge.object == "bank-16" for edge in view.edges)


def test_the_network_holds_every_node_and_edge(view: View) -> None:
    network = network_of(view)
    assert {node["id"] for node in network.nodes} == {node.id for node in view.nodes}
    assert [edge["id"] for edge in network.edges] == [edge.id for edge in view.edges]
    assert network.directed
    assert network.options["physics"]["enabled"] is False


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_input_changes_nothing(view: View, seed: int) -> None:
    assert view_of(*shuffled(sample(), seed)) == view


@pytest.mark.parametrize("hops", [0, 1, 2, 3])
def test_focus_is_a_breadth_first_search(view: View, hops: int) -> None:
    far = {"kestrel": 0}
    queue = deque(["kestrel"])
    while queue:
        here = queue.popleft()
        for edge in view.edges:
            for one, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
                if one == here and other not in far:
                    far[other] = far[here] + 1
                    queue.append(other)
    part = view_of(*sample(), focus="kestrel", hops=hops)
    assert {node.id for node in part.nodes} == {id for id, steps in far.items() if steps <= hops}
    inside = {node.id for node in part.nodes}
    assert {edge.id for edge in part.edges} == {edge.id for edge in view.edges if {edge.subject, edge.object} <= inside}
    assert all(claim.speaker is None or claim.speaker in inside for claim in part.claims)


def test_focus_on_nobody_and_hops_below_zero_say_so() -> None:
    with pytest.raises(NotFound, match="nobody"):
        view_of(*sample(), focus="nobody")
    with pytest.raises(UsageError, match="-1"):
        view_of(*sample(), focus="kestrel", hops=-1)


def test_a_claim_card_says_everything(view: View) -> None:
    card = next(claim for claim in view.claims if claim.link == "kestrel/owns/paywell")
    assert card.statement == "Kestrel Payments owns Paywell"
    assert card.who == "unnamed source: a source"
    assert card.anonymous and card.voice is Voice.UNNAMED and card.speaker == "a-source"
    assert card.passages[0].place == "paragraph 8, characters 90–99, text “wire”"
    assert card.passages[0].quote is not None
    assert card.review == "accepted, curated by hand"
    for part in ("Kestrel Payments owns Paywell", "unnamed source", "The wallet that waits", "Daily Arden",
                 "4 March 2021", "paragraph 8", "https://example.org/daily/1", card.id, "2026-11-22"):  # fmt: skip
        assert part in card.citation


def test_hedges_conditions_and_denials_are_words(view: View) -> None:
    cards = {claim.link: claim for claim in view.claims}
    assert cards["kestrel/locatedIn/brome"].statement.startswith("it is denied that ")
    planned = cards["bank-of-arden/launches/digital-arden"]
    assert "planned, “will”" in planned.citation
    assert planned.said == "1 March 2021"
    assert "conditional, if the trial works" in cards["agora/locatedIn/port-clare"].citation
    assert cards["kestrel/researches/agora"].who == "relayed from media reports, unnamed source"
    assert cards["daily-arden/locatedIn/port-clare"].qualifiers == (("share", "0.5"),)


def test_rivals_name_each_other_and_how_it_stands(view: View) -> None:
    rivals = [claim for claim in view.claims if claim.link.startswith("kestrel/foundedOn/")]
    assert len(rivals) == 2
    for card, other in (rivals, rivals[::-1]):
        assert [rival.claim for rival in card.rivals] == [other.id]
        assert card.rivals[0].outcome.startswith("differ in date; open")


def test_inverse_words_and_line_styles(view: View) -> None:
    edges = {edge.id: edge for edge in view.edges}
    assert edges["bank-of-arden/runs/agora"].inverse_label == "is run by"
    assert {edge.strength: edge.style for edge in view.edges} == {
        strength: words.STYLES[strength]
        for strength in (Strength.FACT, Strength.REPORTED, Strength.HEDGED, Strength.EVALUATIVE, Strength.DENIED)
    }
    assert len(set(words.STYLES.values())) == len(Strength), "no two strengths share a line"
    assert len(edges["osprey/locatedIn/arden"].opposing) == 1


def test_groups_follow_the_classes(view: View) -> None:
    groups = {node.id: node.group for node in view.nodes}
    assert groups["bank-of-arden"] == "authority"
    assert groups["kestrel"] == groups["daily-arden"] == "organization"
    assert groups["a-source"] == "unnamed"
    assert groups["white-paper"] == "document"
    assert groups["privacy"] == "topic"


@pytest.mark.parametrize(
    ("validity", "said"),
    [
        (Validity(), "not stated"),
        (Validity.of(PartialDate("2018"), PartialDate("2019-06")), "from 2018, until June 2019"),
        (Validity.of(observed_on=PartialDate("2019-08-28")), "held on 28 August 2019"),
        (Validity.of(earliest_start=PartialDate("2019-08-01").first), "start not before 1 August 2019"),
        (
            Validity.of(earliest_start=PartialDate("2019-08").first, latest_start=PartialDate("2019-08-10").last),
            "start between 1 August 2019 and 10 August 2019",
        ),
        (Validity.of(latest_end=PartialDate("2020").last), "end by 31 December 2020"),
    ],
)
def test_when_it_holds_in_words(validity: Validity, said: str) -> None:
    assert words.holds_words(validity) == said


def test_a_place_that_nobody_gave_says_so() -> None:
    knowledge, _, _ = sample()
    assert words.passage_words(Evidence(), knowledge.sources["daily-1"]) == "no place given"


def test_nodes_do_not_lie_on_each_other(view: View) -> None:
    places = sorted((node.x, node.y) for node in view.nodes)
    for place, (x, y) in enumerate(places):
        assert all(abs(x - ox) >= 20 or abs(y - oy) >= 20 for ox, oy in places[place + 1 :])


def test_the_layout_of_very_little() -> None:
    assert layout({}, []) == {}
    assert layout({"a": "A"}, []) == {"a": (0, 0)}
    assert len(set(layout({"a": "A", "b": "B"}, [("a", "b"), ("b", "a"), ("a", "a")]).values())) == 2
    assert len(set(layout({str(n): "label" for n in range(150)}, []).values())) == 150
