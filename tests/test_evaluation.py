"""Evaluation: the figures are those of the benchmarks' own scorers, and the command says what it did not judge."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import cli, curation, documents, extract, vocabulary
from kg.errors import EvaluationError
from kg.evaluation import blind, gold, groups, matching, passages, predictions, relations, scores, texts
from kg.evaluation.gold import GoldClaim, GoldEnd
from kg.evaluation.matching import Judge, Reading
from kg.model import (
    CandidateClaim,
    CandidateTime,
    Claim,
    Knowledge,
    Mention,
    Modality,
    Name,
    Polarity,
    Span,
    SpeakerMention,
    Value,
    Voice,
)
from tests.builders import claim, entity, knowledge, source

OWN_GOLD = Path(__file__).parent / "gold" / "dev.gold.jsonl"
ARTICLE = "globaltimes-2019-08-28"

TEXT = """Larkland opens its Lark pilot

The Bank of Larkland (BoL) said on 3 March 2021 that it will launch the e-lark in Port Wren. Harbour Bank and Kite
partner on the wallet. Kite does not own Harbour Bank. The e-lark is pegged to the lark. Analysts urged the bank to
halt the test, and the bank may halt it if prices rise. Kite was founded in 2015.
"""


def row(id: str, subject: str, predicate: str, object: str, **more: Any) -> dict[str, Any]:
    """A line of the newer format about TEXT: the first places of the words, and what else is said."""
    found: dict[str, Any] = {"id": id, "doc": "lark", "predicate": predicate, "tier": "core"}
    for name, words in (("subject", subject), ("object", object)):
        start = TEXT.index(words)
        found |= {name: words, f"{name}_start": start, f"{name}_end": start + len(words)}
    low, high = min(found["subject_start"], found["object_start"]), max(found["subject_end"], found["object_end"])
    stance = {"modality": "Actual", "polarity": "Affirmed", "voice": "OwnVoice", "speaker": None, "time": None}
    return {**found, **stance, "evidence_start": low, "evidence_end": high, **more}


LARK = [
    row("1", "Bank of Larkland", "plansLaunchOf", "e-lark", modality="Planned", voice="Named",
        speaker="Bank of Larkland", speaker_mentions=[[35, 51]], subject_also=["BoL"], subject_mentions=[[53, 56]],
        time={"start": "2021-03-03", "end": None, "precision": "after"}),
    row("2", "Bank of Larkland", "alternateName", "BoL", tier="secondary", object_type="Literal"),
    row("3", "e-lark", "pilotsIn", "Port Wren", predicate_also=["locatedIn"], modality="Planned",
        modality_also=["Possible"], voice="Named", speaker="Bank of Larkland"),
    row("4", "Harbour Bank", "partnersWith", "Kite"),
    row("5", "Kite", "owns", "Harbour Bank", polarity="Denied"),
    row("6", "e-lark", "peggedTo", "lark", time={"start": None, "end": None, "precision": "unknown"}),
    row("7", "Analysts", "opposes", "the test", modality="Suggested", voice="Unnamed", speaker="analysts"),
    row("8", "Kite", "foundedOn", "2015", object_value="2015", object_type="date"),
    row("9", "Bank of Larkland", "halts", "the test", modality="Conditional", modality_also=["Possible"],
        tier="secondary"),
    row("10", "Harbour Bank", "partnersWith", "Kite", evidence_start=0, evidence_end=29, tier="core"),
    row("12", "Kite", "partnersWith", "Harbour Bank", tier="secondary"),
    row("11", "Bank of Larkland", "aimsAt", "prices", time={"start": "2021", "end": None, "precision": "year"}),
]  # fmt: skip


# ---------------------------------------------------------------- predictions made from the gold, and spoilt


def perfect(claims: Sequence[GoldClaim]) -> list[tuple[str, CandidateClaim]]:
    """What an extractor would say that found exactly the gold."""

    def end(part: GoldEnd) -> Mention:
        span = Span(*part.mentions[-1]) if part.mentions else None
        return Mention(part.names[0], part.type or "Thing", id="x-it", value=part.value, span=span)

    made = []
    for each in claims:
        speaker = SpeakerMention(each.speaker, each.voice, span=None) if each.speaker else None
        made.append(
            (
                each.doc,
                CandidateClaim(
                    id=each.id,
                    subject=end(each.subject),
                    predicate=each.predicate,
                    object=end(each.object),
                    voice=each.voice,
                    document=each.doc,
                    sha256="0" * 64,
                    evidence=Span(*each.evidence),
                    method="test@0",
                    score=1.0,
                    speaker=speaker,
                    modality=each.modalities[0],
                    polarity=each.polarity,
                    time=each.time,
                ),
            )
        )
    return made


PREDICATES = sorted(vocabulary.load().predicates)
SPOILS: dict[str, Callable[[CandidateClaim, CandidateClaim, int], CandidateClaim]] = {
    "swap": lambda c, o, n: replace(c, subject=c.object, object=c.subject),
    "other subject": lambda c, o, n: replace(c, subject=o.subject),
    "other object": lambda c, o, n: replace(c, object=o.object),
    "other label": lambda c, o, n: replace(c, subject=replace(c.subject, label=o.object.label)),
    "no spans": lambda c, o, n: replace(c, subject=replace(c.subject, span=None), object=replace(c.object, span=None)),
    "no places": lambda c, o, n: replace(
        c,
        subject=replace(c.subject, span=None),
        object=replace(c.object, span=None),
        evidence=Span(0, 1),
    ),
    "widen": lambda c, o, n: replace(
        c, subject=replace(c.subject, span=Span(max(0, c.evidence.start - n), c.evidence.start + n))
    ),
    "widen object": lambda c, o, n: replace(c, object=replace(c.object, span=Span(0, 1 + 10 * n))),
    "empty span": lambda c, o, n: replace(c, object=replace(c.object, span=Span(5, 5))),
    "move evidence": lambda c, o, n: replace(c, evidence=Span(c.evidence.start + n, c.evidence.end + n)),
    "other evidence": lambda c, o, n: replace(c, evidence=o.evidence),
    "modality": lambda c, o, n: replace(c, modality=list(Modality)[n % len(Modality)]),
    "polarity": lambda c, o, n: replace(c, polarity=list(Polarity)[n % 2]),
    "voice": lambda c, o, n: replace(c, voice=list(Voice)[n % 4]),
    "no speaker": lambda c, o, n: replace(c, speaker=None),
    "other speaker": lambda c, o, n: replace(c, speaker=o.speaker),
    "speaking subject": lambda c, o, n: replace(
        c, speaker=SpeakerMention(c.subject.label, list(Voice)[n % 4], span=c.subject.span)
    ),
    "no time": lambda c, o, n: replace(c, time=None),
    "time": lambda c, o, n: replace(
        c,
        time=CandidateTime(
            ["2019", "2019-08", "2019-08-18", None][n % 4],
            ["2019-08-28", "2021", None][n % 3],
            ["day", "month", "as-of"][n % 3],
        ),
    ),
    "predicate": lambda c, o, n: replace(c, predicate=PREDICATES[n % len(PREDICATES)]),
    "other predicate": lambda c, o, n: replace(c, predicate=o.predicate),
}
SPOILING = st.lists(
    st.tuples(
        st.sampled_from([*SPOILS, "drop", "duplicate", "duplicate"]),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        st.integers(0, 200),
    ),
    max_size=60,
)


def spoilt(
    made: Sequence[tuple[str, CandidateClaim]], spoiling: Iterable[tuple[str, int, int, int]]
) -> list[tuple[str, CandidateClaim]]:
    found = list(made)
    for how, at, other, amount in spoiling:
        if len(found) < 2:
            break
        at, other = at % len(found), other % len(found)
        if how == "drop":
            del found[at]
        elif how == "duplicate":
            found.insert(other, found[at])
        else:
            found[at] = (found[at][0], SPOILS[how](found[at][1], found[other][1], amount))
    return found


def same_figures(theirs: Any, ours: Any, place: str = "") -> None:
    """Every figure of the scorer stands in our report; ours has some more."""
    if isinstance(theirs, dict):
        assert set(theirs) <= set(ours), place
        for key in theirs:
            same_figures(theirs[key], ours[key], f"{place}/{key}")
    else:
        assert theirs == ours, place


def scored(tool: Path, gold_file: Path, predicted: Path, folder: Path) -> Any:
    """The report of a scorer. Its names of several words are joined in the order of a hash: one seed for all."""
    report = folder / "report.json"
    subprocess.run(
        [sys.executable, str(tool), str(gold_file), str(predicted), "--json", str(report)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return json.loads(report.read_text(encoding="utf-8"))


def agree(tool: Path, gold_file: Path, found: Iterable[tuple[str, CandidateClaim]], folder: Path) -> Any:
    numbered = list(predictions.numbered(found))
    predicted = folder / "predictions.jsonl"
    predicted.write_text("".join(predictions.json_lines(numbered)), encoding="utf-8")
    ours = json.loads(json.dumps(scores.score(gold.read(str(gold_file)), numbered).to_json()))
    same_figures(scored(tool, gold_file, predicted, folder), ours)
    return ours["readings"]


@pytest.fixture(scope="module")
def lark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lark")
    (folder / "lark.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "lark.gold.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in LARK), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def scorer(shared: Callable[[str], Path]) -> Path:
    return shared("benchmarks/score_claims.py")


@pytest.fixture(scope="module")
def article(shared: Callable[[str], Path]) -> Path:
    return shared(f"documents/{ARTICLE}.gold.jsonl")


@pytest.fixture(scope="module")
def candidates(shared: Callable[[str], Path]) -> list[tuple[str, CandidateClaim]]:
    """What the extractor finds in the article."""
    knowledge = curation.load()
    document = documents.read(shared(f"documents/{ARTICLE}.txt"), knowledge)
    gazetteer = extract.Gazetteer(knowledge.entities.values())
    return [(ARTICLE, each) for each in extract.extract(document, gazetteer, vocabulary.load())]


SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_perfect_predictions_are_perfect_and_the_scorer_agrees(lark: Path, scorer: Path, tmp_path: Path) -> None:
    core = [each for each in gold.read(str(lark)) if each.core]
    readings = agree(scorer, lark, perfect(core), tmp_path)
    assert [each["F1"] for each in readings.values()] == [1, 1, 1]


@pytest.mark.parametrize("how", SPOILS)
def test_predictions_all_spoilt_in_one_way_score_as_with_the_scorer(
    lark: Path, scorer: Path, tmp_path: Path, how: str
) -> None:
    made = perfect(gold.read(str(lark)))
    agree(scorer, lark, spoilt(made, [(how, at, at + 3, 7 * at) for at in range(len(made))]), tmp_path)


@given(spoiling=SPOILING)
@SLOW
def test_spoilt_predictions_score_as_with_the_scorer(
    lark: Path, scorer: Path, tmp_path: Path, spoiling: list[tuple[str, int, int, int]]
) -> None:
    agree(scorer, lark, spoilt(perfect(gold.read(str(lark))), spoiling), tmp_path)


@given(spoiling=SPOILING)
@SLOW
def test_spoilt_predictions_score_as_with_the_scorer_on_the_older_gold(
    article: Path, scorer: Path, tmp_path: Path, spoiling: list[tuple[str, int, int, int]]
) -> None:
    agree(scorer, article, spoilt(perfect(gold.read(str(article))), spoiling), tmp_path)


@given(spoiling=SPOILING)
@SLOW
def test_what_the_extractor_finds_scores_as_with_the_scorer(
    article: Path,
    scorer: Path,
    candidates: list[tuple[str, CandidateClaim]],
    tmp_path: Path,
    spoiling: list[tuple[str, int, int, int]],
) -> None:
    agree(scorer, article, spoilt(candidates, spoiling), tmp_path)


@given(spoiling=SPOILING)
@settings(SLOW, max_examples=3)
def test_our_own_gold_scores_as_with_the_scorer(
    scorer: Path, tmp_path: Path, spoiling: list[tuple[str, int, int, int]]
) -> None:
    agree(scorer, OWN_GOLD, spoilt(perfect(gold.read(str(OWN_GOLD))), spoiling), tmp_path)


# ---------------------------------------------------------------- matching and scores


def prediction(number: int, made: tuple[str, CandidateClaim], **change: Any) -> predictions.Prediction:
    doc, candidate = made
    return predictions.Prediction(
        number, doc, replace(candidate, **change), change.get("predicate", candidate.predicate)
    )


def test_as_many_pairs_as_possible_are_made(lark: Path) -> None:
    """The one that fits both gold claims makes room for the one that fits the first alone."""
    first = next(each for each in gold.read(str(lark)) if each.id == "5")
    other = replace(first, id="5b", evidence=(0, 5), predicates=("owns",))
    narrow = replace(first, object=replace(first.object, mentions=((400, 410),)), id="5c")
    (made,) = perfect([first])
    both = prediction(1, made)
    elsewhere = prediction(2, made, object=replace(made[1].object, span=Span(400, 410)))
    judge = Judge.of([])
    taken, repeats = matching.pair_off(
        [both, elsewhere], [replace(first, object=replace(first.object, mentions=(*first.object.mentions, (400, 410)))),
                            replace(other, object=first.object)], judge, Reading.STRICT
    )  # fmt: skip
    assert (taken, repeats) == ({0: 1, 1: 0}, set())
    taken, repeats = matching.pair_off([both, elsewhere, elsewhere], [narrow], judge, Reading.STRICT)
    assert (taken, repeats) == ({1: 0}, {2})


def test_a_planned_claim_made_a_fact_is_counted_and_named(lark: Path) -> None:
    claims = gold.read(str(lark))
    facts = [
        (doc, replace(each, modality=Modality.ACTUAL, polarity=Polarity.AFFIRMED)) for doc, each in perfect(claims)
    ]
    figures = scores.score(claims, list(predictions.numbered(facts))).to_json()["readings"]["lenient"]
    assert figures["not-fact made fact, core"] == {"count": 4, "of matched": 4, "gold": ["1", "3", "5", "7"]}
    assert figures["not-fact made fact, secondary"] == {"count": 1, "of matched": 1, "gold": ["9"]}


def test_recall_within_the_core_predicates_leaves_out_the_others(lark: Path) -> None:
    claims = gold.read(str(lark))
    without = [each for each in perfect(claims) if each[1].predicate != "aimsAt"]
    result = scores.score(claims, list(predictions.numbered(without))).results[Reading.STRICT]
    assert (result.rates.recall, result.within_core.recall) == (8 / 9, 1)


def test_a_name_that_the_gold_calls_an_alias_fits_in_the_lenient_reading(lark: Path) -> None:
    claims = [gold.read(str(lark))[n] for n in (1, 7)]
    named = replace(claims[1], subject=replace(claims[1].subject, names=("Larkland Reserve",)))
    alias = replace(claims[0], subject=replace(claims[0].subject, names=("Larkland Reserve",)))
    other = Mention("BoL", "Thing", id="x-bol")
    made = [(doc, replace(each, subject=other)) for doc, each in perfect([named])]
    numbered = list(predictions.numbered(made))
    assert [scores.score([named], numbered).results[each].rates.right for each in Reading] == [0, 0, 0]
    assert [scores.score([named, alias], numbered).results[each].rates.right for each in Reading] == [0, 0, 1]


def test_launches_is_the_golds_plans_launch_of(lark: Path) -> None:
    claims = gold.read(str(lark))
    made = [(doc, replace(each, predicate="launches")) for doc, each in perfect(claims[:1])]
    result = scores.score(claims, list(predictions.numbered(made))).results[Reading.STRICT]
    assert [each.id for _, each in result.right] == ["1"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("launches", "lunches"), r"\.toml:\d+: the ontology has no predicate 'lunches'"),
        (('"halts"', '"halts", "owns"'), r"\.toml:\d+: 'owns' is in 'corporate' already"),
        (('duty             = ["requires"]', "duty = 3"), r"\.toml:\d+: 'duty' must be a list of words"),
        (("[names]", "[nouns]"), r"the table \[names\] is missing"),
        (("[groups]", "[groups"), r"\.toml:\d+: not valid TOML"),
    ],
)
def test_faults_of_the_groups_name_their_line(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = Path(groups.FILE).read_text(encoding="utf-8")
    assert change[0] in text
    broken = tmp_path / "groups.toml"
    broken.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(EvaluationError, match=says):
        groups.read(str(broken), vocabulary.load())


# ---------------------------------------------------------------- gold files


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"predicate": None}, "predicate must be a text"),
        ({"evidence_start": "1"}, "evidence_start and evidence_end must be whole numbers"),
        ({"evidence_end": 0}, "the end behind the start"),
        ({"subject_mentions": [[1]]}, "subject_mentions must be a list of pairs"),
        ({"modality": "Certain"}, "modality 'Certain' is none of Actual"),
        ({"polarity": "no"}, "polarity 'no' is none of"),
        ({"voice": "mine"}, "voice 'mine' is none of"),
        ({"time": {"start": "2019-13", "end": None}}, "start '2019-13' is not a date"),
        ({"time": "2019"}, "time must be an object"),
        ({"published": "soon"}, "published: 'soon' is not a date"),
        ({"subject": "\ud800"}, "subject holds half a character"),
        ({"id": "2"}, "the claim '2' of lark stands on line 2 already"),
    ],
)
def test_faults_of_the_gold_name_their_line(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / "x.gold.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in [LARK[0], LARK[1], {**LARK[2], **change}]))
    with pytest.raises(EvaluationError, match=rf"x\.gold\.jsonl:3: .*{says}"):
        gold.read(str(path))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", r":2: not JSON: "),
        (b"[1]", r":2: a JSON object is expected"),
        (b'{"id": "\xff"}', r":2: byte 8 is not UTF-8"),
        (b'{"char_start": 1, "modality": "asserted"}', r":2: no id"),
        (b'{"char_start": 1, "modality": "sure"}', r":2: modality 'sure' is none of asserted"),
        (b"[" * 100_000, r":2: "),
        (b'{"id": ' + b"9" * 5000 + b"}", r":2: not JSON"),
    ],
)
def test_lines_that_are_no_gold(tmp_path: Path, line: bytes, says: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(json.dumps(LARK[0]).encode() + b"\n" + line + b"\n")
    with pytest.raises(EvaluationError, match=says):
        gold.read(str(path))


def test_the_older_gold_is_read_as_its_guide_says(article: Path) -> None:
    claims = {each.id: each for each in gold.read(str(article))}
    assert sum(each.core for each in claims.values()) == 81
    assert {each.doc for each in claims.values()} == {ARTICLE}
    assert claims["s003"].voice is Voice.UNNAMED
    assert claims["s002"].time is None, "a date of publication is no time that the text tells"
    denied = [each for each in claims.values() if each.polarity is Polarity.DENIED]
    assert denied
    assert {each.modalities for each in denied} == {(Modality.ACTUAL,)}


def test_texts_are_found_beside_the_gold_or_right_below(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt", "dev/b.html", "held/b.txt", "held/c.v2.txt", "held/deep/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    path = str(tmp_path / "dev.gold.jsonl")
    found = texts.find(["a", "b", "c.v2"], None, path)
    assert [os.path.relpath(each, tmp_path) for each in found.values()] == ["a.txt", "dev/b.html", "held/c.v2.txt"]
    with pytest.raises(EvaluationError, match=r"no text for d, \.\./x; expected is a file .*--documents"):
        texts.find(["a", "d", "../x"], None, path)
    with pytest.raises(EvaluationError, match=r"b: there are several texts: .*dev/b\.html, .*held/b\.txt"):
        texts.find(["b"], None, str(tmp_path / "x.gold.jsonl"))


# ---------------------------------------------------------------- blind


def known_from(*said: tuple[str, Claim], **more: Any) -> Knowledge:
    """Knowledge of claims, each with its source; the source ``copy`` relays ``paper``."""
    claims = [replace(each, id=str(number), source=of) for number, (of, each) in enumerate(said)]
    copy = source("copy", relays="paper")
    return replace(knowledge(copy, source("tracker"), *claims, *more.pop("entities", ())), **more)


def test_blind_takes_out_what_the_document_alone_tells() -> None:
    known = known_from(
        ("paper", claim("", "wren", "owns", "kite")),
        ("copy", claim("", "kite", "owns", "heron")),
        ("tracker", claim("", "kite", "owns", "robin")),
        ("paper", claim("", "robin", "partnersWith", "finch")),
        ("tracker", claim("", "robin", "partnersWith", "finch", speaker="crane")),
        entities=[
            *map(entity, ("lark", "stork", "gull", "ibis", "tern")),
            replace(entity("some-birds"), document="paper"),
        ],
        distinct=(("wren", "lark"), ("lark", "stork"), ("gull", "robin"), ("gull", "heron"), ("ibis", "tern")),
    )
    rest = blind.without(known, "paper")
    assert {each.id for each in rest.entities} == {"kite", "robin", "finch", "crane", "gull", "ibis", "tern"}
    assert (rest.removed, rest.shortened) == (5, 0)
    assert set(known.entities) - {each.id for each in blind.without(known, "tracker").entities} == {"crane"}


def test_blind_takes_the_names_that_the_document_alone_tells() -> None:
    kite = replace(entity("kite"), aliases=(Name("KT"), Name("Kite Ltd"), Name("Kite & Co")))
    named = claim("", "kite", "alternateName", "kite")
    known = known_from(
        ("paper", replace(named, object=Value("KT"))),
        ("paper", replace(named, object=Value("Kite Ltd"))),
        ("tracker", replace(named, object=Value("Kite Ltd"))),
        entities=[kite],
    )
    rest = blind.without(known, "paper")
    assert [each.text for each in rest.entities[0].names] == ["Kite", "Kite Ltd", "Kite & Co"]
    assert (rest.removed, rest.shortened) == (0, 1)


def test_blind_on_the_article_leaves_no_name_of_its_seeds(shared: Callable[[str], Path]) -> None:
    known = curation.load()
    document = documents.read(shared(f"documents/{ARTICLE}.txt"))
    found = blind.source_of(document, "another-name", known)
    assert found == ARTICLE
    elsewhere = {each.subject.id for each in known.claims.values() if each.source != ARTICLE}
    used = {each.subject.id for each in known.claims.values()} - elsewhere
    assert used
    assert not used & {each.id for each in blind.without(known, ARTICLE).entities}


# ---------------------------------------------------------------- the command


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = cli.run(["eval", *map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_prints_both_figures_and_writes_what_others_can_score(
    article: Path, scorer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    predicted, figures = tmp_path / "predictions.jsonl", tmp_path / "figures.json"
    status, out, err = run(capsys, article, "--blind", "--errors", 2, "--predictions", predicted, "--json", figures)
    assert (status, err) == (0, "")
    data = json.loads(figures.read_text(encoding="utf-8"))
    same_figures(scored(scorer, article, predicted, tmp_path), data["blind"])
    for run_of in ("names known", "blind"):
        lenient = data[run_of]["readings"]["lenient"]
        assert f"{lenient['P']:.3f}  {lenient['R']:.3f}  {lenient['F1']:.3f}" in out
    assert data["taken out"][ARTICLE]["entities"] > 50
    lines = predicted.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["evidence"]["document"] for line in lines} == {ARTICLE}
    assert all(CandidateClaim.from_json(json.loads(line)) for line in lines)
    assert "predicate not annotated" in out
    assert "first 2 of" in out
    assert "[[" in out
    assert {each["kind"] for each in data["mistakes"]} >= {"false", "missed"}
    assert sorted(os.listdir(tmp_path)) == ["figures.json", "predictions.jsonl", "report.json"]


def test_plain_figures_are_those_of_the_extract_command(
    article: Path,
    candidates: list[tuple[str, CandidateClaim]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    predicted = tmp_path / "predictions.jsonl"
    assert run(capsys, article, "--predictions", predicted, "--format", "json")[0] == 0
    found = [json.loads(line) for line in predicted.read_text(encoding="utf-8").splitlines()]
    assert found == [json.loads(json.dumps(each.to_json())) for _, each in candidates]


def test_another_name_of_the_document_and_its_day_come_from_the_gold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The Riksbank banned the Lunacoin last year."
    (tmp_path / "Some News.txt").write_text(text)
    line = {**row("1", "Kite", "owns", "Kite"), "doc": "Some News", "predicate": "bans", "published": "2020-05-01"}
    line |= {"subject_start": 4, "subject_end": 12, "object_start": 24, "object_end": 32}
    line |= {"evidence_start": 0, "evidence_end": len(text)}
    line["time"] = {"start": "2019", "end": "2019", "precision": "year"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line))
    status, out, _ = run(
        capsys, tmp_path / "gold.jsonl", "--predictions", tmp_path / "p", "--format", "json", "--blind"
    )
    assert status == 0
    data = json.loads(out)
    assert data["taken out"] == {"Some News": {"source": None, "entities": 0, "names": 0}}
    assert data["blind"] == data["names known"]
    strict = data["blind"]["readings"]["strict"]
    assert (strict["R"], strict["axes"]["time exact"]) == (1, {"right": 1, "of": 1, "accuracy": 1})
    (found,) = [json.loads(each) for each in (tmp_path / "p").read_text().splitlines()]
    assert found["evidence"]["document"] == "Some News"


def test_a_document_that_nothing_can_be_extracted_from_counts_as_missed(
    lark: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lark.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "zh.txt").write_text("中国人民银行表示将推出数字货币。" * 20, encoding="utf-8")
    path = tmp_path / "two.gold.jsonl"
    foreign = {**LARK[0], "doc": "zh"}
    path.write_text(lark.read_text(encoding="utf-8") + json.dumps(foreign) + "\n", encoding="utf-8")
    status, out, err = run(capsys, path, "--format", "json", "--blind")
    assert status == 1
    assert "zh.txt: the text is in another language" in err
    documents_of = json.loads(out)["blind"]["readings"]["strict"]["documents"]
    assert (documents_of["zh"]["gold"], documents_of["zh"]["right"]) == (1, 0)
    assert documents_of["lark"]["predicted"] > 0
    path.write_text(json.dumps(foreign))
    status, out, err = run(capsys, path)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_the_table_names_every_document_and_fits_a_narrow_screen(
    lark: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "lark.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "two.gold.jsonl"
    path.write_text(lark.read_text(encoding="utf-8") + json.dumps({**LARK[0], "doc": "other"}) + "\n", encoding="utf-8")
    status, out, _ = run(capsys, path, "--errors", 3, "--blind")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "Below: names blind." in out
    assert "\nother " in out
    assert "nothing to take out for 2 documents" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none.jsonl"], "none.jsonl: cannot be read: No such file"),
        (["."], "cannot be read: Is a directory"),
        (["empty.jsonl"], "holds no gold"),
        (["lark.gold.jsonl", "--documents", "none"], "none: is not a folder of documents"),
        (["lark.gold.jsonl", "--documents", "elsewhere"], "no text for lark"),
        (["lark.gold.jsonl", "--documents", "short"], "this is not the text that was annotated: it has 7 characters"),
        (["lark.gold.jsonl", "--documents", "blank"], "lark.txt: the document is empty"),
        (["lark.gold.jsonl", "--json", "no/such/file"], "--json no/such/file: there is no folder no/such"),
        (["lark.gold.jsonl", "--predictions", "short"], "--predictions short: is a folder"),
        (["lark.gold.jsonl", "--weights", "own"], "--weights is for gold files of passages"),
        (["passages.jsonl", "--blind"], "--documents, --blind and --seeds are for gold files of claims"),
        (["lark.gold.jsonl", "--errors", "-1"], "Invalid value for '--errors'"),
    ],
)
def test_what_cannot_be_evaluated_is_one_message(
    lark: Path, in_folder: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "lark.gold.jsonl").write_text(lark.read_text(encoding="utf-8"), encoding="utf-8")
    (in_folder / "lark.txt").write_text(TEXT, encoding="utf-8")
    (in_folder / "empty.jsonl").write_text("\n")
    (in_folder / "passages.jsonl").write_text(json.dumps(PASSAGES[0]))
    (in_folder / "elsewhere").mkdir()
    for name, text in (("short", "Too few"), ("blank", " \n")):
        (in_folder / name).mkdir()
        (in_folder / name / "lark.txt").write_text(text)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert says in err


# ---------------------------------------------------------------- passages


def relation(name: str, subject: tuple[int, int], object: tuple[int, int], **more: str) -> dict[str, Any]:
    return {
        "property": name,
        "subject": dict(zip(("start", "end"), subject, strict=True)) | more,
        "object": dict(zip(("start", "end"), object, strict=True)),
    }


PASSAGES: list[dict[str, Any]] = [
    {"doc": "1", "fold": 1, "passage_start": 10, "passage_end": 40, "text": "She leads Kite, he leads Wren.",
     "annotated": ["CEO", "FOUNDED_BY"],
     "facts": [relation("CEO", (20, 24), (10, 13), text="Kite"), relation("CEO", (35, 39), (26, 28), text="Wren")]},
    {"doc": "1", "fold": 2, "passage_start": 41, "passage_end": 60, "text": "Nothing to be seen.", "annotated": ["CEO"],
     "facts": []},
]  # fmt: skip


@pytest.fixture(scope="module")
def relation_scorer(shared: Callable[[str], Path]) -> Path:
    return shared("benchmarks/score_relations.py")


def spoilt_passages(gold_file: Path, seed: int) -> list[dict[str, Any]]:
    """Predictions made from gold passages: facts dropped, doubled, turned, widened, moved, and of another property."""
    chance = random.Random(seed)
    names = ["CEO", "FOUNDED_BY", "NATIONALITY", "SUBSIDIARY_OF"]
    made = []
    for line in gold_file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        facts = []
        for fact in record["facts"] + chance.choices(record["facts"], k=2 if record["facts"] else 0):
            name, subject, object = fact["property"], dict(fact["subject"]), dict(fact["object"])
            how = chance.randrange(9)
            if how == 0:
                continue
            if how == 1:
                subject, object = object, subject
            elif how == 2:
                object["start"], object["end"] = record["passage_start"], record["passage_end"]
            elif how == 3:
                subject["start"], subject["end"] = subject["start"] + 3, subject["end"] + 3
            elif how == 4:
                name = chance.choice(names)
            facts.append({"property": name, "subject": subject, "object": object})
        if facts or chance.random() < 0.5:
            made.append({key: record[key] for key in ("doc", "passage_start", "passage_end")} | {"facts": facts})
    return made


@pytest.mark.parametrize("seed", range(2))
def test_relations_score_as_with_the_scorer(
    shared: Callable[[str], Path], relation_scorer: Path, tmp_path: Path, seed: int
) -> None:
    gold_file = shared("benchmarks/knowledgenet/dev.jsonl")
    made = spoilt_passages(gold_file, seed)
    predicted = tmp_path / "predictions.jsonl"
    predicted.write_text("".join(json.dumps(each) + "\n" for each in made), encoding="utf-8")
    ours = relations.score(passages.read(str(gold_file)), made).to_json()
    assert ours["unjudged"] > 0
    same_figures(scored(relation_scorer, gold_file, predicted, tmp_path), json.loads(json.dumps(ours)))


@pytest.mark.parametrize(
    ("folds", "options", "how"),
    [
        ((1, 2), (), "leave one out of 2 folds"),
        ((1, 1), (), "that come with cbdc-kg"),
        ((1, None), (), "that come with cbdc-kg"),
        ((1, 2), ("--weights", "own"), "that come with cbdc-kg"),
        ((1, 2), ("--weights", "mine.npz"), "the weights mine.npz"),
    ],
)
def test_the_command_scores_passages_by_folds_or_by_weights(
    relation_scorer: Path,
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    folds: tuple[int | None, ...],
    options: tuple[str, ...],
    how: str,
) -> None:
    from kg.evaluation import knowledgenet
    from kg.extract.classifier import weights

    facts = [
        relation("CEO", (20, 24), (10, 13)),
        relation("CEO", (10, 13), (20, 24)),
        relation("BORN", (10, 11), (12, 13)),
    ]
    made = [{key: PASSAGES[0][key] for key in ("doc", "passage_start", "passage_end")} | {"facts": facts}]
    used: list[object] = []
    monkeypatch.setattr(weights, "load", lambda path=None: ("weights", path))
    monkeypatch.setattr(knowledgenet, "predict", lambda gold, weights: used.append(weights) or made)
    monkeypatch.setattr(knowledgenet, "cross_validated", lambda gold: used.append("folds") or made)
    path = in_folder / "passages.jsonl"
    path.write_text(
        "".join(json.dumps({**each, "fold": fold}) + "\n" for each, fold in zip(PASSAGES, folds, strict=True))
    )
    status, out, err = run(capsys, path, "--predictions", "p.jsonl", "--json", "f.json", "--errors", 1, *options)
    assert (status, err) == (0, "")
    wanted = "folds" if how.startswith("leave") else ("weights", "mine.npz" if "mine" in how else None)
    assert used == [wanted]
    assert how in out
    assert "wrong (first 1 of 1)\n  She | CEO | Kite\n" in out
    assert "missed (first 1 of 1)\n  Wren | CEO | he\n" in out
    assert "not judged: the passage was not searched for the property (first 1 of 1)" in out
    ours = json.loads((in_folder / "f.json").read_text())
    same_figures(scored(relation_scorer, path, in_folder / "p.jsonl", in_folder), ours)


def test_the_readings_of_relations_differ_where_they_should(tmp_path: Path) -> None:
    path = tmp_path / "passages.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in PASSAGES))
    wide = {"facts": [relation("CEO", (20, 39), (10, 28)), relation("NATIONALITY", (10, 13), (20, 24))]}
    found = relations.score(passages.read(str(path)), [{**PASSAGES[0], **wide}])
    counts = {reading.value: (each.right, each.predicted, each.met, each.gold) for reading, each in found.micro.items()}
    assert counts["overlap"] == (1, 1, 2, 2)
    assert counts["one-to-one"] == (1, 1, 1, 2)
    assert counts["exact"] == (0, 1, 0, 2)
    assert len(found.unjudged) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"facts": None}, "facts must be a list"),
        ({"facts": [{"property": "CEO"}]}, "a fact has no subject"),
        ({"facts": [relation("CEO", ("a", 2), (1, 2))]}, "start and end must be whole numbers"),  # type: ignore[arg-type]
        ({"passage_end": 1}, "the end behind the start"),
        ({"annotated": "CEO"}, "annotated must be a list of texts"),
        ({}, "the passage stands on line 1 already"),
    ],
)
def test_faults_of_passages_name_their_line(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / "passages.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in (PASSAGES[0], {**PASSAGES[0], **change})))
    with pytest.raises(EvaluationError, match=rf"passages\.jsonl:2: .*{says}"):
        passages.read(str(path))
    with pytest.raises(EvaluationError, match="not in the gold"):
        relations.score([], [PASSAGES[0]])
