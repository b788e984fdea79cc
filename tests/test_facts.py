"""Facts as a function of two clocks: each rule with its failing side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from kg.curation import load as load_seeds
from kg.dataset.derivation import Derivation, Link, Strength
from kg.dataset.facts import derive
from kg.model import Claim, Entity, Holding, Modality, Polarity, Rank, Source, Value, Voice
from kg.vocabulary import load
from tests.builders import (
    CONDITIONAL,
    DENIED,
    DEPRECATED,
    PLANNED,
    POSSIBLE,
    PREFERRED,
    RELAYED,
    RETRACTED,
    SUGGESTED,
    SUPERSEDED,
    UNNAMED,
    claim,
    knowledge,
    period,
    shuffled,
    source,
)

VOCABULARY = load()


def derived(*records: Claim | Source | Entity, as_of: date | None = None, known_at: date | None = None) -> Derivation:
    return derive(knowledge(*records), VOCABULARY, as_of=as_of, known_at=known_at)


def strengths(derivation: Derivation) -> dict[tuple[str, str, str], Strength]:
    return {
        (subject.id, predicate, object.text if isinstance(object, Value) else object.id): link.strength
        for (subject, predicate, object), link in derivation.links.items()
    }


def strength(*records: Claim | Source | Entity, **clocks: date) -> Strength:
    """The strength of the only link."""
    return link(*records, **clocks).strength


def link(*records: Claim | Source | Entity, **clocks: date) -> Link:
    (only,) = derived(*records, **clocks).links.values()
    return only


# --- The claim alone ----------------------------------------------------------------------------------------------


def test_what_a_trusted_source_says_in_its_own_voice_is_a_fact() -> None:
    found = link(claim("a", "tencent", "owns", "tenpay"))
    assert (found.strength, found.supporting, found.opposing, found.disputed, found.holding) == (
        Strength.FACT,
        ("a",),
        (),
        False,
        None,
    )


@pytest.mark.parametrize("modality", [PLANNED, POSSIBLE, CONDITIONAL, SUGGESTED])
def test_what_is_not_actual_is_hedged(modality: Modality) -> None:
    assert strength(claim("a", "tencent", "owns", "tenpay", modality=modality)) is Strength.HEDGED


@pytest.mark.parametrize("modality", list(Modality))
def test_what_is_denied_is_no_link(modality: Modality) -> None:
    found = link(claim("a", "tencent", "owns", "tenpay", polarity=DENIED, modality=modality))
    assert (found.strength, found.supporting, found.opposing) == (Strength.DENIED, (), ("a",))


def test_a_deprecated_claim_makes_no_fact() -> None:
    assert strength(claim("a", "tencent", "owns", "tenpay", rank=DEPRECATED)) is Strength.WITHHELD


def test_a_deprecated_plan_is_withheld_as_well() -> None:
    assert strength(claim("a", "tencent", "owns", "tenpay", rank=DEPRECATED, modality=PLANNED)) is Strength.WITHHELD


def test_a_good_claim_stands_beside_a_deprecated_one_for_the_same() -> None:
    found = link(
        claim("a", "tencent", "owns", "tenpay", rank=DEPRECATED), claim("b", "tencent", "owns", "tenpay", "other")
    )
    assert found.strength is Strength.FACT


@pytest.mark.parametrize("status", [RETRACTED, SUPERSEDED])
def test_only_accepted_claims_take_part(status: object) -> None:
    assert derived(claim("a", "tencent", "owns", "tenpay", review_status=status)).links == {}


@pytest.mark.parametrize("predicate", [each.name for each in VOCABULARY.predicates.values() if each.evaluative])
def test_a_judgement_is_no_fact_whoever_says_it(predicate: str) -> None:
    assert strength(claim("a", "china", predicate, "libra")) is Strength.EVALUATIVE


def test_the_strongest_claim_gives_a_link_its_strength() -> None:
    found = link(
        claim("plan", "tencent", "owns", "tenpay", modality=PLANNED),
        claim("hearsay", "tencent", "owns", "tenpay", voice=UNNAMED),
        claim("own", "tencent", "owns", "tenpay", "other"),
    )
    assert (found.strength, found.supporting) == (Strength.FACT, ("hearsay", "own", "plan"))


# --- Voices -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reliability", [1, 2, 3, 4])
def test_own_voices_of_the_first_four_classes_make_facts(reliability: int) -> None:
    said = claim("a", "tencent", "owns", "tenpay", "x")
    assert strength(source("x", reliability=reliability), said) is Strength.FACT


@pytest.mark.parametrize("reliability", [5, 6, 7, 8])
def test_own_voices_of_the_other_classes_report(reliability: int) -> None:
    said = claim("a", "tencent", "owns", "tenpay", "x")
    assert strength(source("x", reliability=reliability), said) is Strength.REPORTED


@pytest.mark.parametrize("voice", [UNNAMED, RELAYED])
@pytest.mark.parametrize("speaker", [None, "tencent", "insiders"])
def test_unnamed_and_relayed_voices_report(voice: Voice, speaker: str | None) -> None:
    said = claim("a", "tencent", "owns", "tenpay", voice=voice, speaker=speaker)
    assert strength(said) is Strength.REPORTED


def test_a_named_speaker_makes_facts_about_itself() -> None:
    assert strength(claim("a", "tencent", "owns", "tenpay", speaker="tencent")) is Strength.FACT


def test_a_named_speaker_reports_about_others() -> None:
    assert strength(claim("a", "tencent", "owns", "tenpay", speaker="alibaba")) is Strength.REPORTED


def position(id: str = "position", /, **more: Any) -> Claim:
    return claim(id, "ma", "holdsPosition", "ceo", qualifiers={"organization": "tencent"}, **more)


def test_a_named_speaker_makes_facts_about_its_own_organisation() -> None:
    said = derived(position(), claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(said)["tencent", "owns", "tenpay"] is Strength.FACT


@pytest.mark.parametrize(
    "other",
    [
        {"modality": PLANNED},
        {"polarity": DENIED},
        {"review_status": RETRACTED},
    ],
)
def test_a_position_that_is_none_makes_nobody_speak_for_an_organisation(other: dict[str, Any]) -> None:
    said = derived(position(**other), claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(said)["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_a_deprecated_position_makes_nobody_speak_for_an_organisation() -> None:
    said = derived(position(rank=DEPRECATED), claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(said)["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_a_position_in_another_organisation_does_not_count() -> None:
    elsewhere = claim("position", "ma", "holdsPosition", "ceo", qualifiers={"organization": "alibaba"})
    said = derived(elsewhere, claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(said)["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_a_position_of_hearsay_makes_nobody_speak_for_an_organisation() -> None:
    said = derived(position(voice=UNNAMED), claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(said)["tencent", "owns", "tenpay"] is Strength.REPORTED


# --- Rivals -------------------------------------------------------------------------------------------------------


def test_an_equal_rival_withholds_both_facts() -> None:
    said = derived(claim("a", "sft", "foundedOn", "2018"), claim("b", "sft", "foundedOn", "2019", "other"))
    assert set(strengths(said).values()) == {Strength.WITHHELD}


def test_a_stronger_rival_withholds_nothing_of_its_own_and_is_disputed() -> None:
    said = derived(
        claim("a", "sft", "foundedOn", "2018"), claim("b", "sft", "foundedOn", "2019", "other", voice=UNNAMED)
    )
    by_year = {str(triple[2]): link for triple, link in said.links.items()}
    assert by_year["2018"].strength is Strength.FACT
    assert by_year["2018"].disputed
    assert by_year["2019"].strength is Strength.REPORTED
    assert by_year["2019"].disputed


def test_a_fact_without_rivals_is_not_disputed() -> None:
    said = derived(claim("a", "sft", "foundedOn", "2018"), claim("b", "dcri", "foundedOn", "2019", "other"))
    assert not any(link.disputed for link in said.links.values())


def test_an_equal_denial_withholds_a_fact() -> None:
    found = link(
        claim("a", "tencent", "owns", "tenpay"), claim("b", "tencent", "owns", "tenpay", "other", polarity=DENIED)
    )
    assert (found.strength, found.supporting, found.opposing) == (Strength.WITHHELD, ("a",), ("b",))


def test_a_weaker_denial_disputes_a_fact() -> None:
    found = link(
        claim("a", "tencent", "owns", "tenpay"),
        claim("b", "tencent", "owns", "tenpay", "other", polarity=DENIED, voice=UNNAMED),
    )
    assert (found.strength, found.disputed) == (Strength.FACT, True)


def test_a_planned_denial_disputes_nothing() -> None:
    found = link(
        claim("a", "tencent", "owns", "tenpay"),
        claim("b", "tencent", "owns", "tenpay", "other", polarity=DENIED, modality=PLANNED),
    )
    assert (found.strength, found.disputed) == (Strength.FACT, False)


def test_a_curator_resolves_by_rank_and_the_loser_stays_visible() -> None:
    said = derived(
        claim("a", "sft", "foundedOn", "2018", rank=PREFERRED), claim("b", "sft", "foundedOn", "2019", "other")
    )
    assert strengths(said) == {
        ("sft", "foundedOn", "2018"): Strength.FACT,
        ("sft", "foundedOn", "2019"): Strength.WITHHELD,
    }
    assert {link.supporting for link in said.links.values()} == {("a",), ("b",)}


def test_a_rank_lifts_no_weak_voice_to_a_fact() -> None:
    said = derived(
        claim("a", "sft", "foundedOn", "2018", rank=PREFERRED, voice=UNNAMED),
        claim("b", "sft", "foundedOn", "2019", "other"),
    )
    assert strengths(said) == {
        ("sft", "foundedOn", "2018"): Strength.REPORTED,
        ("sft", "foundedOn", "2019"): Strength.WITHHELD,
    }


def test_a_deprecated_rival_withholds_nothing() -> None:
    said = derived(
        claim("a", "sft", "foundedOn", "2018"), claim("b", "sft", "foundedOn", "2019", "other", rank=DEPRECATED)
    )
    assert strengths(said)["sft", "foundedOn", "2018"] is Strength.FACT


def test_hearsay_beside_a_withheld_claim_does_not_bring_it_back() -> None:
    said = derived(
        claim("a", "sft", "foundedOn", "2018"),
        claim("b", "sft", "foundedOn", "2019", "other"),
        claim("c", "sft", "foundedOn", "2018", "third", voice=UNNAMED),
    )
    assert strengths(said)["sft", "foundedOn", "2018"] is Strength.WITHHELD


def test_a_relay_does_not_make_a_fact_of_what_is_withheld() -> None:
    said = derived(
        source("a"),
        source("relay", relays="a"),
        claim("a", "sft", "foundedOn", "2018", "a"),
        claim("b", "sft", "foundedOn", "2018", "relay"),
        claim("c", "sft", "foundedOn", "2019", "other"),
    )
    assert set(strengths(said).values()) == {Strength.WITHHELD}


def test_a_second_claim_of_one_source_does_not_make_a_fact_of_what_is_withheld() -> None:
    said = derived(
        claim("a", "sft", "subsidiaryOf", "pbc", when=period(observed="2018")),
        claim("b", "sft", "subsidiaryOf", "pbc", when=period(observed="2019")),
        claim("c", "sft", "subsidiaryOf", "tencent", "other"),
    )
    assert set(strengths(said).values()) == {Strength.WITHHELD}


# --- Trackers -----------------------------------------------------------------------------------------------------


def test_what_a_tracker_says_is_reported() -> None:
    said = claim("a", "dcep", "hasStatus", "concept:status-launched", "tracker")
    assert strength(source("tracker", reliability=5), said) is Strength.REPORTED


def test_a_status_in_the_scheme_of_a_tracker_is_never_a_fact_of_ours() -> None:
    said = claim("a", "dcep", "hasStatus", f"concept:{VOCABULARY.schemes['status-bis'].concepts[0]}", "index")
    assert strength(source("index", reliability=2), said) is Strength.REPORTED


# --- The clocks ---------------------------------------------------------------------------------------------------

OLD, NEW = source("old", published="2018-06-30"), source("new", published="2020-03")


def test_only_what_was_published_is_known() -> None:
    records = (OLD, NEW, claim("a", "sft", "owns", "x", "old"), claim("b", "sft", "owns", "y", "new"))
    assert len(derived(*records, known_at=date(2018, 6, 29)).links) == 0
    assert len(derived(*records, known_at=date(2018, 6, 30)).links) == 1
    assert len(derived(*records, known_at=date(2020, 3, 30)).links) == 1  # some day of March is not yet all of it
    assert len(derived(*records, known_at=date(2020, 3, 31)).links) == 2


def test_conflicts_are_decided_among_what_is_known() -> None:
    records = (OLD, NEW, claim("a", "sft", "foundedOn", "2017", "old"), claim("b", "sft", "foundedOn", "2018", "new"))
    before, after = derived(*records, known_at=date(2019, 1, 1)), derived(*records)
    assert strengths(before) == {("sft", "foundedOn", "2017"): Strength.FACT}
    assert before.conflicts == ()
    assert set(strengths(after).values()) == {Strength.WITHHELD}
    assert len(after.conflicts) == 1


def test_ranks_are_decided_among_what_is_known() -> None:
    records = (
        OLD,
        NEW,
        claim("a", "sft", "foundedOn", "2017", "old"),
        claim("b", "sft", "foundedOn", "2018", "new", rank=PREFERRED),
    )
    assert strengths(derived(*records, known_at=date(2019, 1, 1)))["sft", "foundedOn", "2017"] is Strength.FACT
    assert strengths(derived(*records))["sft", "foundedOn", "2017"] is Strength.WITHHELD


def test_positions_that_are_not_yet_known_give_no_voice() -> None:
    records = (OLD, NEW, position("p", source="new"), claim("a", "tencent", "owns", "tenpay", "old", speaker="ma"))
    assert strengths(derived(*records))["tencent", "owns", "tenpay"] is Strength.FACT
    assert strengths(derived(*records, known_at=date(2019, 1, 1)))["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_what_somebody_said_in_office_keeps_its_weight_afterwards() -> None:
    records = (
        position("p", when=period("2010", "2021")),
        claim("a", "tencent", "owns", "tenpay", speaker="ma"),
    )
    found = derived(*records, as_of=date(2025, 1, 1))
    assert strengths(found)["tencent", "owns", "tenpay"] is Strength.FACT


def test_what_somebody_said_after_office_is_hearsay() -> None:
    records = (
        position("p", when=period("2002", "2010")),
        claim("a", "tencent", "owns", "tenpay", speaker="ma"),
    )
    assert strengths(derived(*records))["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_nobody_makes_themselves_the_voice_of_an_organisation() -> None:
    said = claim("a", "tencent", "owns", "tenpay", speaker="ma")
    assert strengths(derived(position(speaker="ma"), said))["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_a_denied_position_makes_nobody_speak_for_an_organisation() -> None:
    records = (position(), position("no", polarity=DENIED), claim("a", "tencent", "owns", "tenpay", speaker="ma"))
    assert strengths(derived(*records))["tencent", "owns", "tenpay"] is Strength.REPORTED


def test_a_page_without_a_source_is_not_believed_about_who_said_something() -> None:
    said = claim("a", "tencent", "owns", "tenpay", "mill", speaker="tencent")
    assert strength(source("mill", reliability=8), said) is Strength.REPORTED
    assert strength(source("mill", reliability=7), said) is Strength.FACT


def test_rivals_of_different_times_do_not_beat_each_other_by_way_of_a_third() -> None:
    records = (
        source("weak", reliability=7),
        claim("a", "sft", "subsidiaryOf", "pbc", when=period("2000", "2005")),
        claim("b", "sft", "subsidiaryOf", "tencent", "other", when=period("2015")),
        claim("c", "sft", "subsidiaryOf", "alibaba", "weak"),
    )
    found = strengths(derived(*records))
    assert found["sft", "subsidiaryOf", "pbc"] is Strength.FACT
    assert found["sft", "subsidiaryOf", "tencent"] is Strength.FACT
    assert found["sft", "subsidiaryOf", "alibaba"] is Strength.REPORTED


def test_a_claim_of_another_time_is_not_beaten_with_its_repeat() -> None:
    records = (
        claim("a", "sft", "subsidiaryOf", "pbc", when=period("2000", "2005")),
        claim("b", "sft", "subsidiaryOf", "pbc", when=period("2015")),
        claim("c", "sft", "subsidiaryOf", "tencent", "other", when=period("2015")),
    )
    assert strengths(derived(*records))["sft", "subsidiaryOf", "pbc"] is Strength.FACT


@pytest.mark.parametrize("preferred", ["a", "z"])
def test_a_preferred_relay_wins_whatever_its_id(preferred: str) -> None:
    other = "z" if preferred == "a" else "a"
    records = (
        source("one"),
        source("relay", relays="one"),
        claim(other, "sft", "foundedOn", "2018", "one"),
        claim(preferred, "sft", "foundedOn", "2018", "relay", rank=PREFERRED),
        claim("m", "sft", "foundedOn", "2019", "other"),
    )
    found = strengths(derived(*records))
    assert found["sft", "foundedOn", "2018"] is Strength.FACT
    assert found["sft", "foundedOn", "2019"] is Strength.WITHHELD


def test_a_denial_in_general_contradicts_every_case() -> None:
    case = claim("a", "sft", "subsidiaryOf", "pbc", qualifiers={"level": "concept:level-direct"})
    denial = claim("b", "sft", "subsidiaryOf", "pbc", "other", polarity=DENIED)
    assert strength(case, denial) is Strength.WITHHELD


def test_a_denial_of_one_case_leaves_the_others() -> None:
    denied = {"level": "concept:level-direct"}
    general = claim("a", "sft", "subsidiaryOf", "pbc")
    denial = claim("b", "sft", "subsidiaryOf", "pbc", "other", polarity=DENIED, qualifiers=denied)
    assert strength(general, denial) is Strength.FACT


@pytest.mark.parametrize(
    ("day", "holding"),
    [
        (date(2017, 12, 31), None),
        (date(2018, 6, 1), Holding.MAY_HOLD),  # it began in some month of 2018
        (date(2018, 12, 31), Holding.HOLDS),
        (date(2020, 1, 1), Holding.HOLDS),
        (date(2020, 6, 15), Holding.MAY_HOLD),
        (date(2021, 1, 1), None),
    ],
)
def test_what_holds_on_a_day(day: date, holding: Holding | None) -> None:
    found = derived(claim("a", "sft", "subsidiaryOf", "pbc", when=period("2018", "2020")), as_of=day)
    assert [link.holding for link in found.links.values()] == ([] if holding is None else [holding])


def test_without_an_end_it_may_still_hold() -> None:
    found = link(claim("a", "sft", "subsidiaryOf", "pbc", when=period("2018")), as_of=date(2030, 1, 1))
    assert found.holding is Holding.MAY_HOLD


def test_without_dates_it_is_unknown() -> None:
    assert link(claim("a", "sft", "subsidiaryOf", "pbc"), as_of=date(2030, 1, 1)).holding is Holding.UNKNOWN


def test_the_best_reading_counts() -> None:
    found = link(
        claim("a", "sft", "subsidiaryOf", "pbc"),
        claim("b", "sft", "subsidiaryOf", "pbc", "other", when=period(observed="2019-05-01")),
        as_of=date(2019, 5, 1),
    )
    assert found.holding is Holding.HOLDS


def test_only_claims_that_carry_the_strength_say_whether_it_holds() -> None:
    found = link(
        claim("a", "sft", "subsidiaryOf", "pbc"),
        claim("b", "sft", "subsidiaryOf", "pbc", when=period(observed="2019-05-01"), voice=UNNAMED),
        as_of=date(2019, 5, 1),
    )
    assert (found.strength, found.holding) == (Strength.FACT, Holding.UNKNOWN)


def test_it_holds_from_its_start_to_the_day_it_was_seen() -> None:
    seen = claim("a", "sft", "subsidiaryOf", "pbc", when=period("2018-06", observed="2019-08-28"))
    assert link(seen, as_of=date(2019, 1, 1)).holding is Holding.HOLDS


def test_rivals_of_another_time_do_not_meet_on_a_day() -> None:
    records = (
        claim("a", "sft", "subsidiaryOf", "pbc", when=period("2018", "2019")),
        claim("b", "sft", "subsidiaryOf", "tencent", "other", when=period("2020")),
    )
    assert strengths(derived(*records, as_of=date(2019, 1, 1))) == {("sft", "subsidiaryOf", "pbc"): Strength.FACT}
    assert strengths(derived(*records, as_of=date(2021, 6, 1))) == {("sft", "subsidiaryOf", "tencent"): Strength.FACT}


def test_both_clocks_together() -> None:
    records = (
        OLD,
        NEW,
        claim("a", "sft", "subsidiaryOf", "pbc", "old", when=period("2018")),
        claim("b", "sft", "subsidiaryOf", "pbc", "new", when=period("2018", "2018-12")),
    )
    day = date(2019, 6, 1)
    assert link(*records, as_of=day).supporting == ("a",)
    assert derived(*records, as_of=day, known_at=date(2018, 1, 1)).links == {}


# --- The project's own seeds --------------------------------------------------------------------------------------


def test_no_fact_of_the_seeds_rests_on_what_may_make_none() -> None:
    seeds = load_seeds()
    found = derive(seeds, VOCABULARY)
    for link in found.of_strength(Strength.FACT, Strength.REPORTED):
        claims = [seeds.claims[id] for id in link.supporting]
        assert any(is_plain(each) for each in claims), link
        assert not VOCABULARY.predicates[link.triple[1]].evaluative
    for link in found.of_strength(Strength.FACT):
        claims = [seeds.claims[id] for id in link.supporting]
        assert any(is_plain(each) and each.voice in (Voice.OWN_VOICE, Voice.NAMED) for each in claims)


def is_plain(of: Claim) -> bool:
    return (
        of.accepted
        and of.modality is Modality.ACTUAL
        and of.polarity is Polarity.AFFIRMED
        and of.rank is not Rank.DEPRECATED
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_claims_changes_nothing(seed: int) -> None:
    seeds = load_seeds()
    one, other = derive(seeds, VOCABULARY), derive(shuffled(seeds, seed), VOCABULARY)
    assert one.links == other.links
    assert one.conflicts == other.conflicts


def test_every_claim_stands_in_its_link() -> None:
    seeds = load_seeds()
    found = derive(seeds, VOCABULARY)
    in_links: Iterable[str] = (id for link in found.links.values() for id in (*link.supporting, *link.opposing))
    assert sorted(in_links) == sorted(id for id, each in seeds.claims.items() if each.accepted)
