"""The trained layer: its weights file, its features, and what it learns from a few sentences."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg import curation, extract, vocabulary
from kg.cli import run
from kg.errors import ExtractionError, UsageError
from kg.evaluation import knowledgenet, passages, relations
from kg.extract import model
from kg.extract.classifier import finding, mentions, scoring, train, weights
from kg.extract.classifier.features import BITS, Pair, Sentence
from kg.model import Document

FIRMS = [
    f"{one} {other}" for one in ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch") for other in ("Bank", "Trust")
]
TEXTS = {True: "{} is a wholly owned subsidiary of {}.", False: "{} is a fierce old rival of {}."}


def learnt(relation: str = "SUBSIDIARY_OF") -> weights.Weights:
    """Weights learnt from sentences that state the relation, and from as many that look alike and do not."""
    found = []
    for number, name in enumerate(FIRMS * 4):
        parent = f"{FIRMS[(number * 5 + 3) % len(FIRMS)].split()[0]} Holdings Group"
        for holds, text in TEXTS.items():
            doc = model.load()(text.format(name, parent))
            start = doc.text.index(parent)
            ends = ((0, len(name)), (start, start + len(parent)))
            found.append(
                train.Example(doc, frozenset([relation]), {relation: (ends,)} if holds else {}, group=str(number))
            )
    return train.train(found, [relation], {"data": "own sentences"})


@pytest.fixture(scope="module")
def small() -> weights.Weights:
    pytest.importorskip("sklearn")
    return learnt()


def kinds(text: str) -> list[tuple[str, str]]:
    doc = model.load()(text)
    return [(doc[each.start : each.end].text, each.kind) for each in mentions.find(doc)]


# --- Mentions and features ----------------------------------------------------------------------------------------


def test_names_pronouns_dates_and_demonyms_are_mentions() -> None:
    found = kinds("Ada Lindqvist, who founded the Swedish firm Kite Payments in 2015, says it has its seat in Oslo.")
    assert [text for text, _ in found] == [
        "Ada Lindqvist",
        "who",
        "Swedish",
        "Kite Payments",
        "2015",
        "it",
        "its",
        "Oslo",
    ]
    assert dict(found)["who"] == "who"
    assert dict(found)["2015"] == "D"
    assert dict(found)["Swedish"] == "N"


def test_no_mention_overlaps_another() -> None:
    doc = model.load()("Reserve Bank of Fiji Deputy Governor Mere Tabua (Suva, Fiji) joined Coralpay Inc. in May 2020.")
    found = mentions.find(doc)
    assert found
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_conjunction_is_no_pronoun() -> None:
    assert ("that", "which") not in kinds("The bank said that Kite Payments had failed.")


def test_names_leave_no_trace_between_the_ends() -> None:
    """What stands between is seen without the names in it, so features hold words and shapes and no run of text."""
    seen = []
    for inner in ("Harbour Trust", "Coralpay"):
        doc = model.load()(f"Kite Payments bought {inner} from Blue Group.")
        found = mentions.find(doc)
        names = Sentence(doc, found).names(Pair(0, len(found) - 1))
        seen.append([each for each in names if each.startswith(("b", "w", "B", "W"))])
        assert not any("harbour" in each.lower() or "coralpay" in each.lower() for each in names)
    assert seen[0] and all("<" in " ".join(each) for each in seen)


def test_features_are_places_in_a_table() -> None:
    doc = model.load()("Kite Payments is a unit of Blue Group.")
    sentence = Sentence(doc, mentions.find(doc))
    found = sentence.features(Pair(0, 1))
    assert found == sorted(set(found)) and found[0] >= 0 and found[-1] < 1 << BITS
    assert found != sentence.features(Pair(1, 0))


# --- Training and the weights file --------------------------------------------------------------------------------


def test_it_learns_a_relation_with_its_direction(small: weights.Weights) -> None:
    scorer = scoring.Scorer(small)
    doc = model.load()("Coral Payments is a wholly owned subsidiary of Blue Holdings Group.")
    found = [(doc[each.subject.start].text, doc[each.object.start].text) for each in scorer.scored(doc)]
    assert found == [("Coral", "Blue")]
    assert not list(scorer.scored(model.load()("Coral Payments is a fierce old rival of Blue Holdings Group.")))


def test_training_again_gives_the_same_bytes(small: weights.Weights) -> None:
    assert weights.to_bytes(small) == weights.to_bytes(learnt())


def test_what_is_saved_is_loaded(small: weights.Weights, tmp_path: Path) -> None:
    path = str(tmp_path / "weights.npz")
    weights.save(small, path)
    again = weights.load(path)
    assert weights.to_bytes(again) == weights.to_bytes(small) == Path(path).read_bytes()
    assert again.training["data"] == "own sentences"
    assert [each.name for each in tmp_path.iterdir()] == ["weights.npz"]
    doc = model.load()("Coral Payments is a wholly owned subsidiary of Blue Holdings Group.")
    assert list(scoring.Scorer(again).every(doc)) == list(scoring.Scorer(small).every(doc))


def test_prediction_by_trees_is_that_of_the_library() -> None:
    pytest.importorskip("sklearn")
    from kg.extract.classifier import boosting

    random = np.random.default_rng(7)
    rows = random.normal(size=(800, 5)).astype(np.float32)
    truth = (rows[:, 0] * rows[:, 1] > 0.2) | (rows[:, 2] > 1)
    fitted = boosting.fit(rows, truth, np.ones(len(rows)))
    ours = 1 / (1 + np.exp(-scoring.log_odds(boosting.trees(fitted), rows)))
    assert np.abs(ours - boosting.probabilities(fitted, rows)).max() < 1e-4


def test_too_few_examples_are_named() -> None:
    pytest.importorskip("sklearn")
    with pytest.raises(ExtractionError, match="too few examples of CEO"):
        train.train([], ["CEO"], {})


def damaged(content: bytes, tmp_path: Path, name: str, change: Callable[[bytes], bytes]) -> str:
    source, target = tmp_path / "good.npz", tmp_path / "bad.npz"
    source.write_bytes(content)
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(target, "w") as bad:
        for entry in good.namelist():
            bad.writestr(entry, change(good.read(entry)) if entry == name else good.read(entry))
    return str(target)


def about(**changes: Any) -> Callable[[bytes], bytes]:
    return lambda old: json.dumps({**json.loads(old), **changes}).encode()


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("about.json", about(features=0), "another version"),
        ("about.json", about(relations=["A", "B"]), "do not fit together"),
        ("about.json", about(thresholds={}), "threshold"),
        ("about.json", lambda old: b"{", "not a weights file"),
        ("linear.npy", lambda old: b"", "not a weights file"),
        ("roots.npy", lambda old: old[:-4] + b"\xff\xff\xff\x7f", "leads nowhere"),
    ],
)
def test_bad_weights_say_what_is_wrong(
    name: str, change: Callable[[bytes], bytes], message: str, small: weights.Weights, tmp_path: Path
) -> None:
    path = damaged(weights.to_bytes(small), tmp_path, name, change)
    with pytest.raises(ExtractionError, match=message) as wrong:
        weights.load(path)
    assert path in str(wrong.value) and "train" in str(wrong.value)


def test_a_missing_or_foreign_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="cbdc-kg train"):
        weights.load(str(tmp_path / "none.npz"))
    (tmp_path / "text.npz").write_text("no weights")
    with pytest.raises(ExtractionError, match="not a weights file"):
        weights.load(str(tmp_path / "text.npz"))


def test_the_committed_weights_name_their_data_and_its_licence() -> None:
    found = weights.load()
    assert found.training["data"] == "KnowledgeNet, CC BY-SA 4.0"
    assert set(finding.relations()) < set(found.relations) == set(knowledgenet.properties())
    assert Path(weights.PATH).stat().st_size < 2_000_000
    with zipfile.ZipFile(weights.PATH) as archive:
        assert all(name == "about.json" or name.endswith(".npy") for name in archive.namelist())


def test_training_needs_two_folds_to_leave_one_out(shared: Callable[[str], Path]) -> None:
    some = [each for each in knowledgenet.read(str(shared("benchmarks/knowledgenet/dev.jsonl"))) if each.fold == 1]
    with pytest.raises(UsageError, match="two folds"):
        list(knowledgenet.cross_validated(some[:3]))


def test_the_command_refuses_what_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}\n")
    assert run(["train", str(gold), "-o", str(tmp_path / "none" / "w.npz")]) == 2
    assert "no folder" in capsys.readouterr().err
    assert run(["train", str(gold), "-o", str(tmp_path / "w.npz")]) == 2
    assert "gold.jsonl:1" in capsys.readouterr().err


# --- On the benchmark ---------------------------------------------------------------------------------------------


def test_committed_weights_know_what_they_were_trained_on(shared: Callable[[str], Path]) -> None:
    """Not a measure of quality: the committed file is the one that was trained, and still fits the features."""
    some = list(knowledgenet.read(str(shared("benchmarks/knowledgenet/dev.jsonl"))))[::20]
    scores = relations.score(some, list(knowledgenet.predict(some)))
    found = scores.micro[relations.Reading.OVERLAP]
    assert found.precision > 0.8 and found.recall > 0.6


@pytest.mark.long
def test_facts_of_a_fold_that_was_not_seen(shared: Callable[[str], Path]) -> None:
    pytest.importorskip("sklearn")
    every = passages.read(str(shared("benchmarks/knowledgenet/dev.jsonl")))
    scores = relations.score(every, list(knowledgenet.cross_validated(every)))
    found = scores.micro[relations.Reading.OVERLAP]
    # below what one fold left out gave (0.788, 0.654, 0.611): it guards against a fall, it is not the aim (0.72)
    assert found.precision >= 0.75 and found.f1 >= 0.63
    assert scores.micro[relations.Reading.NAMED].f1 >= 0.58


# --- In the extraction --------------------------------------------------------------------------------------------


def candidates(text: str) -> list[tuple[str, str, str, str]]:
    terms = vocabulary.load()
    gazetteer = extract.Gazetteer(curation.load(None, terms).entities.values())
    return [
        (each.subject.label, each.predicate, getattr(each.object, "label", ""), each.method)
        for each in extract.extract(Document("doc", "doc.txt", text, "0" * 64), gazetteer, terms)
    ]


def test_it_adds_what_no_pattern_finds() -> None:
    found = candidates("Economist Vera Thorsen of the Meridian Institute spoke on Monday.")
    assert ("Vera Thorsen", "memberOf", "Meridian Institute") in [each[:3] for each in found]
    assert any(method.startswith("learnt-employee-or-member-of@") for *_, method in found)


def test_what_a_pattern_found_is_not_said_twice() -> None:
    found = candidates("Harbour Trust, a wholly owned subsidiary of Laurentide Group, runs a wallet.")
    said = [each for each in found if each[1] == "subsidiaryOf"]
    assert len(said) == 1 and not said[0][3].startswith("learnt")


def test_conditions_and_questions_stay_silent() -> None:
    for text in ("Is Vera Thorsen of the Meridian Institute there?", "Vera Thorsen told Radio Andina that it rained."):
        assert not [each for each in candidates(text) if each[3].startswith("learnt")]


def test_without_weights_the_patterns_work_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "PATH", str(tmp_path / "none.npz"))
    found = candidates("Vera Thorsen of the Meridian Institute likes Harbour Trust, a unit of Laurentide Group.")
    assert [each[1] for each in found] == ["subsidiaryOf"]


def test_a_relation_of_the_benchmark_only_never_becomes_a_claim() -> None:
    terms = vocabulary.load()
    assert all(each.predicate in terms.predicates for each in finding.relations().values())
    assert not {"NATIONALITY", "PLACE_OF_RESIDENCE", "POLITICAL_AFFILIATION"} & set(finding.relations())
