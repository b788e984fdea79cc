"""``cbdc-kg path``: what it prints, on a build of the project's own seeds and on small stores."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli import path as path_command
from kg.cli import run
from kg.curation import load as load_seeds
from kg.dataset.facts import derive
from kg.network import network, paths, wording
from kg.network.rules import LINKING, rules
from kg.vocabulary import load
from tests.builders import DENIED, PLANNED, POSSIBLE, RELAYED, UNNAMED, claim, entity, knowledge, source

VOCABULARY = load()


@pytest.fixture
def ask(built: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command on the build; gives its status, output and words."""

    def asked(*arguments: str) -> tuple[int, str, str]:
        status = run(["path", *arguments, "--graph", str(built)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return asked


def test_by_default_there_is_none_and_what_was_left_out_is_counted(ask: Any) -> None:
    status, out, err = ask("tencent", "pbc")
    assert (status, err) == (0, "")
    first, second = out.splitlines()
    assert first.startswith("No chain of at most 4 links joins Tencent and People's Bank of China (fact: ")
    assert "weaker chains were left out (" in second
    assert "through places" in second
    assert "with reported links" in second
    assert second.endswith("--through places --include reported,hedged shows them.")


def test_the_chain_through_shenzhen(ask: Any) -> None:
    status, out, err = ask("Tencent", "PBC", "--through", "places,topics", "--include", "reported")
    assert (status, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "chain from link to strength said by source"
    assert lines[2].startswith(
        "1 Tencent is located in Shenzhen reported local industry insiders (unnamed) Global Times"
    )
    assert lines[3].startswith("Shenzhen is the location of leading technology and finance companies in")
    assert " reported Sha Sha " in lines[3]
    assert any("receives topics from People's Bank of China reported Sha Sha" in line for line in lines)


def test_no_ownership(ask: Any) -> None:
    status, out, _ = ask("tencent", "pbc", "--ownership")
    assert status == 0
    (line,) = out.splitlines()
    assert line.startswith("No chain of at most 4 links of ownership joins Tencent and People's Bank of China (fact: ")
    status, out, _ = ask("sft", "pbc", "--ownership")
    assert "is owned by" in out
    assert "is a subsidiary of" in out


def test_names_in_other_scripts_and_spellings(ask: Any) -> None:
    assert ask("腾讯", "People's bank of china") == ask("tencent", "pbc")


def test_json(ask: Any) -> None:
    status, out, err = ask("tencent", "pbc", "--through=places", "--include=reported", "--format=json")
    assert (status, err) == (0, "")
    data = json.loads(out)
    assert data["from"] == {"id": "tencent", "label": "Tencent", "classes": ["Company"]}
    assert (data["include"], data["through"], data["only"], data["max_hops"]) == (["reported"], ["places"], None, 4)
    hops = data["chains"][0]["hops"]
    assert [hop["to"]["id"] for hop in hops] == ["shenzhen", "gt190828-shenzhen-companies", "pbc"]
    (link,) = hops[1]["links"]
    assert (link["predicate"], link["forward"], link["words"], link["strength"]) == (
        "locatedIn",
        False,
        "is the location of",
        "reported",
    )
    assert (link["claims"][0]["voice"], link["claims"][0]["speaker"]["id"]) == ("Named", "sha-sha")
    assert link["claims"][0]["source"]["id"] == "globaltimes-2019-08-28"
    assert data["left_out"]["count"] == 1
    assert data["left_out"]["options"] == "--through places --include reported,hedged"


def test_json_when_there_is_none(ask: Any) -> None:
    status, out, _ = ask("tencent", "pbc", "--format", "json")
    data = json.loads(out)
    assert (status, data["chains"], data["others"]) == (0, [], 0)
    assert data["left_out"]["count"] > 0


def test_what_the_hint_says_shows_all(ask: Any) -> None:
    for ends in (("tencent", "pbc"), ("cmb", "sft"), ("shentu-qingchun", "facebook"), ("libra", "yuan")):
        data = json.loads(ask(*ends, "--format", "json")[1])
        hint = data["left_out"]["options"].split()
        after = json.loads(ask(*ends, "--format", "json", "-k", "1000", *hint)[1])
        assert after["left_out"]["count"] == 0
        assert len(after["chains"]) == len(data["chains"]) + data["others"] + data["left_out"]["count"]


def test_k(ask: Any) -> None:
    wide = ("--through", "places,kinds,topics,hubs", "--include", "reported,hedged", "--max-hops", "6")
    status, out, _ = ask("tencent", "pbc", "-k", "1", *wide)
    assert status == 0
    assert "more chains of the same sort cost as much or more; -k " in out


def test_options_may_be_given_several_times(ask: Any) -> None:
    one = ask("tencent", "pbc", "--through", "places", "--through", "topics", "--include", "reported", "-k", "9")
    assert one == ask("tencent", "pbc", "--through", "topics, places", "--include", "reported", "-k", "9")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("tencent", "tencnt"), 1, "no entity is called 'tencnt'; did you mean Tencent (tencent)?"),
        (("tencent", ""), 1, "an empty name names nothing"),
        (("pbc", "PBOC"), 2, "both ends of the path are People's Bank of China; give two different things"),
        (("tencent", "pbc", "--through", "walls"), 2, "'walls' is not one of places, topics, kinds, hubs, groups"),
        (("tencent", "pbc", "--include", "rumours"), 2, "'rumours' is not one of reported, hedged"),
        (("tencent", "pbc", "-k", "0"), 2, "0 is not in the range"),
        (("tencent", "pbc", "--max-hops", "11"), 2, "11 is not in the range"),
        (("tencent", "pbc", "--format", "xml"), 2, "'xml' is not one of 'table', 'json'"),
        (("tencent",), 2, "Missing argument 'B'"),
    ],
)
def test_bad_input(ask: Any, arguments: tuple[str, ...], status: int, words: str) -> None:
    given, out, err = ask(*arguments)
    assert (given, out) == (status, "")
    assert words in err
    assert "Traceback" not in err


