"""Who says it, how firmly, yes or no, and when: one sentence for each way of putting it, in words of our own."""

from __future__ import annotations

import pytest

from kg.extract import Gazetteer, extract
from kg.model import CandidateClaim, Document, Entity, PartialDate
from kg.vocabulary import load

NAMES = {
    "Kite": "Company",
    "Tidewallet": "Product",
    "Harbour Bank": "Company",
    "Bank of Ghana": "CentralBank",
    "IMF": "InternationalBody",
    "Banking Law": "LegalInstrument",
    "e-cedi": "CBDC",
}


def claims(text: str) -> list[CandidateClaim]:
    document = Document("doc", "doc.txt", text, "0" * 64, published=PartialDate("2022-03-16"))
    entities = [Entity(name.lower().replace(" ", "-"), (kind,), name) for name, kind in NAMES.items()]
    return list(extract(document, Gazetteer(entities), load()))


def one(text: str, predicate: str) -> CandidateClaim:
    found = [each for each in claims(text) if each.predicate == predicate]
    assert len(found) == 1, [(each.subject.label, each.predicate, each.object.label) for each in claims(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "predicate", "voice", "modality", "polarity"),
    [
        ("The Bank of Ghana denied plans to launch the e-cedi.", "launches", "OwnVoice", "Planned", "Denied"),
        ("Kite dropped plans to launch the e-cedi.", "launches", "OwnVoice", "Planned", "Denied"),
        ("The IMF urged Harbour Bank to study offline payments.", "researches", "Named", "Suggested", "Affirmed"),
        (
            "The IMF recommends that Harbour Bank study offline payments.",
            "researches",
            "Named",
            "Suggested",
            "Affirmed",
        ),
        ("Lawmakers called on the Bank of Ghana to launch the e-cedi.", "launches", "Unnamed", "Suggested", "Affirmed"),
        ("The war forced the Bank of Ghana to suspend the pilot.", "halts", "OwnVoice", "Actual", "Affirmed"),
        ("Harbour Bank wrongly stated that Kite owns Tidewallet.", "owns", "Named", "Actual", "Denied"),
        (
            "Harbour Bank expects distribution of the e-cedi to lie with Kite.",
            "distributedBy",
            "Named",
            "Planned",
            "Affirmed",
        ),
        ("The Bank of Ghana has yet to launch the e-cedi.", "launches", "OwnVoice", "Actual", "Denied"),
        ("Researchers recommend that banks test the e-cedi.", "researches", "Unnamed", "Suggested", "Affirmed"),
        ("Kite steps up efforts to promote the e-cedi.", "encourages", "OwnVoice", "Actual", "Affirmed"),
        ("Harbour Bank retorted that Kite owns Tidewallet.", "owns", "Named", "Actual", "Affirmed"),
        ("The committee suggests that Kite owns Tidewallet.", "owns", "Unnamed", "Actual", "Affirmed"),
        ("News that Kite owns Tidewallet spread quickly.", "owns", "Unnamed", "Actual", "Affirmed"),
    ],
)
def test_stance(text: str, predicate: str, voice: str, modality: str, polarity: str) -> None:
    claim = one(text, predicate)
    assert (claim.voice, claim.modality, claim.polarity) == (voice, modality, polarity)


def test_who_is_asked_is_the_subject() -> None:
    assert (
        one("Lawmakers called on the Bank of Ghana to launch the e-cedi.", "launches").subject.label == "Bank of Ghana"
    )


def test_what_describes_a_source_is_the_paper_s_own_voice() -> None:
    claim = one(
        "Trade fell, according to the committee's report, which the Bank of Ghana released in July 2019.", "publishes"
    )
    assert (claim.voice, claim.speaker) == ("OwnVoice", None)


def test_a_forgotten_quotation_mark_ends_with_its_sentence() -> None:
    claim = one("Its slogan is “Cash, but digital! Kite owns Tidewallet.", "owns")
    assert claim.voice == "OwnVoice"


@pytest.mark.parametrize(
    ("text", "predicate", "start", "end", "precision"),
    [
        ("Kite was formerly a subsidiary of Harbour Bank.", "subsidiaryOf", None, "2022-03-16", "before"),
        ("Kite was once owned by Harbour Bank.", "owns", None, "2022-03-16", "before"),
        ("Kite was founded in June 2018.", "foundedOn", "2018-06", "2018-06", "month"),
    ],
)
def test_time(text: str, predicate: str, start: str | None, end: str | None, precision: str) -> None:
    time = one(text, predicate).time
    assert time is not None
    assert (time.start, time.end, time.precision) == (start, end, precision)


def test_a_year_that_names_a_law_dates_nothing() -> None:
    assert one("The decree of the Bank of Ghana amends the Banking Law of 2000.", "amends").time is None
