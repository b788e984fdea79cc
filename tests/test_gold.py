"""The curated article against the hand annotation of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import curation, documents
from kg.model import Claim, Modality, Polarity, Voice

VOICES = {
    "article": Voice.OWN_VOICE,
    "named_person": Voice.NAMED,
    "named_organization": Voice.NAMED,
    "unnamed_media": Voice.RELAYED,
}
MODALITIES = {each.value.lower(): each for each in Modality} | {
    "asserted": Modality.ACTUAL,
    "reported": Modality.ACTUAL,
    "negated": Modality.ACTUAL,
}


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return {claim.key or claim.id: claim for claim in curation.load().claims.values()}


@pytest.fixture(scope="module")
def gold(shared: Callable[[str], Path]) -> list[dict[str, Any]]:
    path = shared("documents/globaltimes-2019-08-28.gold.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_axis_of_every_claim(gold: list[dict[str, Any]], claims: dict[str, Claim]) -> None:
    assert len(gold) == 114
    for row in gold:
        claim = claims[row["id"]]
        voice = VOICES.get(row["speaker_type"], Voice.UNNAMED)
        assert claim.voice is voice, row["id"]
        assert claim.modality is MODALITIES[row["modality"]], row["id"]
        assert (claim.polarity is Polarity.DENIED) == (row["modality"] == "negated"), row["id"]
        assert claim.anonymous == row["anonymous"], row["id"]
        spans = [(each.start, each.end) for each in claim.evidence]
        assert (row["char_start"], row["char_end"]) in spans, row["id"]
        assert claim.evidence[0].locator == f"paragraph {row['paragraph']}", row["id"]


def test_only_recorded_remodellings(gold: list[dict[str, Any]], claims: dict[str, Claim]) -> None:
    recorded = (Path(__file__).parent.parent / "seeds" / "REMODELLED.md").read_text(encoding="utf-8")
    differing = [row["id"] for row in gold if row["predicate"] != claims[row["id"]].predicate]
    assert differing
    assert all(key in recorded for key in differing)


def test_evidence_stands_in_the_text(shared: Callable[[str], Path]) -> None:
    knowledge = curation.load()
    document = documents.read(str(shared("documents/globaltimes-2019-08-28.txt")), knowledge)
    quoted = curation.quoted(knowledge, [document])
    assert all(each.quote for claim in quoted.claims.values() for each in claim.evidence)


def test_no_sentence_of_the_article_is_copied(shared: Callable[[str], Path]) -> None:
    """No run of six words of the article stands anywhere in our files, names and the title apart."""
    words = shared("documents/globaltimes-2019-08-28.txt").read_text(encoding="utf-8").split()
    runs = {" ".join(words[at : at + 6]).casefold() for at in range(len(words) - 5)}
    root = Path(__file__).parent.parent
    names = [entity.label.casefold() for entity in curation.load().entities.values()]
    allowed = sorted(["shenzhen tasked with working out a popular crypto-currency for china", *names], key=len)
    for path in [*(root / "seeds").rglob("*.*"), *(root / "ontology").rglob("*.*"), *(root / "docs").glob("*.md")]:
        if path.suffix not in {".toml", ".ttl", ".md", ".tsv", ".rq"}:
            continue
        text = " ".join(path.read_text(encoding="utf-8").split()).casefold()
        for name in reversed(allowed):
            text = text.replace(name, "·")
        assert not [run for run in runs if run in text], path


def test_counts(claims: dict[str, Claim]) -> None:
    modalities = Counter(claim.modality for claim in claims.values())
    assert modalities[Modality.PLANNED] == 11
    assert modalities[Modality.CONDITIONAL] == 3
    assert modalities[Modality.SUGGESTED] == 6
    assert modalities[Modality.POSSIBLE] == 5
    assert sum(claim.anonymous for key, claim in claims.items() if key != "s045a") == 31
