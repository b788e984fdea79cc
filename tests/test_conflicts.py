"""Conflicts: who is a rival of whom, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.curation import load as load_seeds
from kg.dataset.derivation import Conflict, ConflictKind, Resolution
from kg.dataset.facts import derive
from kg.dataset.rivals import rivals
from kg.model import Claim, Modality, Polarity, Rank, Source, Value, Voice
from kg.vocabulary import load
from tests.builders import (
    CONDITIONAL,
    DENIED,
    DEPRECATED,
    PLANNED,
    POSSIBLE,
    PREFERRED,
    RETRACTED,
    SUGGESTED,
    UNNAMED,
    claim,
    knowledge,
    period,
    shuffled,
    source,
)

VOCABULARY = load()
SINGLE = [each.name for each in VOCABULARY.predicates.values() if each.single_valued]


def conflicts(*records: Claim | Source) -> tuple[Conflict, ...]:
    return derive(knowledge(*records), VOCABULARY).conflicts


def conflict(*records: Claim | Source) -> Conflict:
    (only,) = conflicts(*records)
    return only


def in_2018(id: str = "a", source: str = "one", /, **more: object) -> Claim:
    return claim(id, "sft", "foundedOn", "2018", source, **more)


def in_2019(id: str = "b", source: str = "two", /, **more: object) -> Claim:
    return claim(id, "sft", "foundedOn", "2019", source, **more)


# --- Who is a rival -----------------------------------------------------------------------------------------------


def test_two_values_of_a_single_valued_predicate() -> None:
    found = conflict(claim("a", "sft", "subsidiaryOf", "pbc", "one"), claim("b", "sft", "subsidiaryOf", "cmb", "two"))
    assert (found.kind, found.sides, found.rivals) == (ConflictKind.VALUE, (("a",), ("b",)), ("a", "b"))
    assert (found.resolution, found.winner) == (Resolution.OPEN, None)


def test_two_dates() -> None:
    assert conflict(in_2018(), in_2019()).kind is ConflictKind.DATE


def test_three_values_are_one_conflict_of_three_sides() -> None:
    found = conflict(in_2018(), in_2019(), claim("c", "sft", "foundedOn", "2020", "three"))
    assert found.sides == (("a",), ("b",), ("c",))


def test_two_values_of_another_predicate_are_none() -> None:
    assert not VOCABULARY.predicates["owns"].single_valued
    assert not conflicts(claim("a", "tencent", "owns", "x"), claim("b", "tencent", "owns", "y", "two"))


def test_yes_and_no_of_one_thing() -> None:
    found = conflict(
        claim("a", "tencent", "owns", "tenpay", "one"), claim("b", "tencent", "owns", "tenpay", "two", polarity=DENIED)
    )
    assert (found.kind, found.sides) == (ConflictKind.POLARITY, (("a",), ("b",)))


def test_yes_to_one_thing_and_no_to_another_is_none() -> None:
    assert not conflicts(
        claim("a", "sft", "subsidiaryOf", "pbc", "one"),
        claim("b", "sft", "subsidiaryOf", "cmb", "two", polarity=DENIED),
    )


def test_two_denials_are_none() -> None:
    assert not conflicts(
        claim("a", "sft", "subsidiaryOf", "pbc", "one", polarity=DENIED),
        claim("b", "sft", "subsidiaryOf", "cmb", "two", polarity=DENIED),
    )


def test_other_subjects_and_predicates_are_no_rivals() -> None:
    assert not conflicts(
        in_2018(), claim("b", "dcri", "foundedOn", "2019", "two"), claim("c", "sft", "endedOn", "2019", "two")
    )


def test_one_value_of_two_sources_is_none() -> None:
    assert not conflicts(in_2018(), in_2018("b", "two"))


@pytest.mark.parametrize("modality", [PLANNED, POSSIBLE, CONDITIONAL, SUGGESTED])
def test_only_actual_claims_are_rivals(modality: Modality) -> None:
    assert not conflicts(in_2018(), in_2019(modality=modality))


def test_only_accepted_claims_are_rivals() -> None:
    assert not conflicts(in_2018(), in_2019(review_status=RETRACTED))


# --- Qualifiers, schemes ------------------------------------------------------------------------------------------


def test_another_identifying_qualifier_is_another_matter() -> None:
    direct = {"level": "concept:level-direct"}
    ultimate = {"level": "concept:level-ultimate"}
    one = claim("a", "sft", "subsidiaryOf", "pbc", "one", qualifiers=direct)
    assert not conflicts(one, claim("b", "sft", "subsidiaryOf", "cmb", "two", qualifiers=ultimate))
    assert conflicts(one, claim("b", "sft", "subsidiaryOf", "cmb", "two", qualifiers=direct))


def test_another_share_is_the_same_matter() -> None:
    whole, half = (("share", Value("1.0", "decimal")),), (("share", Value("0.5", "decimal")),)
    one = replace(claim("a", "sft", "subsidiaryOf", "pbc", "one"), qualifiers=whole)
    assert conflicts(one, replace(claim("b", "sft", "subsidiaryOf", "cmb", "two"), qualifiers=half))


def test_statuses_of_two_schemes_do_not_clash() -> None:
    ours, others = VOCABULARY.schemes["status"].concepts, VOCABULARY.schemes["status-bis"].concepts
    one = claim("a", "dcep", "hasStatus", f"concept:{ours[0]}", "one")
    assert not conflicts(one, claim("b", "dcep", "hasStatus", f"concept:{others[0]}", "two"))
    assert conflicts(one, claim("b", "dcep", "hasStatus", f"concept:{ours[1]}", "two"))


# --- Time ---------------------------------------------------------------------------------------------------------


def held(id: str, by: str, source: str, *when: str | None) -> Claim:
    return claim(id, "sft", "subsidiaryOf", by, source, when=period(*when))


def test_rivals_hold_at_one_time() -> None:
    assert not conflicts(held("a", "pbc", "one", "2018", "2019"), held("b", "cmb", "two", "2020", "2021"))
    assert conflicts(held("a", "pbc", "one", "2018", "2020"), held("b", "cmb", "two", "2020", "2021"))


@pytest.mark.parametrize("when", [(), ("2018",), (None, "2021"), (None, None, "2019")])
def test_unknown_bounds_are_open(when: tuple[str | None, ...]) -> None:
    assert conflicts(held("a", "pbc", "one", "2018", "2020"), held("b", "cmb", "two", *when))


def test_of_three_only_those_that_meet_are_rivals() -> None:
    found = conflict(
        held("a", "pbc", "one", "2010", "2012"),
        held("b", "cmb", "two", "2018", "2020"),
        held("c", "dcri", "three", "2019", "2021"),
    )
    assert found.sides == (("b",), ("c",))


def test_a_witness_that_speaks_of_two_times_is_a_rival_in_each() -> None:
    found = conflicts(
        held("a", "pbc", "one", "2010", "2011"),
        held("b", "pbc", "one", "2018", "2020"),
        held("c", "cmb", "two", "2019", "2021"),
    )
    assert [each.rivals for each in found] == [("b", "c")]


# --- Precision ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("coarse", "fine"), [("2018", "2018-06"), ("2018", "2018-06-15"), ("2018-06", "2018-06-15")])
def test_a_finer_date_is_no_conflict(coarse: str, fine: str) -> None:
    assert not conflicts(claim("a", "sft", "foundedOn", coarse, "one"), claim("b", "sft", "foundedOn", fine, "two"))


@pytest.mark.parametrize(("one", "other"), [("2018-06", "2018-07"), ("2018", "2019-06"), ("2018-06-01", "2018-06-02")])
def test_another_date_is(one: str, other: str) -> None:
    assert conflicts(claim("a", "sft", "foundedOn", one, "one"), claim("b", "sft", "foundedOn", other, "two"))


def test_a_coarse_date_is_on_the_side_of_the_finer_one() -> None:
    found = conflict(
        in_2018(), claim("b", "sft", "foundedOn", "2018-06", "two"), claim("c", "sft", "foundedOn", "2019", "three")
    )
    assert found.sides == (("a", "b"), ("c",))


def test_a_coarse_date_that_fits_both_finer_ones_contradicts_neither() -> None:
    found = conflict(
        in_2018(), claim("b", "sft", "foundedOn", "2018-06", "two"), claim("c", "sft", "foundedOn", "2018-07", "three")
    )
    assert found.sides == (("b",), ("c",))


# --- Origins ------------------------------------------------------------------------------------------------------


def test_relays_of_one_report_count_once() -> None:
    records = (source("one"), source("relay", relays="one"), source("relay2", relays="relay"))
    found = conflict(*records, in_2018("a", "one"), in_2018("b", "relay"), in_2018("c", "relay2"), in_2019("d"))
    assert found.sides == (("a",), ("d",))


def test_independent_sources_count_each() -> None:
    found = conflict(in_2018("a", "one"), in_2018("b", "three"), in_2019("d"))
    assert found.sides == (("a", "b"), ("d",))


def test_a_relay_that_says_something_else_is_a_rival() -> None:
    assert conflicts(source("one"), source("two", relays="one"), in_2018(), in_2019())


def test_relays_in_a_ring_end() -> None:
    assert conflicts(source("one", relays="two"), source("two", relays="one"), in_2018(), in_2019())


# --- How it stands ------------------------------------------------------------------------------------------------


def test_equal_voices_leave_it_open() -> None:
    for voice in Voice:
        if voice is not Voice.NAMED:
            assert conflict(in_2018(voice=voice), in_2019(voice=voice)).resolution is Resolution.OPEN


def test_the_stronger_voice_outweighs() -> None:
    found = conflict(in_2018(), in_2019(voice=UNNAMED))
    assert (found.resolution, found.winner) == (Resolution.OUTWEIGHED, "a")


def test_a_named_voice_outweighs_an_unnamed_one() -> None:
    found = conflict(in_2018(speaker="alibaba"), in_2019(voice=UNNAMED))
    assert (found.resolution, found.winner) == (Resolution.OUTWEIGHED, "a")


def test_many_weak_voices_do_not_outweigh_a_strong_one() -> None:
    found = conflict(in_2018(), *(in_2019(f"b{n}", f"s{n}", voice=UNNAMED) for n in range(5)))
    assert found.winner == "a"


def test_a_preferred_claim_wins_over_stronger_voices() -> None:
    found = conflict(in_2018(), in_2019(rank=PREFERRED, voice=UNNAMED))
    assert (found.resolution, found.winner) == (Resolution.RANKED, "b")


def test_two_preferred_sides_leave_it_to_the_voices() -> None:
    assert conflict(in_2018(rank=PREFERRED), in_2019(rank=PREFERRED)).resolution is Resolution.OPEN
    found = conflict(in_2018(rank=PREFERRED), in_2019(rank=PREFERRED, voice=UNNAMED))
    assert (found.resolution, found.winner) == (Resolution.OUTWEIGHED, "a")


def test_a_deprecated_side_loses() -> None:
    found = conflict(in_2018(rank=DEPRECATED), in_2019(voice=UNNAMED))
    assert (found.resolution, found.winner) == (Resolution.RANKED, "b")


def test_where_all_are_deprecated_nobody_wins() -> None:
    found = conflict(in_2018(rank=DEPRECATED), in_2019(rank=DEPRECATED))
    assert (found.resolution, found.winner) == (Resolution.RANKED, None)


def test_a_deprecated_third_leaves_the_others_open() -> None:
    found = conflict(in_2018(), in_2019(), claim("c", "sft", "foundedOn", "2020", "three", rank=DEPRECATED))
    assert found.resolution is Resolution.OPEN


def test_a_denial_of_a_symmetric_link_in_the_other_direction() -> None:
    assert VOCABULARY.predicates["partnersWith"].symmetric
    assert conflicts(
        claim("a", "tencent", "partnersWith", "pbc", "one"),
        claim("b", "pbc", "partnersWith", "tencent", "two", polarity=DENIED),
    )


# --- For any claims -----------------------------------------------------------------------------------------------

Row: TypeAlias = tuple[Any, ...]

claims = st.lists(
    st.builds(
        lambda *parts: parts,
        st.sampled_from(["sft", "dcri"]),
        st.sampled_from(["foundedOn", "endedOn"]),
        st.sampled_from(["2018", "2018-06", "2018-07", "2019"]),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from([Voice.OWN_VOICE, Voice.UNNAMED]),
        st.sampled_from(Rank),
        st.sampled_from(Polarity),
        st.sampled_from([None, "2015", "2020"]),
    ),
    max_size=7,
    unique=True,
)


def made(rows: list[Row]) -> list[Claim]:
    return [
        claim(
            f"c{number}",
            who,
            what,
            year,
            by,
            voice=voice,
            rank=rank,
            polarity=polarity,
            when=period(start, "2016" if start == "2015" else None),
        )
        for number, (who, what, year, by, voice, rank, polarity, start) in enumerate(rows)
    ]


@settings(max_examples=60, deadline=None)
@given(claims, st.integers(0, 99))
def test_conflicts_are_sound(rows: list[Row], seed: int) -> None:
    of = knowledge(*made(rows))
    found = derive(of, VOCABULARY)
    for each in found.conflicts:
        assert len(each.sides) > 1
        ids = [id for side in each.sides for id in side]
        assert len(ids) == len(set(ids))
        named = [of.claims[id] for id in ids]
        assert len({(one.subject, one.predicate) for one in named}) == 1
        assert each.winner is None or each.winner in ids
        assert set(ids) <= set(rivals(of.claims.values(), VOCABULARY))
    again = derive(shuffled(of, seed), VOCABULARY)
    assert (again.links, again.conflicts) == (found.links, found.conflicts)


def test_ids_do_not_depend_on_the_order() -> None:
    records = [in_2018(), in_2019(), in_2019("c", "three")]
    assert len({conflict(*order).id for order in permutations(records)}) == 1


def test_before_the_first_source_nothing_is_known() -> None:
    seeds = load_seeds()
    first = min(each.published.last for each in seeds.sources.values())
    found = derive(seeds, VOCABULARY, known_at=first - timedelta(days=1))
    assert (found.links, found.conflicts) == ({}, ())
