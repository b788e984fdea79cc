"""Names, cards, and the claims behind a link."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg import vocabulary
from kg.dataset.derivation import Strength
from kg.dataset.facts import derive
from kg.errors import NotFound
from kg.model import Entity, Evidence, Knowledge, Name, Polarity, Rank, ReviewStatus, Voice
from kg.model import entity as ref
from kg.query.names import Names, fold, initials
from kg.query.show import card, show
from kg.query.why import Why, explain, find_predicate, why
from tests.builders import claim, entity, knowledge, source
from tests.stores import seeds, seeds_store, store_of

TERMS = vocabulary.load()


# --- Names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("pbc", "pbc"),
        ("entity:pbc", "pbc"),
        ("<https://w3id.org/cbdc-kg/entity/pbc>", "pbc"),
        ("https://w3id.org/cbdc-kg/entity/pbc", "pbc"),
        ("People's Bank of China", "pbc"),
        ("PEOPLE’S   BANK of china", "pbc"),
        ("PBoC", "pbc"),
        ("中国人民银行", "pbc"),
        (" 央行 ", "pbc"),
        ("DARI", "digital-asset-research-institute"),
        ("D.A.R.I.", "digital-asset-research-institute"),
        ("shenzhen pilot", "shenzhen-pilot"),
        ("Shēnzhèn", "shenzhen"),
    ],
)
def test_names_are_found(text: str, id: str) -> None:
    assert Names.read(seeds_store()).resolve(text) == id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Tencnt", r"did you mean Tencent \(tencent\)"),
        ("Bank of Atlantis", "no entity is called 'Bank of Atlantis'"),
        ("", "empty name"),
        ("x" * 10_000, "too long for a name"),
        ("claim:x", "no entity is called"),
        ("\x1b[31m", r"no entity is called ' \[31m'"),
    ],
)
def test_names_that_are_not(text: str, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        Names.read(seeds_store()).resolve(text)


def test_names_of_several_list_the_choices() -> None:
    known = knowledge(
        replace(entity("a"), label="Alpha", aliases=(Name("The Bank"),)),
        replace(entity("b"), label="Beta", aliases=(Name("the bank"),)),
        replace(entity("c"), label="Gamma", aliases=(Name("Alpha"),)),
    )
    names = Names.read(store_of(known))
    with pytest.raises(NotFound, match=r"fits several entities: Alpha \(a\), Beta \(b\); give the id"):
        names.resolve("THE BANK")
    # A label in its own spelling comes before another's alias.
    assert names.resolve("Alpha") == "a"
    with pytest.raises(NotFound, match="several"):
        names.resolve("alpha")


def test_an_entity_without_an_english_label_keeps_its_own() -> None:
    assert Names.read(seeds_store()).labels["pbc"] == "People's Bank of China"


def test_folding() -> None:
    assert fold("  Société-Générale’s  ") == "societe generales"
    assert fold("！") == "!" or fold("！")
    assert (initials("Bank for International Settlements"), initials("Bank of X")) == ("BIS", "")


# --- Cards --------------------------------------------------------------------------------------------------------


def test_a_card() -> None:
    found = show(seeds_store(), "PBOC", TERMS)
    assert found.classes == ("central bank",)
    facts = {(line.predicate, line.inverse, line.other) for line in found.of_strength(Strength.FACT)}
    assert {("subsidiaryOf", True, "entity:sft"), ("owns", False, "entity:sft")} <= facts
    (subsidiary,) = [line for line in found.lines if line.predicate == "subsidiaryOf"]
    assert (subsidiary.relation, subsidiary.qualifiers, subsidiary.when) == (
        "has the subsidiary",
        "share 1.0",
        "seen to hold 2019-08-28",
    )
    assert (len(subsidiary.claims), subsidiary.sources) == (1, ("globaltimes-2019-08-28",))
    text = str(found)
    assert text.index("Facts") < text.index("Reported") < text.index("Planned")
    assert "中国人民银行 (zh)" in text
    assert json.loads(json.dumps(found.to_json()))["fact"]


def test_a_card_keeps_denials_and_positions_apart() -> None:
    denied = show(seeds_store(), "yuan", TERMS).of_strength(Strength.DENIED)
    assert [(line.inverse, line.other) for line in denied] == [(True, "entity:libra-basket")]
    (post,) = [line for line in show(seeds_store(), "BankLedger", TERMS).lines if line.predicate == "holdsPosition"]
    assert "Shentu Qingchun" in post.relation
    assert show(seeds_store(), "Shentu", TERMS).speaks == 17


def test_every_entity_has_a_card_that_shows_every_link() -> None:
    derivation = derive(seeds(), TERMS)
    for id in seeds().entities:
        found = card(seeds(), id, TERMS)
        mine = [triple for triple in derivation.links if ref(id) in (triple[0], triple[2])]
        shown = [line for line in found.lines if "where:" not in line.relation]
        assert len(shown) == len(mine), id
        assert str(found)


def test_the_clocks_of_a_card() -> None:
    assert show(seeds_store(), "sft", TERMS, known_at=date(2019, 8, 27)).lines == ()
    (line,) = [
        each
        for each in show(seeds_store(), "china-government", TERMS, as_of=date(2018, 1, 1)).lines
        if each.predicate == "bans"
    ]
    assert line.holding == "may hold"


def test_no_such_entity() -> None:
    with pytest.raises(NotFound, match="'none'"):
        card(seeds(), "none", TERMS)


# --- Why ----------------------------------------------------------------------------------------------------------


def test_why_sft_belongs_to_the_central_bank() -> None:
    found = why(seeds_store(), "SFT", "subsidiaryOf", "PBC", TERMS)
    assert (found.strength, found.verdict) == ("fact", "A fact")
    (behind,) = found.claims
    assert behind.claim.key == "s067"
    assert behind.who == "Global Times, in its own voice"
    assert behind.places == ("paragraph 11, characters 2542–2618, of the text “wire”",)
    assert behind.effect == "makes a fact: said in the own voice of a source of class 3"
    assert behind.quotes == ()
    for words in ("s067", "paragraph 11", "http://www.globaltimes.cn/", "accepted, curated by hand", "share 1.0"):
        assert words in str(found)
    assert json.loads(json.dumps(found.to_json()))["claims"][0]["evidence"][0]["start"] == 2542


@pytest.mark.parametrize(
    ("triple", "strength", "effect"),
    [
        (("tencent", "owns", "Tenpay"), "reported", "reported: its voice has no name"),
        (
            ("PBC", "indicates topics to", "gt190828-shenzhen-companies"),
            "reported",
            "reported: Sha Sha says it of another",
        ),
        (("shenzhen", "taskedWith", "popular-cryptocurrency-task"), "withheld", "set aside by a curator"),
        (("shenzhen-pilot", "extendsTo", "China"), "hedged", "conditional only: never a fact"),
        (("sft-blockchain-applications", "appliesTo", "digital currency"), "denied", "denies it; a denial is no fact"),
        (("shenzhen", "suitableFor", "digital-currency-trials"), "evaluative", "is a judgement: never a fact"),
    ],
)
def test_why_not(triple: tuple[str, str, str], strength: str, effect: str) -> None:
    found = why(seeds_store(), *triple, TERMS)
    assert found.strength == strength
    assert all(effect in each.effect for each in found.claims)


def test_objects_and_predicates_by_any_name() -> None:
    def one(*given: str) -> Why:
        return why(seeds_store(), *given, TERMS)  # type: ignore[arg-type]

    assert one("PBC", "has the subsidiary", "SFT") == one("sft", "cbdc:subsidiaryOf", "pbc")
    assert one("sft", "was founded on", "2018-06").object == "2018-06"
    assert one("cmb", "alternateName", "cmb").object == "CMB"
    assert one("Tencent", "instanceOf", "leading technology company") == one(
        "Tencent", "instanceOf", "concept:kind-leading-technology-company"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("sft", "subsidiryOf", "pbc"), "did you mean subsidiaryOf"),
        (("sft", "x" * 9_000, "pbc"), "no predicate is called"),
        (("sft", "subsidiaryOf", "tencent"), "the claims with this subject and predicate say: People's Bank of China"),
        (("tencent", "subsidiaryOf", "pbc"), "nobody claims it of any"),
        (("nobody", "owns", "pbc"), "no entity is called 'nobody'"),
        (("tencent", "subsidiaryOf", "nobody"), "no entity is called 'nobody'"),
    ],
)
def test_what_nobody_claims(given: tuple[str, str, str], message: str) -> None:
    with pytest.raises(NotFound, match=message):
        why(seeds_store(), *given, TERMS)


def explained(known: Knowledge, subject: str, predicate: str, object: str) -> Why:
    derivation = derive(known, TERMS)
    return explain(known, derivation, TERMS, (ref(subject), predicate, ref(object)))


def test_rivals_and_why_they_lost() -> None:
    denied = claim("c2", "a", "owns", "b", polarity=Polarity.DENIED)
    open_conflict = knowledge(entity("a"), entity("b"), source(), claim("c1", "a", "owns", "b"), denied)
    found = explained(open_conflict, "a", "owns", "b")
    assert found.strength == "withheld"
    assert [each.resolution.value for each in found.conflicts] == ["open"]
    effects = {each.claim.id: each.effect for each in found.claims}
    assert effects["c1"] == "withheld: a rival of equal voice contradicts it"

    weaker = replace(denied, voice=Voice.UNNAMED)
    found = explained(
        knowledge(entity("a"), entity("b"), source(), claim("c1", "a", "owns", "b"), weaker), "a", "owns", "b"
    )
    assert (found.strength, found.verdict) == ("fact", "A fact; a weaker voice contradicts it")
    assert found.claims[0].effect.endswith("; a weaker voice contradicts it")

    ranked = replace(denied, rank=Rank.PREFERRED, rank_reason="It was checked.")
    found = explained(
        knowledge(entity("a"), entity("b"), source(), claim("c1", "a", "owns", "b"), ranked), "a", "owns", "b"
    )
    assert found.claims[0].effect == "withheld: a curator decided for its rival"
    assert "preferred: It was checked." in str(found)


def test_rivals_with_another_value_are_listed() -> None:
    known = knowledge(
        entity("a"),
        source(),
        source("other"),
        claim("c1", "a", "foundedOn", "2018-06"),
        claim("c2", "a", "foundedOn", "2019-01", source="other"),
    )
    derivation = derive(known, TERMS)
    found = explain(known, derivation, TERMS, (ref("a"), "foundedOn", known.claims["c1"].object))
    assert [each.claim.id for each in found.rivals] == ["c2"]
    assert "Rivals (open)" in str(found)


def test_superseded_claims_take_no_part() -> None:
    known = knowledge(
        entity("a"), entity("b"), source(), claim("c1", "a", "owns", "b", review_status=ReviewStatus.RETRACTED)
    )
    found = explained(known, "a", "owns", "b")
    assert found.strength is None
    assert found.claims[0].effect == "retracted: takes no part"


def test_quotations_are_shown_where_they_are_stored() -> None:
    first = seeds().claims[next(id for id, each in seeds().claims.items() if each.key == "s067")]
    (place,) = first.evidence
    assert isinstance(place, Evidence)
    quoted = replace(first, evidence=(replace(place, quote="Words of a test."),))
    known = replace(seeds(), claims={**seeds().claims, first.id: quoted})
    found = why(store_of(known), "sft", "subsidiaryOf", "pbc", TERMS)
    assert found.claims[0].quotes == ("Words of a test.",)
    assert "“Words of a test.”" in str(found)


def test_every_predicate_is_found_by_its_labels() -> None:
    for name, each in TERMS.predicates.items():
        assert find_predicate(name, TERMS) == (name, False)
        assert find_predicate(each.label.upper(), TERMS)[0] in TERMS.predicates
        assert find_predicate(each.inverse_label, TERMS)[0] in TERMS.predicates


def test_an_entity_of_the_model_is_what_a_card_shows() -> None:
    assert isinstance(show(seeds_store(), "pbc", TERMS).entity, Entity)


# --- The commands -------------------------------------------------------------------------------------------------


def run(built: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "CBDC_KG_GRAPH": str(built)},
        check=False,
    )


def test_the_commands(built: Path) -> None:
    shown = run(built, "show", "Tencent")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "owns Tenpay" in shown.stdout
    assert json.loads(run(built, "show", "Tencent", "--format", "json").stdout)["id"] == "tencent"
    found = run(built, "why", "Shenzhen Financial Technology Co", "subsidiaryOf", "PBC")
    assert "paragraph 11" in found.stdout
    assert json.loads(run(built, "why", "sft", "subsidiaryOf", "pbc", "--format", "json").stdout)["strength"] == "fact"


@pytest.mark.parametrize("arguments", [["show", "Bank of Atlantis"], ["why", "sft", "owns", "pbc"]])
def test_what_is_not_found_has_status_one(arguments: list[str], built: Path) -> None:
    result = run(built, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr


def test_only_the_reverse_is_claimed() -> None:
    for given, reverse in (
        (
            ("SFT", "owns", "PBC"),
            "Bank of China owns Shenzhen Financial Technology Co: cbdc-kg why pbc owns sft",
        ),
        (("PBC", "subsidiaryOf", "SFT"), "is a subsidiary of People's Bank of China: cbdc-kg why sft subsidiaryOf pbc"),
    ):
        with pytest.raises(NotFound, match="only the reverse is claimed, that ") as raised:
            why(seeds_store(), *given, vocabulary.load())
        assert str(raised.value).endswith(reverse)
    with pytest.raises(NotFound) as raised:
        why(seeds_store(), "tencent", "subsidiaryOf", "pbc", vocabulary.load())
    assert "reverse" not in str(raised.value)


def test_unnamed_groups_leave_names_to_those_that_have_one() -> None:
    names = Names.read(seeds_store())
    assert "gt190828-pbc-officials" in names.unnamed
    assert "gt190828-pbc-officials" in names.acronyms["PBC"]
    assert names.resolve("P.B.C.") == names.resolve("PBC") == "pbc"
    assert names.resolve("gt190828-pbc-officials") == "gt190828-pbc-officials"
    assert names.resolve(names.labels["gt190828-pbc-officials"]) == "gt190828-pbc-officials"
