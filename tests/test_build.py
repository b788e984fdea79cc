"""A build is a compiler: reproducible, incremental, all or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.build import build, folders
from kg.errors import CheckError, SeedError, StoreError
from kg.resources import folder
from kg.store import open as open_store

ASK = "SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the project's seeds that a test may spoil."""
    copy = tmp_path / "seeds"
    shutil.copytree(folder("seeds"), copy)
    return copy


def products(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in ("dataset.nq", "index.html", "candidates.jsonl")}


def test_everything_is_there(built: Path) -> None:
    assert built.is_symlink()
    assert (built / "dataset.nq").stat().st_size > 100_000
    assert (built / "index.html").read_text(encoding="utf-8").startswith("<!")
    assert open_store(str(built))


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run(
        [sys.executable, "-m", "kg", "build", "-o", str(tmp_path / "other" / "out"), "--quiet"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    assert products(tmp_path / "other" / "out") == products(built)


def test_dataset_is_sorted_without_blank_nodes_or_clock(built: Path) -> None:
    lines = (built / "dataset.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert not any(line.startswith("_:") or " _:" in line.partition('"')[0] for line in lines)


def test_an_unchanged_build_is_not_made_again(tmp_path: Path) -> None:
    output = tmp_path / "build"
    assert not build(str(output)).unchanged
    first = os.path.realpath(output)
    stamp = os.stat(os.path.join(first, "dataset.nq")).st_mtime_ns
    assert build(str(output)).unchanged
    assert os.path.realpath(output) == first
    assert os.stat(os.path.join(first, "dataset.nq")).st_mtime_ns == stamp


def test_the_last_two_builds_are_kept(seeds: Path, tmp_path: Path) -> None:
    output = tmp_path / "build"
    folders_seen = []
    for version in ("1", "2", "3"):
        release = seeds / "release.toml"
        lines = [line for line in release.read_text(encoding="utf-8").splitlines() if not line.startswith("version")]
        release.write_text("\n".join([f'version = "{version}"', *lines]), encoding="utf-8")
        build(str(output), seeds=str(seeds))
        folders_seen.append(os.path.basename(os.path.realpath(output)))
    kept = {name for name in os.listdir(tmp_path / "builds") if not name.startswith(".")}
    assert kept == set(folders_seen[1:])


def test_a_fault_leaves_the_last_good_build(seeds: Path, tmp_path: Path) -> None:
    output = tmp_path / "build"
    build(str(output), seeds=str(seeds))
    before = products(output)
    source = next((seeds / "sources").glob("*.toml"))
    source.write_text(source.read_text(encoding="utf-8").replace('"subsidiaryOf"', '"subsidaryOf"'), encoding="utf-8")
    with pytest.raises(SeedError, match=r"\.toml:\d+: 'subsidaryOf' is not a predicate.*did you mean subsidiaryOf"):
        build(str(output), seeds=str(seeds))
    assert products(output) == before
    assert not [name for name in os.listdir(tmp_path / "builds") if name.startswith(".new")]


def test_a_broken_rule_leaves_the_last_good_build(seeds: Path, tmp_path: Path) -> None:
    output = tmp_path / "build"
    build(str(output), seeds=str(seeds))
    before = products(output)
    source = next((seeds / "sources").glob("*.toml"))
    with source.open("a", encoding="utf-8") as handle:
        handle.write(
            '\n[[claim]]\nsubject = "sft"\npredicate = "foundedOn"\nobject = 2030-01-01\nlocator = "invented"\n'
            "from = 2030-01-01\n"
        )
    with pytest.raises(CheckError, match=rf"{source.name}:\d+: "):
        build(str(output), seeds=str(seeds))
    assert products(output) == before


def test_evidence_is_held_against_its_document(
    seeds: Path, tmp_path: Path, shared: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    assert callable(shared)
    shutil.copy(shared("documents/globaltimes-2019-08-28.txt"), documents)
    monkeypatch.setattr("kg.build.run.extract_all", lambda *_: ({}, []))
    source = next((seeds / "sources").glob("globaltimes*.toml"))
    good = source.read_text(encoding="utf-8")
    source.write_text(good.replace("start = 2542, end = 2618", "start = 2541, end = 2618", 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"\.toml:\d+: evidence 2541–2618 has the digest"):
        build(str(tmp_path / "build"), seeds=str(seeds), documents=str(documents))
    source.write_text(good.replace("start = 2542, end = 2618", "start = 2542, end = 99999", 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"\.toml:\d+: evidence 2542–99999 lies outside"):
        build(str(tmp_path / "build"), seeds=str(seeds), documents=str(documents))
    source.write_text(good, encoding="utf-8")
    report = build(str(tmp_path / "build"), seeds=str(seeds), documents=str(documents))
    assert report.counts["quotations"] == report.counts["claims"]


def test_outputs_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("my notes")
    with pytest.raises(StoreError, match="is a file that is no build"):
        build(str(tmp_path / "file"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="is a folder that is no build"):
        build(str(tmp_path / "folder"))
    assert (tmp_path / "file").read_text() == "my notes"
    with pytest.raises(StoreError, match="cannot be written"):
        build("/proc/nowhere/build")


def test_two_builds_at_once(tmp_path: Path) -> None:
    output = tmp_path / "build"
    with folders.exclusive(str(output)), pytest.raises(StoreError, match="another build is running"):
        build(str(output))


def test_without_links_a_file_leads_to_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("links are not to be had")

    monkeypatch.setattr(os, "symlink", refuse)
    output = tmp_path / "build"
    build(str(output))
    assert output.is_file()
    assert folders.current(str(output))
    assert open_store(str(output))


def test_seeds_that_change_while_they_are_read(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(*_: object) -> tuple[dict[str, object], list[str]]:
        with (seeds / "release.toml").open("a", encoding="utf-8") as handle:
            handle.write("# changed meanwhile\n")
        return {}, []

    monkeypatch.setattr("kg.build.run.extract_all", spoilt)
    with pytest.raises(StoreError, match="the seeds changed while they were read; build again"):
        build(str(tmp_path / "build"), seeds=str(seeds))


def test_a_build_that_lost_its_last_file_is_made_anew(tmp_path: Path) -> None:
    output = tmp_path / "build"
    build(str(output))
    before = products(output)
    (output / folders.COMPLETE).unlink()
    assert not build(str(output)).unchanged
    assert products(output) == before


@pytest.mark.parametrize("damage", ["store/CURRENT", "index.html", "dataset.nq"])
def test_a_damaged_build_is_made_anew(damage: str, tmp_path: Path) -> None:
    output = tmp_path / "build"
    build(str(output))
    before = products(output)
    if damage == "dataset.nq":
        (output / damage).write_text("garbage")
    else:
        (output / damage).unlink()
    assert not build(str(output)).unchanged
    assert products(output) == before
    assert open_store(str(output))


def test_a_link_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "build").symlink_to(tmp_path / "mine")
    with pytest.raises(StoreError, match="is a link to something else"):
        build(str(tmp_path / "build"))
    assert (tmp_path / "build").resolve() == tmp_path / "mine"


def test_an_output_named_with_a_slash(tmp_path: Path) -> None:
    build(f"{tmp_path}/build/")
    assert (tmp_path / "build").is_symlink()
    assert build(f"{tmp_path}/build/").unchanged


def test_what_was_wrong_is_told_again(tmp_path: Path, seeds: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "empty.txt").write_text("")
    (seeds / "entities" / "more.toml").write_text('[lonely]\ntype = ["Company"]\nlabel = "Lonely"\n')
    first = build(str(tmp_path / "build"), seeds=str(seeds), documents=str(documents))
    second = build(str(tmp_path / "build"), seeds=str(seeds), documents=str(documents))
    assert second.unchanged
    assert (second.faults, second.warnings) == (first.faults, first.warnings)
    assert "empty.txt" in first.faults[0]
    assert "lonely" in first.warnings[0]


@pytest.mark.long
def test_a_killed_build_never_breaks_the_last_good_one(seeds: Path, tmp_path: Path) -> None:
    output = tmp_path / "build"
    build(str(output), seeds=str(seeds))
    good = {products(output)["dataset.nq"]}
    chance = random.Random(20190828)
    started = time.monotonic()
    command = [sys.executable, "-m", "kg", "build", "-o", str(output), "--seeds", str(seeds), "--quiet"]
    release = seeds / "release.toml"
    base = release.read_text(encoding="utf-8")
    release.write_text(f"{base}\n# changed\n", encoding="utf-8")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - started
    killed = 0
    for turn in range(40):
        release.write_text(f"{base}\n# turn {turn}\n", encoding="utf-8")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.0, whole))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert products(output)["dataset.nq"] in good
        answer = subprocess.run(
            [sys.executable, "-m", "kg", "query", "-g", str(output), ASK], check=True, capture_output=True
        )
        assert b"entity/sft" in answer.stdout
    assert killed >= 10
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert not [name for name in os.listdir(tmp_path / "builds") if name.startswith(".new")]
