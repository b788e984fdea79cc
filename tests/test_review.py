"""Reviews: an append-only log of decisions that survives what machines do."""

from __future__ import annotations

import json
import shutil
import threading
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg import curation, resources, review
from kg.build import build
from kg.cli import root, run
from kg.cli.candidates import as_toml, entities_as_toml
from kg.errors import ReviewError
from kg.model import (
    CandidateClaim,
    CandidateTime,
    Decision,
    Mention,
    Modality,
    Polarity,
    Span,
    SpeakerMention,
    Value,
    Voice,
)
from kg.model.precision import PRECISIONS, validity
from kg.resources import folder
from kg.review import log
from kg.vocabulary import load as load_vocabulary

ARTICLE = "9457a8e1ef54e101f17a93f4dca3f1c92421e14beb83193a7a80393b05f76b39"

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 9999), st.integers(1, 99))
mentions = st.builds(Mention, words, st.just("Company"), id=words, span=st.none() | spans)
candidates = st.builds(
    CandidateClaim,
    id=words,
    subject=mentions,
    predicate=words,
    object=mentions | st.builds(Mention, words, st.just("date"), value=words, span=spans),
    voice=st.sampled_from(Voice),
    document=words,
    sha256=words,
    evidence=spans,
    method=words,
    score=st.floats(0, 1),
    speaker=st.none() | st.builds(SpeakerMention, words, st.sampled_from(Voice), id=st.none() | words, span=spans),
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    hedge=st.none() | words,
    condition=st.none() | words,
    qualifiers=st.dictionaries(words, words, max_size=3).map(lambda pairs: tuple(sorted(pairs.items()))),
    time=st.none() | st.builds(CandidateTime, st.none() | words, st.none() | words, words),
    said=st.none() | words,
    also=st.lists(spans, max_size=2).map(tuple),
)


