"""Copies with other names and another order: the rewritten gold says of them what it said of the text."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluation.gold import read

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold" / "dev.gold.jsonl"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_robustness", ROOT / "bench" / "robustness.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lists() -> dict[str, Any]:
    return tomllib.loads((ROOT / "bench" / "robustness.toml").read_text(encoding="utf-8"))


def lines(path: Path | str) -> dict[tuple[str, str], dict[str, Any]]:
    given = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return {(each["doc"], each["id"]): each for each in given}


@pytest.mark.parametrize(("names", "order"), [(True, False), (False, True), (True, True), (False, False)])
def test_every_span_of_a_copy_holds_the_substituted_words(
    bench: ModuleType, lists: dict[str, Any], tmp_path: Path, names: bool, order: bool
) -> None:
    copied = bench.written(str(GOLD), str(tmp_path), lists, 7, names, order)
    old, new = lines(GOLD), lines(copied)
    assert old.keys() == new.keys()
    changed = 0
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (GOLD.parent / "dev").glob("*.txt")}
    drawn = {doc: bench.substitutes(text, lists, random.Random(f"7 {doc}")) for doc, text in texts.items()}
    others = {doc: (tmp_path / f"{doc}.txt").read_text(encoding="utf-8") for doc in texts}
    for (doc, id), line in old.items():
        text, other, swaps = texts[doc], others[doc], drawn[doc] if names else {}
        for start, end in bench.PLACES[:3]:
            now = new[doc, id]
            was = bench.substituted(text[line[start] : line[end]], swaps)
            assert other[now[start] : now[end]] == was
            changed += (now[start], now[end]) != (line[start], line[end])
        for mentions in bench.MENTIONS:
            for one, two in zip(line[mentions], new[doc, id][mentions], strict=True):
                assert other[slice(*two)] == bench.substituted(text[slice(*one)], swaps)
    assert bool(changed) == (names or order)
    assert len(read(copied)) == len(old)


def test_names_change_everywhere_alike_and_acronyms_follow(bench: ModuleType, lists: dict[str, Any]) -> None:
    text = "SHENZHEN - Shenzhen Financial Technology Co (SFT) said Shentu Qingchun left. Shentu's SFT is in Shenzhen."
    swaps = bench.substitutes(text, lists, random.Random(1))
    other = bench.substituted(text, swaps)
    city = swaps["Shenzhen"]
    assert not any(name in other for name in ("Shenzhen", "SHENZHEN", "Shentu", "Qingchun"))
    assert other.count(city) == 2 and city.upper() in other
    assert other.count("".join(word[0] for word in city.split()) + "FT") == 2 or " " in city
    assert f"{swaps['Shentu']}'s" in other


def test_the_first_paragraph_stays_and_none_is_lost(bench: ModuleType) -> None:
    text = "Head\nPublished: 2020-01-01\n\nOne.\n\n\nTwo.\n\nThree.\n\nFour.\n"
    copy = bench.changed(text, {}, random.Random(3))
    assert copy.text.startswith("Head\nPublished: 2020-01-01\n\n")
    assert copy.text != text
    assert sorted(copy.text.split()) == sorted(text.split())


def test_a_claim_stands_alone_where_its_paragraph_names_what_has_a_name(bench: ModuleType) -> None:
    claims = {each.id: each for each in read(str(GOLD)) if each.doc == "dev-01-jamaica-wallet"}
    text = (GOLD.parent / "dev" / "dev-01-jamaica-wallet.txt").read_text(encoding="utf-8")
    stated, headline = claims["dev-01-jamaica-wallet-001"], claims["dev-01-jamaica-wallet-005"]
    assert bench.alone(stated, text)
    assert not bench.alone(headline, text)  # it says "Jamaica's central bank"; the name stands in the next paragraph
