"""Who and what a text speaks of: names, what stands for them, and what is no text of the article at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.documents import read
from kg.extract import Gazetteer, extract, extract_each
from kg.extract.pipeline import Extraction
from kg.extract.segment import blocks, is_added, sentence_case
from kg.model import CandidateClaim, Document, PartialDate
from kg.vocabulary import load as load_vocabulary


def document(text: str) -> Document:
    return Document("t", "t.txt", text, "0" * 64, published=PartialDate("2021-03-10"))


def claims(text: str) -> list[CandidateClaim]:
    return list(extract(document(text), Gazetteer([]), load_vocabulary()))


def ends(text: str, predicate: str) -> set[tuple[str, str]]:
    return {(each.subject.label, each.object.label) for each in claims(text) if each.predicate == predicate}


def names(text: str) -> dict[str, str]:
    """Every name in the text, and what it stands for."""
    cast = Extraction(document(text), Gazetteer([]), load_vocabulary())._cast
    return {each.text: each.referent.label for each in cast.mentions}


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was run by the Ministry of Finance and Planning.", "Ministry of Finance and Planning"),
        ("They were fined by the Securities and Exchange Commission.", "Securities and Exchange Commission"),
        ("It was built by CoinMarra in May.", "CoinMarra"),
        ("The vendor built mLantern in May.", "mLantern"),
        ("The bank tested eMarra in May.", "eMarra"),
        ("The bank tested the digital Larkish dollar in May.", "digital Larkish dollar"),
        ("It was repealed by Resolution 88 in May.", "Resolution 88"),
        ("Sand Penny was tested by the bank in May.", "Sand Penny"),
        ("It was told by Governor Mira Falk in May.", "Mira Falk"),
        ("The rules follow the Markets in Crypto-Assets Regulation.", "Markets in Crypto-Assets Regulation"),
        ("Members of the Unity Co-op objected in May.", "Unity Co-op"),
    ],
)  # fmt: skip
def test_a_name_is_found_whole(text: str, expected: str) -> None:
    assert expected in names(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Order took effect in May.", "Order"),
        ("They paid J$100,000 in May.", "J$100,000"),
        ("The Moroccan regulator met in May.", "Moroccan"),
        ("On Wednesday Kite Corp met.", "Wednesday Kite Corp"),
    ],
)
def test_what_is_no_name(text: str, wrong: str) -> None:
    assert wrong not in names(text)


def test_a_name_is_known_again_at_the_start_of_a_sentence() -> None:
    assert ends("Officials met the firm Payrix. Payrix launched a wallet.", "launches") == {("Payrix", "wallet")}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Reserve Bank of Larkonia met. The RBL waited.", "RBL", "Reserve Bank of Larkonia"),
        ("Kite Payments Ltd met. Later Kite waited.", "Kite", "Kite Payments Ltd"),
        ("Deputies read the Larkish Digital Assets Act. The LDA bans coins.", "LDA", "Larkish Digital Assets Act"),
    ],
)
def test_a_short_form_stands_for_the_long_name(text: str, short: str, long: str) -> None:
    assert names(text)[short] == long


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Orbis was pegged to gold. The Orbis Association met.", "Orbis", "Orbis Association"),
        ("The Bank of Larkonia Act was passed. The Bank of Larkonia (BOL) met.", "BOL", "Bank of Larkonia Act"),
        ("The bank piloted it in Larkville. Larkville Technology Ltd met.", "Larkville", "Larkville Technology Ltd"),
    ],
)
def test_things_of_almost_one_name_stay_apart(text: str, one: str, other: str) -> None:
    found = names(text)
    assert found[one] != found[other]


def test_almost_equal_names_are_told_and_not_merged() -> None:
    text = "Silverlake Capital bought it. Slivverlake Capital sold it."
    (given,) = extract_each([document(text)], Gazetteer([]), load_vocabulary())
    list(given.candidates)
    assert any("Slivverlake Capital" in line and "may be" in line for line in given.notices)
    found = names(text)
    assert found["Silverlake Capital"] != found["Slivverlake Capital"]


# ---------------------------------------------------------------- what stands for a name


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("The Bank of Larkonia issues Sand Penny. It is distributed by Harbour Bank.", "distributedBy",
         ("Sand Penny", "Harbour Bank")),
        ("Harbour Bank and Kite Corp met. They launched Lunacoin.", "launches", ("Kite Corp", "Lunacoin")),
        ("Sand Dollar was launched by the Bank of Larkonia. The currency is distributed by Harbour Bank.",
         "distributedBy",
         ("Sand Dollar", "Harbour Bank")),
        ("The Central Bank of Larkonia met Kite Corp. The regulator banned cryptocurrencies.", "bans",
         ("Central Bank of Larkonia", "cryptocurrencies")),
        ("Parliament read the Larkish Payments Act. The Act bans cryptocurrencies.", "bans",
         ("Larkish Payments Act", "cryptocurrencies")),
        ("In its report, the Bank of Larkonia opposes cryptocurrencies.", "opposes",
         ("Bank of Larkonia", "cryptocurrencies")),
        ("The Bank of Larkonia met. The Larkonia Times waited. The Bank launched Lunacoin.", "launches",
         ("Bank of Larkonia", "Lunacoin")),
    ],
)  # fmt: skip
def test_what_stands_for_a_name(text: str, predicate: str, expected: tuple[str, str]) -> None:
    assert expected in ends(text, predicate)


def test_a_verbs_subject_is_not_its_object() -> None:
    text = "Harbour Bank has launched Lunacoin. Kite Corp has banned it."
    assert ("Kite Corp", "Kite Corp") not in ends(text, "bans")
    assert all(obj != "Kite Corp" for _, obj in ends(text, "bans"))


def test_the_regulator_of_another_state_is_somebody_else() -> None:
    text = "The Central Bank of Nigeria met. The Ghanaian central bank launched Lunacoin."
    assert ends(text, "launches") == {("central bank of Ghana", "Lunacoin")}


def test_a_project_with_banks_in_it_is_no_bank() -> None:
    text = "The project, involving the Bank of England and the Bank of Japan, published a report."
    assert all(subject == "project" for subject, _ in ends(text, "publishes"))


def test_we_is_the_house_of_who_speaks() -> None:
    text = 'Ada Falk, governor of the Bank of Larkonia, said: "We launched Lunacoin in 2020."'
    assert ends(text, "launches") == {("Bank of Larkonia", "Lunacoin")}
    text = 'Kite CEO Bo Falk said: "We launched Lunacoin in 2020."'
    assert ends(text, "launches") == {("Kite", "Lunacoin")}


def test_we_is_the_house_of_a_press_release() -> None:
    text = "The Bank of Larkonia has finished its work.\n\nWe launched Lunacoin in 2020."
    assert ends(text, "launches") == {("Bank of Larkonia", "Lunacoin")}


def test_a_name_in_front_of_a_post_does_not_hold_it() -> None:
    text = "Kite co-founder Ada Falk waited. Kite is based in Oslo."
    assert "Kite" not in {subject for subject, _ in ends(text, "holdsPosition")}


# ---------------------------------------------------------------- classes


def test_a_seat_of_government_acts_and_is_a_place() -> None:
    assert ("government of United States", "cryptocurrencies") in ends(
        "Washington has banned cryptocurrencies.", "bans"
    )
    (claim,) = [each for each in claims("Kite Corp is based in Washington.") if each.predicate == "locatedIn"]
    assert claim.object.label == "Washington"
    assert claim.object.type in ("City", "Place")


@pytest.mark.parametrize("group", ["Six commercial banks", "Local lenders", "Industry groups"])
def test_vague_groups_act(group: str) -> None:
    (claim,) = [each for each in claims(f"{group} oppose the digital shilling.") if each.predicate == "opposes"]
    assert claim.subject.label == group
    assert claim.subject.type == "UnnamedGroup"


def test_a_payment_platform_may_be_a_firm_and_a_bank_no_project() -> None:
    assert ends("The payment platform Paybird joined the Kite Association.", "memberOf") == {
        ("Paybird", "Kite Association")
    }
    assert not ends("Kite Corp joined Larkonia National Bank.", "participatesIn")


# ---------------------------------------------------------------- what belongs to the text


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Falk", "By Ann Falk and Bo Lind in Oslo", "Reporting by Ann Falk; Editing by Bo Lind.",
        "Photo: The head office of Kite / Agency", "Source: Bank of Larkonia", "Share", "Share Tweet Email",
        "Read more: Kite launches Lunacoin", "© 2022 Kite Media. All rights reserved.",
        "Disclosure: The parent of this site owns Kite.",
    ],
)  # fmt: skip
def test_what_is_put_around_a_text(line: str) -> None:
    assert is_added(line)
    kept = blocks(document(f"The bank met.\n\n{line}\n\nThe bank went."))
    assert [each.text for each in kept] == ["The bank met.", "The bank went."]


@pytest.mark.parametrize(
    "line",
    [
        "By March the bank had launched a pilot.", "Share prices of the bank fell.",
        "Correction: an earlier version said that Kite owns Harbour Bank.", "Photo sharing is banned by the Act.",
        "Related parties may not hold coins.",
    ],
)  # fmt: skip
def test_what_only_looks_as_if_it_were(line: str) -> None:
    assert not is_added(line)


@pytest.mark.parametrize(
    "lead",
    [
        "NAIROBI, Kenya, 5 May 2021 – ", "Accra (Reuters) - ", "SHENZHEN, Aug. 28 (Xinhua) -- ", "BRASILIA - ",
        "(Reuters) - ", "Basel, 12 June 2022 — ",
    ],
)  # fmt: skip
def test_datelines(lead: str) -> None:
    assert [each.text for each in blocks(document(f"{lead}The bank met."))] == ["The bank met."]


def test_a_list_goes_on_with_its_lead() -> None:
    text = "The Bank of Larkonia will:\n- publish a report;\n- launch Lunacoin in Larkland."
    (block,) = blocks(document(text))
    assert block.plain is not None
    assert len(block.plain) == len(block.text)
    (claim,) = [each for each in claims(text) if each.predicate == "publishes"]
    assert (claim.subject.label, claim.object.label) == ("Bank of Larkonia", "report")
    assert claim.modality.value == "Planned"
    assert claim.object.span is not None
    assert text[claim.object.span.start : claim.object.span.end] == "report"


def test_items_without_a_lead_are_paragraphs() -> None:
    assert [each.text for each in blocks(document("1. The bank met.\n2. The bank went."))] == [
        "The bank met.",
        "The bank went.",
    ]


def test_a_headline_above_the_date_is_read() -> None:
    text = "Bank of Larkonia launches Lunacoin\nBy Ann Falk\nPublished: 2021-03-01\n\nThe day was fine."
    assert [each.text for each in blocks(document(text))] == ["Bank of Larkonia launches Lunacoin", "The day was fine."]
    assert ("Bank of Larkonia", "Lunacoin") in ends(text, "launches")


def test_title_case_is_read_as_a_sentence() -> None:
    body = "The crypto exchange of the Bank of Larkonia adds new transfers."
    heading = "Crypto Exchange Adds New Transfers At Bank of Larkonia"
    assert sentence_case(heading, body) == "Crypto exchange adds new transfers At Bank of Larkonia"
    assert sentence_case("Bank of Larkonia opens an exchange", body) == "Bank of Larkonia opens an exchange"


def test_notes_in_tables_and_lists_are_read_without_a_fault(shared: Callable[[str], Path]) -> None:
    found = read(str(shared("documents/globaltimes-2019-08-28.md")))
    assert all(each.evidence.end <= len(found.text) for each in extract(found, Gazetteer([]), load_vocabulary()))