def candidate(**changes: object) -> CandidateClaim:
    made = CandidateClaim(
        id="c1",
        subject=Mention("Alibaba", "Company", id="alibaba", span=Span(1253, 1260)),
        predicate="researches",
        object=Mention("techniques", "Topic", id="x-techniques", span=Span(1337, 1358)),
        voice=Voice.UNNAMED,
        document="globaltimes-2019-08-28",
        sha256=ARTICLE,
        evidence=Span(1217, 1358),
        method="pattern:research-1",
        score=0.8,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@given(candidates)
def test_candidates_survive_their_json(made: CandidateClaim) -> None:
    assert CandidateClaim.from_json(json.loads(json.dumps(made.to_json()))) == made


@given(candidates, st.sampled_from([Decision.ACCEPT, Decision.REJECT]))
def test_reviews_survive_their_line(made: CandidateClaim, decision: Decision) -> None:
    decided = review.decide(made, decision, by="a", on=date(2026, 1, 2), reason="b")
    assert log.from_json(json.loads(json.dumps(log.to_json(decided)))) == decided


def test_the_log_is_only_appended_to(tmp_path: Path) -> None:
    path = str(tmp_path / "reviews.jsonl")
    first = review.decide(candidate(), Decision.ACCEPT, by="ana", on=date(2026, 1, 2))
    second = review.decide(candidate(), Decision.REJECT, by="bo", on=date(2026, 1, 3), reason="second thoughts")
    log.append(path, [first])
    before = Path(path).read_text(encoding="utf-8")
    log.append(path, [second])
    assert Path(path).read_text(encoding="utf-8").startswith(before)
    assert log.read(path) == (first, second)
    assert review.latest(log.read(path)) == {"c1": second}


def test_a_review_stands_until_text_and_content_both_changed() -> None:
    decided = review.decide(candidate(), Decision.ACCEPT, by="ana", on=date(2026, 1, 2))
    same_text = {"globaltimes-2019-08-28": ARTICLE}
    other_text = {"globaltimes-2019-08-28": "0" * 64}
    rescored = candidate(sha256="0" * 64, score=0.1, method="pattern:research-2", id="c2")
    moved = candidate(sha256="0" * 64, evidence=Span(1218, 1359), also=(Span(1, 9),), id="c3")
    reworded = candidate(sha256="0" * 64, modality=Modality.PLANNED)
    assert review.stands(decided, same_text, {})
    assert review.stands(decided, {}, {})
    assert review.stands(decided, other_text, {"c2": rescored})
    assert review.stands(decided, other_text, {"c3": moved})
    assert not review.stands(decided, other_text, {"c2": reworded})


def test_accepted_candidates_become_claims() -> None:
    knowledge = curation.load()
    decided = review.decide(candidate(), Decision.ACCEPT, by="ana", on=date(2026, 1, 2))
    grown = review.accepted(knowledge, [decided], load_vocabulary())
    (claim,) = [each for id, each in grown.claims.items() if id not in knowledge.claims]
    assert (claim.subject.id, claim.predicate, claim.voice) == ("alibaba", "researches", Voice.UNNAMED)
    assert claim.method.kind == "Extraction"
    assert grown.entities["x-techniques"].document == "globaltimes-2019-08-28"
    assert claim.evidence[0].snapshot == ARTICLE


def test_a_claim_without_a_source_is_refused() -> None:
    decided = review.decide(candidate(sha256="1" * 64), Decision.ACCEPT, by="ana", on=date(2026, 1, 2))
    with pytest.raises(ReviewError, match="no source has a snapshot"):
        review.accepted(curation.load(), [decided], load_vocabulary())


def test_batch_review_reaches_the_graph(tmp_path: Path, in_folder: Path) -> None:
    seeds = tmp_path / "mine"
    shutil.copytree(folder("seeds"), seeds)
    queue = tmp_path / "queue.jsonl"
    edited = candidate(id="c2", predicate="proposes")
    # A place that no curated claim describes by a digest.
    first = candidate(evidence=Span(1218, 1357))
    queue.write_text("".join(json.dumps(each.to_json()) + "\n" for each in (first, edited)), encoding="utf-8")
    decisions = tmp_path / "decisions.jsonl"
    decisions.write_text('{"id": "c1"}\n{"id": "c2", "decision": "reject", "reason": "nobody says so"}\n')
    arguments = ["review", str(queue), "--accept-from", str(decisions), "--seeds", str(seeds)]
    assert run([*arguments, "--by", "ana", "--on", "2026-01-02"]) == 0
    assert len(log.read(str(seeds / "reviews.jsonl"))) == 2
    before = build("plain").counts["claims"]
    assert build("reviewed", seeds=str(seeds)).counts["claims"] == before + 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "c9"}', r"decisions.jsonl:1: 'c9' is no candidate"),
        ('{"id": "c1", "decision": "maybe"}', r"decisions.jsonl:1: 'maybe' is not a valid Decision"),
        ('{"id": "c1", "edit": {"voice": "Loud"}}', r"decisions.jsonl:1: 'Loud' is not a valid Voice"),
        ('{"id": "c1", "edit": {"evidence": {}}}', r"decisions.jsonl:1: "),
        ('{"id": []}', r"decisions.jsonl:1: \[\] is no candidate"),
        ('{"id": "c1", "on": 5}', r"decisions.jsonl:1: on must be a text, not 5"),
        ('{"id": "c1", "on": "May"}', r"decisions.jsonl:1: on = 'May' is not a date; write 2026-01-31"),
        ('{"id": "c1", "by": {}}', r"decisions.jsonl:1: by must be a text"),
        ('{"id": "c1", "reason": []}', r"decisions.jsonl:1: reason must be a text"),
        ('{"id": "c1", "decision": []}', r"decisions.jsonl:1: \[\] is not a valid Decision"),
        ('{"id": "c1", "reasons": "x"}', r"decisions.jsonl:1: 'reasons' is not a key .*did you mean reason"),
        ('{"id": "c1", "edit": 5}', r"decisions.jsonl:1: edit must hold the changed fields"),
        ('{"id": "c1", "edit": {"modalty": "Planned"}}', r"decisions.jsonl:1: edit: 'modalty' .*did you mean modality"),
        ('{"id": "c1", "edit": {"condition": 5}}', r"decisions.jsonl:1: condition must be a text, not 5"),
        ('{"id": "c1", "edit": {"subject": {"id": "x"}}}', r"decisions.jsonl:1: 'label' is missing"),
        ('{"id": "c1", "decision": "reject", "edit": {"hedge": "x"}}', r"decisions.jsonl:1: a rejected candidate"),
        ("[1]", r"decisions.jsonl:1: a JSON object is expected"),
        ("{", r"decisions.jsonl:1: not JSON"),
    ],
)
def test_faulty_decisions(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(line)
    with pytest.raises(ReviewError, match=message):
        review.batch(log.json_lines(str(path)), {"c1": candidate()}, path=str(path), by="a", on=date(2026, 1, 2))


def test_review_at_the_terminal(tmp_path: Path) -> None:
    queue = tmp_path / "queue.jsonl"
    made = [candidate(id=f"c{number}", hedge=f"hedge {number}") for number in range(4)]
    queue.write_text("".join(json.dumps(each.to_json()) + "\n" for each in made), encoding="utf-8")
    path = tmp_path / "reviews.jsonl"
    arguments = ["review", str(queue), "--log", str(path), "--by", "ana"]
    result = CliRunner().invoke(root, arguments, input="a\nclear enough\ns\nr\n\nq\n")
    assert result.exit_code == 0, result.output
    decisions = [(each.candidate.id, each.decision, each.reason) for each in log.read(str(path))]
    assert decisions == [("c0", Decision.ACCEPT, "clear enough"), ("c2", Decision.REJECT, None)]
    again = CliRunner().invoke(root, arguments, input="q\n")
    assert "[1 of 2]" in again.output


# --- What cannot be a claim is refused before it is logged --------------------------------------------------------

ON = date(2026, 1, 2)


def accept(made: CandidateClaim) -> review.Review:
    return review.decide(made, Decision.ACCEPT, by="ana", on=ON)


UNSOUND = [
    (candidate(predicate="reserches"), "'reserches' is not a predicate of the ontology; did you mean researches"),
    (candidate(subject=Mention("Shenzhen", "City", id="shenzhen")), "shenzhen is a City, but the subject of"),
    (candidate(predicate="subsidiaryOf"), "x-techniques is a Topic, but the object of subsidiaryOf must be"),
    (candidate(object=Mention("it", "Topic", value="it")), "the object of researches must be"),
    (candidate(object=Mention("it", "Topic", id="x-a<b")), "'x-a<b' is not an id"),
    (candidate(object=Mention("it", "Topic", id="x-a b")), "'x-a b' is not an id"),
    (candidate(object=Mention(" ", "Topic", id="x-a")), "the entity 'x-a' has no label"),
    (candidate(object=Mention("it", "Topik", id="x-a")), "'Topik' is not a class of entities; did you mean Topic"),
    (candidate(subject=Mention("Alibba", "Company", id="alibba")), "'alibba' is not an entity; did you mean alibaba"),
    (candidate(object=Mention("it", "Topic", id="concept:kind-x")), "'concept:kind-x' is not a concept"),
    (candidate(voice=Voice.NAMED), "a claim in a named voice needs its speaker"),
    (candidate(modality=Modality.CONDITIONAL), "a conditional claim needs its condition"),
    (candidate(condition="if so"), "a claim with a condition is not Actual"),
    (candidate(qualifiers=(("shar", "1"),)), "'shar' is not a qualifier; did you mean share"),
    (candidate(qualifiers=(("wave", "x"),)), "researches takes no qualifier 'wave'"),
    (candidate(time=CandidateTime("2018", "2018", "roughly")), "the precision 'roughly' is not one of day"),
    (candidate(time=CandidateTime("2019", "2018", "year")), "it ends"),
    (candidate(time=CandidateTime("2999", None, "since")), "2999 lies after the date of the data"),
    (candidate(said="June"), "'June' is not a date"),
    (candidate(evidence=Span(9, 9)), "evidence 9–9 is not a span"),
    (candidate(method="rule <1>"), "the method 'rule <1>' has signs"),
    (candidate(predicate="foundedOn", object=Mention("long ago", "date", value="long ago")), "object: 'long ago' is"),
    (candidate(document="unknown", sha256="2" * 64), r"add sources/unknown.toml with \[\[snapshot\]\] sha256"),
]


@pytest.mark.parametrize(("made", "message"), UNSOUND, ids=[message[:40] for _, message in UNSOUND])
def test_what_cannot_be_a_claim(made: CandidateClaim, message: str) -> None:
    with pytest.raises(ReviewError, match=f"candidate c1: .*{message}"):
        review.accepted(curation.load(), [accept(made)], load_vocabulary())


def test_everything_that_is_wrong_is_told_at_once() -> None:
    made = candidate(voice=Voice.NAMED, modality=Modality.CONDITIONAL)
    with pytest.raises(ReviewError) as caught:
        review.check(accept(made), curation.load(), load_vocabulary())
    assert len(str(caught.value).split("\n")) == 2
    review.check(review.decide(made, Decision.REJECT, by="ana", on=ON), curation.load(), load_vocabulary())


@pytest.fixture
def own_seeds(tmp_path: Path) -> Path:
    path = tmp_path / "seeds"
    shutil.copytree(folder("seeds"), path)
    return path


def queue_of(path: Path, *made: CandidateClaim) -> str:
    path.write_text("".join(json.dumps(each.to_json()) + "\n" for each in made), encoding="utf-8")
    return str(path)


def test_a_batch_with_a_fault_leaves_the_log_as_it_was(
    tmp_path: Path, own_seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = candidate(id="c2", voice=Voice.NAMED)
    queue = queue_of(tmp_path / "queue.jsonl", candidate(), wrong)
    decisions = tmp_path / "decisions.jsonl"
    decisions.write_text('{"id": "c1"}\n\n{"id": "c2"}\n{"id": "c1", "edit": {"document": "x"}}\n')
    assert run(["review", queue, "--accept-from", str(decisions), "--seeds", str(own_seeds), "--by", "ana"]) == 2
    said = capsys.readouterr().err
    assert f"{decisions}:3: candidate c2: a claim in a named voice needs its speaker" in said
    assert f"{decisions}:4: " in said
    assert not (own_seeds / "reviews.jsonl").exists()


def test_at_the_terminal_a_fault_is_told_and_asked_again(tmp_path: Path) -> None:
    queue = queue_of(tmp_path / "queue.jsonl", candidate(voice=Voice.NAMED))
    path = tmp_path / "reviews.jsonl"
    result = CliRunner().invoke(root, ["review", queue, "--log", str(path), "--by", "ana"], input="a\n\nr\n\n")
    assert result.exit_code == 0, result.output
    assert "not appended: candidate c1: a claim in a named voice" in result.output
    assert [each.decision for each in log.read(str(path))] == [Decision.REJECT]


def test_literals_have_the_datatype_of_their_predicate() -> None:
    knowledge, vocabulary = curation.load(), load_vocabulary()
    when = candidate(predicate="foundedOn", object=Mention("2018-06", "date", value="2018-06"))
    called = candidate(id="c2", predicate="alternateName", object=Mention("Ali", "string", value="Ali"))
    owns = candidate(
        id="c3",
        predicate="subsidiaryOf",
        object=Mention("PBC", "CentralBank", id="pbc"),
        qualifiers=(("share", "0.5"),),
    )
    grown = review.accepted(knowledge, map(accept, (when, called, owns)), vocabulary)
    new = [each for id, each in grown.claims.items() if id not in knowledge.claims]
    assert [str(getattr(each.object, "datatype", "")) for each in new] == ["gYearMonth", "langString", ""]
    assert new[2].qualifiers == (("share", Value("0.5", "decimal")),)


# --- Merged entities, places, identity ----------------------------------------------------------------------------


def test_merged_entities_are_replaced_in_reviewed_claims(own_seeds: Path) -> None:
    (own_seeds / "redirects.toml").write_text('x-techniques = "blockchain"\nold-alibaba = "alibaba"\n')
    made = candidate(subject=Mention("Alibaba", "Company", id="old-alibaba"))
    knowledge = curation.load(str(own_seeds))
    grown = review.accepted(knowledge, [accept(made)], load_vocabulary())
    (claim,) = [each for id, each in grown.claims.items() if id not in knowledge.claims]
    assert (claim.subject.id, str(claim.object)) == ("alibaba", "entity:blockchain")
    assert grown.entities == knowledge.entities
    apart = review.accepted(curation.load(), [accept(candidate())], load_vocabulary())
    assert "x-techniques" in apart.entities


def test_what_is_accepted_twice_has_both_places() -> None:
    knowledge = curation.load()
    twice = candidate(id="c2", evidence=Span(5, 9), also=(Span(1217, 1358),), hedge="perhaps")
    grown = review.accepted(knowledge, map(accept, (candidate(), twice)), load_vocabulary())
    (claim,) = [each for id, each in grown.claims.items() if id not in knowledge.claims]
    assert [(each.start, each.end) for each in claim.evidence] == [(1217, 1358), (5, 9)]


def test_a_curated_claim_stays_as_it_is() -> None:
    knowledge = curation.load()
    grown = review.accepted(knowledge, [accept(candidate())], load_vocabulary())
    again = review.accepted(grown, [accept(candidate(evidence=Span(5, 9)))], load_vocabulary())
    assert again == grown


def test_the_same_words_in_two_documents_are_two_judgements() -> None:
    other = candidate(id="c2", document="elsewhere", sha256="3" * 64)
    assert review.digest(candidate()) != review.digest(other)
    standing, rest = review.standing([accept(candidate())], {}, {"c1": candidate(), "c2": other})
    assert (len(standing), list(rest)) == (1, ["c2"])


def test_what_was_judged_does_not_wait_again_in_a_changed_text() -> None:
    again = candidate(id="c7", sha256="4" * 64, evidence=Span(1218, 1359))
    queue = {"c7": again}
    texts = {"globaltimes-2019-08-28": "4" * 64}
    standing, rest = review.standing([accept(candidate())], texts, queue, {ARTICLE})
    assert (standing[0].candidate, rest, queue) == (candidate(), {}, {"c7": again})
    standing, rest = review.standing([accept(candidate())], texts, queue, {"4" * 64})
    assert (standing[0].candidate, rest) == (again, {})
    changed = replace(again, modality=Modality.PLANNED)
    assert review.standing([accept(candidate())], texts, {"c7": changed}) == ([], {"c7": changed})


def test_the_last_decision_on_the_same_content_counts() -> None:
    again = review.decide(candidate(id="c7", sha256="4" * 64), Decision.REJECT, by="ana", on=ON)
    assert review.latest([accept(candidate()), again]) == {"c7": again}


# --- The log ------------------------------------------------------------------------------------------------------


def test_a_log_without_its_last_newline_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    log.append(str(path), [accept(candidate())])
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    log.append(str(path), [accept(candidate(id="c2"))])
    assert [each.candidate.id for each in log.read(str(path))] == ["c1", "c2"]


def test_the_log_is_written_by_one_at_a_time(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "reviews.jsonl"
    writer = threading.Thread(target=log.append, args=(str(path), [accept(candidate())]))
    with open(path, "ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        writer.start()
        writer.join(0.2)
        assert writer.is_alive()
        assert not path.read_bytes()
    writer.join(10)
    assert len(log.read(str(path))) == 1


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    with pytest.raises(ReviewError, match="no character"):
        log.append(str(path), [replace(accept(candidate()), reason="\ud800")])
    assert not path.exists()
    queue = tmp_path / "queue.jsonl"
    queue.write_text(json.dumps(candidate(hedge="\ud800").to_json()))
    with pytest.raises(ReviewError, match=r"queue.jsonl:1: not a candidate claim: hedge holds half a character"):
        log.candidates(str(queue))


def test_a_queue_with_a_wrong_id(tmp_path: Path) -> None:
    queue = tmp_path / "queue.jsonl"
    queue.write_text(json.dumps({**candidate().to_json(), "id": []}))
    with pytest.raises(ReviewError, match=r"queue.jsonl:1: not a candidate claim: id must be a text, not \[\]"):
        log.candidates(str(queue))


def test_no_log_inside_the_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder("seeds"), tmp_path / "kg" / "seeds")
    monkeypatch.setattr(resources, "_PACKAGE", str(tmp_path / "kg"))
    monkeypatch.chdir(tmp_path)
    assert run(["review", queue_of(tmp_path / "queue.jsonl", candidate()), "--by", "ana"]) == 2
    assert "inside the installed package" in (said := capsys.readouterr().err)
    assert "--seeds" in said
    assert "--log" in said


# --- As TOML ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_printed_candidate_is_the_claim_that_accepting_it_gives(precision: str, own_seeds: Path) -> None:
    made = candidate(
        time=CandidateTime("2018-06", "2018-07", precision),
        voice=Voice.UNNAMED,
        speaker=SpeakerMention("insiders", Voice.UNNAMED, id="x-insiders"),
        modality=Modality.POSSIBLE,
        condition='if "so"',
    )
    vocabulary = load_vocabulary()
    grown = review.accepted(curation.load(), [accept(made)], vocabulary)
    before = curation.load()
    (claim,) = [each for id, each in grown.claims.items() if id not in before.claims]
    with open(own_seeds / "sources" / f"{made.document}.toml", "a", encoding="utf-8") as handle:
        handle.write("\n" + as_toml(made, vocabulary))
    tables = entities_as_toml([made], before).splitlines()[1:]
    text = "\n".join(line.removeprefix("#").strip() for line in tables)
    assert set(tomllib.loads(text)) == {"x-techniques", "x-insiders"}
    (own_seeds / "entities" / "new.toml").write_text(text, encoding="utf-8")
    pasted = curation.load(str(own_seeds)).claims[claim.id]
    assert (pasted.validity, pasted.evidence) == (claim.validity, claim.evidence)
    assert review.accepted(curation.load(str(own_seeds)), [accept(made)], vocabulary).claims[claim.id] == pasted


def test_after_by_and_before_are_bounds() -> None:
    assert validity(CandidateTime("2018-06", None, "after")).earliest_start == date(2018, 6, 30)
    assert validity(CandidateTime(None, "2018-06", "by")).latest_start == date(2018, 6, 30)
    assert validity(CandidateTime(None, "2018-06", "before")).latest_end == date(2018, 6, 30)
    assert validity(None).stated is False


def test_numbers_are_printed_as_numbers() -> None:
    made = candidate(predicate="subsidiaryOf", qualifiers=(("share", "0.5"), ("level", "concept:level-direct")))
    assert 'qualifiers = { share = 0.5, level = "concept:level-direct" }' in as_toml(made, load_vocabulary())
