"""What claims say in the terms of a tracker: stages, partners and columns as they are spelt."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg import curation, extract, vocabulary
from kg.model import CandidateClaim, CandidateTime, Mention, Modality, Polarity, Span, Voice

ROOT = Path(__file__).parents[1]
TEXT = "The Bank of Larkland (BoL) and Kite work on a CBDC, the e-lark."


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_tracker", ROOT / "bench" / "tracker.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def terms(bench: ModuleType) -> Any:
    data = tomllib.loads((ROOT / "bench" / "tracker.toml").read_text(encoding="utf-8"))
    words = vocabulary.load()
    gazetteer = extract.Gazetteer(curation.load(None, words).entities.values())
    return bench.Terms(data, words, gazetteer, ("China", "Larkland", "Thailand"))


def mention(label: str, type: str) -> Mention:
    return Mention(label, type, id=f"x-{label}")


BANK = mention("Bank of Larkland", "CentralBank")


def claim(subject: Mention, predicate: str, object: Mention, **more: Any) -> CandidateClaim:
    place = Span(0, len(TEXT))
    return CandidateClaim("id", subject, predicate, object, Voice.OWN_VOICE, "d", "s", place, "rule@1", 1.0, **more)


def row(bench: ModuleType, terms: Any, *claims: CandidateClaim, text: str = TEXT, **cells: str) -> Any:
    columns = [*bench.STATUSES, "Corporate partnership", "Cross-border partnerships"]
    own = {"Name": "Larkland", "Central Bank Name": "Bank of Larkland", "Name of CBDC": "e-lark (retail)"}
    return bench.Row(dict.fromkeys(columns, "") | own | cells, text, claims, terms)


DIGITAL = mention("digital currency", "DigitalCurrency")


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        (claim(BANK, "launches", DIGITAL), "Launched"),
        (claim(BANK, "launches", mention("e-lark", "Product")), "Launched"),
        (claim(BANK, "launches", mention("pilot of the digital currency", "Project")), "Pilot"),
        (claim(BANK, "launches", mention("study on pilots", "Product")), "Research"),
        (claim(BANK, "launches", mention("project", "Project")), "Development"),
        (claim(BANK, "launches", mention("fiat-backed coins", "Stablecoin")), None),
        (claim(BANK, "launches", DIGITAL, modality=Modality.PLANNED), None),
        (claim(BANK, "launches", DIGITAL, polarity=Polarity.DENIED), None),
        (claim(BANK, "launches", DIGITAL, time=CandidateTime("2022-03", None, "month")), None),
        (claim(mention("Bank of Thailand", "CentralBank"), "launches", DIGITAL), None),
        (claim(mention("Kite", "Company"), "launches", DIGITAL), None),
        (claim(mention("BoL", "Organization"), "develops", DIGITAL), "Development"),
        (claim(mention("the central bank", "CentralBank"), "researches", mention("uses", "Topic")), "Research"),
        (claim(BANK, "researches", DIGITAL, modality=Modality.PLANNED), "Research"),
        (claim(BANK, "researches", DIGITAL, modality=Modality.POSSIBLE), None),
        (claim(DIGITAL, "pilotsIn", mention("Port Wren", "City")), "Pilot"),
        (claim(DIGITAL, "hasStatus", mention("on hold", "Status")), "Inactive"),
        (claim(DIGITAL, "hasStatus", mention("proof of concept", "Status")), "Development"),
    ],
)
def test_a_claim_tells_a_stage(bench: ModuleType, terms: Any, said: CandidateClaim, stage: str | None) -> None:
    assert bench.stage_of(row(bench, terms, said), said) == stage


def test_what_is_about_no_digital_currency_tells_no_stage(bench: ModuleType, terms: Any) -> None:
    said = claim(BANK, "launches", mention("pilot program", "Project"))
    assert bench.stage_of(row(bench, terms, said, text="The Bank of Larkland launched a pilot of bonds."), said) is None


def test_the_furthest_stage_is_held_against_columns_as_they_are_spelt(bench: ModuleType, terms: Any) -> None:
    said = claim(BANK, "researches", DIGITAL), claim(BANK, "pilotsIn", mention("Port Wren", "City"))
    found = bench.of_stages(
        row(bench, terms, *said, **dict(zip(bench.STATUSES, ("Research", "PIlot", ""), strict=True)))
    )
    assert (list(found.found), found.given, found.agrees, found.closely) == (
        ["Pilot"],
        ["Research", "Pilot"],
        True,
        True,
    )
    ended = claim(DIGITAL, "hasStatus", mention("cancelled", "Status"))
    found = bench.of_stages(row(bench, terms, *said, ended, **{"October Status": "Canceled"}))
    assert found.agrees
    found = bench.of_stages(row(bench, terms, *said, **{"October Status": "No development yet"}))
    assert not found.spoken


def test_partners_are_the_other_end_of_the_rows_own(bench: ModuleType, terms: Any) -> None:
    kite, wren = mention("Kite", "Company"), mention("Wren Labs", "Company")
    thai = mention("Bank of Thailand", "CentralBank")
    claims = [
        claim(kite, "suppliesTo", mention("BoL", "Organization")),
        claim(wren, "partnersWith", mention("Bank of China", "Company")),
        claim(BANK, "develops", DIGITAL),
        claim(thai, "develops", DIGITAL),
        claim(wren, "partnersWith", BANK, polarity=Polarity.DENIED),
    ]
    given = row(bench, terms, *claims, **{"Cross-border partnerships": "China, Thailand"})
    firms, states = bench.partners(given)
    assert (list(firms), list(states)) == (["Kite"], ["Bank of Thailand"])
    assert bench.of_names(given, "cross-border", states, "China, Thailand").agrees
    found = bench.of_names(given, "partners", firms, "Wren Labs")
    assert (found.agrees, found.reason) == (False, "the column's is not in the prose")


def test_names_are_one_by_initials_brackets_seeds_and_near_spelling(bench: ModuleType, terms: Any) -> None:
    given = row(bench, terms)
    assert given.same("ECB", "European Central Bank")
    assert given.same("PBOC", "The People's Bank of China")
    assert given.same("Havelsa", "Havelsan")
    assert given.same("BoL", "Bank of Larkland")
    assert not given.same("Alfa Bank", "Bank of Larkland")
