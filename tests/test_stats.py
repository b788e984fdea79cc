"""``cbdc-kg stats``: counts and centrality."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.cli.stats import TITLES
from kg.curation import load as load_seeds
from kg.dataset.facts import derive
from kg.network import Counts, counts
from kg.vocabulary import load
from tests.builders import DENIED, PLANNED, RETRACTED, UNNAMED, claim, entity, knowledge, shuffled

VOCABULARY = load()


@pytest.fixture
def ask(built: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(*arguments: str) -> tuple[int, str, str]:
        status = run(["stats", *arguments, "--graph", str(built)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return asked


def test_counts_of_a_small_graph() -> None:
    known = knowledge(
        entity("china", "Country", "Agent"),
        claim("1", "sft", "foundedOn", "2018", "one"),
        claim("2", "sft", "foundedOn", "2019", "two"),
        claim("3", "tencent", "owns", "tenpay", voice=UNNAMED),
        claim("4", "china", "owns", "sft", polarity=DENIED),
        claim("5", "china", "owns", "tenpay", modality=PLANNED),
        claim("6", "china", "owns", "tencent", review_status=RETRACTED),
    )
    found = counts(known, derive(known, VOCABULARY))
    assert found == Counts(
        totals={"entities": 4, "sources": 3, "claims": 6, "links": 5, "conflicts": 1},
        classes={"Company": 3, "Agent": 1, "Country": 1},
        predicates={"owns": 4, "foundedOn": 2},
        voices={"OwnVoice": 5, "Unnamed": 1},
        modalities={"Actual": 5, "Planned": 1},
        polarities={"Affirmed": 5, "Denied": 1},
        statuses={"Accepted": 5, "Retracted": 1},
        strengths={"withheld": 2, "denied": 1, "hedged": 1, "reported": 1},
        sources={"paper": 4, "one": 1, "two": 1},
        conflict_kinds={"date": 1},
        conflict_resolutions={"open": 1},
    )


def test_the_most_frequent_come_first_whatever_the_order_of_claims() -> None:
    known = load_seeds()
    for seed in range(3):
        mixed = shuffled(known, seed)
        one, other = counts(known, derive(known, VOCABULARY)), counts(mixed, derive(mixed, VOCABULARY))
        for each in fields(one):
            assert list(getattr(one, each.name).items()) == list(getattr(other, each.name).items())


def test_counts_add_up(ask: Any) -> None:
    data = json.loads(ask("--format", "json")[1])
    for name in ("predicates", "voices", "modalities", "polarities", "statuses", "sources"):
        assert sum(data[name].values()) == data["totals"]["claims"]
    assert sum(data["strengths"].values()) == data["totals"]["links"]
    assert sum(data["conflict_kinds"].values()) == data["totals"]["conflicts"]


def test_counts_are_those_of_the_seeds(ask: Any) -> None:
    status, out, err = ask("--format", "json")
    assert (status, err) == (0, "")
    data = json.loads(out)
    seeds = load_seeds()
    expected = counts(seeds, derive(seeds, VOCABULARY))
    assert {name: data[name] for name in TITLES} == {name: getattr(expected, name) for name in TITLES}


def test_a_table_for_people(ask: Any) -> None:
    status, out, err = ask()
    assert (status, err) == (0, "")
    assert "Claims by predicate" in out
    assert "Most central" in out
    lines = [line.split() for line in out.splitlines()]
    assert ["Denied", "3"] in lines


def test_every_count_has_a_title() -> None:
    assert set(TITLES) == {each.name for each in fields(Counts)}


def test_central_over_facts_and_over_what_is_reported(ask: Any) -> None:
    facts = json.loads(ask("--format", "json", "--top", "5")[1])["central"]
    reported = json.loads(ask("--format", "json", "--top", "5", "--include", "reported")[1])["central"]
    assert len(facts) == len(reported) == 5
    assert [each["neighbours"] for each in facts] == sorted((each["neighbours"] for each in facts), reverse=True)
    assert facts[0].keys() == {"id", "label", "neighbours", "betweenness"}
    assert reported[0]["id"] == "shenzhen"
    assert "tencent" not in {each["id"] for each in json.loads(ask("--format", "json", "--top", "99")[1])["central"]}


def test_without_centrality_networkx_is_not_imported(built: Path) -> None:
    text = (
        "import sys; from kg.cli import run; run(['stats', '--top', '0', '-g', sys.argv[1]]);"
        " print([name for name in ('networkx', 'rdflib', 'spacy', 'pyvis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", text, str(built)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Most central" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--top", "-1"), "-1 is not in the range"),
        (("--include", "hedged"), "'hedged' is not"),
        (("--format", "csv"), "'csv' is not one of"),
        (("extra",), "unexpected extra argument"),
    ],
)
def test_bad_input(ask: Any, arguments: tuple[str, ...], words: str) -> None:
    status, out, err = ask(*arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_no_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--graph", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