def test_no_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["path", "a", "b", "--graph", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_graph_may_come_from_the_environment(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CBDC_KG_GRAPH", str(built))
    assert run(["path", "tencent", "pbc"]) == 0
    assert capsys.readouterr().out


def test_the_options_are_those_of_the_rules() -> None:
    assert tuple(rules().passages) == path_command.THROUGH
    assert tuple(strength.value for strength in LINKING[1:]) == path_command.INCLUDE
    assert {"ownership", "vendors"} == rules().selections.keys()


def test_it_needs_no_networkx(built: Path) -> None:
    text = (
        "import sys; from kg.cli import run; run(['path', 'tencent', 'pbc', '-g', sys.argv[1]]);"
        " print([name for name in ('networkx', 'rdflib', 'spacy', 'pyvis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", text, str(built)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_store_gives_the_same_answer_as_the_seeds(ask: Any) -> None:
    seeds = load_seeds()
    net = network(seeds, derive(seeds, VOCABULARY), VOCABULARY)
    answer = paths(net, "facebook", "pbc", include=["reported", "hedged"], through=tuple(net.rules.passages), k=9)
    told = ask(
        "facebook",
        "pbc",
        "--include",
        "reported,hedged",
        "--through",
        ",".join(net.rules.passages),
        "-k",
        "9",
        "--format",
        "json",
    )
    mine, theirs = json.loads(json.dumps(wording.as_json(net, answer))), json.loads(told[1])
    assert without_classes(mine) == without_classes(theirs)


def without_classes(data: Any) -> Any:
    """Classes come back from a store in another order."""
    if isinstance(data, dict):
        return {key: without_classes(value) for key, value in data.items() if key != "classes"}
    return [without_classes(each) for each in data] if isinstance(data, list) else data


# --- Words --------------------------------------------------------------------------------------------------------


def told(*records: Any, include: tuple[str, ...] = ("reported", "hedged")) -> list[tuple[str, ...]]:
    known = knowledge(*records)
    net = network(known, derive(known, VOCABULARY), VOCABULARY)
    return wording.rows(net, paths(net, "a", "b", include=include))


@pytest.mark.parametrize(
    ("said", "strength", "by"),
    [
        ({}, "fact", "the source itself"),
        ({"speaker": "ma"}, "reported", "Ma"),
        ({"voice": UNNAMED}, "reported", "an unnamed voice"),
        ({"voice": UNNAMED, "speaker": "insiders"}, "reported", "Insiders"),
        ({"voice": RELAYED, "speaker": "media"}, "reported", "Media, relayed"),
        ({"voice": RELAYED}, "reported", "hearsay, relayed"),
        ({"modality": PLANNED}, "hedged: planned", "the source itself"),
    ],
)
def test_who_says_it_and_how_firmly(said: dict[str, Any], strength: str, by: str) -> None:
    assert told(claim("1", "a", "owns", "b", **said)) == [("1", "A", "owns", "B", strength, by, "Paper, 2020-01-01")]


def test_a_disputed_link_says_so() -> None:
    rows = told(claim("1", "a", "owns", "b"), claim("2", "a", "owns", "b", "two", polarity=DENIED, voice=UNNAMED))
    assert rows[0][4] == "fact, disputed"


def test_every_voice_and_source_is_told_once() -> None:
    rows = told(
        claim("1", "a", "owns", "b", "one"),
        claim("2", "a", "owns", "b", "two"),
        claim("3", "a", "owns", "b", "two", speaker="a"),
    )
    assert rows[0][5:] == ("the source itself; A", "One, 2020-01-01; Two, 2020-01-01")


def test_several_modalities() -> None:
    rows = told(claim("1", "a", "owns", "b", modality=PLANNED), claim("2", "a", "owns", "b", "two", modality=POSSIBLE))
    assert rows[0][4] == "hedged: planned and possible"


def test_one_and_many() -> None:
    known = knowledge(
        entity("x", "City"),
        entity("y", "City"),
        claim("1", "a", "locatedIn", "x"),
        claim("2", "b", "locatedIn", "x"),
        claim("3", "c", "locatedIn", "y"),
        claim("4", "a", "locatedIn", "y"),
        claim("5", "b", "locatedIn", "y"),
        source("spare"),
    )
    net = network(known, derive(known, VOCABULARY), VOCABULARY)
    assert wording.left_out(net, paths(net, "b", "c")) == (
        "2 weaker chains were left out (2 through places); --through places shows them."
    )
    assert wording.left_out(net, paths(net, "b", "c", max_hops=2)) == (
        "1 weaker chain was left out (1 through places); --through places shows it."
    )
    wide = paths(net, "b", "c", through=["places"], k=1)
    assert wording.left_out(net, wide) is None
    assert wording.others_found(wide) == "1 more chain of the same sort costs as much or more; -k 2 shows more of them."
