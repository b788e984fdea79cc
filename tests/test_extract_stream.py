"""Many and large documents: parts that hang together, memory that stays, processes that may die."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cli import run
from kg.curation import load as load_seeds
from kg.errors import ExtractionError, KgError
from kg.extract import Gazetteer, extract, extract_each, model
from kg.extract.merging import merged, merged_on_disk
from kg.extract.parallel import File, Piece, Settings, extract_files
from kg.extract.parts import parse, parts
from kg.extract.pipeline import Extraction
from kg.extract.segment import Block, blocks
from kg.model import CandidateClaim, Document, Entity, PartialDate
from kg.vocabulary import load as load_vocabulary

NAMES = [
    Entity(name.lower(), (kind,), name)
    for name, kind in (("Tencent", "Company"), ("Tenpay", "Platform"), ("Alibaba", "Company"), ("Alipay", "Platform"))
]
GAZETTEER = Gazetteer(NAMES)
FILLER = "It rained for most of the day, and nobody in the harbour went out to sea before the evening. " * 4
LONG = "\n\n".join(
    [
        "The Kestrel Settlement Network (KSN) is a company in Ghana. Tencent owns Tenpay.",
        *[f"{FILLER} Page {number}." for number in range(40)],
        "KSN launched a pilot with Tencent in 2019.",
        *[f"{FILLER} Page {number}." for number in range(40, 60)],
        "Alibaba owns Alipay. Tencent owns Tenpay.",
    ]
)


def document(text: str, id: str = "doc") -> Document:
    return Document(id, f"{id}.txt", text, "0" * 64, published=PartialDate("2021-03-10"))


def in_parts(text: str, most: int) -> list[CandidateClaim]:
    (given,) = extract_each([document(text)], GAZETTEER, load_vocabulary(), most)
    return list(given.candidates)


def said(candidates: list[CandidateClaim]) -> list[tuple[str, str, str]]:
    return [(each.subject.label, each.predicate, each.object.label) for each in candidates]


# ---------------------------------------------------------------- parts


def test_parts_hold_every_block_once_and_no_more_than_they_may() -> None:
    found = [Block(start, "x" * length, False) for start, length in enumerate((10, 90, 30, 70, 1, 250, 2))]
    cut = list(parts(found, 100))
    assert [len(part) for part in cut] == [2, 2, 1, 1, 1]
    assert [block for part in cut for block in part] == found
    assert list(parts([], 100)) == [[]]


@pytest.mark.parametrize("most", [600, 5_000, 10_000_000])
def test_a_document_in_parts_says_the_same_in_the_right_places(most: int) -> None:
    found = in_parts(LONG, most)
    assert said(found) == said(list(extract(document(LONG), GAZETTEER, load_vocabulary())))
    (owns,) = (each for each in found if each.object.label == "Tenpay")
    assert [LONG[span.start : span.end] for span in (owns.evidence, *owns.also)] == ["Tencent owns Tenpay"] * 2
    for each in found:
        span = each.subject.span
        assert span is not None and LONG[span.start : span.end]
        assert each.evidence.start < each.evidence.end <= len(LONG)


def test_a_short_name_of_an_early_part_holds_in_a_late_one() -> None:
    found = in_parts(LONG, 600)
    launched = [
        each for each in found if LONG.index("KSN launched") <= each.evidence.start and "K" in each.subject.label
    ]
    assert launched
    assert {each.subject.label for each in launched} == {"Kestrel Settlement Network"}


def test_no_more_than_a_part_is_held_parsed() -> None:
    from spacy.tokens import Doc

    most = 0
    total = len(list(blocks(document(LONG))))
    extraction = None
    for part in parts(blocks(document(LONG)), 2_000):
        extraction = Extraction(
            document(LONG), GAZETTEER, load_vocabulary(), next(parse([part])), extraction and extraction.carried()
        )
        list(extraction.every())
    for _ in in_parts(LONG, 2_000):
        gc.collect()
        most = max(most, sum(isinstance(each, Doc) for each in gc.get_objects()))
    assert most < total / 2


def test_candidates_merged_over_a_file_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (LONG[:300] + "\n\n" + LONG[-100:] + "\n\n") * 3
    every = list(Extraction(document(text), GAZETTEER, load_vocabulary()).every())
    assert len(merged(every)) < len(every)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert list(merged_on_disk(every)) == merged(every)
    assert os.listdir(tmp_path) == []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(ExtractionError, match="TMPDIR"):
        list(merged_on_disk(every))


def test_documents_are_asked_for_as_they_are_needed() -> None:
    asked = 0

    def documents() -> Iterator[Document]:
        nonlocal asked
        for number in range(1_000):
            asked += 1
            yield document("Tencent owns Tenpay.", f"d{number}")

    every = extract_each(documents(), GAZETTEER, load_vocabulary())
    for _ in range(3):
        assert said(list(next(every).candidates)) == [("Tencent", "owns", "Tenpay")]
    assert asked < 200


def test_a_document_says_the_same_alone_and_among_others() -> None:
    several = [document(text, f"d{place}") for place, text in enumerate((LONG[:900], "Alibaba owns Alipay.", LONG))]
    together = [list(given.candidates) for given in extract_each(several, GAZETTEER, load_vocabulary())]
    assert together == [list(extract(each, GAZETTEER, load_vocabulary())) for each in several]


def test_remembered_rules_say_what_the_matcher_says() -> None:
    import spacy

    ours = model.load()
    plain = spacy.load(ours.path)
    plain.tokenizer.token_match = ours.tokenizer.token_match  # type: ignore[attr-defined]
    texts = [
        LONG,
        "They ain't gonna go; I gotta see y'all, c'mon. Let's do it:  there's nothin' here, is there?\n x",
        "",
    ]
    for one, other in zip(plain.pipe(texts), ours.pipe(texts), strict=True):
        assert [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.morph)) for t in one] == [
            (t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.morph)) for t in other
        ]


# ---------------------------------------------------------------- files and processes


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of short reports, an empty one and one in Chinese among them."""
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    for number in range(70):
        place = folder / "more" if number % 7 == 0 else folder
        (place / f"r{number:02}.txt").write_text(f"Published: 3 March 2021\n\n{LONG[:200]}\n\nTencent owns Tenpay.\n")
    (folder / "r05.txt").write_text("")
    (folder / "r33.txt").write_text("中国人民银行在深圳推出数字人民币试点。" * 9)
    (folder / "more" / "r01.txt").write_text("Published: 3 March 2021\n\nAlibaba launched Alipay.\n")
    (folder / "notes.docx").write_text("not asked for")
    return folder


