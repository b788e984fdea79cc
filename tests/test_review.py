"""Reviews: an append-only log of decisions that survives what machines do."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg import curation, review
from kg.build import build
from kg.cli import root, run
from kg.errors import ReviewError
from kg.model import CandidateClaim, CandidateTime, Decision, Mention, Modality, Polarity, Span, SpeakerMention, Voice
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
    reworded = candidate(sha256="0" * 64, modality=Modality.PLANNED)
    assert review.stands(decided, same_text, {})
    assert review.stands(decided, {}, {})
    assert review.stands(decided, other_text, {"c2": rescored})
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
    seeds = tmp_path / "seeds"
    shutil.copytree(folder("seeds"), seeds)
    queue = tmp_path / "queue.jsonl"
    edited = candidate(id="c2", predicate="proposes")
    queue.write_text("".join(json.dumps(each.to_json()) + "\n" for each in (candidate(), edited)), encoding="utf-8")
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
    made = [candidate(id=f"c{number}", evidence=Span(number, number + 9)) for number in range(4)]
    queue.write_text("".join(json.dumps(each.to_json()) + "\n" for each in made), encoding="utf-8")
    path = tmp_path / "reviews.jsonl"
    arguments = ["review", str(queue), "--log", str(path), "--by", "ana"]
    result = CliRunner().invoke(root, arguments, input="a\nclear enough\ns\nr\n\nq\n")
    assert result.exit_code == 0, result.output
    decisions = [(each.candidate.id, each.decision, each.reason) for each in log.read(str(path))]
    assert decisions == [("c0", Decision.ACCEPT, "clear enough"), ("c2", Decision.REJECT, None)]
    again = CliRunner().invoke(root, arguments, input="q\n")
    assert "[1 of 2]" in again.output