def test_processes_give_what_one_gives_in_the_same_order(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(reports)]) == 1
    alone = capfd.readouterr()
    assert run(["extract", str(reports), "--jobs", "2"]) == 1
    assert capfd.readouterr() == alone
    errors = [line for line in alone.err.splitlines() if line.startswith("Error: ")]
    assert [line.partition(".txt")[0][-3:] for line in errors] == ["r05", "r33"]
    assert len(alone.err.splitlines()) == 71
    ids = {json.loads(line)["evidence"]["document"] for line in alone.out.splitlines()}
    assert len(ids) == 69, "two files of one name are two documents"


def test_a_folder_without_documents_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("Tencent owns Tenpay.")
    assert run(["extract", str(tmp_path / "empty")]) == 2
    assert "the folder holds no documents" in capfd.readouterr().err
    assert run(["extract", str(tmp_path / "empty"), str(tmp_path / "a.txt"), "--quiet"]) == 1
    assert capfd.readouterr().out


def settings() -> Settings:
    vocabulary = load_vocabulary()
    knowledge = replace(load_seeds(None, vocabulary), entities={each.id: each for each in NAMES}, sources={})
    return Settings(knowledge, vocabulary, PartialDate("2021-03-03"))


class Deadly(str):
    """A path that kills the process that is sent it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("__import__('os').kill(__import__('os').getpid(), 9)",)


def whole(pieces: Iterator[Piece]) -> list[tuple[str, KgError | None, int]]:
    found: dict[str, int] = {}
    done: list[tuple[str, KgError | None, int]] = []
    for piece in pieces:
        found[piece.path] = found.get(piece.path, 0) + len(piece.candidates)
        if piece.whole:
            done.append((piece.path, piece.error, found[piece.path]))
    return done


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_who_kills_a_process_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    good = []
    for number in range(40):
        good.append(str(tmp_path / f"g{number:02}.txt"))
        Path(good[-1]).write_text("Tencent owns Tenpay.")
    files = [*good[:3], Deadly("deadly.txt"), *good[3:]]
    done = whole(extract_files(map(File, files), settings(), jobs=2))
    assert [path for path, _, _ in done] == files
    assert [(path, count) for path, error, count in done if error is None] == [(path, 1) for path in good]
    (wrong,) = [error for _, error, _ in done if error]
    assert str(wrong) == (
        "deadly.txt: the process that worked on it was killed by SIGKILL; the memory may have run out: use fewer --jobs"
    )


def test_processes_that_never_live_end_the_run() -> None:
    files = [File(Deadly(f"{number}.txt")) for number in range(200)]
    with pytest.raises(ExtractionError, match="no process of the extraction stays alive"):
        list(extract_files(files, settings(), jobs=2))


def test_a_fault_of_ours_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for name in ("a", "bad", "c"):
        paths.append(str(tmp_path / f"{name}.txt"))
        Path(paths[-1]).write_text("Tencent owns Tenpay.")
    sound = Extraction.every

    def faulty(self: Extraction) -> Iterator[CandidateClaim]:
        for each in sound(self):
            if each.document == "bad":
                raise IndexError("a fault")
            yield each

    monkeypatch.setattr(Extraction, "every", faulty)
    done = whole(extract_files(map(File, paths), settings()))
    assert [(path, count) for path, _, count in done] == list(zip(paths, (1, 0, 1), strict=True))
    assert "extraction failed on it (IndexError: a fault)" in str(done[1][1])


@pytest.mark.skipif(os.name != "posix", reason="signals to a group of processes are POSIX")
def test_ctrl_c_ends_all_processes_with_one_word(tmp_path: Path) -> None:
    for number in range(40):  # told of first, so that their messages say that the work is going on
        (tmp_path / f"a{number:02}.txt").write_text("")
    for number in range(3):
        (tmp_path / f"b{number}.txt").write_text((LONG + "\n\n") * 15)
    command = [sys.executable, "-m", "kg", "extract", str(tmp_path), "--jobs", "2", "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, text=True) as started:
        assert started.stderr is not None
        assert "a00.txt: the document is empty" in started.stderr.readline()
        os.killpg(started.pid, signal.SIGINT)
        # The other processes write to the same place, so this waits for the end of all of them.
        _, err = started.communicate()
    assert started.returncode == 130
    assert [line for line in err.splitlines() if "the document is empty" not in line] == ["Stopped."]
